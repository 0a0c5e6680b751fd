"""One hold, the daemon that keeps it, and a real mail client at the same mailbox."""

from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

from clients.smtp_sink import SmtpSink, Submitted
from graceperiod.core.draft import split
from graceperiod.core.hold import HoldState
from graceperiod.demo.person import StoredMail
from stage import MONDAY, Stage, rejection

RECIPIENT = "ada@quillworks.example"
HELD_SUBJECT = "[held until Wed 25 Nov 11:00] Re: Your application as Night Baker"
SUBJECT = "Re: Your application as Night Baker"
WORDS = "Dear Ada,\n\nthank you — that was a kind letter.\nI baked on.\n\nRobin\n"
"""With a dash that is not ASCII, so that clients have to choose an encoding."""

_RELEASE_AT = MONDAY + timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Life:
    """The stage, seen as the tests with clients need it."""

    stage: Stage
    sink: SmtpSink

    def begin(self) -> StoredMail:
        """Let a rejection arrive; the sealed draft that the daemon made of it."""
        self.stage.start()
        self.stage.person.deliver(rejection(), "INBOX", self.stage.clock.now())
        self.stage.until(lambda: self.stage.state() is HoldState.SEALED)
        return self.only_draft()

    def only_draft(self) -> StoredMail:
        """The one draft, once a client that saved a new one has also removed the old."""
        return self.stage.until(lambda: draft[0] if len(draft := self.stage.person.drafts()) == 1 else None)

    def later(self, by: timedelta) -> None:
        """Let time pass; returns when the daemon has looked at everything after it."""
        self.stage.pass_time(by)
        self._look()

    def note_edit(self) -> StoredMail:
        """Let the daemon see that the draft was edited; the draft."""
        self.stage.pass_time(timedelta(minutes=5))
        self.stage.until(lambda: self.stage.hold().is_edited)
        return self.only_draft()

    def release(self) -> StoredMail:
        """Let the hold end; the one draft that is left."""
        self.stage.pass_time(_RELEASE_AT - self.stage.clock.now())
        return self.released()

    def released(self) -> StoredMail:
        self.stage.until(lambda: self.stage.state() is HoldState.RELEASED and self.settled())
        draft = self.only_draft()
        check_addressed(draft)
        return draft

    def settled(self) -> bool:
        """Whether one draft is there, and nothing that was begun is unfinished."""
        return len(self.stage.person.drafts()) == 1 and not self.stage.ledger.pending_effects("work")

    def end_sent(self, *, subject: str = SUBJECT) -> Submitted:
        """Let the daemon see that the reply was sent, and look again after minutes and after hours.

        Returns: the one mail that left the client.
        """
        self.stage.pass_time(timedelta(minutes=5))
        self.stage.until(lambda: self.stage.state() is HoldState.SENT)
        self.later(timedelta(minutes=15))
        self.later(timedelta(hours=5))
        assert self.stage.state() is HoldState.SENT
        assert self.stage.person.drafts() == ()
        assert len(self.stage.sent()) == 1
        assert self.stage.ledger.pending_effects("work") == ()
        (mail,) = self.sink.submitted
        check_sent(mail, subject)
        return mail

    def _look(self) -> None:
        now = self.stage.clock.now()
        self.stage.until(lambda: ("swept", now) in self._sweeps())

    def _sweeps(self) -> list[tuple[str, object]]:
        return [(event, facts.get("at")) for event, facts in self.stage.log.lines if event == "swept"]


def check_addressed(draft: StoredMail) -> None:
    message = message_from_bytes(draft.raw, policy=default)
    assert [a.addr_spec for a in message["to"].addresses] == [RECIPIENT]
    assert message["subject"] == SUBJECT


def check_sent(mail: Submitted, subject: str) -> None:
    """It goes to the recipient only, and nothing in it but the subject may speak of a hold or of the program."""
    assert mail.recipients == (RECIPIENT,)
    message = message_from_bytes(mail.raw, policy=default)
    assert message["subject"] == subject
    assert message["references"] == "<p1@quillworks.example>"
    del message["subject"]
    for word in (b"held", b"graceperiod"):
        assert word not in message.as_bytes().lower()


def body_of(raw: bytes) -> bytes:
    """All bytes after the header."""
    return split(raw)[2]


def text_of(raw: bytes) -> str:
    """The words as a reader sees them: decoded, line ends as one character, none at the end."""
    text: str = message_from_bytes(raw, policy=default).get_content()
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()
