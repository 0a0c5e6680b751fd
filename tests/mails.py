"""Plain values for tests: a rejection from a person, to be changed where a test needs it."""

from datetime import UTC, datetime

from graceperiod.core.address import Address
from graceperiod.core.category import Category
from graceperiod.core.mail import Mail
from graceperiod.core.verdict import Evidence, Verdict, VerdictReason

ARRIVED = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""A Monday, 11:00 in Berlin."""


def mail(
    *,
    sender: str = "Ada Quill <ada@quillworks.example>",
    reply_to: str = "",
    subject: str = "Your application",
    message_id: str | None = "<p1@quillworks.example>",
    references: tuple[str, ...] = (),
    text: str = "Unfortunately we have chosen somebody else.",
    language: str | None = "en",
    arrived_at: datetime = ARRIVED,
) -> Mail:
    return Mail(
        message_id=message_id,
        in_reply_to=references[-1:],
        references=references,
        senders=Address.parse(sender),
        reply_to=Address.parse(reply_to),
        to=Address.parse("robin@postbox.example"),
        cc=(),
        subject=subject,
        date_header=arrived_at,
        arrived_at=arrived_at,
        text=text,
        said=text,
        language=language,
        auto_submitted="",
        precedence="",
        is_list=False,
        has_null_sender=False,
        calendar=(),
        size_bytes=1000,
        defects=(),
    )


def verdict(
    category: Category = Category.REJECTION,
    *,
    acts: bool = True,
    is_unsure: bool = False,
    probability: float = 0.99,
) -> Verdict:
    return Verdict(
        category=category,
        probability=probability,
        acts=acts,
        is_unsure=is_unsure,
        reason=VerdictReason.OVER_THRESHOLD if acts else VerdictReason.BELOW_THRESHOLD,
        language="en",
        evidence=(Evidence(text="chosen somebody else", weight=1.5),),
        model="test-v1",
    )
