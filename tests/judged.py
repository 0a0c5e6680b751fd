"""Judged letters for tests: what is said with one probability, the rest spread evenly."""

from graceperiod.core.category import Category
from graceperiod.core.evaluated import Evaluated
from graceperiod.core.evaluation import Judged
from graceperiod.core.verdict import Thresholds

THRESHOLDS = Thresholds(acting={Category.REJECTION: 0.9, Category.SOFT_REJECTION: 0.8}, unsure=0.3)


def judged(name: str, truth: Category, said: Category, probability: float, language: str = "en") -> Judged:
    rest = (1 - probability) / (len(Category) - 1)
    likely = tuple(probability if category is said else rest for category in Category)
    return Judged(id=name, language=language, truth=truth, likely=likely)


def evaluated(
    name: str,
    truth: Category,
    said: Category,
    probability: float,
    *,
    language: str = "en",
    has_phrase: bool = False,
) -> Evaluated:
    return Evaluated.of(judged(name, truth, said, probability, language), THRESHOLDS, has_phrase=has_phrase)
