"""Why a verdict is what it is, in the mail's own words: what its features weighed, laid onto those words.

A feature is a run of one to three words, an idea or a pair of ideas that words stand for, or a fact. Runs
overlap ("move forward", "forward with"), so that a list of features says one thing over and over, in scraps.
Here every feature shares its weight among the words it was made of, and neighbours that pull in one direction
are told together, once, with their sum.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graceperiod.core.features import Passage, Reading
from graceperiod.core.plain_words import PLAIN_WORDS
from graceperiod.core.text import readable
from graceperiod.core.verdict import Evidence

MOST = 12
"""Pieces of evidence in a verdict. Chosen: as many as a person reads."""

_AGAINST = 4
"""Of them so many may speak against what most speak for, if there are such; the rest is by weight."""
_LEAST = 0.05
_LEAST_OF_HEAVIEST = 0.04
"""Log-odds below which a piece did not weigh; and beside what, whatever it weighs, it did not matter."""
_CANDIDATES = 8
"""Stretches of each side that are put into words at all, the heaviest: some become one with others."""
_FAINT = 0.12
"""A word with less than this share of the heaviest word's weight begins and ends no piece."""
_MOST_WORDS = 7
_BRIDGE = 1
"""Faint words within a piece, in a row: "decided to move forward" is one."""
_REACH = 2
"""Words that a scrap of plain words may grow by, to become one that says something."""
_SHORT = 3
"""Letters of a word that is not shown alone where others stand beside it: `not`, `no`, `go`."""
_LONGEST_WORD = 40
_STOP = "|"
"""Stands between sentences; no word is spelt like it."""


def reasons(reading: Reading, weighed: Sequence[tuple[str, float]]) -> tuple[Evidence, ...]:
    """The pieces that weighed most, heaviest first, on both sides if there are two.

    Args:
        weighed: features of the mail with what they add to the log-odds of the verdict's category. Those
            that are left out count nothing.
    """
    laid = [_Laid(passage) for passage in reading.passages]
    by_mark = {mark: one for one in laid for mark in (one.passage.words, one.passage.ideas)}
    pieces: list[_Piece] = []
    for feature, weight in weighed:
        mark, _, content = feature.partition(":")
        if mark in by_mark:
            by_mark[mark].lay(mark, content, weight)
        else:
            pieces.append(_Piece(reading.say(feature), weight))
    faint = _FAINT * max(one.heaviest for one in laid)
    spans = sorted((one.weight(span), n, span) for n, one in enumerate(laid) for span in one.spans(faint))
    ends = spans[:_CANDIDATES] + spans[max(_CANDIDATES, len(spans) - _CANDIDATES) :]
    for number, one in enumerate(laid):
        grown = one.grown([span for _, n, span in ends if n == number])
        pieces += [_Piece(one.say(span), one.weight(span)) for span in grown]
    return _chosen(_merged(pieces))


