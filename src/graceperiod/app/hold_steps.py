"""Carries out one step for a hold: intent into the ledger, then the server, then what was seen (DESIGN)."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from graceperiod.app.desk import Desk
from graceperiod.core import step as s
from graceperiod.core.cooldown import shown
from graceperiod.core.draft import DraftHead, compose, readdress, sha256, split
from graceperiod.core.hold import Copy, Hold, HoldState
from graceperiod.core.record import Effect, EffectKind, Event
from graceperiod.core.subject import held_subject
from graceperiod.errors import LedgerError
from graceperiod.ports import MailStore

_RELEASED = "the cooldown is over: read it once more, then send it"
_FLAGS = (r"\Draft", r"\Seen")


class HoldSteps:
    """The steps of one account's holds, over one connection."""

    def __init__(self, desk: Desk, store: MailStore, mailbox: str) -> None:
        self._desk = desk
        self._store = store
        self._mailbox = mailbox

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
                return self._save(replace(hold, missing_since=self._now()))
            case s.NoteFound():
                return self._save(replace(hold, missing_since=None))
            case s.AppendReleased(source_uid=uid):
                return self._append_released(hold, uid)
            case s.ReplaceSource():
                return self._replace_source(hold, step)
            case s.ReleaseUnsealed():
                done = replace(hold, state=HoldState.RELEASED, released=hold.sealed, released_at=self._now())
                return self._save(done, "hold_released", _RELEASED)
            case s.ForgetIntent():
                return self._save(replace(hold, released=None))
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
        self._finish(hold, EffectKind.APPEND_SEALED, f"uid {uid}")
        done = replace(hold, state=HoldState.SEALED, sealed=copy, body=None)
        until = shown(hold.release_at, self._desk.policy.hours)
        return self._save(done, "hold_sealed", f"the draft cannot be sent before {until}")

    def _adopt(self, hold: Hold, step: s.Adopt) -> Hold:
        if step.remove is not None:
            self._remove(hold, step.remove)
        status = self._store.status(self._mailbox)
        copy = Copy(
            message_id=step.message_id or "",
            uid_validity=status.uid_validity,
            uid_next=step.uid,
            uid=step.uid,
        )
        adopted = replace(hold, state=step.state, is_edited=True, missing_since=None, body=None)
        if step.state is HoldState.RELEASED:
            adopted = replace(adopted, released=copy)
        else:
            adopted = replace(adopted, sealed=copy, released=None, released_at=None)
        kind = "taken_over" if step.state is HoldState.TAKEN_OVER else "edited"
        reason = {
            "taken_over": "you addressed the draft yourself: it is yours now",
            "edited": "you changed the draft: your words stay as they are",
        }[kind]
        return self._save(adopted, kind, reason)

    def _rebind(self, hold: Hold, uid: int) -> Hold:
        status = self._store.status(self._mailbox)
        copy = hold.released if hold.state is HoldState.RELEASED else hold.sealed
        if copy is None:
            return hold
        bound = replace(copy, uid_validity=status.uid_validity, uid_next=uid, uid=uid)
        if hold.state is HoldState.RELEASED:
            return self._save(replace(hold, released=bound))
        return self._save(replace(hold, sealed=bound))

    def _append_released(self, hold: Hold, source_uid: int) -> Hold:
        copy = self._intend(hold, hold.released)
        raw = self._store.whole(self._mailbox, source_uid, uid_validity=copy.uid_validity)
        if raw is None:
            return hold
        hold = self._save(replace(hold, released=copy), effect=EffectKind.APPEND_RELEASED)
        addressed = readdress(raw, message_id=copy.message_id, recipient=hold.recipient)
        self._store.append(self._mailbox, addressed, flags=_FLAGS, uid_validity=copy.uid_validity)
        return hold  # the next look finds it by its Message-ID, whatever the server answered

    def _replace_source(self, hold: Hold, step: s.ReplaceSource) -> Hold:
        status = self._store.status(self._mailbox)
        raw = self._store.whole(self._mailbox, step.released_uid, uid_validity=status.uid_validity)
        if raw is None or hold.released is None:
            return hold
        copy = replace(
            hold.released, uid_validity=status.uid_validity, uid=step.released_uid, sha256=sha256(raw)
        )
        is_same = self._says_the_same(hold, raw, step.source_uid, status.uid_validity)
        if is_same and step.source_uid is not None:
            self._remove(hold, step.source_uid)
        self._finish(hold, EffectKind.APPEND_RELEASED, f"uid {step.released_uid}")
        if hold.state is HoldState.TAKEN_OVER:
            return self._save(replace(hold, sealed=replace(copy, sha256=None), released=None))
        done = replace(hold, state=HoldState.RELEASED, released=copy, released_at=self._now())
        if is_same:
            return self._save(done, "hold_released", _RELEASED)
        reason = "the server gave the draft back changed, so both copies were kept: look before you send"
        return self._save(done, "release_unverified", reason)

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
        if step.remove is not None:
            self._remove(hold, step.remove)
        ended = replace(hold, state=step.state, ended_at=self._now(), body=None)
        return self._save(ended, f"hold_{step.state.value}", step.reason)

    # -- ledger and server ----------------------------------------------------------------------------

    def _intend(self, hold: Hold, earlier: Copy | None) -> Copy:
        """The intent to append: a token, used again after a look that did not find it, and UIDNEXT."""
        status = self._store.status(self._mailbox)
        if earlier is not None and earlier.uid is None:
            return replace(earlier, uid_validity=status.uid_validity, uid_next=status.uid_next)
        token = f"<{self._desk.new_token()}@{hold.reply_from.domain}>"
        return Copy(message_id=token, uid_validity=status.uid_validity, uid_next=status.uid_next)

    def _remove(self, hold: Hold, uid: int) -> None:
        status = self._store.status(self._mailbox)
        effect = self._desk.ledger.add_effect(self._effect(hold, EffectKind.REMOVE, uid=uid))
        is_gone = self._store.remove(self._mailbox, uid, uid_validity=status.uid_validity)
        if effect.id is not None:
            result = "gone" if is_gone else "still there"
            self._desk.ledger.finish_effect(effect.id, at=self._now(), result=result)

    def _save(
        self, hold: Hold, kind: str = "", reason: str = "", *, effect: EffectKind | None = None
    ) -> Hold:
        ledger = self._desk.ledger
        with ledger.transaction():
            ledger.save_hold(hold)
            if effect is not None and not self._pending(hold, effect):
                ledger.add_effect(self._effect(hold, effect))
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

    def _effect(self, hold: Hold, kind: EffectKind, **detail: int) -> Effect:
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
