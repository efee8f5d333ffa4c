"""What is shown in the place of the result: hints, the list, every check, the solution; in pages where it is long."""

from __future__ import annotations

from grader.cli.verbs.hint import one_hint
from grader.cli.verbs.list import list_rows
from grader.cli.watch.screen import Screen
from grader.course.model import Course, Exercise
from grader.course.stub import translated_reference, without_marks
from grader.follow.memory import Memory
from grader.report.layout import visible
from grader.report.screenful import every_check
from grader.result import Result
from grader.text import say


class Pages:
    """Lines that may be more than a screen holds. around: the one that the first page is to have."""

    def __init__(self, screen: Screen, lines: list[str], around: int = 0) -> None:
        self._screen, self._lines, self._around = screen, lines, around
        self._start: int | None = None
        self._end = 0

    def more(self) -> bool:
        """Go to the next page, from the last one to the first; False if there is only one."""
        if self._start == 0 and self._end >= len(self._lines):
            return False
        self._start = self._end if self._end < len(self._lines) else 0
        return True

    def several(self, room: int) -> bool:
        """Whether so many rows do not hold all."""
        return self._screen.clears and self._screen.rows_of(self._lines) > room

    def body(self, room: int) -> list[str]:
        """The page, in at most so many rows."""
        if not self.several(room):
            self._start, self._end = 0, len(self._lines)
            return self._lines
        if self._start is None:
            self._start = 0 if self._around < room - 1 else self._around - room // 2
        self._end = self._start + 1
        while self._end < len(self._lines) and self._fits(self._end + 1, room - 1):
            self._end += 1
        where = say("lines {first} to {last} of {count}", first=self._start + 1, last=self._end, count=len(self._lines))
        return [*self._lines[self._start : self._end], *self._screen.paragraph(where)]

    def _fits(self, end: int, room: int) -> bool:
        return self._screen.rows_of(self._lines[self._start : end]) <= room


def hint_page(screen: Screen, memory: Memory, exercise: Exercise) -> Pages:
    """The next hint, which is seen from now on."""
    if not exercise.hints:
        return Pages(screen, screen.paragraph(say("{exercise} has no hints.", exercise=exercise.id)))
    number, function, trouble = memory.hint(exercise)
    last = number >= len(exercise.hints)
    end = say("That was the last hint.") if last else say("h shows the next one.")
    lines = [*one_hint(exercise, number, screen.language, screen.width, function), "", *screen.paragraph(end)]
    return Pages(screen, [*lines, *(screen.paragraph(trouble) if trouble else [])])


def list_page(screen: Screen, memory: Memory, course: Course, exercise: Exercise) -> Pages:
    """The exercises of the course; the present one is marked."""
    record = memory.record()
    lines = list_rows(course, language=screen.language, record=record)
    here = next((number for number, line in enumerate(lines) if f"  {exercise.id}  " in line), 0)
    if here:
        lines[here] = ">" + lines[here][1:]
    trouble = screen.paragraph(record.trouble) if record and record.trouble else []
    return Pages(screen, [*lines, *trouble], here)


def checks_page(screen: Screen, result: Result) -> Pages:
    """Every check, explained."""
    return Pages(screen, every_check(result, language=screen.language, console=screen.console))


def solution_page(screen: Screen, memory: Memory, exercise: Exercise) -> Pages:
    """The course's solution. That it was seen is remembered."""
    text = without_marks(translated_reference(exercise, (screen.language,))).rstrip("\n")
    trouble = memory.solution(exercise)
    return Pages(screen, [*visible(text).split("\n"), *(screen.paragraph(trouble) if trouble else [])])
