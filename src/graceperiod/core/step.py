"""The next step for a hold: data until it is carried out."""

from dataclasses import dataclass

from graceperiod.core.hold import HoldState


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """All is as it should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendSealed:
    """Write the intent, then append the sealed draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSealed:
    """The sealed copy is there as this uid: read it back and record it."""

    uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopt:
    """A version of the draft that somebody saved counts from now on.

    Args:
        uid: of that version.
        message_id: of that version; None if it has none.
        state: SEALED, RELEASED or TAKEN_OVER.
        remove: uid of our own untouched copy that it replaces, None where there is none left.
    """

    uid: int
    message_id: str | None
    state: HoldState
    remove: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebind:
    """The copy has another uid because UIDVALIDITY changed: remember it, look again."""

    uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMissing:
    """The copy is gone: remember when that was first seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFound:
    """The copy that was missing is there again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendReleased:
    """Write the intent, then append the addressed version of the message with this uid."""

    source_uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceSource:
    """The addressed copy is there: read it back, compare, and only then remove its source.

    Args:
        source_uid: None where the source is gone already.
    """

    released_uid: int
    source_uid: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """The addressed copy came too late, the user was faster: remove it if it is as we appended it."""

    released_uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseUnsealed:
    """The hold of an unsealed draft is over: nothing changes but the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetIntent:
    """The intent to release came to nothing and its source is gone: back to where it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    """Still unsent long after its release: say so once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The hold is over.

    Args:
        state: one of the ends.
        reason: a sentence for the user.
        remove: uid of our own untouched copy that would be one too many, None where there is none.
    """

    state: HoldState
    reason: str
    remove: int | None = None


Step = (
    Nothing
    | AppendSealed
    | RecordSealed
    | Adopt
    | Rebind
    | NoteMissing
    | NoteFound
    | AppendReleased
    | ReplaceSource
    | Withdraw
    | ReleaseUnsealed
    | ForgetIntent
    | Nudge
    | End
)
