"""The steps of `nbgrader autograde` that are ours; nbgrader_config.py names them, and nbgrader runs them.

RestoreCells, GradeSubmission and SaveComments take the verdict from this grader: the submission runs confined, in a
process of its own, and never in the one that holds the gradebook.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import indent
from typing import Any, NamedTuple

import msgspec
from nbformat import NotebookNode, from_dict
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets import Bool, Enum, Integer, Unicode

from grader.assignments.cells import Cell, grade_name
from grader.assignments.functions import functions_of_checks
from grader.course.find import find_course, find_exercise
from grader.course.model import Course, Exercise
from grader.errors import GradeError, UsageError
from grader.nbgrader.autograding import Autograding, autograding_of
from grader.nbgrader.notebook import grade_outputs
from grader.nbgrader.restore import restore
from grader.nbgrader.shares import report_on, rest_of, share_of
from grader.nbgrader.shown import harmless
from grader.report.feedback import feedback
from grader.result import Result
from grader.text import LANGUAGES, Message, in_every_language, listed, render, say

#: Outputs that nbconvert shows as text or as a picture.
_SHOWN_OUTPUTS = frozenset({"text/plain", "text/latex", "image/png", "image/jpeg"})

_Step = tuple[NotebookNode, dict[str, Any]]


class _Verdict(NamedTuple):
    """What SaveComments needs. unscored: the grade cells that have no score, since the grader itself failed, which says
    nothing about the work."""

    report: str
    unscored: tuple[str, ...]
    comment_cell: str | None


class RestoreCells(NbGraderPreprocessor):  # type: ignore[misc]
    """First when sanitizing: each named cell is there once, with its metadata; what was put right is logged."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> _Step:
        """Replace the notebook's cells."""
        notebook, assignment, student = _names(resources)
        with _gradebook(resources) as gradebook:
            named = _named_cells(gradebook.find_notebook(notebook, assignment))
        restored = restore(nb.cells, named)
        for change in restored.changes:
            self.log.warning("%s, %s: %s", student, assignment, render(change, "en"))
        _run(self).notes[_submitted(self, resources)] = restored.notes
        nb.cells = [_node(cell) for cell in restored.cells]
        return nb, resources


