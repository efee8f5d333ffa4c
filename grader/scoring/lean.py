"""Results as a class's page needs them: of tens of thousands, the rest would fill the memory."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from grader.result import CheckResult, Detail, Result
from grader.text import Text

_Value = TypeVar("_Value")
#: Lines of a submission that are kept as an example.
_MOST_LINES = 20


class Lean:
    """Leaves out what no such page shows, and keeps once what many results say alike, such as a check's title."""

    def __init__(self) -> None:
        self._seen: dict[object, object] = {}

    def result(self, result: Result) -> Result:
        """The result without what was printed and drawn."""
        return msgspec.structs.replace(
            result,
            stdout="",
            detail=None,
            notes=(),
            notes_data=(),
            pictures=(),
            message=result.message and self._text(result.message),
            message_data=None,
            course_title=result.course_title and self._text(result.course_title),
            checks=tuple([self._check(result.exercise, check) for check in result.checks]),
        )

    def _check(self, exercise: str, check: CheckResult) -> CheckResult:
        if check.message is None and check.detail is None and check.worst is None and not check.mistakes:
            key = (exercise, check.id, check.verdict, check.points, check.max_points, check.hidden, _key(check.title))
            return self._once(key, check)
        detail = _lean(check.detail, with_lines=bool(check.mistakes))
        is_shown = check.verdict != "failed" or (check.mistakes and not (detail and detail.lines))
        return msgspec.structs.replace(
            check,
            title=self._text(check.title),
            message=check.message if is_shown else None,
            message_data=None,
            mistake_texts=tuple([self._text(text) for text in check.mistake_texts]),
            detail=detail,
        )

    def _text(self, text: Text) -> Text:
        return self._once(_key(text), text)

    def _once(self, key: object, value: _Value) -> _Value:
        return self._seen.setdefault(key, value)  # type: ignore[return-value]


def _key(text: Text) -> tuple[tuple[str, str], ...]:
    return tuple(text.items())


def _lean(detail: Detail | None, *, with_lines: bool) -> Detail | None:
    """What tells equal values, and an example of a mistake."""
    return detail and Detail(got=detail.got, lines=detail.lines[:_MOST_LINES] if with_lines else ())
