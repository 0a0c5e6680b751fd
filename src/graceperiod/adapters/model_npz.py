"""The classifier: a folder of arrays and thresholds, scored with numpy alone (the `Judge` port)."""

import hashlib
import io
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from graceperiod.core.calibration import probabilities
from graceperiod.core.category import Category
from graceperiod.core.features import FEATURE_VERSION, Reading
from graceperiod.core.mail import Mail
from graceperiod.core.manifest import (
    COEFFICIENTS,
    IDF,
    INTERCEPTS,
    MANIFEST_FILE,
    VOCABULARY,
    WEIGHTS_FILE,
    Manifest,
)
from graceperiod.core.reasons import reasons
from graceperiod.core.verdict import Evidence, Thresholds, Verdict
from graceperiod.errors import ModelError

DEFAULT_NAME = "jobmail-v1"

_MOST_WEIGHED = 40
"""Features that are laid onto the words of a mail, the heaviest. Measured: more change little of it."""
_LARGEST_FILE = 64 * 1024 * 1024
"""Bytes read of one file of a model: ten times what a model may have."""

_CATEGORIES = tuple(Category)

_Array = npt.NDArray[np.float64]
_Table = npt.NDArray[np.float32]
"""As in the file: half the memory, and the few rows that a mail needs are made float64 as they are used."""


class NpzJudge:
    """A loaded model. Holds no state but its weights, so that threads may share it."""

    def __init__(self, manifest: Manifest, weights: "_Weights") -> None:
        self.manifest = manifest
        self._features = weights.vocabulary
        self._index = {feature: number for number, feature in enumerate(weights.vocabulary)}
        self._idf = weights.idf
        self._coefficients = weights.coefficients
        self._intercepts = weights.intercepts

    @classmethod
    def load(cls, path: Path | None = None) -> "NpzJudge":
        """The model in a folder; the one that comes with the program if none is named.

        Raises:
            ModelError: it is missing, damaged or of another version; says what to do.
        """
        path = default_model() if path is None else path
        manifest = _manifest(path)
        raw = _read(path / WEIGHTS_FILE)
        if hashlib.sha256(raw).hexdigest() != manifest.weights_sha256:
            raise ModelError(
                f"{path / WEIGHTS_FILE} is not the file that {MANIFEST_FILE} names. {_remedy(path)}"
            )
        try:
            return cls(manifest, _weights(raw, manifest.features))
        except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile, UnicodeError) as error:
            raise ModelError(f"{path / WEIGHTS_FILE} cannot be used: {error}. {_remedy(path)}") from error

    @property
    def model(self) -> str:
        """Name and version of the model."""
        return self.manifest.name

    @property
    def thresholds(self) -> Thresholds:
        """When it acts."""
        return self.manifest.thresholds

    def judge(self, mail: Mail) -> Verdict:
        """The verdict with its evidence. Never raises, however odd the mail is."""
        reading = Reading(mail)
        rows, values = self._look_up(reading.features)
        likely = self._probabilities(rows, values)
        return self.manifest.thresholds.verdict(
            likely,
            language=mail.language,
            evidence=self._evidence(reading, rows, values, likely),
            model=self.model,
        )

    def probabilities(self, mail: Mail) -> Mapping[Category, float]:
        """How likely each category is; they add up to 1."""
        return self.likely(Reading(mail).features)

    def likely(self, features: Iterable[str]) -> Mapping[Category, float]:
        """How likely each category is for a mail of these features, such as an annotation keeps them."""
        return self._probabilities(*self._look_up(features))

    def _look_up(self, features: Iterable[str]) -> tuple[npt.NDArray[np.intp], _Array]:
        known = [row for row in map(self._index.get, features) if row is not None]
        rows = np.array(known, dtype=np.intp)
        rows.sort()
        values = self._idf[rows]
        length = float(np.sqrt(values @ values))
        return rows, values / length if length else values

    def _probabilities(self, rows: npt.NDArray[np.intp], values: _Array) -> dict[Category, float]:
        scores = values @ self._coefficients[rows] + self._intercepts
        likely = probabilities(scores.tolist(), self.manifest.temperature)
        return dict(zip(_CATEGORIES, likely, strict=True))

    def _evidence(
        self, reading: Reading, rows: npt.NDArray[np.intp], values: _Array, likely: Mapping[Category, float]
    ) -> tuple[Evidence, ...]:
        weights = self._weights(rows, values, np.array(list(likely.values())))
        heaviest = np.argsort(-np.abs(weights), kind="stable")[:_MOST_WEIGHED]
        features = map(self._features.__getitem__, rows[heaviest].tolist())
        return reasons(reading, list(zip(features, weights[heaviest].tolist(), strict=True)))

    def _weights(self, rows: npt.NDArray[np.intp], values: _Array, likely: _Array) -> _Array:
        """What each feature adds to the log-odds of the likeliest category against all others.

        The derivative of log(p / (1 - p)): the category's own coefficient less the mean of the others',
        each weighed by how likely it is.
        """
        best = int(np.argmax(likely))
        others = likely.copy()
        others[best] = 0.0
        total = float(others.sum())
        if total > 0.0:
            others /= total
        direction = -others
        direction[best] = 1.0
        return values * (self._coefficients[rows] @ direction) / self.manifest.temperature


