"""The places that `scan` reads offline: mbox, Maildir, `.eml` files."""

import errno
import mailbox
import os
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graceperiod.adapters.sources import MOST_OCTETS, SourceMail, open_source
from graceperiod.errors import SourceError


def message(subject: str, *, date: str = "", received: str = "", body: str = "Hello\n") -> bytes:
    fields = [f"Received: from a by b;\n\t{received}"] if received else []
    fields += (
        ["Received: from c by a; Mon, 1 Jan 2001 00:00:00 +0000", f"Subject: {subject}"]
        if received
        else [f"Subject: {subject}"]
    )
    fields += [f"Date: {date}"] if date else []
    return ("\n".join(fields) + "\n\n" + body).encode()


def day(number: int) -> str:
    return f"{number:02} Nov 2026 10:00:00 +0100"


def instant(number: int) -> datetime:
    return datetime(2026, 11, number, 9, tzinfo=UTC)


def subjects(mails: Iterator[SourceMail]) -> list[str]:
    return [m.raw.decode().partition("Subject: ")[2].partition("\n")[0] for m in mails]


def write_mbox(
    path: Path, *mails: bytes, from_line: bytes = b"From a@b.example Tue Nov 24 09:00:00 2026"
) -> Path:
    path.write_bytes(b"".join(from_line + b"\n" + mail + b"\n" for mail in mails))
    return path


def test_an_mbox_is_read_in_the_order_of_arrival(tmp_path: Path) -> None:
    box = write_mbox(
        tmp_path / "box",
        message("third", date=day(3)),
        message("first", date=day(9), received=day(1)),
        message("second", date=day(2)),
        message("by the From line"),
    )
    source = open_source(box)
    mails = list(source)
    assert source.total == 4
    assert subjects(iter(mails)) == ["first", "second", "third", "by the From line"]
    assert [m.arrived_at for m in mails] == [instant(1), instant(2), instant(3), instant(24)]
    assert mails[0].name == f"{box}#2"
    assert all(m.size_bytes == len(m.raw) for m in mails)


def test_a_quoted_from_line_of_an_mbox_loses_one_mark(tmp_path: Path) -> None:
    body = ">From here on\n>>From there\n> From nowhere\nFrom within a paragraph\n"
    (mail,) = open_source(write_mbox(tmp_path / "box", message("x", body=body)))
    assert mail.raw.endswith(b"\n\nFrom here on\n>From there\n> From nowhere\nFrom within a paragraph\n\n")


def test_a_line_that_only_begins_like_a_new_mail_does_not_begin_one(tmp_path: Path) -> None:
    body = "one\n\nFrom here to there it is a mile.\n\nFrom Tuesday on\n"
    assert open_source(write_mbox(tmp_path / "box", message("x", body=body))).total == 1


@pytest.mark.parametrize(
    ("from_line", "arrived_at"),
    [
        (b"From a@b.example Tue Nov 24 09:00:00 2026", instant(24)),
        (b"From - Tue Nov 24 09:00:00 2026", instant(24)),
        (b"From a@b.example  Tue Nov  3 09:00:00 2026", instant(3)),
        (b"From 1799@xxx Tue Nov 24 10:00:00 +0100 2026", instant(24)),
        (b"From a@b.example Tue Nov 24 10:00:00 2026 +0100", instant(24)),
        (b"From a@b.example Tue Nov 24 09:00:00 GMT 2026", instant(24)),
        (b'From "a b"@c.example Tue Nov 24 09:00 2026', instant(24)),
        (b"From a@b.example Tue, 24 Nov 2026 10:00:00 +0100", instant(24)),
        (b"From a@b.example Tue Nov 99 99:00:00 2026", None),
        (b"From ", None),
        (b"From - ", None),
    ],
)
def test_the_lines_that_programs_put_between_mails_are_known(
    tmp_path: Path, from_line: bytes, arrived_at: datetime | None
) -> None:
    mails = list(open_source(write_mbox(tmp_path / "box", message("x"), message("y"), from_line=from_line)))
    assert [m.arrived_at for m in mails] == [arrived_at, arrived_at]
    assert subjects(iter(mails)) == ["x", "y"]


def test_an_mbox_with_windows_line_ends_is_read(tmp_path: Path) -> None:
    box = write_mbox(tmp_path / "box", message("x", date=day(1)), message("y", date=day(2)))
    box.write_bytes(box.read_bytes().replace(b"\n", b"\r\n"))
    mails = list(open_source(box))
    assert [m.arrived_at for m in mails] == [instant(1), instant(2)]


