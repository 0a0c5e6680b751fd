"""The plots of a model card: reliability, precision and recall over the threshold, confusion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graceperiod.core.category import Category
from graceperiod.core.drawing import Drawing
from graceperiod.core.evaluation import Judged
from graceperiod.core.evaluation_report import EvaluationReport
from graceperiod.core.manifest import CONFUSION_PLOT, RELIABILITY_PLOT, TRADE_OFF_PLOT
from graceperiod.core.reliability import Reliability
from graceperiod.core.trade_off import trade_off
from graceperiod.core.verdict import Thresholds

_SIDE = 300.0
_CELL = 44.0
_MOST_INK = 0.6
"""Opacity of the fullest cell: figures on it stay readable in either colour scheme."""


def plots(report: EvaluationReport, judged: Sequence[Judged], thresholds: Thresholds) -> Mapping[str, str]:
    """The plots as SVG, by file name.

    Args:
        report: of the letters.
        judged: the same letters, for what other thresholds would do.
        thresholds: where the model acts.
    """
    return {
        RELIABILITY_PLOT: _reliability(report),
        TRADE_OFF_PLOT: _trade_off(judged, thresholds),
        CONFUSION_PLOT: _confusion(report.confused),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """A square field whose axes run from 0 to 1."""

    drawing: Drawing
    left: float
    top: float

    def x(self, value: float) -> float:
        return self.left + value * _SIDE

    def y(self, value: float) -> float:
        return self.top + (1 - value) * _SIDE

    def frame(self, across: str, up: str) -> None:
        for step in range(6):
            at = step / 5
            self.drawing.line(self.x(at), self.y(0), self.x(at), self.y(1), kind="grid")
            self.drawing.line(self.x(0), self.y(at), self.x(1), self.y(at), kind="grid")
            self.drawing.text(self.x(at), self.y(0) + 18, f"{at:.1f}", kind="quiet", anchor="middle")
            self.drawing.text(self.x(0) - 8, self.y(at) + 4, f"{at:.1f}", kind="quiet", anchor="end")
        self.drawing.line(self.x(0), self.y(0), self.x(1), self.y(0), kind="axis")
        self.drawing.line(self.x(0), self.y(0), self.x(0), self.y(1), kind="axis")
        self.drawing.text(self.x(0.5), self.y(0) + 38, across, anchor="middle")
        self.drawing.text(self.x(0) - 32, self.y(1) - 12, up)

    def curve(self, points: Sequence[tuple[float, float]], *, kind: str) -> None:
        self.drawing.curve([(self.x(x), self.y(y)) for x, y in points], kind=kind)


def _reliability(report: EvaluationReport) -> str:
    drawing = Drawing(
        560,
        414,
        title="Reliability: what is said against what is found",
        told="Share of letters that were right over the probability they were given, in ten bins; on the "
        f"diagonal, probabilities mean what they say. Calibration error {report.likeliest.error:.3f} for "
        f"the likeliest category, {report.rejection.error:.3f} for a rejection.",
    )
    field = _Field(drawing=drawing, left=56, top=62)
    field.frame("probability said", "share right, bars: 95 % interval")
    drawing.line(field.x(0), field.y(0), field.x(1), field.y(1), kind="axis dashed thin")
    for row, (name, kind, found) in enumerate(
        (("likeliest category", "one", report.likeliest), ("rejection", "two", report.rejection))
    ):
        _bins(field, found, kind)
        _key(drawing, 380, 90 + row * 44, kind, name, f"calibration error {found.error:.3f}")
    return drawing.svg()


def _bins(field: _Field, found: Reliability, kind: str) -> None:
    field.curve([(b.mean, b.right.share) for b in found.bins], kind=kind)
    for one in found.bins:
        low, high = one.right.interval
        x = field.x(one.mean)
        field.drawing.line(x, field.y(low), x, field.y(high), kind=f"thin {kind}")
        field.drawing.dot(x, field.y(one.right.share), radius=3, kind=kind)


def _trade_off(judged: Sequence[Judged], thresholds: Thresholds) -> str:
    drawing = Drawing(
        760,
        462,
        title="Precision and recall over the threshold",
        told="For each category that is acted on: precision and recall if it were acted on from that "
        "probability on. Marked: where the program acts.",
    )
    for column, (category, least) in enumerate(thresholds.acting.items()):
        field = _Field(drawing=drawing, left=56 + column * 360, top=86)
        drawing.text(field.x(0.5), 56, category, anchor="middle")
        field.frame("threshold", "")
        points = trade_off(judged, category)
        field.curve([(p.threshold, p.score.precision) for p in points], kind="one")
        field.curve([(p.threshold, p.score.recall) for p in points], kind="two")
        drawing.line(field.x(least), field.y(0), field.x(least), field.y(1), kind="axis dashed")
        drawing.text(field.x(least), field.y(1) - 6, f"acts at {least:g}", anchor="end")
        _key(drawing, field.x(0), 446, "one", "precision", "")
        _key(drawing, field.x(0.4), 446, "two", "recall", "")
    return drawing.svg()


def _confusion(confused: Mapping[tuple[Category, Category], int]) -> str:
    side = _CELL * len(Category)
    drawing = Drawing(
        int(side) + 136,
        int(side) + 152,
        title="Confusion: rows are what a letter is, columns what it was taken for",
        told="Counts of letters by true and likeliest category; the darker a cell, the larger its share of "
        "the row.",
    )
    left, top = 116.0, 48.0
    for row, truth in enumerate(Category):
        whole = sum(confused.get((truth, said), 0) for said in Category)
        y = top + row * _CELL
        drawing.text(left - 8, y + _CELL / 2 + 4, truth, anchor="end")
        # Two heights, for the names are wider than the columns.
        drawing.text(
            left + (row + 0.5) * _CELL, top + side + (20, 38)[row % 2], truth, kind="quiet", anchor="middle"
        )
        for column, said in enumerate(Category):
            count = confused.get((truth, said), 0)
            x = left + column * _CELL
            share = count / whole if whole else 0.0
            kind = "one" if truth is said else "two"
            drawing.box(x + 1, y + 1, _CELL - 2, _CELL - 2, kind=kind, opacity=0.04 + share * _MOST_INK)
            if count:
                drawing.text(x + _CELL / 2, y + _CELL / 2 + 4, f"{count}", anchor="middle")
    drawing.text(left, top + side + 68, "Shade: share of the row; right on the diagonal, wrong beside it.")
    drawing.text(left, top + side + 88, "Likeliest category, out of fold.", kind="quiet")
    return drawing.svg()


def _key(drawing: Drawing, x: float, y: float, kind: str, name: str, more: str) -> None:
    drawing.line(x, y - 4, x + 22, y - 4, kind=f"line {kind}")
    drawing.text(x + 30, y, name)
    if more:
        drawing.text(x + 30, y + 17, more, kind="quiet")
