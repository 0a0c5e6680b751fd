"""What the demo promises to show, held against what happened."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from graceperiod.app.told import Told
from graceperiod.core.action import Keyword
from graceperiod.core.category import Category
from graceperiod.core.cooldown import shown
from graceperiod.core.hold import Hold, HoldState
from graceperiod.demo.part import Part, body
from graceperiod.demo.person import StoredMail
from graceperiod.demo.play import Played

_KEYWORDS = {Category.REJECTION: Keyword.REJECTION, Category.SOFT_REJECTION: Keyword.SOFT_REJECTION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One promise.

    Args:
        name: a short name, the same in every run.
        promise: what was to happen.
        is_kept: whether it did.
        found: what was seen, in a few words.
    """

    name: str
    promise: str
    is_kept: bool
    found: str


class _Finding(NamedTuple):
    is_kept: bool
    found: str


def checks(played: Played) -> tuple[Check, ...]:
    """Every promise of the demo, kept or not, in the order of the story."""
    return tuple(
        Check(name=name, promise=promise, **look(played)._asdict())
        for name, (promise, look) in _PROMISES.items()
    )


def _steady(played: Played) -> _Finding:
    if played.troubles:
        return _Finding(False, played.troubles[0])
    return _Finding(True, f"{shown(played.began_at, played.hours)} to {shown(played.ended_at, played.hours)}")


def _noticed(played: Played) -> _Finding:
    live = sum(mail.message.arrived_at >= played.began_at for mail in played.mails)
    is_kept = played.announced > 0 and live == played.arrivals
    return _Finding(is_kept, f"{played.announced} of {played.arrivals} told by the server (IDLE)")


def _marked(played: Played) -> _Finding:
    """Every mail that is acted on has its mark, and at least one rejection is among them."""
    flags = {mail.uid: mail.flags for mail in played.inbox}
    wanted = {m.message.uid: _keyword(m) for m in played.mails if m.verdict is not None and m.verdict.acts}
    missing = [uid for uid, keyword in wanted.items() if keyword not in flags.get(uid, frozenset())]
    is_kept = not missing and Keyword.REJECTION.value in wanted.values()
    return _Finding(is_kept, f"{len(wanted) - len(missing)} of {len(wanted)} marks read back")


def _keyword(mail: Told) -> str:
    return _KEYWORDS[mail.verdict.category].value if mail.verdict else ""


def _sealed(played: Played) -> _Finding:
    """No draft of ours was seen with a recipient before its time."""
    seen = [(hold, draft, at) for hold, draft, at in _seen(played) if at < hold.release_at]
    open_ones = [hold.id for hold, draft, _ in seen if not _is_sealed(draft)]
    count = len({hold.id for hold, draft, _ in seen if _is_sealed(draft)})
    found = f"{len(open_ones)} could have been sent" if open_ones else f"none in {count} drafts"
    return _Finding(bool(count) and not open_ones, found)


def _edited(played: Played) -> _Finding:
    done = played.deed(Part.EDIT)
    if done is None or done[0].raw is None or done[1].hold is None:
        return _Finding(False, "there was no draft to edit")
    wanted, hold = body(done[0].raw), done[1].hold
    found = next((d for h, d, _ in _seen(played) if h.id == hold.id and _is_released(h, d)), None)
    if found is None:
        return _Finding(False, "the edited draft was not released")
    if body(found.raw) != wanted:
        return _Finding(False, "the released text is another one")
    return _Finding(True, f"{len(wanted)} bytes of text, all the same")


def _answered(played: Played) -> _Finding:
    done = played.deed(Part.ANSWER_EARLY)
    if done is None or done[1].hold is None:
        return _Finding(False, "there was no held draft to answer before")
    hold = done[1].hold
    if hold.state is not HoldState.ANSWERED_ELSEWHERE or hold.ended_at is None:
        return _Finding(False, f"the hold is {hold.state.value}")
    if _own(played.drafts, hold) or hold.ended_at >= hold.release_at:
        return _Finding(False, "the draft stayed beside the answer")
    return _Finding(True, f"{shown(hold.ended_at, played.hours)}, draft taken away")


