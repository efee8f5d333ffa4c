"""The grader process of one run of autograde: kept, replaced when it dies, refused where it can't confine."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.find import find_course, find_exercise
from grader.errors import GraderFault
from grader.nbgrader.autograding import Autograding, autograding_of
from grader.result import Result
from grader.scorers.process import ScorerProcess
from grader.scorers.scorer import Ready
from tests.nbgrader.gradebooks import COURSE, RIGHT, SLUG, WRONG

COURSE_READ = find_course(COURSE)
EXERCISE = find_exercise(COURSE_READ, "exercise03")


@pytest.fixture
def run() -> Iterator[Autograding]:
    run = Autograding()
    yield run
    run.close()


def grade(run: Autograding, folder: Path, source: str, *, unconfined: bool = False) -> object:
    path = folder / f"{SLUG}.py"
    path.write_text(source, "utf-8")
    return run.grade(COURSE_READ, EXERCISE, folder, path, seed=5, allow_unconfined=unconfined)


@pytest.mark.slow
def test_one_process_grades_one_after_another_and_leaves_no_result_behind(run: Autograding, tmp_path: Path) -> None:
    first, second = grade(run, tmp_path, RIGHT), grade(run, tmp_path, WRONG)
    assert isinstance(first, Result) and isinstance(second, Result)
    assert (first.score, second.score, second.seed, second.submission) == (10, 6, 5, f"{SLUG}.py")
    scorer = run._scorer
    process, results = scorer._process, Path(scorer._results.name)
    assert process is not None
    assert [path for path in results.rglob("*") if path.is_file()] == []
    process.process.kill()
    again = grade(run, tmp_path, WRONG)
    assert isinstance(again, Result) and again.score == 6
    assert scorer._process is not None and scorer._process is not process
    last = scorer._process.process
    run.close()
    assert last.poll() is not None and not results.exists()


def test_nothing_is_graded_where_submissions_cannot_be_confined(
    run: Autograding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[ScorerProcess] = []

    def ready(process: ScorerProcess) -> Ready:
        started.append(process)
        return Ready("rlimits")

    monkeypatch.setattr(ScorerProcess, "ready", ready)
    for _ in range(2):
        with pytest.raises(GraderFault, match=r"allow_unconfined = True in nbgrader_config\.py"):
            grade(run, tmp_path, RIGHT)
    assert [process.process.poll() for process in started] == [0]


def test_a_run_is_its_converters_and_ends_with_it() -> None:
    class Converter:
        pass

    one, other = Converter(), Converter()
    run = autograding_of(one)
    assert autograding_of(one) is run is not autograding_of(other)
    results = Path(run._scorer._results.name)
    assert results.exists()
    del one
    gc.collect()
    assert not results.exists()
