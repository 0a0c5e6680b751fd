"""What a model folder says of itself: `model.toml`, and the names of its files and arrays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from graceperiod.core.category import Category
from graceperiod.core.verdict import Thresholds

WEIGHTS_FILE = "weights.npz"
MANIFEST_FILE = "model.toml"
CARD_FILE = "README.md"
REFERENCE_FILE = "reference.jsonl"
RELIABILITY_PLOT = "reliability.svg"
TRADE_OFF_PLOT = "precision-recall.svg"
CONFUSION_PLOT = "confusion.svg"
PLOTS = (RELIABILITY_PLOT, TRADE_OFF_PLOT, CONFUSION_PLOT)
"""What the card shows."""

VOCABULARY = "vocabulary"
"""The sorted features as UTF-8, one a line: bytes, for an array of strings needs pickle or padding."""
IDF = "idf"
"""Per feature, how much its rarity counts (float32)."""
COEFFICIENTS = "coefficients"
"""Features by categories, in the order of `Category` (float32)."""
INTERCEPTS = "intercepts"
"""Per category (float32)."""


_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Everything about a model that is not a weight.

    Args:
        name: with its version, such as `jobmail-v1`.
        feature_version: of `core.features` that it was trained on; it fits no other.
        temperature: scores are divided by it before they become probabilities.
        weights_sha256, corpus_sha256: hex digests of the weights file and of the letters it learned from.
        letters, features: how many.
    """

    name: str
    feature_version: int
    temperature: float
    thresholds: Thresholds
    weights_sha256: str
    corpus_sha256: str
    letters: int
    features: int

    @classmethod
    def parse(cls, table: Mapping[str, object]) -> "Manifest":
        """The manifest from the tables of `model.toml`.

        Raises:
            ValueError: something is missing or of another kind; says what.
        """
        thresholds = _table(table, "thresholds")
        acting = _table(thresholds, "acting")
        if _value(table, "categories", list) != [str(c) for c in Category]:
            raise ValueError("categories are not the ones of this program")
        return cls(
            name=_value(table, "name", str),
            feature_version=_value(table, "feature_version", int),
            temperature=_number(table, "temperature"),
            thresholds=Thresholds(
                acting={Category(key): _number(acting, key) for key in acting},
                unsure=_number(thresholds, "unsure"),
            ),
            weights_sha256=_value(_table(table, "weights"), "sha256", str),
            features=_value(_table(table, "weights"), "features", int),
            corpus_sha256=_value(_table(table, "corpus"), "sha256", str),
            letters=_value(_table(table, "corpus"), "letters", int),
        )

    def toml(self) -> str:
        """The text of `model.toml`."""
        acting = "\n".join(f"{c} = {p!r}" for c, p in self.thresholds.acting.items())
        return f"""\
name = "{self.name}"
feature_version = {self.feature_version}
categories = [{", ".join(f'"{c}"' for c in Category)}]
# Scores are divided by this before they become probabilities; fitted on letters that the model had not seen.
temperature = {self.temperature!r}

[thresholds]
# The least sum of the probabilities of both kinds of rejection for listing a mail as unsure.
unsure = {self.thresholds.unsure!r}

[thresholds.acting]
{acting}

[weights]
features = {self.features}
sha256 = "{self.weights_sha256}"

[corpus]
letters = {self.letters}
sha256 = "{self.corpus_sha256}"
"""


def _table(table: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = table.get(key)
    if not isinstance(value, dict):
        raise ValueError(f"[{key}] is missing")
    return value


def _value(table: Mapping[str, object], key: str, kind: type[_Kind]) -> _Kind:
    value = table.get(key)
    if not isinstance(value, kind):
        raise ValueError(f"{key} is missing or not a {kind.__name__}")
    return value


def _number(table: Mapping[str, object], key: str) -> float:
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1000:
        raise ValueError(f"{key} is missing or not a number over 0")
    return float(value)
