"""A result as a piece of HTML, for a notebook and a page: the learner's view, further failing checks folded away.

Everything is escaped, so nothing that a submission printed becomes markup. Colours are the notebook's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

import msgspec

from grader.report import wording
from grader.report.feedback import value_rows
from grader.report.layout import cells, pad, visible
from grader.report.scenes import figures
from grader.report.svg import figure
from grader.report.views import learner_view
from grader.result import CheckResult, Detail, Result
from grader.source_line import SourceLine
from grader.text import Message, Text, render, say

#: How many failing checks a brief report explains.
_BRIEF = 3


def style_sheet(*names: str) -> str:
    """The style sheets of these names, which lie beside this module."""
    return "".join((Path(__file__).parent / name).read_text("utf-8") for name in names)


def fragment(result: Result, language: str) -> str:
    """Takes any view of the result and shows no more than the learner's."""
    made = Fragment(learner_view(result), (language,))
    style = f"<style>{style_sheet('notebook.css', 'pictures.css')}</style>"
    head = f"<p><strong>{escape(result.exercise)}</strong> {made.text(made.outcome())}</p>"
    course = wording.course_line(result.course_title)
    head += f"<p>{made.text(course)}</p>" if course else ""
    return f'<div class="grade-report" lang="{language}">{style}\n{head}\n{made.body()}\n</div>'


def text_in(languages: Sequence[str], text: Message | Text | str, padded: int = 0) -> str:
    """The text as HTML; of several languages each in a span of its own, of which a page shows one.

    padded: columns that it takes at least.
    """
    made = [escape(pad(visible(render(text, language)), padded)) for language in languages]
    if len(set(made)) == 1:
        return made[0]
    return "".join(f'<span lang="{tag}">{one}</span>' for tag, one in zip(languages, made, strict=True))


class Fragment(msgspec.Struct, frozen=True):
    """The parts of a result's HTML in one language or several.

    result: what this reader may see of it. unfolded: every reason is open from the start, not only the first.
    brief: few failing checks are explained, only the first with values, code and a picture; no table where all pass.
    """

    result: Result
    languages: Sequence[str]
    unfolded: bool = False
    brief: bool = False

    def text(self, text: Message | Text | str) -> str:
        return text_in(self.languages, text)

    def body(self) -> str:
        """All but the outcome."""
        parts = [self.whole(), self.table(), self.reasons(), self.pictures(), self.notes(), self.output()]
        return "\n".join(part for part in parts if part)

    def outcome(self) -> Message:
        """The score in a sentence."""
        if self.result.status == "grader_error":
            return say("Not graded. This is a fault of the grader, not of your work.")
        score = wording.score_line(self.result)
        return say("{score}. Every check passes. Well done!", score=score) if self.result.passed else score

    def whole(self) -> str:
        message = self.result.message
        return "" if message is None else f"<p>{self.text(message)}</p>{self.detail(self.result.detail)}"

    def table(self) -> str:
        if not wording.checks_ran(self.result) or (self.brief and self.result.passed):
            return ""
        rows = []
        for part, checks in wording.by_part(self.result):
            if part is not None:
                title, score = self.text(wording.part_line(part)), wording.out_of(part.score, part.max_score)
                rows.append(f'<tr><th colspan="2">{title}</th><td>{score}</td></tr>')
            rows += map(self.row, checks)
        return f"<table>{''.join(rows)}</table>"

    def row(self, check: CheckResult) -> str:
        sign, word = wording.SIGNS[check.verdict], self.text(wording.VERDICT_WORDS[check.verdict])
        title, score = self.text(wording.titled(check)), wording.out_of(check.points, check.max_points)
        verdict = f'<span aria-hidden="true">{sign}</span> {word}'
        columns = "".join(f"<td>{column}</td>" for column in (verdict, title, score))
        return f'<tr class="{check.verdict}">{columns}</tr>'

    def reasons(self) -> str:
        """Of each check that can be explained; of a hidden one only its mistake can be named."""
        wrong = [
            check
            for check in wording.to_fix(self.result)
            if check.verdict != "not_implemented" and (check.mistakes or not check.hidden)
        ]
        shown = wrong[:_BRIEF] if self.brief else wrong
        parts = [self.reason(check, is_first=not place) for place, check in enumerate(shown)]
        if len(shown) < len(wrong):
            more = say(
                "More failing checks: {count}. All of them: grade {exercise} -v",
                count=len(wrong) - len(shown),
                exercise=self.result.exercise,
            )
            parts.append(f"<p>{self.text(more)}</p>")
        return "\n".join(parts)

    def reason(self, check: CheckResult, *, is_first: bool) -> str:
        parts = [f"<summary>{self.text(wording.titled(check))}</summary>"]
        if (reason := wording.reason_of(check)) is not None:
            parts.append(f"<p>{self.text(reason)}</p>")
        parts += [f'<p class="probably">{self.text(mistake)}</p>' for mistake in wording.mistakes_in(check)]
        if is_first or not self.brief:
            parts += [self.detail(check.detail), self.picture(check)]
        return f"<details{' open' if self.unfolded or is_first else ''}>{''.join(parts)}</details>"

    def pictures(self) -> str:
        """What the submission makes, picture by picture."""
        name = f"p{self.result.seed:x}-{escape(self.result.exercise)}"
        drawn = (
            f"<p>{self.text(picture.title)}</p>{figures(picture, f'{name}-{escape(picture.name)}', self.languages)}"
            for picture in self.result.pictures
        )
        return "".join(drawn)

    def picture(self, check: CheckResult) -> str:
        if check.detail is None or check.detail.picture is None:
            return ""
        # No two runs in one document have the same name.
        name = f"p{self.result.seed:x}-{escape(self.result.exercise)}-{escape(check.id)}"
        return figure(check.detail.picture, name, self.languages)

    def detail(self, detail: Detail | None) -> str:
        if detail is None:
            return ""
        rows = value_rows(detail)
        width = max((cells(render(name, tag)) for name, _ in rows for tag in self.languages), default=0) + 2
        blocks = [_block(self.row_of_values(name, value, width) for name, value in rows)] if rows else []
        if detail.lines:
            blocks.append(f"<p>{self.text(say('In your code:'))}</p>")
            blocks.append(_block(f"{self.place(line)} | {escape(visible(line.source))}" for line in detail.lines))
        if code := wording.code_of(detail, self.result.submission):
            blocks.append(f"<p>{self.text(say('To see it for yourself, run:'))}</p>")
            blocks.append(_block(map(self.text, code)))
        return "".join(blocks)

    def row_of_values(self, name: Message, value: str, width: int) -> str:
        """The value after its name, which takes `width` columns, and its further lines below its first."""
        lines = escape(visible(value)).replace("\n", "\n" + " " * width)
        return text_in(self.languages, name, width) + lines

    def place(self, line: SourceLine) -> str:
        return f"{self.text(wording.place_of(line)):>3}"

    def notes(self) -> str:
        return "".join(f"<p>{self.text(note)}</p>" for note in wording.notes_of(self.result))

    def output(self) -> str:
        printed = self.result.stdout.rstrip()
        if not printed:
            return ""
        title = self.text(say("Your code printed"))
        return f"<details><summary>{title}</summary>{_block([escape(visible(printed))])}</details>"


def _block(lines: Iterable[str]) -> str:
    """Long lines are scrolled, by keyboard as well."""
    return f'<pre tabindex="0">{chr(10).join(lines)}</pre>'
