"""Trains the model; the only file that knows scikit-learn, which is imported when a model is trained."""

import io
import warnings
import zipfile
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from graceperiod.core.category import Category
from graceperiod.core.manifest import COEFFICIENTS, IDF, INTERCEPTS, VOCABULARY
from graceperiod.errors import UserError

_LEAST_LETTERS = 3
"""Letters that must have a feature. Measured: 2 doubles the weights and gains nothing."""
_INVERSE_STRENGTH = 30.0
"""scikit-learn's C. Measured out of fold on the first corpus: 10 to 100 are alike, 3 is too stiff."""
_BALANCE = 0.5
"""How far rare categories are made up for: 0 not at all, 1 as if all were equally common (scikit-learn's
`balanced`). Measured on real mail: at 1 too little is likely to be a rejection, at 0 soft noes are missed."""
_TOLERANCE = 1e-12
COARSE = 1e-4
"""For models that need not be the same bytes everywhere. Measured: it changes two letters of 1,653."""
_DIGITS_OF_IDF = 4
_DIGITS = 2
"""Coefficients are rounded to hundredths, far coarser than what solvers, processors and versions of numpy
differ by once they have converged so far: the same corpus gives the same bytes."""
_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can hold."""


class SklearnTrainer:
    """Multinomial logistic regression over TF-IDF of features that are there or not.

    Args:
        tolerance: how far the solver goes; the finest gives the same bytes everywhere, and takes three times
            as long as `COARSE`.
    """

    def __init__(self, *, tolerance: float = _TOLERANCE) -> None:
        self._tolerance = tolerance
        try:
            import sklearn  # noqa: F401
        except ImportError as error:
            raise UserError(
                "Training needs scikit-learn: pip install 'graceperiod[train]'. All else works without it."
            ) from error

    def fit(self, features: Sequence[Sequence[str]], categories: Sequence[int]) -> "SklearnModel":
        """A model of these letters.

        Args:
            features: of each letter.
            categories: for each letter the number of its category.

        Raises:
            UserError: the letters do not cover all categories.
        """
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        if set(categories) != set(range(len(Category))):
            raise UserError("The corpus must have letters of every category; see: graceperiod model check")
        vectorizer = TfidfVectorizer(analyzer=_as_they_are, binary=True, min_df=_LEAST_LETTERS)
        try:
            vectorizer.fit(features)
        except ValueError as error:
            raise UserError(f"The corpus is too small to learn from: {error}") from error
        vectorizer.idf_ = _rounded(vectorizer.idf_, _DIGITS_OF_IDF)
        classifier = LogisticRegression(
            C=_INVERSE_STRENGTH,
            class_weight=_class_weights(categories),
            solver="newton-cg",
            tol=self._tolerance,
            max_iter=1000,
        )
        with warnings.catch_warnings():
            # The tolerance is beyond what floats can reach; the line search says so at the very end.
            warnings.simplefilter("ignore")
            classifier.fit(vectorizer.transform(features), categories)
        classifier.coef_ = _rounded(classifier.coef_, _DIGITS)
        classifier.intercept_ = _rounded(classifier.intercept_, _DIGITS)
        return SklearnModel(vectorizer, classifier)


class SklearnModel:
    """A fitted pipeline that carries the very weights that are exported."""

    def __init__(self, vectorizer: Any, classifier: Any) -> None:
        self._vectorizer = vectorizer
        self._classifier = classifier

    @property
    def feature_count(self) -> int:
        """How many features it weighs."""
        return len(self._vectorizer.vocabulary_)

    def scores(self, features: Sequence[Sequence[str]]) -> list[list[float]]:
        """For each letter a score per category; softmax makes them probabilities."""
        found: list[list[float]] = self._classifier.decision_function(
            self._vectorizer.transform(features)
        ).tolist()
        return found

    def probabilities(self, features: Sequence[Sequence[str]], temperature: float) -> npt.NDArray[np.float64]:
        """scikit-learn's own `predict_proba` with the temperature in its weights."""
        from copy import copy

        tempered = copy(self._classifier)
        tempered.coef_ = self._classifier.coef_ / temperature
        tempered.intercept_ = self._classifier.intercept_ / temperature
        found: npt.NDArray[np.float64] = tempered.predict_proba(self._vectorizer.transform(features))
        return found

    def exported(self) -> bytes:
        """The weights as an npz file, byte for byte the same for the same weights."""
        names = self._vectorizer.get_feature_names_out()
        return _npz(
            {
                VOCABULARY: np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
                IDF: self._vectorizer.idf_.astype("<f4"),
                COEFFICIENTS: np.ascontiguousarray(self._classifier.coef_.T.astype("<f4")),
                INTERCEPTS: self._classifier.intercept_.astype("<f4"),
            }
        )


def _class_weights(categories: Sequence[int]) -> dict[int, float]:
    """What a letter of each category counts."""
    numbers = Counter(categories)
    equal = len(categories) / len(numbers)
    return {category: (equal / number) ** _BALANCE for category, number in sorted(numbers.items())}


def _as_they_are(features: Sequence[str]) -> Sequence[str]:
    return features


def _rounded(values: npt.NDArray[np.float64], digits: int) -> npt.NDArray[np.float64]:
    """Rounded and held as float32 can hold it, so that the pipeline and the exported file are one."""
    # Adding zero turns -0.0, whose bytes differ, into 0.0.
    return np.asarray((np.round(values, digits) + 0.0).astype(np.float32), dtype=np.float64)


def _npz(arrays: dict[str, npt.NDArray[Any]]) -> bytes:
    """Uncompressed, because compressors differ between versions; without dates or the name of a system."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=_NO_DATE)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            content = io.BytesIO()
            np.lib.format.write_array(content, array, version=(1, 0), allow_pickle=False)
            file.writestr(entry, content.getvalue())
    return out.getvalue()
