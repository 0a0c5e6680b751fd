"""The daemon's connection, with a word to the diary when it begins and ends to wait; otherwise as it is."""

from datetime import timedelta

from graceperiod.adapters.imap import ImapStore, Login
from graceperiod.adapters.imap.connection import connect
from graceperiod.demo.diary import Diary
from graceperiod.ports import Wake


class ObservedStore(ImapStore):
    """An `ImapStore` that is seen to wait."""

    def __init__(self, login: Login, password: str, diary: Diary) -> None:
        super().__init__(lambda: connect(login, password))
        self._diary = diary

    def wait(self, mailbox: str, *, uid_validity: int, timeout: timedelta, wake: Wake) -> bool:
        """Wait for a sign of change; True if there may be something new. A hint only."""
        self._diary.wait_began()
        is_sign = False
        try:
            is_sign = super().wait(mailbox, uid_validity=uid_validity, timeout=timeout, wake=wake)
        finally:
            self._diary.wait_ended(is_sign=is_sign)
        return is_sign
