"""Which application a mail belongs to: by its thread; what the thread does not tell is not guessed."""

from dataclasses import replace
from datetime import datetime

from graceperiod.core.application import Application, Outcome
from graceperiod.core.category import Category
from graceperiod.core.mail import Mail
from graceperiod.core.verdict import Verdict
from graceperiod.ports import Ledger

_JOB_MAIL = frozenset(set(Category) - {Category.OTHER, Category.JOB_ALERT})

_OUTCOMES = {
    Category.REJECTION: Outcome.REJECTED,
    Category.SOFT_REJECTION: Outcome.ON_HOLD,
    Category.OFFER: Outcome.OFFERED,
}


def known_application(mail: Mail, account: str, ledger: Ledger) -> Application | None:
    """The application of the mail's thread; None where its thread has none."""
    return ledger.application_of(account, mail.thread) if mail.thread else None


def updated(known: Application | None, mail: Mail, verdict: Verdict, *, account: str) -> Application | None:
    """The application as this mail leaves it, a new one where job mail has none, None for ordinary mail."""
    if known is None and verdict.category not in _JOB_MAIL:
        return None
    if known is None:
        known = _opened(account, mail.arrived_at)
    outcome = _OUTCOMES.get(verdict.category) if verdict.acts or verdict.category is Category.OFFER else None
    if outcome is None and known.outcome is Outcome.ON_HOLD and verdict.category in _JOB_MAIL:
        outcome = Outcome.LIVE  # the next mail turns a soft no (RULES S1)
    last = max(known.last_mail_at, mail.arrived_at)
    return replace(known, outcome=outcome or known.outcome, last_mail_at=last)


def corrected(application: Application, wrong: Verdict) -> Application:
    """The application without the outcome that a wrong verdict gave it; live, until other mail says more."""
    has_decided = wrong.acts or wrong.category is Category.OFFER
    if not has_decided or application.outcome is not _OUTCOMES.get(wrong.category):
        return application
    return replace(application, outcome=Outcome.LIVE)


def _opened(account: str, at: datetime) -> Application:
    return Application(
        id=None,
        account=account,
        employer=None,
        role=None,
        stage=None,
        tier=None,
        outcome=Outcome.LIVE,
        opened_at=at,
        last_mail_at=at,
    )
