"""From raw scores to probabilities that mean what they say, and from those to thresholds."""

import math
from collections.abc import Sequence

_LOWEST, _HIGHEST, _STEP = 0.2, 3.0, 0.05
"""Temperatures tried. Chosen: 1 changes nothing; outside of these a model is broken, not miscalibrated."""

_SUREST = 0.995
"""The threshold where no other keeps the aim: so high that next to nothing is acted on."""


def probabilities(scores: Sequence[float], temperature: float) -> tuple[float, ...]:
    """Softmax of the scores divided by the temperature; sums to 1."""
    highest = max(scores)
    powers = [math.exp((score - highest) / temperature) for score in scores]
    total = sum(powers)
    return tuple(power / total for power in powers)


def best_temperature(scores: Sequence[Sequence[float]], truths: Sequence[int]) -> float:
    """The temperature under which the truths are likeliest (Guo et al. 2017), to the nearest 0.05.

    Args:
        scores: of letters that the model had not seen.
        truths: for each of them the number of its category.
    """
    steps = round((_HIGHEST - _LOWEST) / _STEP)
    tried = [round(_LOWEST + _STEP * n, 2) for n in range(steps + 1)]
    return min(tried, key=lambda temperature: log_loss(scores, truths, temperature))


def log_loss(scores: Sequence[Sequence[float]], truths: Sequence[int], temperature: float) -> float:
    """The mean surprise at the truths, in nats."""
    likely = (probabilities(s, temperature)[t] for s, t in zip(scores, truths, strict=True))
    return sum(-math.log(max(p, 1e-12)) for p in likely) / max(len(truths), 1)


def least_probability(
    judged: Sequence[tuple[float, bool, float]],
    *,
    precision: float,
    at_least: float = 0.5,
    margin: float = 0.0,
) -> float:
    """The lowest threshold over which the wanted share is right, to two digits, upwards.

    Args:
        judged: for each letter that was put into the category its probability, whether that was right, and
            how much it counts.
        precision: the share of right ones aimed at.
        at_least: never lower than this.
        margin: put on top, because the next mail is not one of these.
    """
    found = _SUREST
    right = wrong = 0.0
    for probability, is_right, weight in sorted(judged, key=lambda one: (-one[0], one[1])):
        right += weight * is_right
        wrong += weight * (not is_right)
        if right / (right + wrong) >= precision:
            found = probability
    chosen = max(at_least, math.ceil(round(found * 100, 6)) / 100 + margin)
    return min(round(chosen, 3), _SUREST)
