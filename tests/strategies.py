"""Hypothesis strategies for the values of `graceperiod.core`, as wild as their docstrings allow."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from graceperiod.core.address import Address
from graceperiod.core.annotation import Annotation, AnnotationSource, Statement
from graceperiod.core.application import Application, Outcome, Stage, Tier
from graceperiod.core.category import Category
from graceperiod.core.hold import Copy, Hold, HoldState
from graceperiod.core.mail import Mail
from graceperiod.core.mailbox import HighWater, MarkMethod
from graceperiod.core.record import Direction, Effect, EffectKind, Event, MessageRecord
from graceperiod.core.trusted_time import TrustedTime
from graceperiod.core.uptime import Uptime
from graceperiod.core.verdict import Evidence, Verdict, VerdictReason

ACCOUNTS = ("home", "work")

instants = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - Hypothesis wants the bounds without a zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
"""Aware UTC, to the microsecond."""

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)
"""Any text that has a UTF-8 form, control characters included."""

accounts = st.sampled_from(ACCOUNTS)
uids = st.integers(min_value=1, max_value=2**32 - 1)
"""RFC 9051 section 9, nz-number."""

modseqs = st.integers(min_value=1, max_value=2**63 - 1)
"""RFC 7162 section 7, mod-sequence-value."""

message_ids = st.from_regex(r"\A<[a-z0-9.]{1,12}@[a-z]{1,8}\.example>\Z")
id_lists = st.lists(message_ids, max_size=4).map(tuple)
text_lists = st.lists(texts, max_size=3).map(tuple)
languages = st.none() | st.sampled_from(["en", "de", "fr"])
finite = st.floats(allow_nan=False, allow_infinity=False)

addresses = st.builds(
    Address, display_name=texts, addr_spec=st.from_regex(r"\A[a-z.]{1,10}@[a-z]{1,8}\.example\Z")
)
address_lists = st.lists(addresses, max_size=3).map(tuple)

mails = st.builds(
    Mail,
    message_id=st.none() | message_ids,
    in_reply_to=id_lists,
    references=id_lists,
    senders=address_lists,
    reply_to=address_lists,
    to=address_lists,
    cc=address_lists,
    subject=texts,
    date_header=st.none() | instants,
    arrived_at=instants,
    text=texts,
    said=texts,
    language=languages,
    auto_submitted=st.sampled_from(["", "no", "auto-generated", "auto-replied"]),
    precedence=st.sampled_from(["", "bulk", "list"]),
    is_list=st.booleans(),
    has_null_sender=st.booleans(),
    calendar=text_lists,
    size_bytes=st.integers(min_value=0, max_value=2**32),
    defects=text_lists,
)

high_waters = st.builds(
    HighWater,
    mailbox=texts,
    uid_validity=uids,
    last_uid=st.integers(min_value=0, max_value=2**32 - 1),
    highest_modseq=st.none() | modseqs,
    mark_method=st.none() | st.sampled_from(MarkMethod),
    marks_modseq=st.none() | modseqs,
)

trusted_times = st.builds(
    TrustedTime,
    at=instants,
    shown_at=instants,
    uptime=st.builds(
        Uptime, boot=texts, elapsed=st.timedeltas(min_value=timedelta(), max_value=timedelta(days=9999))
    ),
)

message_records = st.builds(
    MessageRecord,
    id=st.none(),
    account=accounts,
    mailbox=texts,
    uid_validity=uids,
    uid=uids,
    direction=st.sampled_from(Direction),
    message_id=st.none() | message_ids,
    in_reply_to=id_lists,
    references=id_lists,
    sender=st.none() | addresses,
    subject=texts,
    arrived_at=instants,
    seen_at=instants,
    size_bytes=st.integers(min_value=0, max_value=2**63 - 1),
    application=st.none(),
    defects=text_lists,
)
"""Not written yet, and of no application."""

verdicts = st.builds(
    Verdict,
    category=st.sampled_from(Category),
    probability=st.floats(min_value=0, max_value=1),
    acts=st.booleans(),
    is_unsure=st.booleans(),
    reason=st.sampled_from(VerdictReason),
    language=languages,
    evidence=st.lists(st.builds(Evidence, text=texts, weight=finite), max_size=4).map(tuple),
    model=texts,
)

statements = st.builds(Statement, category=st.sampled_from(Category)) | st.builds(
    Statement, not_category=st.sampled_from(Category)
)

_annotations = st.builds(
    Annotation,
    id=st.none(),
    message=st.just(1),
    statement=statements,
    source=st.sampled_from(AnnotationSource),
    annotated_at=instants,
)
annotations = _annotations | st.builds(
    replace, _annotations, features=text_lists, feature_version=st.integers(min_value=1, max_value=99)
)
"""Not written yet, about message 1; with features or without."""

applications = st.builds(
    Application,
    id=st.none(),
    account=accounts,
    employer=st.none() | texts,
    role=st.none() | texts,
    stage=st.none() | st.sampled_from(Stage),
    tier=st.none() | st.sampled_from(Tier),
    outcome=st.sampled_from(Outcome),
    opened_at=instants,
    last_mail_at=instants,
)
"""Not written yet."""

copies = st.builds(
    Copy,
    message_id=message_ids,
    uid_validity=uids,
    uid_next=uids,
    uid=st.none() | uids,
    sha256=st.none() | st.from_regex(r"\A[0-9a-f]{64}\Z"),
)

holds = st.builds(
    Hold,
    id=st.none(),
    account=accounts,
    message=st.just(1),
    application=st.none(),
    parent_id=message_ids,
    parent_references=id_lists,
    subject=texts,
    recipient=addresses,
    reply_from=addresses,
    template=texts,
    language=st.sampled_from(["en", "de"]),
    body=st.none() | texts,
    drafts=texts,
    planned_at=instants,
    release_at=instants,
    state=st.sampled_from(HoldState),
    is_sealed=st.booleans(),
    sealed=st.none() | copies,
    released=st.none() | copies,
    is_edited=st.booleans(),
    missing_since=st.none() | instants,
    released_at=st.none() | instants,
    nudged_at=st.none() | instants,
    ended_at=st.none() | instants,
)
"""Not written yet, about message 1, and of no application."""

facts = st.dictionaries(texts, texts | st.integers(), max_size=3)

effects = st.builds(
    Effect,
    id=st.none(),
    account=accounts,
    kind=st.sampled_from(EffectKind),
    intended_at=instants,
    message=st.none(),
    hold=st.none(),
    detail=facts,
    finished_at=st.none(),
    result=st.just(""),
)
"""Not written yet, still to be done, and about nothing in the ledger."""

events = st.builds(
    Event,
    account=accounts,
    kind=texts,
    happened_at=instants,
    reason=texts,
    rules=text_lists,
    message=st.none(),
    hold=st.none(),
    application=st.none(),
    detail=st.dictionaries(texts, texts | st.integers() | finite, max_size=3),
)
"""About nothing in the ledger."""
