"""Whether a mail can be answered, and where an answer goes (RULES A6; RFC 3834 section 2; RFC 5322 3.6.2)."""

import re
from dataclasses import dataclass

from graceperiod.core.address import Address
from graceperiod.core.mail import Mail

_MACHINE_LOCAL_PARTS = re.compile(
    r"""(^|[.\-_+]) (
        no[.\-_]?reply | do[.\-_]?not[.\-_]?reply | not?[.\-_]?reply[.\-_]?to | dont[.\-_]?reply | unattended
      | nicht[.\-_]?antworten | keine[.\-_]?antwort | bitte[.\-_]?nicht[.\-_]?antworten
      | ne[.\-_]?pas[.\-_]?repondre | pas[.\-_]?de[.\-_]?reponse
      | no[.\-_]?responder | no[.\-_]?contestar
      | niet[.\-_]?(be)?antwoorden | geen[.\-_]?antwoord
      | nao[.\-_]?responda | nao[.\-_]?responder
      | non[.\-_]?rispondere
      | mailer[.\-_]?daemon | postmaster | bounces? | notifications? | notify | automail(er)? | autoresponder
      | mailrobot | daemon
    ) ([.\-_+]|\d*$)""",
    re.VERBOSE | re.IGNORECASE,
)
"""No-reply forms in the seven languages, and the names of machines that RFC 2142 and practice know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswerable:
    """Why nobody would read an answer: a sentence for the user."""

    reason: str


def answerable(mail: Mail, *, own: frozenset[str]) -> Address | Unanswerable:
    """Whom an answer to this mail goes to, or why it has nobody to go to.

    Args:
        mail: the mail to be answered.
        own: the user's addresses, in lower case.

    A Reply-To in another domain than From is not followed: an answer must not go to an address that the
    user has not seen; they decide.
    """
    machine = _machine_signs(mail)
    if machine:
        return Unanswerable(reason=machine)
    if len(mail.senders) != 1:
        count = "no sender" if not mail.senders else "several senders"
        return Unanswerable(reason=f"it names {count}, so it is not clear who would read an answer")
    sender = mail.senders[0]
    target = mail.reply_to[0] if len(mail.reply_to) == 1 else sender
    if len(mail.reply_to) > 1:
        return Unanswerable(reason="it wants answers to go to several addresses")
    if is_machine(sender) or is_machine(target):
        return Unanswerable(reason="it was sent from an address that nobody reads")
    if target.domain != sender.domain:
        return Unanswerable(reason="answers would go to another domain than the sender's: look first")
    if target.addr_spec.lower() in own:
        return Unanswerable(reason="it was sent from the user's own address")
    return (
        target
        if target.display_name
        else Address(display_name=sender.display_name, addr_spec=target.addr_spec)
    )


def is_machine(address: Address) -> bool:
    """True for no-reply forms and the names of mail systems; a person is never called so."""
    return bool(_MACHINE_LOCAL_PARTS.search(address.local_part))


def _machine_signs(mail: Mail) -> str:
    if mail.auto_submitted not in {"", "no"}:
        return "it says of itself that a machine sent it (Auto-Submitted, RFC 3834)"
    if mail.has_null_sender:
        return "it has the null return path of machines (RFC 3834)"
    if mail.precedence in {"bulk", "list", "junk"}:
        return f"it was sent in bulk (Precedence: {mail.precedence})"
    if mail.is_list:
        return "it was sent through a mailing system (List headers, RFC 2369)"
    return ""
