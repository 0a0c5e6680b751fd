"""What one look at Drafts and Sent showed about a hold; observed, never assumed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSeen:
    """A message in Drafts that is a copy of a hold, or that refers to its parent.

    Args:
        uid: under the `uid_validity` of the observation.
        message_id: None if missing or malformed.
        has_recipient: To, Cc or Bcc names somebody.
        is_held: the subject has the hold prefix.
        body_sha256: of what follows the header.
        sha256_but_id: of all but the Message-ID; None where that was not looked at.
    """

    uid: int
    message_id: str | None
    has_recipient: bool
    is_held: bool
    body_sha256: str
    sha256_but_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One look.

    Args:
        uid_validity: of Drafts at the time of the look.
        drafts: by ascending uid.
        replies: Message-IDs of messages in Sent that refer to the parent.
    """

    uid_validity: int
    drafts: tuple[DraftSeen, ...]
    replies: tuple[str | None, ...]
