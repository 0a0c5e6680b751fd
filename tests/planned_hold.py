"""A hold as it is planned, for tests of what becomes of it."""

from datetime import UTC, datetime, timedelta

from graceperiod.core.address import Address
from graceperiod.core.hold import Hold

PLANNED_AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DUE = PLANNED_AT + timedelta(hours=48)
PLANNED = Hold(
    id=1,
    account="work",
    message=1,
    application=None,
    parent_id="<p@quillworks.example>",
    parent_references=(),
    subject="Re: Your application",
    recipient=Address(display_name="Ada Quill", addr_spec="ada@quillworks.example"),
    reply_from=Address(display_name="Robin", addr_spec="robin@postbox.example"),
    template="tier2",
    language="en",
    body="Dear Ada",
    drafts="Drafts",
    planned_at=PLANNED_AT,
    release_at=DUE,
)
