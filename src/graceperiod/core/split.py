"""Splits letters so that each is judged by a model that has seen nothing like it."""

import hashlib
from collections.abc import Sequence

from graceperiod.core.letter import Letter
from graceperiod.core.likeness import groups


def split(letters: Sequence[Letter], folds: int) -> tuple[int, ...]:
    """For each letter the number of its fold, by the name of its group: new letters move few others."""
    names = groups(letters)
    return tuple(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) % folds for name in names)
