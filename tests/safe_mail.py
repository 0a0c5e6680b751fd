"""What every mail must be that was read, whatever was sent: bounded, and safe to put into a header or a log."""

import re
import unicodedata
from datetime import UTC

from graceperiod.core.mail import Mail
from graceperiod.core.plain_text import MOST_CHARACTERS

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Unicode's categories Cc and Cs, line ends aside."""


def assert_bounded_and_safe(mail: Mail) -> None:
    assert len(mail.text) <= MOST_CHARACTERS
    assert len(mail.said) <= MOST_CHARACTERS
    assert bool(mail.said) == bool(mail.text)
    assert len(mail.subject) <= 998
    assert len(mail.references) <= 51
    assert len(mail.in_reply_to) <= 50
    assert len(mail.calendar) <= 5
    assert len(mail.defects) <= 30
    assert mail.date_header is None or mail.date_header.tzinfo is UTC
    everyone = (*mail.senders, *mail.reply_to, *mail.to, *mail.cc)
    assert len(everyone) <= 400
    ids = (*mail.in_reply_to, *mail.references, *([mail.message_id] if mail.message_id else []))
    assert all(
        i[0] == "<" and i[-1] == ">" and len(i) <= 998 and not any(c.isspace() for c in i) for i in ids
    )
    names = [a.display_name for a in everyone]
    specs = [a.addr_spec for a in everyone]
    assert all(s.count("@") == 1 and not any(c.isspace() for c in s) for s in specs)
    words = (mail.subject, mail.auto_submitted, mail.precedence)
    for value in (*ids, *names, *specs, *words, *mail.defects):
        assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in value), value
        assert not any(0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in value), value
    for text in (mail.text, mail.said, *mail.calendar):
        assert not _CONTROL.search(text)
        text.encode()
