"""What is to be done about one mail: decided on values, then written as intents in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from graceperiod.app.compose import planned_hold, reply_text
from graceperiod.app.desk import Desk
from graceperiod.app.drafts_view import DraftsView
from graceperiod.app.hold_time import hold_time
from graceperiod.app.place import updated
from graceperiod.core.action import Action, Mark, NoDraft, PlanHold
from graceperiod.core.application import Application
from graceperiod.core.mail import Mail
from graceperiod.core.mailbox import MailboxStatus
from graceperiod.core.plan import Circumstances, plan
from graceperiod.core.record import Effect, EffectKind, Event
from graceperiod.core.verdict import Verdict
from graceperiod.errors import MessageError, UserError
from graceperiod.ports import FetchedMail


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Where a mail was found, for the steps that follow."""

    mailbox: str
    status: MailboxStatus
    is_junk: bool
    drafts: DraftsView | None


def read(desk: Desk, fetched: FetchedMail) -> Mail:
    """The mail; `MessageError` if it cannot be read."""
    if fetched.raw is None:
        msg = "the server would not give it"
        raise MessageError(msg)
    return desk.reader.read(fetched.raw, arrived_at=fetched.internal_date, size_bytes=fetched.size_bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The plan for one mail with all that is needed to write it down.

    Args:
        known: the application that it belongs to, None where none is known.
        texts: `text` of the reply, or `error` where its template failed.
    """

    reading: Reading
    mail: Mail
    verdict: Verdict
    known: Application | None
    actions: tuple[Action, ...]
    texts: Mapping[str, str]

    @classmethod
    def of(
        cls,
        desk: Desk,
        reading: Reading,
        fetched: FetchedMail,
        mail: Mail,
        verdict: Verdict,
        known: Application | None,
    ) -> Self:
        """What is to be done under that verdict; writes nothing."""
        circumstances = _circumstances(desk, reading, fetched, mail, verdict, known)
        actions = plan(mail, verdict, known, circumstances, desk.policy, hold_time(desk))
        return cls(
            reading=reading,
            mail=mail,
            verdict=verdict,
            known=known,
            actions=actions,
            texts=_texts(desk, actions),
        )

    def intend(self, desk: Desk, message: int) -> None:
        """Write application, intents and reasons; inside the caller's transaction."""
        application = _save_application(desk, self.known, self.mail, self.verdict, message)
        for action in self.actions:
            _intend(desk, self.reading, action, self.mail, message, application, self.texts)


def log_event(
    desk: Desk,
    kind: str,
    reason: str,
    rules: tuple[str, ...],
    message: int,
    application: Application | None,
    hold: int | None = None,
) -> None:
    """Append an event about a mail, as of now."""
    desk.ledger.log(
        Event(
            account=desk.account.name,
            kind=kind,
            happened_at=desk.clock.now(),
            reason=reason,
            rules=rules,
            message=message,
            hold=hold,
            application=application.id if application else None,
        )
    )


def intend_mark(desk: Desk, mailbox: str, keyword: str, message: int, *, uid_validity: int) -> Effect:
    """Write down that a mail is to get a mark."""
    return desk.ledger.add_effect(
        Effect(
            id=None,
            account=desk.account.name,
            kind=EffectKind.MARK,
            intended_at=desk.clock.now(),
            message=message,
            detail={"mailbox": mailbox, "uid_validity": uid_validity, "keyword": keyword},
        )
    )


def _circumstances(
    desk: Desk,
    reading: Reading,
    fetched: FetchedMail,
    mail: Mail,
    verdict: Verdict,
    known: Application | None,
) -> Circumstances:
    """What bears on an answer; looked up only for a mail that might get one."""
    ledger, account = desk.ledger, desk.account
    parent = mail.message_id
    if not verdict.acts:
        return Circumstances(own=account.own, is_junk=reading.is_junk)
    replies = ledger.replies_to(account.name, parent) if parent else ()
    mine, others = reading.drafts.about(parent) if reading.drafts and parent else (False, False)
    held = [
        hold
        for hold in ledger.holds(account.name)
        if hold.parent_id == parent or (known is not None and hold.application == known.id)
    ]
    return Circumstances(
        own=account.own,
        is_junk=reading.is_junk,
        is_answered="\\answered" in fetched.flags,
        has_reply=bool(replies) or others,
        has_hold=bool(held),
        has_sealed_draft=mine,
    )


def _texts(desk: Desk, actions: tuple[Action, ...]) -> dict[str, str]:
    """Replies rendered outside the transaction; a template that fails is a fact for the ledger."""
    texts: dict[str, str] = {}
    for action in actions:
        if isinstance(action, PlanHold):
            try:
                texts["text"] = reply_text(action, desk.account, desk.policy, desk.templates)
            except UserError as error:
                texts["error"] = str(error)
    return texts


def _intend(
    desk: Desk,
    reading: Reading,
    action: Action,
    mail: Mail,
    message: int,
    application: Application | None,
    texts: Mapping[str, str],
) -> None:
    match action:
        case Mark(keyword=keyword):
            uid_validity = reading.status.uid_validity
            intend_mark(desk, reading.mailbox, keyword.value, message, uid_validity=uid_validity)
        case NoDraft(reason=reason, rules=rules):
            log_event(desk, "no_draft", reason, rules, message, application)
        case PlanHold():
            refusal = _cannot_hold(reading, texts)
            if refusal or reading.drafts is None:
                log_event(desk, "no_draft", refusal, (), message, application)
                return
            hold = desk.ledger.add_hold(
                planned_hold(
                    action,
                    mail,
                    message=message,
                    application=application.id if application else None,
                    account=desk.account,
                    drafts=reading.drafts.mailbox,
                    text=texts["text"],
                    seal=desk.policy.seal,
                    now=desk.clock.now(),
                )
            )
            log_event(desk, "hold_planned", action.reason, action.rules, message, application, hold=hold.id)


def _cannot_hold(reading: Reading, texts: Mapping[str, str]) -> str:
    if reading.drafts is None:
        return "the account has no Drafts mailbox: name it in the settings"
    return texts.get("error", "")


def _save_application(
    desk: Desk, known: Application | None, mail: Mail, verdict: Verdict, message: int
) -> Application | None:
    application = updated(known, mail, verdict, account=desk.account.name)
    if application is None:
        return None
    if application.id is None:
        application = desk.ledger.add_application(application)
    elif application != known:
        desk.ledger.save_application(application)
    if application.id is not None:
        desk.ledger.assign(message, application.id)
    return application
