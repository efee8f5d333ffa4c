"""The forms in which `grade score --format` writes a class's results for other programs, by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.report.graded_work import GradedWork
from grader.report.jsonfile import to_json_of_all
from grader.report.junit import to_junit
from grader.report.platforms.autolab import to_autolab
from grader.report.platforms.canvas import to_canvas
from grader.report.platforms.ctrf import to_ctrf
from grader.report.platforms.github import to_annotations, to_summary
from grader.report.platforms.gradescope import to_gradescope
from grader.report.platforms.moodle import to_moodle
from grader.report.platforms.prairielearn import to_prairielearn
from grader.report.timing import Timing
from grader.result import Result

#: Path below the folder for formats → the file's content.
_Files = dict[str, bytes]


def _each(works: Sequence[GradedWork], path: str, render: Callable[[list[Result]], bytes]) -> _Files:
    """A file for each work, but for those from which a platform would take a zero although nothing was graded."""
    counting = (work for work in works if work.counts)
    return {path.format(work.row.student, work.row.exercise): render([work.charged]) for work in counting}


def _table_each(works: Sequence[GradedWork], path: str, render: Callable[[str, list[GradedWork]], bytes]) -> _Files:
    """A table for each exercise."""
    by_exercise: dict[str, list[GradedWork]] = {}
    for work in works:
        by_exercise.setdefault(work.row.exercise, []).append(work)
    return {path.format(exercise): render(exercise, own) for exercise, own in by_exercise.items()}


def _results(works: Sequence[GradedWork]) -> list[Result]:
    return [work.result for work in works]


def _named_results(works: Sequence[GradedWork]) -> list[tuple[str, Result]]:
    return [(work.row.student, work.result) for work in works]


def _timed_results(works: Sequence[GradedWork]) -> list[tuple[str, Result, Timing]]:
    return [(work.row.student, work.result, work.row.timing) for work in works]


#: Name → writer: works, language, and the folder that submissions' paths begin in.
FORMATS: dict[str, Callable[[Sequence[GradedWork], str, str], _Files]] = {
    "json": lambda works, language, root: {"results.json": to_json_of_all(_timed_results(works))},
    "junit": lambda works, language, root: {"junit.xml": to_junit(_results(works), language)},
    "ctrf": lambda works, language, root: {"ctrf.json": to_ctrf(_named_results(works), language)},
    "gradescope": lambda works, language, root: _each(
        works, "gradescope/{}/{}.json", lambda results: to_gradescope(results, language)
    ),
    "prairielearn": lambda works, language, root: _each(
        works, "prairielearn/{}/{}.json", lambda results: to_prairielearn(results, language)
    ),
    "autolab": lambda works, language, root: _each(
        works, "autolab/{}/{}.txt", lambda results: to_autolab(results, language)
    ),
    "github": lambda works, language, root: {
        "github/annotations.txt": to_annotations(_results(works), language, root),
        "github/summary.md": to_summary(_named_results(works), language),
    },
    "canvas": lambda works, language, root: _table_each(works, "canvas/{}.csv", to_canvas),
    "moodle": lambda works, language, root: _table_each(
        works, "moodle/{}.csv", lambda exercise, own: to_moodle(own, language)
    ),
}
