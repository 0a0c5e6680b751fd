"""Carries out one step for a hold: intent into the ledger, then the server, then what was seen (DESIGN)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from graceperiod.app.desk import Desk
from graceperiod.app.hold_time import hold_time
from graceperiod.core import step as s
from graceperiod.core.cooldown import shown
from graceperiod.core.draft import DraftHead, body_sha256, compose, readdress, sha256, split
from graceperiod.core.hold import Copy, Hold, HoldState
from graceperiod.core.record import Effect, EffectKind, Event
from graceperiod.core.subject import held_subject
from graceperiod.errors import LedgerError
from graceperiod.ports import MailStore

_RELEASED = "the cooldown is over: read it once more, then send it"
_Done = dict[EffectKind, str]
"""Effects that are done, with what came of them."""

_FLAGS = (r"\Draft", r"\Seen")


class HoldSteps:
    """The steps of one account's holds, over one connection."""

    def __init__(self, desk: Desk, store: MailStore, mailbox: str) -> None:
        self._desk = desk
        self._store = store
        self._mailbox = mailbox

    def begun(self, hold: Hold) -> s.End | None:
        """The end that was being made of the hold when the process was killed.

        Our copy may be gone by then, which must not be taken for the user's doing.
        """
        ends = (effect.detail for effect in self._pending(hold, EffectKind.REMOVE) if "ends" in effect.detail)
        detail = next(ends, None)
        if detail is None:
            return None
        return s.End(state=HoldState(str(detail["ends"])), reason=str(detail["reason"]))

    def take(self, hold: Hold, step: s.Step) -> Hold:  # noqa: C901 - one case for each kind of step
        """The hold after the step; where the step could not be finished, as it was, to be looked at again."""
        match step:
            case s.Nothing():
                return hold
            case s.AppendSealed():
                return self._append_sealed(hold)
            case s.RecordSealed(uid=uid):
                return self._record_sealed(hold, uid)
            case s.Adopt():
                return self._adopt(hold, step)
            case s.Rebind(uid=uid):
                return self._rebind(hold, uid)
            case s.NoteMissing():
                return self._save(replace(hold, missing_since=hold_time(self._desk)))
            case s.NoteFound():
                return self._save(replace(hold, missing_since=None))
            case s.AppendReleased(source_uid=uid):
                return self._append_released(hold, uid)
            case s.ReplaceSource():
                return self._replace_source(hold, step)
            case s.Withdraw(released_uid=uid):
                return self._withdraw(hold, uid)
            case s.ReleaseUnsealed():
                done = replace(hold, state=HoldState.RELEASED, released=hold.sealed, released_at=self._now())
                return self._save(done, "hold_released", _RELEASED)
            case s.ForgetIntent():
                nothing: _Done = {EffectKind.APPEND_RELEASED: "came to nothing"}
                return self._save(replace(hold, released=None), done=nothing)
            case s.Nudge():
                reason = "it is still unsent: send it, or delete it and be done"
                return self._save(replace(hold, nudged_at=self._now()), "nudge", reason)
            case s.End():
                return self._end(hold, step)
            case _ as unreachable:
                assert_never(unreachable)

    def _append_sealed(self, hold: Hold) -> Hold:
        text = hold.body
        if text is None:
            msg = f"hold {hold.id} is planned but has no text"
            raise LedgerError(msg)
        copy = self._intend(hold, hold.sealed)
        hold = self._save(replace(hold, sealed=copy), effect=EffectKind.APPEND_SEALED)
        until = shown(hold.release_at, self._desk.policy.hours)
        raw = compose(
            message_id=copy.message_id,
            date=self._now().astimezone(self._desk.policy.hours.zone),
            sender=hold.reply_from,
            recipient=None if hold.is_sealed else hold.recipient,
            subject=held_subject(hold.subject, until) if hold.is_sealed else hold.subject,
            references=hold.references,
            text=text,
        )
        self._store.append(self._mailbox, raw, flags=_FLAGS, uid_validity=copy.uid_validity)
        return hold  # the next look finds it by its Message-ID, whatever the server answered

    def _record_sealed(self, hold: Hold, uid: int) -> Hold:
        status = self._store.status(self._mailbox)
        raw = self._store.whole(self._mailbox, uid, uid_validity=status.uid_validity)
        if raw is None or hold.sealed is None:
            return hold
        copy = replace(hold.sealed, uid_validity=status.uid_validity, uid=uid, sha256=sha256(raw))
        sealed = replace(hold, state=HoldState.SEALED, sealed=copy, body=None)
        until = shown(hold.release_at, self._desk.policy.hours)
        reason = f"the draft cannot be sent before {until}"
        return self._save(sealed, "hold_sealed", reason, done={EffectKind.APPEND_SEALED: f"uid {uid}"})

    def _adopt(self, hold: Hold, step: s.Adopt) -> Hold:
        done = self._remove_ours(hold, step.remove)
        status = self._store.status(self._mailbox)
        copy = _known(hold, step.uid, status.uid_validity) or Copy(
            message_id=step.message_id or "",
            uid_validity=status.uid_validity,
            uid_next=step.uid,
            uid=step.uid,
        )
        is_edited = hold.is_edited or copy.sha256 is None
        adopted = replace(
            hold, state=step.state, is_edited=is_edited, missing_since=None, ended_at=None, body=None
        )
        if step.state is HoldState.RELEASED:
            adopted = replace(adopted, released=copy)
        else:
            adopted = replace(adopted, sealed=copy, released=None, released_at=None)
        kind = "taken_over" if step.state is HoldState.TAKEN_OVER else "edited"
        if hold.state is HoldState.DISCARDED:
            kind = "found_again"
        reason = {
            "found_again": "the draft is back where it was: it is held as before",
            "taken_over": "you addressed the draft yourself: it is yours now",
            "edited": "you changed the draft: your words stay as they are",
        }[kind]
        return self._save(adopted, kind, reason, done=done)

    def _rebind(self, hold: Hold, uid: int) -> Hold:
        status = self._store.status(self._mailbox)
        copy = hold.released if hold.state is HoldState.RELEASED else hold.sealed
        if copy is None:
            return hold
        raw = self._store.whole(self._mailbox, uid, uid_validity=status.uid_validity)
        if raw is None:
            return hold
        # neomutt and others keep the Message-ID of what they edit: only the same bytes are still ours.
        is_ours = copy.sha256 is not None and copy.sha256 == sha256(raw)
        bound = replace(
            copy,
            uid_validity=status.uid_validity,
            uid_next=uid,
            uid=uid,
            sha256=copy.sha256 if is_ours else None,
        )
        is_edited = hold.is_edited or (copy.sha256 is not None and not is_ours)
        if hold.state is HoldState.RELEASED:
            return self._save(replace(hold, released=bound, is_edited=is_edited))
        return self._save(replace(hold, sealed=bound, is_edited=is_edited))

    def _append_released(self, hold: Hold, source_uid: int) -> Hold:
        copy = self._intend(hold, hold.released)
        raw = self._store.whole(self._mailbox, source_uid, uid_validity=copy.uid_validity)
        if raw is None:
            return hold
        addressed = readdress(raw, message_id=copy.message_id, recipient=hold.recipient)
        said = {"body_sha256": body_sha256(addressed)}
        hold = self._save(replace(hold, released=copy), effect=EffectKind.APPEND_RELEASED, detail=said)
        self._store.append(self._mailbox, addressed, flags=_FLAGS, uid_validity=copy.uid_validity)
        return hold  # the next look finds it by its Message-ID, whatever the server answered

    def _withdraw(self, hold: Hold, uid: int) -> Hold:
        """Forget the release, and remove its copy unless somebody changed it under our id (neomutt)."""
        status = self._store.status(self._mailbox)
        raw = self._store.whole(self._mailbox, uid, uid_validity=status.uid_validity)
        appended = {e.detail.get("body_sha256") for e in self._pending(hold, EffectKind.APPEND_RELEASED)}
        is_ours = raw is not None and body_sha256(raw) in appended
        done = self._remove_ours(hold, uid if is_ours else None)
        done[EffectKind.APPEND_RELEASED] = "withdrawn: a newer version was there"
        return self._save(replace(hold, released=None), done=done)

    def _replace_source(self, hold: Hold, step: s.ReplaceSource) -> Hold:
        status = self._store.status(self._mailbox)
        raw = self._store.whole(self._mailbox, step.released_uid, uid_validity=status.uid_validity)
        if raw is None or hold.released is None:
            return hold
        copy = replace(
            hold.released, uid_validity=status.uid_validity, uid=step.released_uid, sha256=sha256(raw)
        )
        is_same = self._says_the_same(hold, raw, step.source_uid, status.uid_validity)
        done = self._remove_ours(hold, step.source_uid if is_same else None)
        done[EffectKind.APPEND_RELEASED] = f"uid {step.released_uid}"
        if hold.state is HoldState.TAKEN_OVER:
            return self._save(replace(hold, sealed=replace(copy, sha256=None), released=None), done=done)
        released = replace(hold, state=HoldState.RELEASED, released=copy, released_at=self._now())
        if is_same:
            return self._save(released, "hold_released", _RELEASED, done=done)
        reason = "the server gave the draft back changed, so both copies were kept: look before you send"
        return self._save(released, "release_unverified", reason, done=done)

    def _says_the_same(self, hold: Hold, raw: bytes, source_uid: int | None, uid_validity: int) -> bool:
        """Whether the addressed copy, as read back, has the source's body and what it was given."""
        head = DraftHead.parse(split(raw)[0])
        if head.is_held or not head.has_recipient:
            return False
        if source_uid is None:
            return True
        source = self._store.whole(self._mailbox, source_uid, uid_validity=uid_validity)
        return source is None or split(source)[2] == split(raw)[2]

    def _end(self, hold: Hold, step: s.End) -> Hold:
        done = self._remove_ours(hold, step.remove, ends=step.state.value, reason=step.reason)
        ended = replace(hold, state=step.state, ended_at=self._now(), body=None)
        return self._save(ended, f"hold_{step.state.value}", step.reason, done=done)

    # -- ledger and server ----------------------------------------------------------------------------

    def _intend(self, hold: Hold, earlier: Copy | None) -> Copy:
        """The intent to append: a token, used again after a look that did not find it, and UIDNEXT."""
        status = self._store.status(self._mailbox)
        if earlier is not None and earlier.uid is None:
            return replace(earlier, uid_validity=status.uid_validity, uid_next=status.uid_next)
        token = f"<{self._desk.new_token()}@{hold.reply_from.domain}>"
        return Copy(message_id=token, uid_validity=status.uid_validity, uid_next=status.uid_next)

    def _remove_ours(self, hold: Hold, uid: int | None, **why: str) -> _Done:
        r"""Remove a copy of our making by its uid, if there is one; and one whose removal was cut short.

        Between its STORE and its EXPUNGE a copy is flagged `\Deleted`, which to a look is gone already. The
        effect is finished with what follows from it, in one transaction: see `_save`.
        """
        begun = self._pending(hold, EffectKind.REMOVE)
        if uid is None and not begun:
            return {}
        status = self._store.status(self._mailbox)
        uids = {int(e.detail["uid"]) for e in begun if e.detail.get("uid_validity") == status.uid_validity}
        if uid is not None and uid not in uids:
            intent = self._effect(hold, EffectKind.REMOVE, uid=uid, uid_validity=status.uid_validity, **why)
            self._desk.ledger.add_effect(intent)
            uids.add(uid)
        are_gone = [self._store.remove(self._mailbox, u, uid_validity=status.uid_validity) for u in uids]
        return {EffectKind.REMOVE: "gone" if all(are_gone) else "still there"}

    def _save(
        self,
        hold: Hold,
        kind: str = "",
        reason: str = "",
        *,
        effect: EffectKind | None = None,
        detail: Mapping[str, str] | None = None,
        done: _Done | None = None,
    ) -> Hold:
        """Write the hold, what was intended or done for it, and why, in one transaction."""
        ledger = self._desk.ledger
        with ledger.transaction():
            ledger.save_hold(hold)
            if effect is not None and (detail or not self._pending(hold, effect)):
                ledger.add_effect(self._effect(hold, effect, **(detail or {})))
            for finished, result in (done or {}).items():
                self._finish(hold, finished, result)
            if kind:
                event = Event(
                    account=hold.account,
                    kind=kind,
                    happened_at=self._now(),
                    reason=reason,
                    message=hold.message,
                    hold=hold.id,
                    application=hold.application,
                )
                ledger.log(event)
        if kind:
            self._desk.log.info(kind, account=hold.account, hold=hold.id)
        return hold

    def _effect(self, hold: Hold, kind: EffectKind, **detail: str | int) -> Effect:
        return Effect(
            id=None,
            account=hold.account,
            kind=kind,
            intended_at=self._now(),
            message=hold.message,
            hold=hold.id,
            detail=dict(detail),
        )

    def _pending(self, hold: Hold, kind: EffectKind) -> list[Effect]:
        pending = self._desk.ledger.pending_effects(hold.account)
        return [e for e in pending if e.hold == hold.id and e.kind is kind]

    def _finish(self, hold: Hold, kind: EffectKind, result: str) -> None:
        for effect in self._pending(hold, kind):
            if effect.id is not None:
                self._desk.ledger.finish_effect(effect.id, at=self._now(), result=result)

    def _now(self) -> datetime:
        return self._desk.clock.now()


def _known(hold: Hold, uid: int, uid_validity: int) -> Copy | None:
    """The hold's own copy with that uid: whoever undeletes it has not changed a byte of it."""
    copies = (copy for copy in (hold.sealed, hold.released) if copy is not None and copy.uid == uid)
    return next((copy for copy in copies if copy.uid_validity == uid_validity), None)
