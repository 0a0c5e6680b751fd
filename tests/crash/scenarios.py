"""The scenario book: lives of a hold, each a list of what the world does, with the sweeps between."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from crash.world import World
from graceperiod.core.draft import split
from graceperiod.core.hold import HoldState
from graceperiod.demo.person import answers
from stage import PARENT, rejection

Act = Callable[[World], None]

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
MINE = "My own words — with a trailing space \nand more.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A life, and how it ends if nothing disturbs it.

    Args:
        acts: what happens, in order; `sweep` is the program's part.
        ends: states of the holds at the end.
        drafts: how many messages are in Drafts then.
    """

    acts: tuple[Act, ...]
    ends: tuple[HoldState, ...]
    drafts: int
    seal: bool = True


def sweep(world: World) -> None:
    world.sweep()


def deliver(world: World) -> None:
    world.deliver()


def deliver_second(world: World) -> None:
    world.deliver(rejection("<p2@moss.example>", sender="Jo Moss <jo@moss.example>", subject="Gardener"))


def deliver_again_from_the_same_employer(world: World) -> None:
    """About the same application, in the same thread."""
    world.deliver(
        rejection(
            "<p3@quillworks.example>",
            subject="Re: Your application as Night Baker",
            extra=f"In-Reply-To: {PARENT}\r\nReferences: {PARENT}\r\n",
        )
    )


def deliver_soft(world: World) -> None:
    world.deliver(rejection("<s1@moss.example>", text="The role is on hold.\r\n"))


def deliver_others(world: World) -> None:
    """Ordinary, unsure, and one that cannot be read."""
    world.deliver(rejection("<o1@moss.example>", text="Lunch on Friday?\r\n"))
    world.deliver(rejection("<o2@moss.example>", text="Perhaps.\r\n"))
    world.deliver(b"\r\n\r\n")


def deliver_old(world: World) -> None:
    """It arrived so long ago that its cooldown is over."""
    world.person.deliver(rejection(), "INBOX", world.clock.now() - timedelta(days=20))


def deliver_unremarkable(world: World) -> None:
    """A rejection in words that the program does not take for one."""
    world.deliver(rejection(text="Hello Robin,\r\n\r\nwe chose somebody else.\r\n\r\nAda\r\n"))


def edit(world: World) -> None:
    """As Thunderbird saves: a new copy, the old one removed."""
    world.person.edit_draft(answers(PARENT), MINE)


def edit_again(world: World) -> None:
    world.person.edit_draft(answers(PARENT), "Other words.\n")


def send(world: World) -> None:
    world.person.send_draft(answers(PARENT))


def send_early(world: World) -> None:
    """With a recipient typed in before the time was over."""
    world.person.send_draft(answers(PARENT), recipient="ada@quillworks.example", subject="Thanks")


def delete(world: World) -> None:
    world.person.delete_draft(answers(PARENT))


def reply_from_elsewhere(world: World) -> None:
    world.person.write_reply(rejection(), "Thank you, Ada.\n")


def write_own_draft(world: World) -> None:
    """A draft of the user's own, made before the program saw the mail."""
    head = f"Message-ID: <mine@postbox.example>\r\nTo: ada@quillworks.example\r\nReferences: {PARENT}\r\n"
    raw = f"{head}Subject: Re: Your application\r\n\r\nDear Ada,\r\n".encode()
    world.person.deliver(raw, "Drafts", world.clock.now(), ("\\Draft",))


def address(world: World) -> None:
    """The user fills in a recipient and saves: the draft is theirs."""
    (draft,) = world.person.drafts()
    header, _, body = split(draft.raw)
    raw = b"To: Ada Quill <ada@quillworks.example>\r\n" + header + body
    world.person.deliver(_with_new_id(raw, "addressed"), "Drafts", world.clock.now(), ("\\Draft",))
    _remove(world, draft.uid)


def open_draft(world: World) -> None:
    """The user opens the draft in their client, which keeps it in memory."""
    (draft,) = world.person.drafts()
    world.memory["open"] = draft.raw


def open_in_neomutt(world: World) -> None:
    """It is expunged the moment it is opened."""
    open_draft(world)
    (draft,) = world.person.drafts()
    _remove(world, draft.uid)


def postpone_in_neomutt(world: World) -> None:
    """What was open is appended again with its Message-ID, with other words."""
    world.person.deliver(
        _with_words(world.memory["open"]), "Drafts", world.clock.now(), ("\\Draft", "\\Seen")
    )


