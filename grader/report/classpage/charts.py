"""The two drawings of a class: how the scores are spread, and how each check went for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from grader.report.classpage.findings import BARS, Scores
from grader.report.svg import drawn_once
from grader.report.wording import points
from grader.result import Verdict
from grader.text import Message, join, render, say

_WIDTH, _HEIGHT, _TOP, _BOTTOM = 440.0, 170.0, 16.0, 20.0
#: How a verdict is drawn in a strip 12 high: the middles of its bars and how thick they are. Not passed is told by
#: shape as well as by colour.
_BARS: dict[str, tuple[tuple[int, ...], int]] = {"failed": ((6,), 12), "broken": ((2, 10), 4), "unwritten": ((10,), 4)}
_LOOKS: dict[Verdict, str] = {
    **dict.fromkeys(("error", "limit", "grader_error"), "broken"),
    "failed": "failed",
    "not_implemented": "unwritten",
}


def histogram(scores: Scores, name: str, languages: Sequence[str]) -> str:
    """The scores' histogram with its title and description in each language; `name` is unique on the page."""
    title = say("Submissions by score")
    captions = {language: escape(render(title, language)) for language in languages}
    return drawn_once(_bars(scores), name, (_WIDTH, _HEIGHT), title, _in_words(scores), captions, ' class="bars"')


def _bars(scores: Scores) -> str:
    step, bottom = _WIDTH / BARS, _HEIGHT - _BOTTOM
    tallest = max(scores.bars) or 1
    parts = []
    for place, count in enumerate(scores.bars):
        height = (bottom - _TOP) * count / tallest
        left, middle = step * place + 3, step * (place + 0.5)
        look = ' class="full"' if place == BARS - 1 else ""
        if count:
            parts.append(
                f'<rect{look} x="{left:.1f}" y="{bottom - height:.1f}" width="{step - 6:.1f}" '
                f'height="{height:.1f}"/>{_label(middle, bottom - height - 4, str(count))}'
            )
        parts.append(_label(middle, bottom + 14, _bound(scores, place)))
    return f'{"".join(parts)}<path class="p-axis" d="M0 {bottom:g}h{_WIDTH:g}"/>'


def _label(x: float, y: float, text: str) -> str:
    return f'<text class="p-text" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{text}</text>'


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


def strip(verdicts: Sequence[Verdict | None]) -> str:
    """A check's verdicts, one student beside another; those who passed are left empty."""
    looks = [_LOOKS.get(verdict) if verdict else None for verdict in verdicts]
    runs = [(look, len(list(same))) for look, same in groupby(looks)]
    drawn = "".join(_run_path(look, runs) for look in _BARS if look in looks)
    return (
        f'<svg class="strip" viewBox="0 0 {len(verdicts) or 1} 12" preserveAspectRatio="none" aria-hidden="true">'
        f"{drawn}</svg>"
    )


def key(look: str) -> str:
    """The sample of a look for a legend: failed, broken or unwritten."""
    return f'<svg class="key-strip" viewBox="0 0 8 12" aria-hidden="true">{_run_path(look, [(look, 8)])}</svg>'


def _run_path(look: str, runs: Sequence[tuple[str | None, int]]) -> str:
    """One path for all students of a look: lines as thick as the bars are high, in relative steps."""
    middles, thick = _BARS[look]
    steps = "".join(f"h{count}" if one == look else f"m{count} 0" for one, count in runs)
    return f'<path class="{look}-bar" stroke-width="{thick}" d="{"".join(f"M0 {y}{steps}" for y in middles)}"/>'
