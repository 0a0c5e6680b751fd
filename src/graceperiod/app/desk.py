"""What every step works with: the ports, the policy and the account at hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from graceperiod.core.address import Address
from graceperiod.core.policy import Policy
from graceperiod.ports import Clock, Judge, Ledger, Log, MailReader, MailStore, Templates, Wake


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedAccount:
    """One account as the steps need it.

    Args:
        name: in the settings.
        address: the user's, with the display name for their drafts.
        watch: names of the mailboxes to watch.
        drafts, sent: names, or empty for the mailbox with that special use (RFC 6154).
        junk: whether Junk is watched too: marked and logged, never answered.
        poll: the longest time between two sweeps.
        lookback: how far the first sweep looks back.
    """

    name: str
    address: Address
    watch: tuple[str, ...] = ("INBOX",)
    drafts: str = ""
    sent: str = ""
    junk: bool = False
    poll: timedelta = timedelta(minutes=5)
    lookback: timedelta = timedelta(days=30)

    @property
    def own(self) -> frozenset[str]:
        """The user's addresses in lower case."""
        return frozenset({self.address.addr_spec.lower()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Ports and policy for one account.

    Args:
        new_token: a fresh random text for a Message-ID; never the same twice.
        new_wake: a flag for one watcher.
        open_store: a new connection to the account; raises as the `MailStore` does, and UserError.
    """

    account: WatchedAccount
    ledger: Ledger
    reader: MailReader
    judge: Judge
    templates: Templates
    clock: Clock
    policy: Policy
    log: Log
    new_token: Callable[[], str]
    new_wake: Callable[[], Wake]
    open_store: Callable[[], MailStore]
