"""A plan's reply as a hold, with its text rendered (RULES C1-C5)."""

from datetime import datetime

from graceperiod.app.desk import WatchedAccount
from graceperiod.core.action import PlanHold
from graceperiod.core.greeting import person_name
from graceperiod.core.hold import Hold
from graceperiod.core.mail import Mail
from graceperiod.core.policy import Policy
from graceperiod.ports import Templates


def reply_text(plan: PlanHold, account: WatchedAccount, policy: Policy, templates: Templates) -> str:
    """The text of the reply; only plain values reach the template, never mail as its source."""
    slots = {
        "recipient": person_name(plan.recipient),
        "own_name": account.address.display_name or None,
        "formality": policy.formality.value,
        "role": None,
        "employer": None,
    }
    return templates.render(plan.template, language=plan.language, slots=slots)


def planned_hold(
    plan: PlanHold,
    mail: Mail,
    *,
    message: int,
    application: int | None,
    account: WatchedAccount,
    drafts: str,
    text: str,
    seal: bool,
    now: datetime,
) -> Hold:
    """The hold as it goes into the ledger, before anything is done on the server."""
    if mail.message_id is None:
        msg = "a hold needs a parent with a Message-ID; `plan` refuses others"
        raise ValueError(msg)
    return Hold(
        id=None,
        account=account.name,
        message=message,
        application=application,
        parent_id=mail.message_id,
        parent_references=mail.references or mail.in_reply_to[:1],
        subject=plan.subject,
        recipient=plan.recipient,
        reply_from=account.address,
        template=plan.template,
        language=plan.language,
        body=text,
        drafts=drafts,
        planned_at=now,
        release_at=plan.release_at,
        is_sealed=seal,
    )