def save_in_aerc(world: World) -> None:
    """A new copy with the same Message-ID; the old one stays."""
    (draft,) = world.person.drafts()
    world.person.deliver(_with_words(draft.raw), "Drafts", world.clock.now())


def save_what_was_open(world: World) -> None:
    """The client never saw that the draft was replaced: it saves the one it had, under a new id."""
    raw = _with_new_id(_with_words(world.memory["open"]), "saved")
    world.person.deliver(raw, "Drafts", world.clock.now(), ("\\Draft",))


def send_what_was_open(world: World) -> None:
    """The same, sent."""
    raw = b"To: ada@quillworks.example\r\n" + _with_new_id(_with_words(world.memory["open"]), "sent")
    world.person.deliver(raw, "Sent", world.clock.now(), ("\\Seen",))


def move_draft_away(world: World) -> None:
    """Into another mailbox, where nobody looks for it."""
    (draft,) = world.person.drafts()
    world.person.deliver(draft.raw, "Trash", world.clock.now())
    _remove(world, draft.uid)


def copy_draft(world: World) -> None:
    """The user duplicates the draft, byte for byte."""
    (draft,) = world.person.drafts()
    world.person.deliver(draft.raw, "Drafts", world.clock.now(), ("\\Draft", "\\Seen"))


def deny(world: World) -> None:
    """It was no rejection, says the user by a mark."""
    (mail,) = world.person.stored("INBOX")
    world.person.flag("INBOX", mail.uid, "gp-not-rejection")


def affirm(world: World) -> None:
    """It was one."""
    (mail,) = world.person.stored("INBOX")
    world.person.flag("INBOX", mail.uid, "gp-rejection")


def lose_ledger(world: World) -> None:
    world.lose_ledger()


@dataclass(frozen=True, slots=True)
class Later:
    """Time passes."""

    by: timedelta

    def __call__(self, world: World) -> None:
        """Set the clock on."""
        world.pass_time(self.by)


def _remove(world: World, uid: int) -> None:
    world.person.flag("Drafts", uid, "\\Deleted")
    world.person.expunge("Drafts", uid)


def _with_words(raw: bytes) -> bytes:
    header, line_end, _ = split(raw)
    return header + line_end + MINE.replace("\n", "\r\n").encode()


def _with_new_id(raw: bytes, name: str) -> bytes:
    lines = [line for line in raw.split(b"\r\n") if not line.lower().startswith(b"message-id:")]
    return b"Message-ID: <" + name.encode() + b"@postbox.example>\r\n" + b"\r\n".join(lines)


_SEALED = (deliver, sweep)
_RELEASED = (*_SEALED, Later(48 * HOUR), sweep)
_END = (Later(5 * MINUTE), sweep)

_SENT, _DISCARDED = (HoldState.SENT,), (HoldState.DISCARDED,)
_ELSEWHERE = (HoldState.ANSWERED_ELSEWHERE,)

