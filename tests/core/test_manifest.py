"""What a model folder says of itself is written and read back the same, or refused with the reason."""

import tomllib
from typing import Any

import pytest

from graceperiod.core.category import Category
from graceperiod.core.manifest import Manifest
from graceperiod.core.verdict import Thresholds

MANIFEST = Manifest(
    name="jobmail-v1",
    feature_version=1,
    temperature=0.65,
    thresholds=Thresholds(acting={Category.REJECTION: 0.98, Category.SOFT_REJECTION: 0.9}, unsure=0.25),
    weights_sha256="ab" * 32,
    corpus_sha256="cd" * 32,
    letters=12,
    features=34,
)


def test_a_manifest_is_read_back_as_it_was_written() -> None:
    assert Manifest.parse(tomllib.loads(MANIFEST.toml())) == MANIFEST


@pytest.mark.parametrize(
    ("where", "value", "said"),
    [
        ("name", 7, "name"),
        ("feature_version", "1", "feature_version"),
        ("temperature", 0, "temperature"),
        ("temperature", True, "temperature"),
        ("categories", ["rejection"], "categories"),
        ("thresholds", "none", "thresholds"),
        ("weights", {}, "sha256"),
        ("corpus", None, "corpus"),
    ],
)
def test_what_does_not_fit_is_named(where: str, value: Any, said: str) -> None:
    table = tomllib.loads(MANIFEST.toml())
    table[where] = value
    with pytest.raises(ValueError, match=said):
        Manifest.parse(table)
