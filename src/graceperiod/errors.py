"""What can go wrong, ordered by who must act.

GraceperiodError
├── UserError            the user edits something; exit status 2
│   ├── SettingsError    the settings file, with every problem in it
│   ├── CredentialError  a password that is missing, locked away or refused
│   ├── AccountError     an account whose settings do not fit its server
│   ├── ModelError       a model folder that is missing, damaged or of another version
│   └── SourceError      a mailbox, file or folder named on the command line
├── MailStoreError       the server of one account
│   ├── Unreachable      nothing heard or the connection was lost: retry with back-off
│   │   └── UnknownHost  the name has no address: no network, or a name to be edited
│   ├── Refused          the server said no: do not retry as it is
│   └── Resync           UIDVALIDITY changed: uids known so far mean nothing
├── MessageError         one mail only: recorded and passed over
└── LedgerError          the local store: stop, never recreate the file
    ├── LedgerBusy       another Graceperiod has the store open
    └── LedgerDamaged    its content cannot be trusted: keep the file, put back a copy or move it away

Anything else that is raised is a bug: a traceback and exit status 3.
"Not sure" is a verdict, never an exception.
"""


class GraceperiodError(Exception):
    """The root of every error that Graceperiod raises on purpose."""


class UserError(GraceperiodError):
    """Something that the user can put right; the message says what to edit."""


class SettingsError(UserError):
    """One or more problems in the settings file, one a line, each with its key and line number."""


class CredentialError(UserError):
    """A password that cannot be had, or that the server did not accept."""


class AccountError(UserError):
    """An account that its server cannot serve as it is set: certificate, encryption, a missing mailbox."""


class ModelError(UserError):
    """A model folder that cannot be used as it is."""


class SourceError(UserError):
    """A mailbox, file or folder named on the command line that cannot be read."""


class MailStoreError(GraceperiodError):
    """Something between us and the server of one account."""


class Unreachable(MailStoreError):
    """No connection, or one that was lost: what was asked may or may not have happened. Retry later."""


class UnknownHost(Unreachable):
    """The server's name has no address: no network just now, or a name that the user must edit."""


class Refused(MailStoreError):
    """The server understood and said no.

    Args:
        message: what was asked and what the server said, without addresses or secrets.
        code: the response code in upper case, such as `OVERQUOTA` or `TRYCREATE`; empty where none was
            given (RFC 9051 section 7.1).
    """

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class Resync(MailStoreError):
    """UIDVALIDITY changed while we worked: start the mailbox again (RFC 9051 section 2.3.1.1)."""


class MessageError(GraceperiodError):
    """A single mail that cannot be read or answered; it is recorded and passed over."""


class LedgerError(GraceperiodError):
    """The local store cannot be trusted or written; work stops and the file stays as it is."""


class LedgerBusy(LedgerError):
    """Another process holds the store; it is left alone."""


class LedgerDamaged(LedgerError):
    """What is in the store cannot be trusted; it is kept, and the user decides what becomes of it."""
