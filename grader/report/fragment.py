"""A result as a piece of HTML, for a notebook and a page: the learner's view, further failing checks folded away.

Colours are the notebook's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from markupsafe import Markup

from grader.report import wording
from grader.report.feedback import value_rows
from grader.report.layout import cells, pad, visible
from grader.report.scenes import figures
from grader.report.svg import figure
from grader.report.templating import made_of
from grader.report.views import learner_view
from grader.result import CheckResult, Detail, Result
from grader.scene import DrawnPicture
from grader.source_line import SourceLine
from grader.text import Message, Text, render, say

#: How many failing checks a brief report explains.
_BRIEF = 3
#: Lines of a `<pre>`, and what stands above it.
_Block = tuple[Message | None, Iterable[Markup]]


def style_sheet(*names: str) -> str:
    """The style sheets of these names, which lie beside this module."""
    return "".join((Path(__file__).parent / name).read_text("utf-8") for name in names)


def fragment(result: Result, language: str, *, unfolded: bool = False) -> Markup:
    """For a notebook. Takes any view of the result and shows no more than the learner's. unfolded: as in `Fragment`."""
    return made_of(
        "notebook.html",
        it=Fragment(learner_view(result), (language,), unfolded=unfolded, inline=True),
        language=language,
        style=style_sheet("notebook.css", "pictures.css"),
        course=wording.course_line(result.course_title),
    )


def text_in(languages: Sequence[str], text: Message | Text | str, padded: int = 0) -> Markup:
    """The text as HTML; of several languages each in a span of its own, of which a page shows one.

    padded: columns that it takes at least.
    """
    texts = [(language, pad(visible(render(text, language)), padded)) for language in languages]
    return made_of("text.html", texts=texts, is_same=len({made for _, made in texts}) == 1)


def line_in(languages: Sequence[str], line: SourceLine, most: int | None = None) -> Markup:
    """A line of a submission behind its place, for a `<pre>`. most: characters of it that are shown; all if None."""
    place = wording.place_of(line)
    shown = text_in(languages, place.rjust(3) if isinstance(place, str) else place)
    return shown + f" | {visible(line.source[:most])}"


class Fragment(msgspec.Struct, frozen=True):
    """The parts of a result's HTML in one language or several.

    result: what this reader may see of it. unfolded: every reason is open from the start, not only the first.
    brief: few failing checks are explained, only the first with values, code and a picture; no table where all pass.
    inline: what must not be lost with the style sheet stands at the elements as well.
    """

    result: Result
    languages: Sequence[str]
    unfolded: bool = False
    brief: bool = False
    inline: bool = False

    def text(self, text: Message | Text | str, padded: int = 0) -> Markup:
        """As `text_in`."""
        return text_in(self.languages, text, padded)

    def body(self) -> Markup:
        """All but the outcome."""
        return made_of("result.html", it=self, wording=wording, printed=say("Your code printed (in the whole run)"))

    def outcome(self) -> Message:
        """The score in a sentence."""
        if self.result.status == "grader_error":
            return say("Not graded. This is a fault of the grader, not of your work.")
        score = wording.score_line(self.result)
        return say("{score}. Every check passes. Well done!", score=score) if self.result.passed else score

    @property
    def has_table(self) -> bool:
        """Whether there is a row to show for each check."""
        return wording.checks_ran(self.result) and not (self.brief and self.result.passed)

    @property
    def explained(self) -> Sequence[CheckResult]:
        """The checks whose reasons are shown."""
        return self._wrong()[:_BRIEF] if self.brief else self._wrong()

    def _wrong(self) -> Sequence[CheckResult]:
        """Each check that can be explained; of a hidden one only its mistake can be named."""
        return [
            check
            for check in wording.to_fix(self.result)
            if check.verdict != "not_implemented" and (check.mistakes or not check.hidden)
        ]

    @property
    def unexplained(self) -> Message | None:
        """How many more there are."""
        left = len(self._wrong()) - len(self.explained)
        more = say(
            "More failing checks: {count}. All of them: grade {exercise} -v", count=left, exercise=self.result.exercise
        )
        return more if left else None

    def frames(self, picture: DrawnPicture) -> Markup:
        """What the submission makes, in one picture."""
        return figures(picture, f"{self._name}-{picture.name}", self.languages)

    def picture(self, check: CheckResult) -> Markup:
        """Of a check's wrong value; nothing where there is none."""
        if check.detail is None or check.detail.picture is None:
            return Markup()
        return figure(check.detail.picture, f"{self._name}-{check.id}", self.languages)

    @property
    def _name(self) -> str:
        """No two runs in one document have the same."""
        return f"p{self.result.seed:x}-{self.result.exercise}"

    def blocks(self, detail: Detail | None) -> Iterable[_Block]:
        """What was called, expected and got; the lines of the learner's code; the code to run."""
        if detail is None:
            return
        if rows := value_rows(detail):
            width = max(cells(render(name, tag)) for name, _ in rows for tag in self.languages) + 2
            yield None, [self._value(name, value, width) for name, value in rows]
        if detail.lines:
            yield say("In your code:"), map(self._line, detail.lines)
        if code := wording.code_of(detail, self.result.submission):
            yield say("To see it for yourself, run:"), map(self.text, code)

    def _value(self, name: Message, value: str, width: int) -> Markup:
        """The value after its name, which takes `width` columns, and its further lines below its first."""
        return self.text(name, width) + visible(value).replace("\n", "\n" + " " * width)

    def _line(self, line: SourceLine) -> Markup:
        return line_in(self.languages, line)

    @property
    def printed(self) -> str:
        """What the submission printed."""
        return visible(self.result.stdout.rstrip())