SCENARIOS: dict[str, Scenario] = {
    "released and sent": Scenario(acts=(*_RELEASED, send, *_END), ends=_SENT, drafts=0),
    "edited, released and sent": Scenario(
        acts=(*_SEALED, edit, Later(HOUR), sweep, Later(47 * HOUR), sweep, send, *_END), ends=_SENT, drafts=0
    ),
    "edited twice, unseen between": Scenario(
        acts=(*_SEALED, edit, edit_again, Later(48 * HOUR), sweep), ends=(HoldState.RELEASED,), drafts=1
    ),
    "sent early": Scenario(acts=(*_SEALED, send_early, *_END), ends=_SENT, drafts=0),
    "deleted": Scenario(
        acts=(*_SEALED, delete, Later(MINUTE), sweep, Later(10 * MINUTE), sweep), ends=_DISCARDED, drafts=0
    ),
    "deleted, and the mail comes again": Scenario(
        acts=(*_SEALED, delete, Later(MINUTE), sweep, Later(10 * MINUTE), sweep, deliver, sweep),
        ends=_DISCARDED,
        drafts=0,
    ),
    "answered with another mail while held": Scenario(
        acts=(*_SEALED, reply_from_elsewhere, *_END), ends=_ELSEWHERE, drafts=0
    ),
    "answered with another mail after an edit": Scenario(
        acts=(*_SEALED, edit, *_END, reply_from_elsewhere, *_END), ends=_ELSEWHERE, drafts=1
    ),
    "answered before the first look": Scenario(
        acts=(deliver, reply_from_elsewhere, sweep), ends=(), drafts=0
    ),
    "a draft of the user's own before the first look": Scenario(
        acts=(deliver, write_own_draft, sweep), ends=(), drafts=1
    ),
    "addressed by the user, the time over, sent": Scenario(
        acts=(*_SEALED, address, *_END, Later(48 * HOUR), sweep, send, *_END), ends=_SENT, drafts=0
    ),
    "opened and postponed in neomutt": Scenario(
        acts=(
            *_SEALED,
            open_in_neomutt,
            sweep,
            Later(5 * MINUTE),
            postpone_in_neomutt,
            sweep,
            Later(48 * HOUR),
            sweep,
        ),
        ends=(HoldState.RELEASED,),
        drafts=1,
    ),
    "saved beside the old copy by aerc": Scenario(
        acts=(*_SEALED, save_in_aerc, *_END, Later(48 * HOUR), sweep), ends=(HoldState.RELEASED,), drafts=1
    ),
    "open while it was released, then saved": Scenario(
        acts=(*_SEALED, open_draft, Later(48 * HOUR), sweep, save_what_was_open, *_END),
        ends=(HoldState.RELEASED,),
        drafts=1,
    ),
    "open while it was released, then sent": Scenario(
        acts=(*_SEALED, open_draft, Later(48 * HOUR), sweep, send_what_was_open, *_END), ends=_SENT, drafts=0
    ),
    "edited after the release": Scenario(acts=(*_RELEASED, edit, *_END, send, *_END), ends=_SENT, drafts=0),
    "deleted after the release": Scenario(
        acts=(*_RELEASED, delete, Later(MINUTE), sweep, Later(10 * MINUTE), sweep), ends=_DISCARDED, drafts=0
    ),
    "moved to another mailbox": Scenario(
        acts=(*_SEALED, move_draft_away, Later(MINUTE), sweep, Later(10 * MINUTE), sweep),
        ends=_DISCARDED,
        drafts=0,
    ),
    "duplicated by the user": Scenario(
        acts=(*_SEALED, copy_draft, *_END, Later(48 * HOUR), sweep), ends=(HoldState.RELEASED,), drafts=1
    ),
    "forgotten until the nudge": Scenario(
        acts=(*_RELEASED, Later(30 * HOUR), sweep), ends=(HoldState.RELEASED,), drafts=1
    ),
    "asleep over the end": Scenario(
        acts=(*_SEALED, Later(timedelta(days=9)), sweep, send, *_END), ends=_SENT, drafts=0
    ),
    "not sealed": Scenario(acts=(*_RELEASED, send, *_END), ends=_SENT, drafts=0, seal=False),
    "not sealed, edited": Scenario(
        acts=(*_SEALED, edit, *_END, Later(48 * HOUR), sweep),
        ends=(HoldState.RELEASED,),
        drafts=1,
        seal=False,
    ),
    "two rejections at once": Scenario(
        acts=(deliver, deliver_second, sweep, Later(48 * HOUR), sweep),
        ends=(HoldState.RELEASED, HoldState.RELEASED),
        drafts=2,
    ),
    "two rejections of one application": Scenario(
        acts=(*_SEALED, deliver_again_from_the_same_employer, sweep, Later(48 * HOUR), sweep),
        ends=(HoldState.RELEASED,),
        drafts=1,
    ),
    "one rejection that came twice": Scenario(
        acts=(deliver, deliver, sweep, Later(48 * HOUR), sweep), ends=(HoldState.RELEASED,), drafts=1
    ),
    "a soft no": Scenario(acts=(deliver_soft, sweep, *_END), ends=(), drafts=0),
    "nothing that is acted on": Scenario(acts=(deliver_others, sweep, *_END), ends=(), drafts=0),
    "too old to be answered": Scenario(acts=(deliver_old, sweep), ends=(), drafts=0),
    "denied by a mark while held": Scenario(acts=(*_SEALED, deny, *_END), ends=_DISCARDED, drafts=0),
    "called a rejection by a mark": Scenario(
        acts=(deliver_unremarkable, sweep, affirm, *_END), ends=(HoldState.SEALED,), drafts=1
    ),
    "the ledger lost while held": Scenario(
        acts=(*_SEALED, lose_ledger, sweep, Later(48 * HOUR), sweep), ends=(HoldState.RELEASED,), drafts=1
    ),
    "the ledger lost after an edit": Scenario(
        acts=(*_SEALED, edit, lose_ledger, sweep, Later(48 * HOUR), sweep),
        ends=(HoldState.RELEASED,),
        drafts=1,
    ),
    "the ledger lost after the release": Scenario(
        acts=(*_RELEASED, lose_ledger, sweep, *_END), ends=(), drafts=1
    ),
}
