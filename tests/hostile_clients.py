"""What mail clients make of a draft that is edited and saved or sent: the columns of SERVERS, and three more.

K-9, Gmail and Proton were not tried; they are as SERVERS and their sources describe them.
"""

from dataclasses import dataclass
from enum import Enum, auto

from graceperiod.core.draft import DraftHead, split
from graceperiod.core.subject import without_hold
from hostile_mailbox import fields_of

_WRITTEN_ANEW = (b"date", b"mime-version", b"content-type", b"content-transfer-encoding", b"user-agent")


class OldCopy(Enum):
    """What becomes of the copy that was opened."""

    EXPUNGED = auto()
    EXPUNGED_ON_OPENING = auto()
    STAYS = auto()


@dataclass(frozen=True, kw_only=True)
class Client:
    """One column of the table "Edit and save, before -> after"."""

    name: str
    keeps_id: bool = True
    keeps_in_reply_to: bool = True
    keeps_extra: bool = False
    keeps_draft_flag: bool = False
    folds_references: bool = False
    old: OldCopy = OldCopy.EXPUNGED
    empty_to: bytes = b""
    encoding: bytes = b"8bit"

    @property
    def flags(self) -> tuple[str, ...]:
        return (r"\Draft", r"\Seen") if self.keeps_draft_flag else (r"\Seen",)

    def saved(
        self,
        raw: bytes,
        *,
        fresh_id: str,
        body: bytes | None = None,
        to: bytes | None = None,
        takes_off_prefix: bool = False,
    ) -> bytes:
        """The message as the client stores it.

        Args:
            raw: as it was opened.
            body: the new text; None where nothing was changed in it.
            to: typed into To; None to leave the recipients.
        """
        header, _, rest = split(raw)
        head = DraftHead.parse(header)
        own = head.message_id if self.keeps_id and head.message_id else fresh_id
        lines = [b"Message-ID: " + own.encode() + b"\r\n", b"User-Agent: " + self.name.encode() + b"\r\n"]
        for field in fields_of(header):
            name = field.partition(b":")[0].strip().lower()
            if not self._drops(name, field, has_recipient=head.has_recipient, is_typed=to is not None):
                lines.append(self._rewritten(name, field, head, takes_off_prefix=takes_off_prefix))
        if to is not None:
            lines.append(b"To: " + to + b"\r\n")
        elif not head.has_recipient and self.empty_to and b"undisclosed" not in header:
            lines.append(b"To: " + self.empty_to + b"\r\n")
        lines.append(b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n")
        lines.append(b"Content-Transfer-Encoding: " + self.encoding + b"\r\n")
        return b"".join(lines) + (b"\r\n" + body if body is not None else rest)

    def _drops(self, name: bytes, field: bytes, *, has_recipient: bool, is_typed: bool) -> bool:
        is_in_the_way = is_typed or not (has_recipient or self.empty_to)
        return (
            not field.strip()
            or name in {b"message-id", *_WRITTEN_ANEW}
            or (name == b"in-reply-to" and not self.keeps_in_reply_to)
            or (name.startswith(b"x-") and not self.keeps_extra)
            or (name == b"to" and is_in_the_way)
        )

    def _rewritten(self, name: bytes, field: bytes, head: DraftHead, *, takes_off_prefix: bool) -> bytes:
        if name == b"references" and self.folds_references:
            return field.replace(b" <", b"\r\n <")
        if name == b"subject" and takes_off_prefix:
            return b"Subject: " + without_hold(head.subject).encode() + b"\r\n"
        return field


THUNDERBIRD = Client(name="thunderbird", keeps_id=False, keeps_draft_flag=True)
NEOMUTT = Client(
    name="neomutt",
    keeps_extra=True,
    keeps_draft_flag=True,
    folds_references=True,
    old=OldCopy.EXPUNGED_ON_OPENING,
)
ROUNDCUBE = Client(name="roundcube", empty_to=b"undisclosed-recipients:;")
CLAWS = Client(name="claws", keeps_in_reply_to=False, encoding=b"quoted-printable")
AERC = Client(name="aerc", keeps_extra=True, old=OldCopy.STAYS, encoding=b"quoted-printable")
K9 = Client(name="k9", keeps_id=False, keeps_draft_flag=True)
WEB = Client(name="web", keeps_id=False, keeps_draft_flag=True)
"""Gmail's and Proton's own pages, as far as IMAP shows it."""

CLIENTS = (THUNDERBIRD, NEOMUTT, ROUNDCUBE, CLAWS, AERC, K9, WEB)
