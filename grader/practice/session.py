"""Practice as functions: a new sheet, a check of one, giving it up."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from grader.atomic import create_whole
from grader.course.find import find_exercise
from grader.course.model import CheckInfo, Course, Exercise
from grader.course.regular import below, read_bounded
from grader.errors import UsageError, reason_of
from grader.grading.grade_files import grade_exercise
from grader.learner.record import Record, load
from grader.practice.bugs import Bug, RightAnswer
from grader.practice.choose import Place, bugs_in_order, later_places, may_practise, places, practisable
from grader.practice.memory import Memory, Sheet, load_practice, note_practice
from grader.practice.patch import changed_lines
from grader.practice.proof import proving
from grader.practice.schedule import AGAIN, due_after, rating_of
from grader.practice.sheet import head_of, is_current, sheet_text
from grader.report.views import learner_view
from grader.result import Result
from grader.seed import fresh_seed
from grader.text import Message, say

#: Where a learner's sheets are.
FOLDER = "practice"
#: So many bugs are graded to find one that the checks see; nearly always the first is.
_TRIES = 8
_MOST_BYTES = 1 << 20


class Checked(NamedTuple):
    """result: as the learner may see it. sheet: as it is now. was_open: before this check. changed, fewest: lines.
    unchanged: the checks passed although nothing was changed."""

    result: Result
    sheet: Sheet
    was_open: bool
    changed: int = 0
    fewest: int = 0
    unchanged: bool = False
    trouble: Message | None = None


class Practice:
    """Practice in a learner's folder. now: seconds since 1970; waiting: told which check waits for an answer."""

    def __init__(
        self, course: Course, folder: Path, *, now: int, waiting: Callable[[CheckInfo], None] | None = None
    ) -> None:
        self.course = course
        self.folder = folder
        self.now = now
        self._waiting = waiting
        self.record: Record = load(folder)
        self.memory: Memory = load_practice(folder)

    def open_sheet(self, exercise: Exercise | None) -> Sheet | None:
        """The latest sheet that is neither fixed nor given up, of this exercise or of any; its file is there, and its
        exercise as it was."""
        wanted = exercise.id if exercise else None
        for sheet in reversed(list(self.memory.sheets.values())):
            if sheet.rating or wanted not in (None, sheet.exercise) or not self._path(sheet).is_file():
                continue
            found = next((one for one in self.course.exercises if one.id == sheet.exercise), None)
            if found and is_current(sheet, RightAnswer(found, sheet.language)):
                return sheet
        return None

    def sheet_at(self, file: Path) -> Sheet:
        """The sheet that a file is. Raises UsageError if it is none, or if its exercise changed since."""
        path = Path(os.path.abspath(file))
        name = path.relative_to(self.folder).as_posix() if path.is_relative_to(self.folder) else str(file)
        sheet = self.memory.sheets.get(name)
        if sheet is None:
            raise UsageError(
                say("{file} is no practice sheet of this folder. For one: grade practice EXERCISE", file=str(file))
            )
        if not is_current(sheet, self._answer(sheet)):
            raise UsageError(
                say(
                    "{exercise} has changed since {file} was made, so the sheet can't be judged any more. For another "
                    "one: grade practice {exercise}",
                    exercise=sheet.exercise,
                    file=str(file),
                )
            )
        return sheet

    def is_untouched(self, sheet: Sheet) -> bool:
        """Whether the file is as it was handed out."""
        return self._changed(sheet, self._answer(sheet)) == 0

    def new_sheet(self, exercise: Exercise | None, *, language: str, seed: int | None) -> Sheet | None:
        """Write a sheet, of this exercise or of what is due or new; None where nothing is.

        Raises UsageError if nothing may be practised or the file can't be written, and GraderFault.
        """
        seed = fresh_seed() if seed is None else seed
        found = self._first_seen(self._places(exercise, language, random.Random(seed)), language, seed)
        return found and self._written(*found)

    def _places(self, exercise: Exercise | None, language: str, chance: random.Random) -> Iterator[Place]:
        if exercise is not None and not may_practise(exercise, self.record):
            raise UsageError(
                say(
                    "{exercise} can be practised once every check of it has passed, or its solution was shown: a sheet "
                    "would give the answer away. Now: grade {exercise}",
                    exercise=exercise.id,
                )
            )
        able = [exercise] if exercise else practisable(self.course, self.record)
        if not able:
            raise UsageError(
                say("There is nothing to practise yet: first complete an exercise. What to do now: grade next")
            )
        found = places(able, self.record, self.memory, language=language, now=self.now, chance=chance)
        return chain(found, later_places(exercise, self.memory, self.now)) if exercise else found

    def _first_seen(self, found: Iterator[Place], language: str, seed: int) -> tuple[RightAnswer, Bug] | None:
        """The first bug that its exercise's checks see."""
        tries = _TRIES
        for exercise, functions in found:
            answer = RightAnswer(exercise, language)
            with proving(self.course, exercise, seed, self._waiting) as proof:
                for bug in islice(self._bugs(answer, functions, seed), tries):
                    tries -= 1
                    if proof.is_seen(sheet_text((), answer, bug.hunks)):
                        return answer, bug
            if not tries:
                break
        return None

    def _bugs(self, answer: RightAnswer, functions: frozenset[str], seed: int) -> Iterator[Bug]:
        name = answer.exercise.id
        had = {sheet.bug for sheet in self.memory.sheets.values() if sheet.exercise == name}
        own = self.record.of(name).mistakes
        return bugs_in_order(answer, functions, own=own, had=had, chance=random.Random(seed))

    def _written(self, answer: RightAnswer, bug: Bug) -> Sheet:
        exercise, language = answer.exercise, answer.language
        file = self._new_name(exercise)
        head = head_of(self.course, exercise, f"grade practice {file}", language)
        path = self.folder / file
        try:
            if os.path.islink(path.parent):
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
            path.parent.mkdir(exist_ok=True)
            create_whole(path, sheet_text(head, answer, bug.hunks).encode())
        except OSError as error:
            raise UsageError(say("{file} can't be written: {reason}", file=file, reason=reason_of(error))) from None
        sheet = Sheet(
            file=file,
            exercise=exercise.id,
            function=bug.function,
            bug=bug.name,
            why=bug.why,
            hunks=bug.hunks,
            right=answer.digest,
            language=language,
            head=head,
            made_at=self.now,
        )
        self.memory = note_practice(self.folder, sheet)
        return sheet

    def _new_name(self, exercise: Exercise) -> str:
        names = (f"{FOLDER}/{exercise.id}-{number}.py" for number in range(1, 1_000_000))
        return next(
            name for name in names if name not in self.memory.sheets and not os.path.lexists(self.folder / name)
        )

    def check(self, sheet: Sheet, *, seed: int | None) -> Checked:
        """Grade a sheet, and remember what came of it while it is open. Raises UsageError if its file is gone, and
        GraderFault."""
        file = self._path(sheet)
        result = grade_exercise(sheet.exercise, file, course=self.course.folder, seed=seed, waiting=self._waiting)
        seen, was_open = learner_view(result), not sheet.rating
        if not result.passed:
            if was_open and result.status == "graded":
                sheet = self._noted(Sheet(file=sheet.file, checks=(result.submission_sha256[:16],)))
            return Checked(seen, sheet, was_open, trouble=self.memory.trouble)
        answer = self._answer(sheet)
        changed = self._changed(sheet, answer)
        fewest = changed_lines(sheet_text(sheet.head, answer, sheet.hunks), sheet_text(sheet.head, answer))
        if was_open and changed:
            rating = rating_of(len(sheet.checks), changed, fewest)
            sheet = self._ended(sheet, rating, changed)
        return Checked(seen, sheet, was_open, changed, fewest, not changed, self.memory.trouble)

    def give_up(self, sheet: Sheet) -> Sheet:
        """The sheet, given up."""
        return self._ended(sheet, AGAIN, 0)

    def _ended(self, sheet: Sheet, rating: int, changed: int) -> Sheet:
        earlier = [one for one in self.memory.ended if one.card == sheet.card]
        due = due_after(earlier, rating, self.now)
        return self._noted(Sheet(file=sheet.file, ended_at=self.now, changed=changed, rating=rating, due=due))

    def _noted(self, line: Sheet) -> Sheet:
        before = self.memory.sheets[line.file]
        self.memory = note_practice(self.folder, line)
        return self.memory.sheets.get(line.file) or before.plus(line)

    def _changed(self, sheet: Sheet, answer: RightAnswer) -> int:
        """How many lines of the file are not as they were handed out."""
        try:
            text = read_bounded(self._path(sheet), _MOST_BYTES).decode("utf-8", "replace")
        except OSError as error:
            raise UsageError(say("{file} can't be read: {reason}", file=sheet.file, reason=reason_of(error))) from None
        return changed_lines(sheet_text(sheet.head, answer, sheet.hunks), text)

    def _answer(self, sheet: Sheet) -> RightAnswer:
        return RightAnswer(find_exercise(self.course, sheet.exercise), sheet.language)

    def _path(self, sheet: Sheet) -> Path:
        # The memory may have come from anybody: a name that leads out of the folder is none of ours.
        return below(self.folder, sheet.file) or self.folder / FOLDER