class _Laid:
    """A part of the mail, word by word, with the weight that lies on each."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.words: list[str] = []
        self._begins: list[int] = []
        self._sentences_of: dict[str, list[int]] = {}
        for number, (sentence, held) in enumerate(zip(passage.sentences, passage.held, strict=True)):
            self._begins.append(len(self.words))
            self.words += sentence
            self.words.append(_STOP)
            for idea in held:
                self._sentences_of.setdefault(idea, []).append(number)
        self.weights = [0.0] * len(self.words)
        self._firsts = dict(zip(reversed(self.words), range(len(self.words) - 1, -1, -1), strict=True))
        self._line = f" {' '.join(self.words)} "

    @property
    def heaviest(self) -> float:
        """The most that lies on a word, for or against."""
        return max(max(self.weights, default=0.0), -min(self.weights, default=0.0))

    def lay(self, mark: str, content: str, weight: float) -> None:
        """Share a weight among the words that the feature was first made of."""
        if mark == self.passage.words:
            run = content.split(" ")
            first = self._first(run, content)
            if first is not None:
                self._share(first, len(run), weight)
            return
        names = content.split("+")
        number = self._first_sentence(*names)
        if number is None:
            return
        held, sentence = self.passage.held[number], self.passage.sentences[number]
        for name in names:
            at = _place(sentence, held[name])
            self._share(self._begins[number] + at, len(held[name]), weight / len(names))

    def _first(self, run: Sequence[str], content: str) -> int | None:
        """Where the words first stand in a row; None if they do nowhere."""
        first = self._firsts.get(run[0])
        if first is None or len(run) == 1 or self.words[first : first + len(run)] == run:
            return first
        found = self._line.find(f" {content} ")
        return self._line.count(" ", 0, found) if found >= 0 else None

    def _first_sentence(self, name: str, *others: str) -> int | None:
        """The first sentence with all the ideas."""
        for number in self._sentences_of.get(name, ()):
            held = self.passage.held[number]
            if all(other in held for other in others):
                return number
        return None

    def _share(self, first: int, count: int, weight: float) -> None:
        each = weight / count
        for at in range(first, first + count):
            self.weights[at] += each

    def spans(self, faint: float) -> list[tuple[int, int]]:
        """From and to which word each piece reaches.

        Args:
            faint: a word with no more weight begins and ends no piece.
        """
        return [cut for span in self._spans(faint) for cut in self._cut(span)]

    def weight(self, span: tuple[int, int]) -> float:
        """The sum of its words'."""
        return sum(self.weights[slice(*span)])

    def say(self, span: tuple[int, int]) -> str:
        """The words of a piece, as the mail spells them."""
        spellings = self.passage.spellings
        spelt = (
            spellings.get(word, word)[:_LONGEST_WORD] for word in self.words[slice(*self._trimmed(*span))]
        )
        text = " ".join(spelt)
        return self.passage.shown + (text if text.isascii() else readable(text))

    def _spans(self, faint: float) -> Iterator[tuple[int, int]]:
        """From and to which word neighbours pull in one direction."""
        first = end = -1
        for at in [n for n, weight in enumerate(self.weights) if weight > faint or weight < -faint]:
            goes_on = first >= 0 and at - end <= _BRIDGE and self.weights[at] * self.weights[first] > 0
            if not goes_on or _STOP in self.words[end:at]:
                if first >= 0:
                    yield first, end
                first = at
            end = at + 1
        if first >= 0:
            yield first, end

    def _cut(self, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """The heaviest stretch that a person can take in, and what is left on both sides of it."""
        first, end = span
        if end - first <= _MOST_WORDS:
            yield span
            return
        start = max(
            range(first, end - _MOST_WORDS + 1), key=lambda at: abs(sum(self.weights[at : at + _MOST_WORDS]))
        )
        stop = start + _MOST_WORDS
        if first < start:
            yield from self._cut((first, start))
        yield start, stop
        if stop < end:
            yield from self._cut((stop, end))

    def grown(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Scraps of plain words with what says something beside them; those that stand alone are left out."""
        found = [span for span in spans if self._says(*span)]
        if len(found) < len(spans):
            taken = {at for first, end in found for at in range(first, end)}
            for scrap in spans:
                if self._says(*scrap):
                    continue
                wider = (one for one in self._wider(*scrap) if self._says(*one))
                grown = next((one for one in wider if taken.isdisjoint(range(*one))), None)
                if grown is not None:
                    found.append(grown)
                    taken.update(range(*grown))
        return found

    def _wider(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        """The span with some words more on the right, or on the left, of the same sentence."""
        for more in range(1, _REACH + 1):
            if _STOP not in self.words[end : end + more]:
                yield first, min(end + more, len(self.words))
            if first >= more and _STOP not in self.words[first - more : first]:
                yield first - more, end

    def _says(self, first: int, end: int) -> bool:
        return not PLAIN_WORDS.issuperset(self.words[first:end])

    def _trimmed(self, first: int, end: int) -> tuple[int, int]:
        """Without slight plain words at its ends; what they weigh stays with the rest."""
        saying = (abs(self.weights[at]) for at in range(first, end) if self.words[at] not in PLAIN_WORDS)
        heaviest = max(saying, default=0.0)
        # "would like to speak with you about": what leads up to a word tells more than what trails after it.
        while self._is_slight(end - 1, heaviest) and self._is_told(first, end - 1):
            end -= 1
        while self._is_slight(first, heaviest / 2) and self._is_told(first + 1, end):
            first += 1
        return first, end

    def _is_slight(self, at: int, heaviest: float) -> bool:
        return self.words[at] in PLAIN_WORDS and abs(self.weights[at]) <= heaviest

    def _is_told(self, first: int, end: int) -> bool:
        """Whether so much can stand alone: `not` cannot."""
        return end - first > 1 or (end - first == 1 and len(self.words[first]) > _SHORT)


def _place(sentence: Sequence[str], run: Sequence[str]) -> int:
    """Where in the sentence the words stand that it has."""
    at = sentence.index(run[0])
    while len(run) > 1 and tuple(sentence[at : at + len(run)]) != tuple(run):
        at = sentence.index(run[0], at + 1)
    return at


@dataclass(slots=True)
class _Piece:
    text: str
    weight: float


def _merged(pieces: Sequence[_Piece]) -> list[_Piece]:
    """One piece for what says the same, or part of it in the same direction; heaviest first."""
    found: list[tuple[str, _Piece]] = []
    for piece in sorted(pieces, key=lambda one: (-len(one.text), one.text)):
        words = f" {piece.text} "
        for others, other in found:
            if words == others or (words in others and other.weight * piece.weight > 0):
                other.weight += piece.weight
                break
        else:
            found.append((words, piece))
    return sorted((piece for _, piece in found), key=lambda piece: (-abs(piece.weight), piece.text))


def _chosen(pieces: Sequence[_Piece]) -> tuple[Evidence, ...]:
    least = max(_LEAST, _LEAST_OF_HEAVIEST * max((abs(piece.weight) for piece in pieces), default=0.0))
    weighty = [piece for piece in pieces if abs(piece.weight) >= least]
    sides = [[p for p in weighty if p.weight > 0], [p for p in weighty if p.weight < 0]]
    more, fewer = sorted(sides, key=len, reverse=True)
    kept = fewer[: max(_AGAINST, MOST - len(more))]
    kept += more[: MOST - len(kept)]
    kept.sort(key=lambda piece: (-abs(piece.weight), piece.text))
    return tuple(Evidence(text=piece.text, weight=round(piece.weight, 4)) for piece in kept)
