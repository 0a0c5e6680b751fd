"""IMAP (RFC 9051, RFC 3501) through IMAPClient; nothing else in the project speaks to a mail server."""

from graceperiod.adapters.imap.connection import Login
from graceperiod.adapters.imap.store import ImapStore, open_store
from graceperiod.adapters.imap.verbs import ALLOWED_VERBS

__all__ = ["ALLOWED_VERBS", "ImapStore", "Login", "open_store"]
