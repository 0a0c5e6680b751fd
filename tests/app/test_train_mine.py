"""Learning from the user: what is given to the trainer, how often, and when the result is kept."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

import pytest

from graceperiod.app.train_mine import OWN_WEIGHT, TrainedMine, train_mine
from graceperiod.core.annotation import Annotation, AnnotationSource, Statement
from graceperiod.core.category import Category
from graceperiod.core.features import FEATURE_VERSION
from graceperiod.core.verdict import Thresholds
from graceperiod.errors import UserError
from letters import as_mail
from short_letters import short_letters

LETTERS = short_letters()
CATEGORIES = list(Category)
OWN = ("w:allotment", "w:unfortunately")


def annotation(
    said: str, features: tuple[str, ...] = OWN, *, version: int | None = FEATURE_VERSION
) -> Annotation:
    return Annotation(
        id=1,
        message=1,
        statement=Statement.parse(said),
        source=AnnotationSource.COMMAND,
        annotated_at=datetime(2026, 11, 23, tzinfo=UTC),
        features=features,
        feature_version=version,
    )


class VotingModel:
    """Says of a mail the category that most of its features stand for; those of several stand for none."""

    def __init__(self, known: Mapping[str, list[int]], spoiled: bool) -> None:
        self._known = known
        self._spoiled = spoiled

    @property
    def feature_count(self) -> int:
        return len(self._known)

    def scores(self, features: Sequence[Sequence[str]]) -> list[list[float]]:
        found: list[list[float]] = []
        for own in features:
            votes = [0.0] * len(CATEGORIES)
            for feature in own:
                given = set(self._known.get(feature, []))
                if len(given) == 1:
                    votes[given.pop()] += 1
            found.append(votes[::-1] if self._spoiled else votes)
        return found

    def exported(self) -> bytes:
        return repr(sorted(self._known)).encode()


class VotingTrainer:
    """Remembers what it was given; models that learned from the user so often are worse at everything."""

    def __init__(self, *, spoils_from: int = 99) -> None:
        self.fitted: list[list[tuple[frozenset[str], int]]] = []
        self._spoils_from = spoils_from

    def fit(self, features: Sequence[Sequence[str]], categories: Sequence[int]) -> VotingModel:
        lessons = [(frozenset(f), c) for f, c in zip(features, categories, strict=True)]
        self.fitted.append(lessons)
        known: dict[str, list[int]] = {}
        for own, category in lessons:
            for feature in own:
                known.setdefault(feature, []).append(category)
        return VotingModel(known, len(known.get("w:allotment", ())) >= self._spoils_from)

    def own(self, fit: int = -1) -> list[str]:
        """The categories with which the user's mails were given."""
        return [CATEGORIES[c].value for own, c in self.fitted[fit] if "w:allotment" in own]


class Shipped:
    """The model before; thinks that everything is a rejection, and else most likely soft, received, other."""

    thresholds = Thresholds(acting={Category.REJECTION: 0.5, Category.SOFT_REJECTION: 0.5}, unsure=0.3)

    def likely(self, features: Iterable[str]) -> Mapping[Category, float]:
        said = {
            Category.REJECTION: 0.6,
            Category.SOFT_REJECTION: 0.3,
            Category.RECEIVED: 0.08,
            Category.OTHER: 0.02,
        }
        return dict.fromkeys(Category, 0.0) | said


def trained(*annotations: Annotation, trainer: VotingTrainer | None = None) -> TrainedMine:
    return train_mine(
        LETTERS,
        annotations,
        name="mine-1",
        as_mail=as_mail,
        trainer=trainer or VotingTrainer(),
        shipped=Shipped(),
        progress=lambda done, total: None,
    )


def test_an_annotated_mail_counts_for_several_letters_in_every_fold_and_at_the_end() -> None:
    trainer = VotingTrainer()
    found = trained(annotation("other"), trainer=trainer)
    assert found.weight == OWN_WEIGHT
    assert [len(trainer.own(fit)) for fit in range(11)] == [0] * 5 + [OWN_WEIGHT] * 6
    assert len(trainer.fitted[-1]) == len(LETTERS) + OWN_WEIGHT
    assert set(trainer.own()) == {"other"}


def test_of_a_mail_of_which_only_is_known_what_it_is_not_the_likeliest_else_is_learned() -> None:
    trainer = VotingTrainer()
    trained(annotation("not-rejection"), trainer=trainer)
    assert set(trainer.own()) == {"received"}


def test_a_letter_is_never_judged_by_a_model_that_has_seen_it() -> None:
    trainer = VotingTrainer()
    trained(annotation("other"), trainer=trainer)
    for folds in (trainer.fitted[:5], trainer.fitted[5:10]):
        assert sum(
            len(LETTERS) - len([o for o, _ in fold if "w:allotment" not in o]) for fold in folds
        ) == len(LETTERS)


def test_a_model_that_is_worse_at_anything_says_so() -> None:
    assert trained(annotation("other")).worse == ()
    spoiled = trained(annotation("other"), trainer=VotingTrainer(spoils_from=1))
    assert any("rejection" in sentence for sentence in spoiled.worse)
    assert any(
        "your own mails" in sentence
        for sentence in trained(annotation("rejection"), trainer=VotingTrainer(spoils_from=1)).worse
    )


def test_it_is_told_how_many_of_the_users_mails_are_judged_as_they_say() -> None:
    found = trained(annotation("other"), annotation("rejection", ("w:bakery", "w:allotment")))
    assert (found.own, found.own_right_before) == (2, 1)


def test_the_same_mail_counts_once_with_the_newest_word() -> None:
    trainer = VotingTrainer()
    found = trained(annotation("offer"), annotation("other"), trainer=trainer)
    assert found.own == 1
    assert set(trainer.own()) == {"other"}


def test_the_users_own_are_never_more_than_a_quarter() -> None:
    trainer = VotingTrainer()
    many = [annotation("other", ("w:allotment", f"w:n{n}")) for n in range(16)]
    found = trained(*many, trainer=trainer)
    assert found.weight == 1
    assert len(trainer.own()) == 16


@pytest.mark.parametrize(
    "useless",
    [
        (),
        (annotation("other", version=None, features=()),),
        (annotation("other", version=FEATURE_VERSION - 1),),
        (annotation("other", ()),),
    ],
)
def test_without_features_of_this_program_there_is_nothing_to_learn(useless: tuple[Annotation, ...]) -> None:
    with pytest.raises(UserError, match="nothing of yours"):
        trained(*useless)


def test_the_manifest_names_the_model_and_the_letters_and_nothing_of_the_users() -> None:
    manifest = trained(annotation("other")).manifest
    assert (manifest.name, manifest.letters) == ("mine-1", len(LETTERS))
    assert "allotment" not in manifest.toml()


def test_progress_reaches_its_end() -> None:
    seen: list[tuple[int, int | None]] = []
    train_mine(
        LETTERS,
        [annotation("other")],
        name="mine-1",
        as_mail=as_mail,
        trainer=VotingTrainer(),
        shipped=Shipped(),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == sorted(seen)
    assert seen[-1] == (12, 12)