def load_model(path: Path | None = None) -> NpzJudge:
    """`NpzJudge.load`, for those who only want the port."""
    return NpzJudge.load(path)


def default_model() -> Path:
    """The folder of the model that comes with the program: inside the wheel, else in the checkout."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "models" / DEFAULT_NAME
    return shipped if shipped.is_dir() else package.parent.parent / "models" / DEFAULT_NAME


def _manifest(path: Path) -> Manifest:
    try:
        manifest = Manifest.parse(tomllib.loads(_read(path / MANIFEST_FILE).decode()))
    except ValueError as error:  # of the TOML, its text or its content
        raise ModelError(f"{path / MANIFEST_FILE} cannot be used: {error}. {_remedy(path)}") from error
    if manifest.feature_version != FEATURE_VERSION:
        raise ModelError(
            f"The model in {path} reads mail in another way (feature version {manifest.feature_version}, "
            f"this program has {FEATURE_VERSION}). {_remedy(path)}"
        )
    return manifest


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise ModelError(f"{path} cannot be read: {reason}. {_remedy(path.parent)}") from error
    if len(raw) > _LARGEST_FILE:
        raise ModelError(f"{path} is larger than any model. {_remedy(path.parent)}")
    return raw


def _remedy(path: Path) -> str:
    if path == default_model():
        return "Install Graceperiod again, or rebuild the model: graceperiod model train"
    return f"Rebuild it: graceperiod model train --out {path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weights:
    vocabulary: list[str]
    idf: _Array
    coefficients: _Table
    intercepts: _Array


def _weights(raw: bytes, count: int) -> _Weights:
    with np.load(io.BytesIO(raw), allow_pickle=False) as file:
        vocabulary = file[VOCABULARY].tobytes().decode().split("\n")
        idf, intercepts = (np.ascontiguousarray(file[name], dtype=np.float64) for name in (IDF, INTERCEPTS))
        coefficients = np.ascontiguousarray(file[COEFFICIENTS], dtype=np.float32)
    shapes = (len(vocabulary), idf.shape, coefficients.shape, intercepts.shape)
    categories = len(_CATEGORIES)
    if shapes != (count, (count,), (count, categories), (categories,)):
        raise ValueError("its arrays do not fit each other")
    if not all(np.isfinite(array).all() for array in (idf, coefficients, intercepts)):
        raise ValueError("it has weights that are not numbers")
    return _Weights(vocabulary=vocabulary, idf=idf, coefficients=coefficients, intercepts=intercepts)
