"""A mistake for which nothing was named is graded once more, with the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from grader.audit.answers import Answer, Graded
from grader.audit.exercise import _Auditor
from grader.course.find import find_course, find_exercise
from grader.grading.grader import Grader
from grader.result import Result
from tests.grading.test_plans import CHECKS, MISTAKES, REFERENCE
from tests.tiny import exercise_toml, tiny_course


class Busy:
    """Grades as an audit's scorers do, and names nothing where it has no time left for that."""

    def __init__(self, grader: Grader, folder: Path) -> None:
        self.grader, self.folder, self.seeds = grader, folder, list[int]()

    def grade(self, answers: Sequence[Answer]) -> list[Graded]:
        self.seeds += [answer.seed for answer in answers]
        return [Graded(self.result(answer, named=True), frozenset(), frozenset()) for answer in answers]

    def result(self, answer: Answer, *, named: bool) -> Result:
        (exercise,) = self.grader.exercises.values()
        path = self.folder / "twice.py"
        path.write_text(answer.source, "utf-8")
        self.grader.reseed(answer.seed)
        self.grader.naming = named
        return self.grader.grade(exercise, "twice.py", self.grader.prepare(exercise, path))


def test_what_was_not_named_is_graded_again_and_nothing_else(tmp_path: Path) -> None:
    files = {"reference.py": REFERENCE, "checks.py": CHECKS, "mistakes.py": MISTAKES}
    course = find_course(tiny_course(tmp_path, {"exercise01": {"exercise.toml": exercise_toml("twice", 9), **files}}))
    exercise = find_exercise(course, "exercise01")
    auditor = _Auditor(exercise, 2)
    with Grader(course, [exercise], seed=0) as grader:
        busy = Busy(grader, tmp_path)
        for name in auditor.mistakes:
            source = auditor._mistakes.submission(name)
            auditor.mistakes[name] = [
                busy.result(Answer(name, source, seed), named=(name, seed) != ("tripled", 1)) for seed in (0, 1)
            ]
        before = {name: list(results) for name, results in auditor.mistakes.items()}
        auditor._name_again(cast(Any, busy))
    assert busy.seeds == [1]
    tripled = auditor.mistakes.pop("tripled")
    assert tripled[0] is before["tripled"][0] and tripled[1].seed == 1
    assert {name for check in tripled[1].checks for name in check.mistakes} == {"tripled"}
    assert all(results == before[name] for name, results in auditor.mistakes.items())
