"""The two drawings of a class: how the scores are spread, and how each check went for everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from grader.report.classpage.findings import BARS, Scores
from grader.report.drawing import Element, drawn, label, path
from grader.report.svg import drawn_once
from grader.report.wording import points
from grader.result import Verdict
from grader.text import Message, join, render, say

_WIDTH, _HEIGHT, _TOP, _BOTTOM = 440.0, 170.0, 16.0, 20.0
#: More would be narrower than a screen's dots, and make the page of a large class heavy.
_MOST_STEPS = 250
#: How a verdict is drawn in a strip 12 high: the middles of its bars and how thick they are. Not passed is told by
#: shape as well as by colour.
_BARS: dict[str, tuple[tuple[int, ...], int]] = {"failed": ((6,), 12), "broken": ((2, 10), 4), "unwritten": ((10,), 4)}
_LOOKS: dict[Verdict, str] = {
    **dict.fromkeys(("error", "limit", "grader_error"), "broken"),
    "failed": "failed",
    "not_implemented": "unwritten",
}


def histogram(scores: Scores, name: str, languages: Sequence[str]) -> Markup:
    """The scores' histogram with its title and description in each language; `name` is unique on the page."""
    title = say("Submissions by score")
    captions = {language: render(title, language) for language in languages}
    return drawn_once(_bars(scores), name, (_WIDTH, _HEIGHT), title, _in_words(scores), captions, "bars")


def _bars(scores: Scores) -> Iterator[Element]:
    step, bottom = _WIDTH / BARS, _HEIGHT - _BOTTOM
    tallest = max(scores.bars) or 1
    for place, count in enumerate(scores.bars):
        height = (bottom - _TOP) * count / tallest
        left, middle = step * place + 3, step * (place + 0.5)
        if count:
            look = {"class": "full"} if place == BARS - 1 else {}
            sides = {"x": left, "y": bottom - height, "width": step - 6, "height": height}
            yield Element("rect", look | {side: f"{pixels:.1f}" for side, pixels in sides.items()})
            yield label(middle, bottom - height - 4, "middle", str(count))
        yield label(middle, bottom + 14, "middle", _bound(scores, place))
    yield path("p-axis", [f"M0 {bottom:g}h{_WIDTH:g}"])


def _bound(scores: Scores, place: int) -> str:
    """The least score of a bar."""
    return points(scores.most * place / (BARS - 1))


def _in_words(scores: Scores) -> Message:
    """The bars in words, the empty ones left out."""
    parts = [
        say("{low} to {high} points: {count}", low=_bound(scores, place), high=_bound(scores, place + 1), count=count)
        for place, count in enumerate(scores.bars[:-1])
        if count
    ]
    parts.append(say("all {most} points: {count}", most=points(scores.most), count=scores.bars[-1]))
    return join(parts, "; ")


def steps_of(verdicts: Sequence[Verdict | None]) -> list[str | None]:
    """The looks of a strip: a step for each student, or, in a large class, for several: what most of them have."""
    looks = [_LOOKS.get(verdict) if verdict else None for verdict in verdicts]
    size = students_in_a_step(len(looks))
    return [Counter(looks[at : at + size]).most_common(1)[0][0] for at in range(0, len(looks), size)]


def students_in_a_step(count: int) -> int:
    """How many students of so many a step stands for."""
    return max(-(-count // _MOST_STEPS), 1)


def strip(steps: Sequence[str | None]) -> Markup:
    """A check's verdicts, one student beside another; those who passed are left empty. What an <svg> holds."""
    runs = [(look, len(list(same))) for look, same in groupby(steps)]
    return drawn(_run_path(look, runs) for look in _BARS if look in steps)


def key(look: str) -> Markup:
    """The sample of a look for a legend: failed, broken or unwritten. What an <svg> of 8 by 12 holds."""
    return drawn([_run_path(look, [(look, 8)])])


def _run_path(look: str, runs: Sequence[tuple[str | None, int]]) -> Element:
    """One path for all students of a look: lines as thick as the bars are high, in relative steps."""
    middles, thick = _BARS[look]
    steps = "".join(f"h{count}" if one == look else f"m{count} 0" for one, count in runs)
    return path(f"{look}-bar", (f"M0 {y}{steps}" for y in middles), **{"stroke-width": str(thick)})
