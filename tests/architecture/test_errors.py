"""The error tree is what its drawing says, and every foreign error becomes one of ours."""

import imaplib
import inspect
import re
import socket
import ssl

import imapclient.exceptions
import pytest

from graceperiod import errors
from graceperiod.adapters.imap.connection import speaking
from graceperiod.errors import MailStoreError, Refused, Unreachable


def drawn() -> dict[str, str]:
    """Each class of the drawing with the one that it hangs on."""
    assert errors.__doc__ is not None
    parents: list[tuple[int, str]] = []
    found: dict[str, str] = {}
    for line in errors.__doc__.splitlines():
        match = re.match(r"^([│ ├└─]*)([A-Z]\w+)(?: {2}|$)", line)
        if not match:
            continue
        depth, name = len(match[1]), match[2]
        while parents and parents[-1][0] >= depth:
            parents.pop()
        found[name] = parents[-1][1] if parents else "Exception"
        parents.append((depth, name))
    return found


def test_the_drawing_is_the_tree() -> None:
    classes = {
        name: value.__bases__[0].__name__
        for name, value in inspect.getmembers(errors, inspect.isclass)
        if value.__module__ == errors.__name__
    }
    assert drawn() == classes


def foreign() -> list[type[BaseException]]:
    """Every exception that imaplib and IMAPClient define, and those of the socket beneath them."""
    defined: list[type[BaseException]] = [imaplib.IMAP4.error, imaplib.IMAP4.abort, imaplib.IMAP4.readonly]
    defined += [
        value
        for _, value in inspect.getmembers(imapclient.exceptions, inspect.isclass)
        if issubclass(value, Exception)
    ]
    return sorted(
        {*defined, OSError, ConnectionResetError, TimeoutError, ssl.SSLError, socket.gaierror}, key=str
    )


@pytest.mark.parametrize("kind", foreign())
def test_every_error_of_imaplib_and_imapclient_becomes_one_of_ours(kind: type[BaseException]) -> None:
    with pytest.raises(MailStoreError) as caught, speaking("SELECT"):
        raise kind("[NONEXISTENT] no such thing")
    is_lost = issubclass(kind, imaplib.IMAP4.abort | OSError)
    is_read_only = issubclass(kind, imaplib.IMAP4.readonly)
    assert isinstance(caught.value, Unreachable if is_lost and not is_read_only else Refused)
    assert str(caught.value).startswith("SELECT")
