"""Classes made of results, for tests: the folder that `grade score` leaves, without grading anything."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from grader.report.jsonfile import to_json
from grader.report.scores import Row, to_csv
from grader.report.student import Student
from grader.report.timing import Timed, Timing, to_timing_json
from grader.result import CheckResult, Detail, Result, Worst
from grader.scoring.folder import Run, write_run
from grader.source_line import SourceLine
from grader.table import to_table
from grader.text import Text

MISTAKES = {
    "not_divided_by_n": {"en": "the sum is not divided by N", "zh-CN": "求和之后没有除以 N"},
    "wrong_axis": {"en": "the mean is taken over the wrong axis", "zh-CN": "平均值取错了轴"},
}
CHECKS = 14
#: Of a submission: what it has wrong.
LINES = (SourceLine(7, "def mean(x):", "mean"), SourceLine(8, "    return x.sum()", "mean"))


def a_check(number: int, verdict: str = "passed", **fields: object) -> CheckResult:
    """The check of this number; a point each."""
    title = {"en": f"check {number}", "zh-CN": f"检查项 {number}"}
    passed = verdict == "passed"
    made = {
        "id": f"check_{number}",
        "title": title,
        "verdict": verdict,
        "passed": passed,
        "points": float(passed),
        "max_points": 1.0,
        "hidden": number > 10,
    }
    return msgspec.convert({**made, **fields}, CheckResult)


def a_wrong_check(number: int, got: float, mistake: str | None = None) -> CheckResult:
    """A check that failed with this value in place of 1."""
    worst = Worst((3,), 1.0, got, abs(got - 1), abs(got - 1))
    said: Text = {"en": f"got {got}", "zh-CN": f"得到 {got}"}
    return msgspec.structs.replace(
        a_check(number, "failed"),
        message=said,
        worst=worst,
        detail=Detail("f(x)", "1", str(got), LINES),
        mistakes=(mistake,) if mistake else (),
        mistake_texts=(MISTAKES[mistake],) if mistake else (),
    )


def a_result(*checks: CheckResult, **fields: object) -> Result:
    """These checks and passed ones up to `CHECKS`; another file each time, unless `submission_sha256` is given."""
    known = {check.id: check for check in checks}
    every = tuple(known.get(f"check_{number}", a_check(number)) for number in range(1, CHECKS + 1))
    made = {
        "grader": "0.1.0",
        "course": "0" * 16,
        "exercise": "exercise03",
        "submission": "x.py",
        "submission_sha256": f"{random.getrandbits(256):064x}",
        "score": sum(one.points for one in every),
        "max_score": float(CHECKS),
        "passed": all(one.passed for one in every),
        "status": "graded",
        "seed": 7,
        "device": "cpu",
        "confinement": "landlock+seccomp",
        "seconds": 0.25,
        "checks": every,
    }
    return Result(**{**made, **fields})  # type: ignore[arg-type]


def stopped(status: str, en: str, zh: str = "已被中止", **fields: object) -> Result:
    """A result whose whole submission met an error or a limit."""
    checks = [a_check(number, status) for number in range(1, CHECKS + 1)]
    return a_result(*checks, status=status, message={"en": en, "zh-CN": zh}, **fields)


def write_class(
    out: Path,
    results: Iterable[tuple[str, Result]],
    more: Iterable[Row] = (),
    *,
    people: Iterable[Student] = (),
    titles: Mapping[str, Text] | None = None,
    times: Mapping[tuple[str, str], Timing] | None = None,
) -> Path:
    """Write the folder. more: lines of scores.csv without a result. times: of (student, exercise), in timing.json."""
    title = {"en": "Deep learning", "zh-CN": "深度学习"}
    run = Run("0.1.0", 7, "course", "submitted", "cpu", ("exercise03",), title=title, titles=dict(titles or {}))
    write_run(out, run)
    if students := [*people]:
        _write_students(out, students)
    rows = list(more)
    for student, result in results:
        path = out / "results" / student / f"{result.exercise}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(to_json(result))
        rows.append(
            Row(
                student,
                result.exercise,
                result.score,
                result.max_score,
                result.status,
                result.passed,
                0,
                CHECKS,
                "",
                "",
                result.submission,
                result.submission_sha256,
            )
        )
    if times is not None:
        (out / "timing.json").write_bytes(to_timing_json(Timed(*work, timing) for work, timing in times.items()))
    (out / "scores.csv").write_bytes(to_csv(sorted(rows, key=lambda row: (row.student, row.exercise))))
    return out


def _write_students(out: Path, students: Iterable[Student]) -> None:
    kinds = ("moodle", "canvas", "sid", "login", "email")
    rows = [(one.id, one.name, one.id, *(one.ids.get(kind, "") for kind in kinds), one.language) for one in students]
    (out / "students.csv").write_bytes(to_table([("student", "name", "handed_in_as", *kinds, "language"), *rows]))


def late(taken: float = 2.0, before: float = float(CHECKS)) -> Timing:
    """Of work that was handed in 34 hours after the deadline."""
    why = f"handed in 1 d 10 h after the deadline: {before:g} − {taken:g}"
    reason = {"en": why, "zh-CN": f"迟交 1 天 10 小时：{before:g} − {taken:g}"}
    return Timing("2026-10-07T10:00:00+02:00", "2026-10-06T00:00:00+02:00", True, 1, before, taken, reason)


def large_class(count: int, exercises: Sequence[str] = ("exercise03",)) -> Iterator[tuple[str, Result]]:
    """Students as different from one another as a real class of that size."""
    rng = random.Random(1)
    for number in range(count):
        student = f"student {rng.choice(('张伟', 'Ada', 'Emmy'))} {number:05d}"
        diligence = rng.uniform(0.0, 0.5)
        yield from ((student, _some_result(rng, exercise, diligence)) for exercise in exercises)


def _some_result(rng: random.Random, exercise: str, diligence: float) -> Result:
    wrong = [
        a_wrong_check(one, rng.choice((0.5, rng.random())), rng.choice((None, None, *MISTAKES)))
        for one in range(1, CHECKS + 1)
        if rng.random() < diligence
    ]
    kind = rng.random()
    if kind < 0.02:
        return stopped("limit", f"stopped after {rng.randrange(9)} s", exercise=exercise)
    if kind < 0.04:
        return stopped("error", f"line {rng.randrange(40)}: not Python", exercise=exercise)
    if kind < 0.07:
        return stopped("error", "nothing handed in", "没有提交", exercise=exercise, submission_sha256="")
    return a_result(*wrong, seconds=rng.random(), exercise=exercise)
