"""What the ledger has to say: the holds, the mails that wait for the user's word, and why of one mail."""

from dataclasses import dataclass

from graceperiod.core.annotation import Annotation
from graceperiod.core.hold import Hold
from graceperiod.core.record import Event, MessageRecord
from graceperiod.core.verdict import Verdict
from graceperiod.errors import SourceError
from graceperiod.ports import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReply:
    """A hold beside the mail that it answers."""

    hold: Hold
    message: MessageRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """A mail on which the program does not act because it is not sure (promise 7)."""

    message: MessageRecord
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything that is known about one mail."""

    message: MessageRecord
    verdict: Verdict | None
    annotation: Annotation | None
    hold: Hold | None
    events: tuple[Event, ...]


def held_replies(ledger: Ledger, *, with_ended: bool) -> tuple[HeldReply, ...]:
    """The holds by the time of their release."""
    holds = ledger.holds(is_open=None if with_ended else True)
    return tuple(HeldReply(hold=hold, message=ledger.message(hold.message)) for hold in holds)


def undecided(ledger: Ledger, *, most: int = 1000) -> tuple[Undecided, ...]:
    """The newest mails that are listed for the user to decide, newest first; without what they decided."""
    found: list[Undecided] = []
    for message in ledger.messages(limit=most):
        verdict = ledger.verdict(message.id) if message.id is not None else None
        is_open = verdict is not None and verdict.is_unsure and ledger.annotation(message.id or 0) is None
        if verdict is not None and is_open:
            found.append(Undecided(message=message, verdict=verdict))
    return tuple(found)


def told(ledger: Ledger, wanted: str) -> Told:
    """What is known about a mail.

    Args:
        wanted: its number in the ledger, or its Message-ID with or without angle brackets.

    Raises:
        SourceError: there is no such mail in the ledger.
    """
    message = _find(ledger, wanted)
    if message is None or message.id is None:
        msg = f"there is no mail {wanted!r} in the local store; `graceperiod holds` lists the numbers"
        raise SourceError(msg)
    hold = next((h for h in ledger.holds(message.account) if h.message == message.id), None)
    return Told(
        message=message,
        verdict=ledger.verdict(message.id),
        annotation=ledger.annotation(message.id),
        hold=hold,
        events=ledger.events(message=message.id),
    )


def _find(ledger: Ledger, wanted: str) -> MessageRecord | None:
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 19:
        return ledger.message(int(wanted))
    message_id = wanted if wanted.startswith("<") else f"<{wanted}>"
    accounts = {hold.account for hold in ledger.holds()} | {m.account for m in ledger.messages()}
    for account in sorted(accounts):
        found = ledger.find_messages(account, message_id)
        if found:
            return found[-1]
    return None
