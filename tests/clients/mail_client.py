"""What a test asks of a mail client, whichever it is."""

from typing import Protocol

ADDRESS = "robin@postbox.example"
NAME = "Robin Vale"


class MailClient(Protocol):
    """A real client with one account, driven as a person would drive it; at most one draft is open."""

    def drafts(self) -> str:
        """What the client shows of Drafts now; it has been told to look, which may take it a while."""

    def open_draft(self) -> None:
        """Open the one draft that is shown, to go on writing."""

    def write(self, words: str) -> None:
        """Put these words, of several lines, in the place of the open draft's text."""

    def address(self, recipient: str) -> None:
        """Type a recipient into To."""

    def recipients(self) -> str:
        """What the open draft shows in To."""

    def try_to_send(self) -> str:
        """What the client says, in words of its own, when an open draft is sent that names nobody."""

    def save(self) -> None:
        """Save the open draft and leave it."""

    def send(self) -> None:
        """Send the open draft; returns when the client says that it has done so."""

    def keep(self, name: str) -> None:
        """Keep a picture of what can be seen now, below `build/screenshots`."""