def _deleted(played: Played) -> _Finding:
    done = played.deed(Part.DELETE)
    if done is None or done[1].hold is None:
        return _Finding(False, "there was no draft to delete")
    hold = done[1].hold
    is_kept = hold.state is HoldState.DISCARDED and not _own(played.drafts, hold)
    return _Finding(is_kept, "gone from two looks, not drafted again" if is_kept else hold.state.value)


def _released(played: Played) -> _Finding:
    """Every hold whose end was reached has an addressed draft, tied to its mail, and none came early."""
    due = [m.hold for m in played.held if m.hold is not None and m.hold.released_at is not None]
    early = [hold for hold in due if hold.released_at is not None and hold.released_at < hold.release_at]
    good = {hold.id for hold, draft, _ in _seen(played) if _is_released(hold, draft)}
    is_kept = bool(due) and not early and all(hold.id in good for hold in due)
    return _Finding(is_kept, f"{len(good)} of {len(due)} with To, Subject, In-Reply-To")


def _sent(played: Played) -> _Finding:
    done = played.deed(Part.SEND)
    if done is None or done[1].hold is None:
        return _Finding(False, "there was no released draft to send")
    hold = done[1].hold
    is_kept = hold.state is HoldState.SENT and not _own(played.drafts, hold)
    return _Finding(is_kept, "seen in Sent" if is_kept else f"the hold is {hold.state.value}")


def _single(played: Played) -> _Finding:
    """At no time two drafts in one thread, and at the end no draft beside an answer (RULES A7, A8)."""
    doubled = 0
    for look in played.looks:
        threads = Counter(draft.head.parents[:1] for draft in look.drafts)
        doubled += sum(count - 1 for count in threads.values())
    answered = {mail.head.parents[-1:] for mail in played.sent}
    beside = sum(draft.head.parents[-1:] in answered for draft in played.drafts)
    doubled += beside
    return _Finding(not doubled, f"{doubled or 'none'} too many in {len(played.looks)} looks")


def _unsent(played: Played) -> _Finding:
    count, own = len(played.sent), played.own_letters
    return _Finding(count == own, f"{count} letters in Sent, {own} by your hand")


_PROMISES: dict[str, tuple[str, Callable[[Played], _Finding]]] = {
    "steady": ("the daemon ran without trouble", _steady),
    "noticed": ("mail was noticed as it came", _noticed),
    "marked": ("rejections are marked", _marked),
    "sealed": ("held drafts had no recipient", _sealed),
    "answered_early": ("your early answer was noticed", _answered),
    "deleted": ("the draft you deleted stayed away", _deleted),
    "edit_kept": ("your edit was kept to the byte", _edited),
    "released": ("releases: addressed, never early", _released),
    "sent": ("your sending one was noticed", _sent),
    "not_doubled": ("one rejection, one draft", _single),
    "never_sent": ("Graceperiod sent nothing", _unsent),
}


def _seen(played: Played) -> Iterator[tuple[Hold, StoredMail, datetime]]:
    """Each hold with each draft for its mail, at each look."""
    for look in played.looks:
        for mail in played.held:
            if mail.hold is not None:
                yield from ((mail.hold, draft, look.at) for draft in _own(look.drafts, mail.hold))


def _own(drafts: tuple[StoredMail, ...], hold: Hold) -> list[StoredMail]:
    return [draft for draft in drafts if draft.head.parents[-1:] == (hold.parent_id,)]


def _is_sealed(draft: StoredMail) -> bool:
    return draft.head.is_held and not draft.head.has_recipient


def _is_released(hold: Hold, draft: StoredMail) -> bool:
    head = draft.head
    is_addressed = head.has_recipient and hold.recipient.addr_spec.encode() in draft.header
    is_tied = f"In-Reply-To: {hold.parent_id}".encode() in draft.header
    return is_addressed and is_tied and head.subject == hold.subject and not head.is_held