class GradeSubmission(NbGraderPreprocessor):  # type: ignore[misc]
    """In place of Execute: the grade cell's output becomes the report and the points. Nothing runs in this process."""

    course = Unicode("", help="The course's folder; sought as every command of `grade` does if empty.").tag(config=True)
    seed = Integer(None, allow_none=True, help="Repeats a run exactly; fresh if None.").tag(config=True)
    language = Enum(LANGUAGES, "en", help="Of reports and comments.").tag(config=True)
    allow_unconfined = Bool(
        False, help="Whether to grade where this machine can't confine submissions fully; for work that you trust."
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> _Step:
        """Grade what was handed in. Raises GradeError where no submission of the assignment can be graded."""
        try:
            exercise = self._exercise(resources)
            functions = functions_of_checks(exercise)
            cell, of_functions = _grade_cells(nb, exercise, functions)
            result = self._graded(exercise, resources)
        except GradeError as error:
            self.log.error(render(error.message, self.language))
            _put_up_for_review(resources)
            raise
        report = self._report(result, resources)
        if isinstance(result, Message):
            scores = {_name(one): _fill(one, result, report) for one in (cell, *of_functions.values())}
        else:
            scores = {_name(cell): _fill(cell, rest_of(result, of_functions, functions), report)}
            for name, own in of_functions.items():
                share = share_of(result, name, functions)
                scores[_name(own)] = _fill(own, share, report_on(share, _name(cell), self.language))
        unscored = tuple(name for name, score in scores.items() if score is None)
        if unscored:
            self.log.error("%s: %s", _names(resources)[2], report.replace("\n", " "))
        solution = next(filter(is_solution, nb.cells), None)
        resources["grade"] = _Verdict(report, unscored, solution and _name(solution))
        return nb, resources

    def _exercise(self, resources: dict[str, Any]) -> Exercise:
        _, name, _ = _names(resources)
        try:
            return find_exercise(self._course(), name)
        except UsageError as error:
            problem = say(
                "The assignment {name} is no exercise of the course, and this course folder's autograde grades "
                "nothing else: {reason}",
                name=name,
                reason=error.message,
            )
            raise UsageError(problem) from None

    def _course(self) -> Course:
        return find_course(Path(self.course) if self.course else None)

    def _graded(self, exercise: Exercise, resources: dict[str, Any]) -> Result | Message:
        run = _run(self)
        is_first = run.seed is None
        root, path = Path(_converter(self).coursedir.root), _submitted(self, resources)
        unconfined = self.allow_unconfined
        result = run.grade(self._course(), exercise, root, path, seed=self.seed, allow_unconfined=unconfined)
        if is_first:
            self.log.info("The inputs' seed is %s; --GradeSubmission.seed=%s repeats this run", run.seed, run.seed)
        return result

    def _report(self, result: Result | Message, resources: dict[str, Any]) -> str:
        if isinstance(result, Message):
            lines = (say("Not graded."), say("This is a fault of the grader, not of your work."), result)
            return "\n".join(render(line, self.language) for line in lines)
        restored = _run(self).notes.pop(_submitted(self, resources), ())
        notes = result.notes + tuple(map(in_every_language, restored))
        return feedback(msgspec.structs.replace(result, notes=notes), self.language)


class SaveComments(NbGraderPreprocessor):  # type: ignore[misc]
    """Right after SaveAutoGrades: the report as comment on the first solution cell; no score where there is none."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> _Step:
        """Write into the gradebook; manual scores and comments stay. The notebook is not changed."""
        verdict: _Verdict = resources["grade"]
        with _gradebook(resources) as gradebook:
            if verdict.comment_cell is not None:
                # nbgrader shows comments as Markdown. Indented, they are shown as they are, whatever is in them.
                comment = gradebook.find_comment(verdict.comment_cell, *_names(resources))
                comment.auto_comment = indent(verdict.report, "    ")
            for name in verdict.unscored:
                grade = gradebook.find_grade(name, *_names(resources))
                grade.auto_score = None
                grade.needs_manual_grade = True
            gradebook.db.commit()
        return nb, resources


class ShowHarmless(NbGraderPreprocessor):  # type: ignore[misc]
    """Before `nbgrader generate_feedback` makes a page: the cells run nothing in it, whoever wrote the notebook.

    What `nbgrader autograde` writes is so already; this is for notebooks that were there before.
    """

    def preprocess_cell(self, cell: Any, resources: dict[str, Any], index: int) -> _Step:
        """Show active Markdown as its source; of outputs keep text and pictures."""
        if cell.cell_type in ("markdown", "raw"):
            cell.source = harmless(cell.source, cell.cell_type)
        for output in cell.get("outputs", ()):
            for kind in [kind for kind in output.get("data", {}) if kind not in _SHOWN_OUTPUTS]:
                del output["data"][kind]
        return cell, resources


def _converter(step: Any) -> Any:
    """nbgrader's Autograde, which owns the exporter that owns this step."""
    return step.parent.parent


def _run(step: Any) -> Autograding:
    return autograding_of(_converter(step))


def _submitted(step: Any, resources: dict[str, Any]) -> Path:
    """The notebook as it was handed in."""
    notebook, assignment, student = _names(resources)
    course = _converter(step).coursedir
    return Path(course.format_path(course.submitted_directory, student, assignment), f"{notebook}.ipynb")


def _names(resources: dict[str, Any]) -> tuple[str, str, str]:
    """The notebook, its assignment and its student, in the order of nbgrader's own functions."""
    facts = resources["nbgrader"]
    return facts["notebook"], facts["assignment"], facts["student"]


def _gradebook(resources: dict[str, Any]) -> Any:
    return Gradebook(resources["nbgrader"]["db_url"])


def _node(cell: dict[str, Any]) -> Any:
    make: Any = from_dict  # nbformat's annotations are not complete
    return make(cell)


def _named_cells(notebook: Any) -> list[Cell]:
    """The cells that nbgrader recorded of an assignment's notebook: statement, solutions, graded ones.

    The database keeps no order; names that differ in a number at their end are in its order, and the graded cell with
    the shortest name, which has what no function's has, comes last.
    """
    points = {cell.name: float(cell.max_score) for cell in (*notebook.grade_cells, *notebook.task_cells)}
    lists = (notebook.grade_cells, notebook.solution_cells, notebook.task_cells)
    graded, solutions, tasks = ({cell.name for cell in cells} for cells in lists)
    cells = [
        Cell(
            cell.name,
            cell.cell_type,
            cell.source or "",
            grade=cell.name in graded,
            solution=cell.name in solutions,
            locked=bool(cell.locked),
            task=cell.name in tasks,
            points=points.get(cell.name),
            checksum=cell.checksum,
        )
        for cell in notebook.source_cells
    ]
    return sorted(cells, key=_place)


def _place(cell: Cell) -> tuple[bool, bool, int, str]:
    length = len(cell.name)
    return cell.grade, cell.written_by_learner, -length if cell.grade else length, cell.name


def _grade_cells(nb: NotebookNode, exercise: Exercise, functions: Mapping[str, str]) -> tuple[Any, dict[str, Any]]:
    """The cell that takes the points, and by function those that take its points.

    functions: by check, the one that it is about alone. Raises UsageError if the first is not there, or if there is
    another cell that wants to be run.
    """
    wanted = grade_name(exercise.id)
    automatic = {_name(cell): cell for cell in nb.cells if is_grade(cell) and not is_solution(cell)}
    known = {name: grade_name(exercise.id, name) for name in functions.values()}
    others = [name for name in automatic if name != wanted and name not in known.values()]
    if others:
        # nbgrader gives all points for a cell without output.
        problem = say(
            "{exercise}: the cells {names} are to be graded by being run, which this course folder's autograde "
            "does not do. Make them manually graded cells, then run nbgrader generate_assignment again.",
            exercise=exercise.id,
            names=listed(others),
        )
        raise UsageError(problem)
    if wanted not in automatic:
        problem = say(
            "{exercise}: the assignment has no cell {name}, so its notebook was not made by this grader. Make it "
            "anew: grade generate {exercise} --as nbgrader, then nbgrader generate_assignment {exercise}",
            exercise=exercise.id,
            name=wanted,
        )
        raise UsageError(problem)
    return automatic[wanted], {name: automatic[own] for name, own in known.items() if own in automatic}


def _fill(cell: Any, result: Result | Message, report: str) -> float | None:
    """Show the report and the points in a grade cell; the score."""
    score = _score(result, float(cell.metadata.nbgrader["points"]))
    cell.outputs = [_node(output) for output in grade_outputs(report, score)]
    cell.execution_count = 1
    return score


def _name(cell: Any) -> str:
    """The name of one of nbgrader's cells."""
    return str(cell.metadata.nbgrader["grade_id"])


def _score(result: Result | Message, points: float) -> float | None:
    """The score in the points that the gradebook gives for a cell: an instructor may have changed them there.

    None for what was not judged: the grader failed, the file can't be read, or it is work of another course.
    """
    if isinstance(result, Message) or result.status == "grader_error" or not result.submission_sha256:
        return None
    if result.max_score == points:
        return result.score
    return min(points, result.score * points / result.max_score) if result.max_score else None


def _put_up_for_review(resources: dict[str, Any]) -> None:
    """No grade is not a grade of 0: what has no score yet needs someone's."""
    with _gradebook(resources) as gradebook:
        for grade in gradebook.find_submission_notebook(*_names(resources)).grades:
            if grade.auto_score is None and grade.manual_score is None:
                grade.needs_manual_grade = True
        gradebook.db.commit()