def test_an_mbox_of_the_standard_library_comes_back_as_it_was(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    for number in range(1, 6):
        box.add(message(f"s{number}", date=day(number), body="From the start\n\nFrom me\n"))
    box.close()
    mails = list(open_source(tmp_path / "box"))
    assert [m.raw.rstrip() for m in mails] == [
        message(f"s{number}", date=day(number), body="From the start\n\nFrom me\n").rstrip()
        for number in range(1, 6)
    ]


def test_flags_of_an_mbox_are_read(tmp_path: Path) -> None:
    box = write_mbox(
        tmp_path / "box", b"Status: RO\nX-Status: AF\nX-Keywords: gp-rejection \x01\n" + message("x")
    )
    (mail,) = open_source(box)
    assert mail.flags == {"\\seen", "\\answered", "\\flagged", "gp-rejection"}


def test_an_empty_mail_in_an_mbox_has_a_reason(tmp_path: Path) -> None:
    mails = list(open_source(write_mbox(tmp_path / "box", b"", message("x"))))
    assert [m.reason for m in mails] == ["it is empty", ""]


def test_an_empty_file_is_an_mbox_without_mail(tmp_path: Path) -> None:
    (tmp_path / "box").touch()
    assert open_source(tmp_path / "box").total == 0


def test_a_huge_mail_is_read_up_to_the_bound(tmp_path: Path) -> None:
    box = tmp_path / "box"
    with box.open("wb") as file:
        file.write(b"From a@b.example Tue Nov 24 09:00:00 2026\nSubject: x\n\n")
        file.truncate(MOST_OCTETS + 5_000_000)
    (mail,) = open_source(box)
    assert len(mail.raw) == MOST_OCTETS
    assert mail.size_bytes > MOST_OCTETS


def test_an_mbox_is_indexed_in_bounded_memory(tmp_path: Path) -> None:
    box = write_mbox(
        tmp_path / "box", *[message(f"s{n}", date=day(1), body="x" * 20_000 + "\n") for n in range(1_000)]
    )
    tracemalloc.start()
    try:
        count = sum(len(m.raw) > 20_000 for m in open_source(box))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 1_000
    assert peak < 3_000_000


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    box = tmp_path / "Maildir"
    for part in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new"):
        (box / part).mkdir(parents=True)
    (box / "cur/1.a:2,FRS").write_bytes(message("seen", date=day(2)))
    (box / "cur/2.a:2,").write_bytes(message("old", date=day(1)))
    (box / "new/3.a").write_bytes(message("new", date=day(3)))
    (box / "new/.hidden").write_bytes(message("hidden"))
    (box / "tmp/4.a").write_bytes(message("half written"))
    (box / ".Sent/cur/5.a:2,S").write_bytes(message("sent"))
    return box


def test_a_maildir_gives_cur_and_new_with_flags_and_nothing_of_its_other_mailboxes(maildir: Path) -> None:
    mails = list(open_source(maildir))
    assert subjects(iter(mails)) == ["old", "seen", "new"]
    assert mails[1].flags == {"\\seen", "\\flagged", "\\answered"}
    assert mails[2].flags == frozenset()


def test_a_directory_gives_its_eml_files_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/one.eml").write_bytes(message("one", date=day(2)))
    (tmp_path / "two.EML").write_bytes(message("two", date=day(1)))
    (tmp_path / "three.txt").write_bytes(message("three"))
    (tmp_path / "a/loop").symlink_to(tmp_path)
    assert subjects(iter(open_source(tmp_path))) == ["two", "one"]


@pytest.mark.parametrize("name", ["letter.eml", "letter"])
def test_a_single_message_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(message("x", date=day(1)))
    (mail,) = open_source(str(tmp_path / name))
    assert mail.arrived_at == instant(1)


def test_without_any_date_the_time_of_the_file_counts(tmp_path: Path) -> None:
    letter = tmp_path / "letter.eml"
    letter.write_bytes(message("x", date="some day"))
    os.utime(letter, (instant(5).timestamp(),) * 2)
    (mail,) = open_source(letter)
    assert mail.arrived_at == instant(5)


def test_a_file_that_cannot_be_read_is_told_and_passed_over(tmp_path: Path) -> None:
    (tmp_path / "gone.eml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "here.eml").write_bytes(message("here", date=day(1)))
    (tmp_path / "late.eml").write_bytes(message("late", date=day(2)))
    source = open_source(tmp_path)
    (tmp_path / "late.eml").unlink()
    assert [(Path(m.name).name, bool(m.raw), m.reason) for m in source] == [
        ("gone.eml", False, "cannot be read (no such file or directory)"),
        ("here.eml", True, ""),
        ("late.eml", False, "cannot be read (no such file or directory)"),
    ]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda p: None, "does not exist; expected an mbox file, a Maildir"),
        (lambda p: p.mkdir(), "no Maildir"),
        (lambda p: p.write_bytes(b"\x89PNG\r\n"), "neither an mbox"),
        (lambda p: p.write_bytes(b"From here to there\nit is a mile\n"), "no line in it begins a mail"),
        (lambda p: os.mkfifo(p), "is neither a file nor a directory"),
    ],
)
def test_what_is_no_mail_is_an_error_that_says_what_was_expected(
    tmp_path: Path, make: object, words: str
) -> None:
    assert callable(make)
    make(tmp_path / "thing")
    with pytest.raises(SourceError, match=words):
        open_source(tmp_path / "thing")


def test_a_file_without_permission_is_an_error_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> object:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / "box").write_bytes(b"From ")
    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(SourceError, match="permission denied"):
        open_source(tmp_path / "box")


def test_nothing_is_written(maildir: Path) -> None:
    before = sorted((p, p.stat().st_mtime_ns) for p in maildir.rglob("*"))
    list(open_source(maildir))
    assert sorted((p, p.stat().st_mtime_ns) for p in maildir.rglob("*")) == before
