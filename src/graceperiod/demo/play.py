"""Plays the demo's story: mail arrives, time passes, the user does this and that; what came of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from graceperiod.app.told import Told, told
from graceperiod.core.draft import DraftHead, split
from graceperiod.core.policy import WorkingHours
from graceperiod.core.reconcile import TWO_LOOKS_APART
from graceperiod.core.record import Direction
from graceperiod.demo.backstage import Backstage
from graceperiod.demo.part import CAST, WHEN, Deed, Part, choose, do
from graceperiod.demo.person import StoredMail
from graceperiod.demo.story import STORY_START, StoryMail, story

_END = timedelta(days=2, hours=10)
"""From the start of the story: the evening on which the first holds have ended, and one still stands."""

Tell = Callable[[int, int, datetime], None]
"""Called with the number of scenes played, how many there are, and the time in the story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Drafts as the user saw it at one moment."""

    at: datetime
    drafts: tuple[StoredMail, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What happened.

    Args:
        mails: what the ledger knows of each mail that came, by arrival.
        inbox, sent: the mailboxes at the end.
        looks: at Drafts, after every scene.
        delivered: how many mails were put into INBOX.
        arrivals: how many of them arrived while the daemon ran.
        announced: how many of these the server told the daemon of (IDLE).
        troubles: warnings of the daemon, and that it did not come round.
    """

    hours: WorkingHours
    began_at: datetime
    ended_at: datetime
    mails: tuple[Told, ...]
    inbox: tuple[StoredMail, ...]
    sent: tuple[StoredMail, ...]
    looks: tuple[Look, ...]
    deeds: tuple[Deed, ...]
    delivered: int
    arrivals: int
    announced: int
    own_letters: int
    troubles: tuple[str, ...]

    @property
    def drafts(self) -> tuple[StoredMail, ...]:
        """Drafts at the end."""
        return self.looks[-1].drafts if self.looks else ()

    @property
    def held(self) -> tuple[Told, ...]:
        """The mails for which a reply was held, by arrival."""
        return tuple(mail for mail in self.mails if mail.hold is not None)

    def deed(self, part: Part) -> tuple[Deed, Told] | None:
        """What the user did and to which reply; None if there was none to do it to."""
        for deed in self.deeds:
            for mail in self.held:
                if deed.part is part and mail.hold is not None and mail.hold.id == deed.hold:
                    return deed, mail
        return None


def play(stage: Backstage, tell: Tell = lambda _done, _total, _at: None) -> Played:
    """The whole story; ends early, and says so in `troubles`, if the daemon does not come round."""
    run = _Play(stage, tell, story())
    try:
        run.run()
    except TimeoutError:
        run.troubles.append(f"the daemon did not come round at {stage.clock.now():%a %H:%M}")
    return run.played()


@dataclass(slots=True)
class _Play:
    stage: Backstage
    tell: Tell
    mails: tuple[StoryMail, ...]
    looks: list[Look] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    arrivals: int = 0
    announced: int = 0
    troubles: list[str] = field(default_factory=list)

    def run(self) -> None:
        for mail in self.mails:
            if mail.is_history:
                at = STORY_START + mail.arrives_after
                self.stage.person.deliver(mail.raw, mail.mailbox, at, mail.flags)
        self.stage.start()
        scenes = sorted(self._scenes(), key=lambda scene: scene[0])
        for number, (after, scene) in enumerate(scenes):
            self.tell(number, len(scenes), STORY_START + after)
            self._pass_time(STORY_START + after)
            scene()
            self._look()
        self._pass_time(max((STORY_START + _END, *self._ends_of_edited())))
        self.tell(len(scenes), len(scenes), self.stage.clock.now())

    def played(self) -> Played:
        ledger = self.stage.ledger
        messages = sorted(ledger.messages(), key=lambda m: (m.arrived_at, m.id or 0))
        received = (m for m in messages if m.direction is Direction.RECEIVED)
        own = sum(mail.mailbox == "Sent" and mail.arrives_after <= _END for mail in self.mails)
        written = {Part.ANSWER_EARLY, Part.SEND}
        return Played(
            hours=self.stage.hours,
            began_at=STORY_START,
            ended_at=self.stage.clock.now(),
            mails=tuple(told(ledger, str(message.id)) for message in received),
            inbox=self.stage.person.stored("INBOX"),
            sent=self.stage.person.stored("Sent"),
            looks=tuple(self.looks),
            deeds=tuple(self.deeds),
            delivered=sum(mail.mailbox == "INBOX" for mail in self.mails),
            arrivals=self.arrivals,
            announced=self.announced,
            own_letters=own + sum(d.part in written and d.hold is not None for d in self.deeds),
            troubles=(*self.troubles, *self.stage.diary.troubles),
        )

    def _scenes(self) -> Iterator[tuple[timedelta, Callable[[], None]]]:
        for mail in self.mails:
            if not mail.is_history:
                yield mail.arrives_after, partial(self._arrive, mail)
        for part, after in WHEN.items():
            yield after, partial(self._act, part)

    def _arrive(self, mail: StoryMail) -> None:
        if mail.mailbox != "INBOX":
            self.stage.person.deliver(mail.raw, mail.mailbox, self.stage.clock.now(), mail.flags)
            return
        self.arrivals += 1
        self.announced += self.stage.arrive(mail.raw, mail.flags)

    def _act(self, part: Part) -> None:
        if part is Part.SEND:
            self._until_released()
        meant = {part: self._message_id(name) for part, name in CAST.items()}
        used = {deed.hold for deed in self.deeds}
        hold = choose(part, self.stage.ledger.holds(), meant, used)
        raw = do(part, hold, self.stage.person) if hold is not None else None
        at = self.stage.clock.now()
        self.deeds.append(Deed(part=part, at=at, hold=hold.id if hold else None, raw=raw))
        self.stage.look_again()

    def _ends_of_edited(self) -> Iterator[datetime]:
        """An edit counts once it has outlived the release, which is late if another draft had to serve."""
        edited = {deed.hold for deed in self.deeds if deed.part is Part.EDIT}
        yield from (hold.release_at for hold in self.stage.ledger.holds() if hold.id in edited)

    def _until_released(self) -> None:
        """Where another draft than the one that was meant has to serve, its hold may end later."""
        while not any(h.released_at and not h.state.is_end for h in self.stage.ledger.holds()):
            due = self._next_due()
            if due is None:
                return
            self._pass_time(due)

    def _pass_time(self, until: datetime) -> None:
        """Stop wherever a hold wants a look: the daemon's own timers would take real hours."""
        while (due := self._next_due()) is not None and due <= until:
            self.stage.pass_time(due)
            self.stage.look_again()
            self._look()
        self.stage.pass_time(until)

    def _next_due(self) -> datetime | None:
        times: list[datetime] = []
        for hold in self.stage.ledger.holds(is_open=True):
            if hold.missing_since is not None:
                times.append(hold.missing_since + TWO_LOOKS_APART)
            if hold.released_at is None:
                times.append(hold.release_at)
        return min((t for t in times if t > self.stage.clock.now()), default=None)

    def _look(self) -> None:
        self.looks.append(Look(at=self.stage.clock.now(), drafts=self.stage.person.drafts()))

    def _message_id(self, name: str) -> str:
        raw = next(mail.raw for mail in self.mails if mail.id == name)
        return DraftHead.parse(split(raw)[0]).message_id or ""
