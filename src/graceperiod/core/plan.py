"""What to do about one mail: the truth table from verdict and circumstances to actions (RULES 1, 2, 8)."""

from dataclasses import dataclass
from datetime import datetime

from graceperiod.core.action import Action, Keyword, Mark, NoDraft, PlanHold
from graceperiod.core.address import Address
from graceperiod.core.answerable import Unanswerable, answerable
from graceperiod.core.application import Application, Tier
from graceperiod.core.category import Category
from graceperiod.core.cooldown import release_at
from graceperiod.core.mail import Mail
from graceperiod.core.policy import Policy, Reply, TierOne
from graceperiod.core.subject import reply_subject
from graceperiod.core.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the mailbox and the ledger know about a mail, beside what it says itself.

    Args:
        own: the user's addresses, in lower case.
        is_junk: it was found in Junk.
        is_answered: `\\Answered` is set.
        has_reply: a message in Sent, or a draft that is not one of ours, refers to it.
        has_hold: a reply to it, or to another mail of the same application, is held already.
        has_sealed_draft: a held draft for it stands in Drafts though the ledger knows nothing of it.
    """  # noqa: D301 - the backslash is written twice so that it is read once

    own: frozenset[str]
    is_junk: bool = False
    is_answered: bool = False
    has_reply: bool = False
    has_hold: bool = False
    has_sealed_draft: bool = False


def plan(
    mail: Mail,
    verdict: Verdict,
    application: Application | None,
    circumstances: Circumstances,
    policy: Policy,
    now: datetime,
) -> tuple[Action, ...]:
    """The actions for a mail, in the order in which they are carried out; none for ordinary mail.

    Args:
        application: the one it belongs to, None where none is known.
        now: aware UTC; a reply is held only while its cooldown would not be over yet.
    """
    if not verdict.acts:
        # Not sure means not acting (promise 7): listed for the user, nothing drafted.
        if verdict.is_unsure:
            likeliest = verdict.category.value.replace("_", " ")
            reason = f"not sure that it is a rejection (likeliest: {likeliest}, {verdict.probability:.0%})"
            return (Mark(keyword=Keyword.UNSURE), NoDraft(reason=reason, rules=()))
        return ()
    match verdict.category:
        case Category.SOFT_REJECTION:
            # A soft no gets its own mark and no rejection reply.
            reason = "a soft no is not a rejection: nothing to answer yet"
            return (Mark(keyword=Keyword.SOFT_REJECTION), NoDraft(reason=reason, rules=("S1",)))
        case Category.REJECTION:
            answer = _answer(mail, application, circumstances, policy, now)
            return (Mark(keyword=Keyword.REJECTION), answer)
        case _:
            return ()


def _answer(
    mail: Mail,
    application: Application | None,
    circumstances: Circumstances,
    policy: Policy,
    now: datetime,
) -> PlanHold | NoDraft:
    refusal = _already(circumstances)
    if refusal is not None:
        return refusal
    if mail.message_id is None:
        # Without an id no client could tie the reply to it, and we could not find the draft again.
        return NoDraft(reason="it has no Message-ID, so a draft could not be tied to it", rules=())
    recipient = answerable(mail, own=circumstances.own)
    if isinstance(recipient, Unanswerable):
        return NoDraft(reason=f"no one to answer: {recipient.reason}", rules=("A6",))
    tier = application.tier if application else None
    if tier is Tier.NO_INTERVIEW and policy.tier1 is TierOne.NONE:
        return NoDraft(reason="no interview took place: nothing is owed", rules=("A1",))
    return _hold(mail, recipient, tier, circumstances, policy, now)


def _already(circumstances: Circumstances) -> NoDraft | None:
    """The refusals that need no look at the mail itself."""
    if circumstances.is_junk:
        return NoDraft(reason="it is in Junk: marked and logged, never answered", rules=())
    if circumstances.is_answered or circumstances.has_reply:
        return NoDraft(reason="it has been answered already", rules=("A8",))
    if circumstances.has_hold:
        return NoDraft(reason="a reply to this rejection is held already", rules=("A7",))
    return None


def _hold(
    mail: Mail,
    recipient: Address,
    tier: Tier | None,
    circumstances: Circumstances,
    policy: Policy,
    now: datetime,
) -> PlanHold | NoDraft:
    reply = policy.replies[tier]
    ends_at = release_at(mail.arrived_at, hold_length=reply.hold_length, hours=policy.hours)
    if now >= ends_at and not circumstances.has_sealed_draft:
        return NoDraft(reason="its cooldown was over before it was seen", rules=("T2",))
    return PlanHold(
        recipient=recipient,
        subject=reply_subject(mail.subject),
        template=reply.template,
        language=_language(mail, policy),
        release_at=ends_at,
        elements=reply.elements,
        reason=_because(tier, reply),
        rules=_rules(tier),
    )


def _language(mail: Mail, policy: Policy) -> str:
    """The language of the rejection where there are templates for it (RULES C5)."""
    return mail.language if mail.language in policy.languages else policy.languages[0]


def _because(tier: Tier | None, reply: Reply) -> str:
    hours = round(reply.hold_length.total_seconds() / 3600)
    if tier is None:
        return f"how far the application had come is not known: worded as for a first round, held {hours} h"
    return f"tier {tier.value}: held {hours} h"


def _rules(tier: Tier | None) -> tuple[str, ...]:
    match tier:
        case None:
            return ("A5", "C2", "T1", "T2", "T4")
        case Tier.NO_INTERVIEW:
            return ("A1", "C3", "T1", "T2", "T4")
        case Tier.FIRST_ROUND:
            return ("A3", "C2", "T1", "T2", "T4")
        case Tier.FINALIST:
            return ("A4", "C1", "T1", "T2", "T4")
