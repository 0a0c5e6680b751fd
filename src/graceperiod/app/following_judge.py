"""A judge that follows the user: as soon as another model is in use, that one judges, without a restart."""

import threading
from collections.abc import Callable

from graceperiod.core.mail import Mail
from graceperiod.core.verdict import Verdict
from graceperiod.ports import Judge


class FollowingJudge:
    """Passes for the judge that is in use; threads may share it.

    Args:
        sign: something that is another as soon as another model is in use; asked for every mail.
        load: the judge that is in use.
    """

    def __init__(self, *, sign: Callable[[], object], load: Callable[[], Judge]) -> None:
        self._new_sign = sign
        self._load = load
        self._lock = threading.Lock()
        self._sign = sign()  # before the load: what changes meanwhile is loaded again
        self._judge = load()

    @property
    def model(self) -> str:
        """Name and version of the model in use."""
        return self._current().model

    def judge(self, mail: Mail) -> Verdict:
        """The verdict with its evidence. Never raises, however odd the mail is."""
        return self._current().judge(mail)

    def _current(self) -> Judge:
        with self._lock:
            sign = self._new_sign()
            if sign != self._sign:
                self._sign = sign
                self._judge = self._load()
            return self._judge
