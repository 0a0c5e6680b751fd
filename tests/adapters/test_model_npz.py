"""The classifier loads only what it can trust, and judges whatever mail there is."""

import hashlib
import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graceperiod.adapters.model_npz import NpzJudge, default_model, load_model
from graceperiod.core.category import Category
from graceperiod.core.features import FEATURE_VERSION
from graceperiod.core.verdict import VerdictReason
from graceperiod.errors import ModelError
from mails import mail

JUDGE = NpzJudge.load()

REJECTION = """Dear Robin,

Thank you for your application and for your interest in the position. Unfortunately we have decided to move
forward with other candidates whose experience is a closer match.

We wish you all the best in your job search.

Kind regards"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    for name in ("weights.npz", "model.toml"):
        (tmp_path / name).write_bytes((default_model() / name).read_bytes())
    return tmp_path


def rewrite(model: Path, **arrays: Any) -> None:
    """Replace arrays of the weights and make the manifest fit, as somebody would who means harm."""
    with np.load(model / "weights.npz") as file:
        held = {name: file[name] for name in file.files}
    out = io.BytesIO()
    np.savez(out, **(held | arrays))
    old = hashlib.sha256((model / "weights.npz").read_bytes()).hexdigest()
    (model / "weights.npz").write_bytes(out.getvalue())
    text = (model / "model.toml").read_text()
    (model / "model.toml").write_text(text.replace(old, hashlib.sha256(out.getvalue()).hexdigest()))


def test_a_plain_rejection_is_acted_on_with_its_reasons() -> None:
    verdict = JUDGE.judge(mail(text=REJECTION, sender="Hiring <jobs@quillworks.example>"))
    assert verdict.category is Category.REJECTION
    assert verdict.acts
    assert verdict.reason is VerdictReason.OVER_THRESHOLD
    assert verdict.model == "jobmail-v1"
    assert verdict.language == "en"
    heaviest = verdict.evidence[0]
    assert "forward with other candidates" in heaviest.text
    assert heaviest.weight > 0


@pytest.mark.parametrize(
    "text",
    [
        "We are delighted to offer you the position. Your contract is attached; you start on 1 June.",
        "We would like to invite you to an interview. Are you available on Tuesday?",
        "Please complete the online assessment within five days.",
        "Dinner is at eight. Bring wine.",
        "",
    ],
)
def test_what_is_no_rejection_is_not_acted_on(text: str) -> None:
    assert not JUDGE.judge(mail(text=text, subject="News")).acts


def test_evidence_is_bounded_heaviest_first_and_never_says_a_thing_twice() -> None:
    evidence = JUDGE.judge(mail(text=REJECTION)).evidence
    weights = [abs(one.weight) for one in evidence]
    assert 0 < len(evidence) <= 12
    assert weights == sorted(weights, reverse=True)
    texts = [one.text for one in evidence]
    assert not any(a in b for a in texts for b in texts if a is not b)


def test_probabilities_add_up_to_one_over_all_categories() -> None:
    likely = JUDGE.probabilities(mail(text=REJECTION))
    assert list(likely) == list(Category)
    assert sum(likely.values()) == pytest.approx(1)


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(), max_size=2000), st.text(st.characters(), max_size=200))
def test_no_mail_is_too_odd_to_be_judged(text: str, subject: str) -> None:
    verdict = JUDGE.judge(mail(text=text, subject=subject))
    assert 0 < verdict.probability <= 1


def test_a_very_long_mail_is_judged_by_its_beginning() -> None:
    long = REJECTION + "\n\n" + "padding without meaning " * 300
    likely = JUDGE.probabilities(mail(text=long))
    assert likely == JUDGE.probabilities(mail(text=long + "offer " * 1_000_000))


def test_weights_that_were_changed_are_refused(model: Path) -> None:
    raw = bytearray((model / "weights.npz").read_bytes())
    raw[len(raw) // 2] ^= 1
    (model / "weights.npz").write_bytes(raw)
    with pytest.raises(ModelError, match=r"weights\.npz is not the file that model\.toml names.*--out"):
        load_model(model)


@pytest.mark.parametrize("name", ["weights.npz", "model.toml"])
def test_a_missing_file_is_named_with_what_to_do(model: Path, name: str) -> None:
    (model / name).unlink()
    with pytest.raises(ModelError, match=rf"{name} cannot be read: No such file.*graceperiod model train"):
        load_model(model)


def test_another_feature_version_is_refused(model: Path) -> None:
    text = (model / "model.toml").read_text()
    current = f"feature_version = {FEATURE_VERSION}"
    (model / "model.toml").write_text(text.replace(current, "feature_version = 99"))
    with pytest.raises(ModelError, match="reads mail in another way"):
        load_model(model)


@pytest.mark.parametrize("content", ["", "name = ", "\xff", "name = 3"])
def test_a_manifest_that_is_none_is_refused(model: Path, content: str) -> None:
    (model / "model.toml").write_bytes(content.encode("latin-1"))
    with pytest.raises(ModelError, match=r"model\.toml cannot be used"):
        load_model(model)


def test_pickled_arrays_are_never_loaded(model: Path) -> None:
    rewrite(model, idf=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ModelError, match="cannot be used"):
        load_model(model)


def test_arrays_that_do_not_fit_each_other_are_refused(model: Path) -> None:
    rewrite(model, intercepts=np.zeros(3, dtype=np.float32))
    with pytest.raises(ModelError, match="do not fit"):
        load_model(model)


def test_weights_that_are_no_numbers_are_refused(model: Path) -> None:
    rewrite(model, intercepts=np.full(10, np.nan, dtype=np.float32))
    with pytest.raises(ModelError, match="not numbers"):
        load_model(model)


def test_what_is_no_archive_is_refused(model: Path) -> None:
    old = hashlib.sha256((model / "weights.npz").read_bytes()).hexdigest()
    (model / "weights.npz").write_bytes(b"no zip")
    text = (model / "model.toml").read_text()
    (model / "model.toml").write_text(text.replace(old, hashlib.sha256(b"no zip").hexdigest()))
    with pytest.raises(ModelError, match="cannot be used"):
        load_model(model)


def test_judging_does_not_import_what_training_needs() -> None:
    script = (
        "import sys; from graceperiod.adapters.model_npz import load_model; load_model();"
        "print([n for n in ('sklearn', 'scipy', 'joblib') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"


def test_a_mail_without_any_known_word_gets_the_language_it_came_with() -> None:
    verdict = JUDGE.judge(replace(mail(text="zzyzx", subject="qqq"), language=None))
    assert verdict.language is None


def test_the_shipped_weights_are_within_six_megabytes() -> None:
    assert (default_model() / "weights.npz").stat().st_size <= 6_000_000
