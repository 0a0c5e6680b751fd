"""What a look at the file of the local store found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreReport:
    """A sound store.

    Args:
        version: of its layout.
        newest: the version that this program writes; it brings an older one up to date.
        size_bytes: with what was not yet moved from the write-ahead log into the file.
        mode: of the file, as `chmod` takes it.
    """

    version: int
    newest: int
    size_bytes: int
    mode: int

    @property
    def is_private(self) -> bool:
        """Whether nobody but the user can read it."""
        return not self.mode & 0o077
