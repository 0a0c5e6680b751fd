"""Plots are XML that any program draws, the same bytes for the same figures, and readable on any page."""

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from conftest import needs
from graceperiod.core.category import Category
from graceperiod.core.drawing import Drawing
from graceperiod.core.evaluation_report import evaluation_report
from graceperiod.core.manifest import CONFUSION_PLOT, PLOTS, TRADE_OFF_PLOT
from graceperiod.core.plots import plots
from judged import THRESHOLDS, evaluated

SVG = "{http://www.w3.org/2000/svg}"
SOME = [
    evaluated(f"a-{n}", truth, said, 0.3 + (n * 7 % 70) / 100)
    for n, (truth, said) in enumerate((t, s) for t in Category for s in (t, t, t, Category.OTHER))
]


def drawn(some: list = SOME) -> dict[str, str]:  # type: ignore[type-arg]
    return dict(plots(evaluation_report(some), [e.judged for e in some], THRESHOLDS))


def test_there_is_a_plot_for_each_that_the_card_shows() -> None:
    assert set(drawn()) == set(PLOTS)


@pytest.mark.parametrize("some", [SOME, SOME[:1], []])
def test_every_plot_is_xml_with_a_title_and_a_description(some: list) -> None:  # type: ignore[type-arg]
    for svg in drawn(some).values():
        root = ET.fromstring(svg)
        assert root.tag == f"{SVG}svg"
        assert root.findtext(f"{SVG}title")
        assert len(root.findtext(f"{SVG}desc") or "") > 40


def test_the_same_figures_give_the_same_bytes() -> None:
    assert drawn() == drawn()


def test_no_plot_loads_or_runs_anything() -> None:
    for svg in drawn().values():
        assert not re.search(r"<script|href|url\(|@import|on[a-z]+=", svg)


def test_nothing_is_drawn_beside_the_paper() -> None:
    for svg in drawn().values():
        root = ET.fromstring(svg)
        width, height = float(root.get("width", 0)), float(root.get("height", 0))
        for part in root.iter():
            for name, most in (("x", width), ("x1", width), ("x2", width), ("cx", width)):
                assert 0 <= float(part.get(name, 0)) <= most
            for name, most in (("y", height), ("y1", height), ("y2", height), ("cy", height)):
                assert 0 <= float(part.get(name, 0)) <= most


def test_the_acting_threshold_is_marked_for_each_category_that_is_acted_on() -> None:
    texts = [t.text for t in ET.fromstring(drawn()[TRADE_OFF_PLOT]).iter(f"{SVG}text")]
    assert "acts at 0.9" in texts
    assert "acts at 0.8" in texts


def test_the_heat_map_has_every_count() -> None:
    texts = [t.text for t in ET.fromstring(drawn()[CONFUSION_PLOT]).iter(f"{SVG}text")]
    assert texts.count("3") == 9
    assert "4" in texts  # `other` taken for itself
    assert all(texts.count(category.value) == 2 for category in Category)


def test_colours_are_given_for_light_and_for_dark_pages() -> None:
    for svg in drawn().values():
        light, _, dark = svg.partition("@media (prefers-color-scheme:dark)")
        for kind in (
            ".paper",
            "text{",
            ".one{",
            ".two{",
            ".one-fill",
            ".two-fill",
            ".grid",
            ".axis",
            ".quiet",
        ):
            assert kind in light
            assert kind in dark


def test_names_cannot_break_out_of_a_drawing() -> None:
    drawing = Drawing(10, 10, title='<b> & "x"', told="</desc><script>")
    drawing.text(1, 1, "</text><script>")
    root = ET.fromstring(drawing.svg())
    assert root.findtext(f"{SVG}title") == '<b> & "x"'
    assert not list(root.iter(f"{SVG}script"))


def test_a_renderer_draws_them(tmp_path: Path) -> None:
    needs("rsvg-convert (librsvg2-bin)", present=shutil.which("rsvg-convert") is not None)
    for name, svg in drawn().items():
        (tmp_path / name).write_text(svg, encoding="utf-8")
        png = tmp_path / f"{name}.png"
        subprocess.run(
            ["rsvg-convert", tmp_path / name, "-o", png], check=True, timeout=60, capture_output=True
        )
        assert png.read_bytes().startswith(b"\x89PNG")
        assert png.stat().st_size > 2_000
