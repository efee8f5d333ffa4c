"""Results into nbgrader's database, through nbgrader's own tables, in one transaction.

nbgrader's methods commit at every call, which takes seconds for a class and leaves half of it behind when it is
stopped. Here rows are read and written in bulk: all results are in the gradebook afterwards, or none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec
import nbgrader.api as table
from nbformat import from_dict
from nbgrader.utils import compute_checksum
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from grader.assignments.cells import Cell, Cells
from grader.nbgrader.address import Address
from grader.nbgrader.database import explained, prepare_database, write_alone
from grader.text import Message, listed, say

#: A program that knows nothing of our lock, such as nbgrader itself, may add the same student in between.
_TRIES = 5
_KERNEL = '{"display_name": "Python 3", "language": "python", "name": "python3"}'


class Entry(msgspec.Struct, frozen=True):
    """One submission's line. score: None where the grader itself failed, which says nothing about the work.

    scores: by the name of a cell with a function's points; the exercise's cell has the rest of the score.
    time: when it was handed in, in UTC and without a time zone as nbgrader keeps it; None if that is not known.
    """

    student: str
    score: float | None
    comment: str
    time: datetime | None = None
    scores: Mapping[str, float] = {}

    def score_in(self, cell: str, of_functions: Collection[str]) -> float | None:
        """The score of one cell. of_functions: the names of the cells with functions' points."""
        if self.score is None:
            return None
        if cell in of_functions:
            return self.scores.get(cell, 0.0)
        return round(self.score - sum(self.scores.get(name, 0.0) for name in of_functions), 6)


class Page(msgspec.Struct, frozen=True):
    """All entries for one exercise: nbgrader's assignment of that name, with one notebook.

    of_functions: the names of all cells that could have a function's points, whether `cells` has them or not.
    """

    assignment: str
    notebook: str
    cells: Cells
    entries: tuple[Entry, ...]
    of_functions: frozenset[str] = frozenset()


class Written(msgspec.Struct):
    """What came of it. times: by (student, assignment), those that the gradebook holds now. refused: assignments
    that were not written, each with the sentence for it. review: manual scores whose automatic score changed."""

    count: int = 0
    times: dict[tuple[str, str], datetime] = {}
    refused: dict[str, Message] = {}
    review: list[tuple[str, str]] = []


def write_pages(address: Address, pages: Sequence[Page], students: Sequence[str]) -> Written:
    """Write all pages. students: ids to be listed although they may have no entry.

    Manual scores, extra credit and manual comments stay as they are. Raises UsageError if the database can't be
    written, with nothing of it written.
    """
    with _gradebook(address) as gradebook:
        for left in reversed(range(_TRIES)):
            try:
                written = _write(gradebook.db, gradebook.course_id, pages, students)
                gradebook.db.commit()
                return written
            except IntegrityError:
                gradebook.db.rollback()
                if not left:
                    raise
    raise AssertionError


@contextmanager
def _gradebook(address: Address) -> Iterator[Any]:
    with explained(address):
        course = prepare_database(address, table.Base.metadata)
        with table.Gradebook(address.url, course) as gradebook:
            write_alone(gradebook.engine)
            yield gradebook


def _write(db: Any, course: str, pages: Sequence[Page], students: Sequence[str]) -> Written:
    wanted = {*students, *(entry.student for page in pages for entry in page.entries)}
    new = sorted(wanted - set(db.scalars(select(table.Student.id))))
    if new:
        db.execute(insert(table.Student), [{"id": student} for student in new])
    written = Written()
    for page in pages:
        _Writer(db, page, written).write(course)
    return written


class _Writer(NamedTuple):
    """One page on its way into the database."""

    db: Any
    page: Page
    written: Written

    def write(self, course: str) -> None:
        """Write the page, unless there is a reason not to."""
        page = self.page
        assignment = self.db.query(table.Assignment).filter_by(name=page.assignment).one_or_none()
        if assignment is None:
            assignment = table.Assignment(name=page.assignment, course_id=course)
            self.db.add(assignment)
        notebook = _named(assignment.notebooks, page.notebook)
        if (refusal := self._refusal(assignment, notebook)) is not None:
            self.written.refused[page.assignment] = refusal
            return
        if notebook is None:
            notebook = table.Notebook(name=page.notebook, assignment=assignment, kernelspec=_KERNEL)
            self.db.add(notebook)
        self._cells(notebook)
        self.db.flush()
        rows = self._rows(assignment)
        self._scores(notebook, rows)
        self._comments(notebook, rows)
        self.written.count += len(rows)

    def _refusal(self, assignment: Any, notebook: Any) -> Message | None:
        """Why the page is not written: the assignment is another author's, or its points are divided otherwise."""
        names = {cell.name for own in assignment.notebooks for cell in (*own.grade_cells, *own.task_cells)}
        exercise, ours = self.page.assignment, {cell.name for cell in self.page.cells.functions.values()}
        present = set() if notebook is None else {cell.name for cell in notebook.grade_cells}
        if names and self.page.cells.grade.name not in present:
            return say(
                "{exercise} was not written: the gradebook's assignment of that name has graded cells of its own "
                "({cells}), so it is another author's. Rename it, or use another gradebook.",
                exercise=exercise,
                cells=listed(sorted(names)[:5]),
            )
        if names and (differing := ours ^ (self.page.of_functions & present)):
            return say(
                "{exercise} was not written: the gradebook divides its points among other cells than nbgrader.toml of "
                "the course says now (the difference: {cells}). Set points there as it was, or use another gradebook.",
                exercise=exercise,
                cells=listed(sorted(differing)[:5]),
            )
        return None

    def _cells(self, notebook: Any) -> None:
        """Add the cells that are missing. Sources that are there are what `nbgrader generate_assignment` read."""
        cells = self.page.cells
        for cell in cells.grades:
            grade = _named(notebook.grade_cells, cell.name)
            if grade is None:
                grade = table.GradeCell(name=cell.name, notebook=notebook, cell_type=cell.kind)
                self.db.add(grade)
            grade.max_score = cell.points
        for solution in cells.solutions:
            if _named(notebook.solution_cells, solution.name) is None:
                self.db.add(table.SolutionCell(name=solution.name, notebook=notebook))
        for cell in () if notebook.source_cells else cells.all:
            facts = {"cell_type": cell.kind, "locked": cell.locked, "source": cell.source, "checksum": _checksum(cell)}
            self.db.add(table.SourceCell(name=cell.name, notebook=notebook, **facts))

    def _rows(self, assignment: Any) -> dict[str, str]:
        """Student → id of their notebook's row; all rows of a submission are there then, its times up to date.

        A submission mirrors the assignment, other notebooks in it included, as `Gradebook.add_submission` makes it.
        """
        students = [entry.student for entry in self.page.entries]
        submissions = self._ensure(table.SubmittedAssignment, "assignment_id", assignment.id, "student_id", students)
        self._times(assignment, submissions)
        ours: dict[str, str] = {}
        for notebook in assignment.notebooks:
            ids = submissions.values()
            rows = self._ensure(table.SubmittedNotebook, "notebook_id", notebook.id, "assignment_id", ids)
            for cell in (*notebook.grade_cells, *notebook.task_cells):
                self._ensure(table.Grade, "cell_id", cell.id, "notebook_id", rows.values())
            for cell in (*notebook.solution_cells, *notebook.task_cells):
                self._ensure(table.Comment, "cell_id", cell.id, "notebook_id", rows.values())
            if notebook.name == self.page.notebook:
                ours = {student: rows[submissions[student]] for student in students}
        return ours

    def _ensure(self, rows: Any, same: str, value: str, differs: str, wanted: Iterable[str]) -> dict[str, str]:
        """A row for each wanted value of one column where another has this value: value → the row's id."""
        query = select(getattr(rows, differs), rows.id).where(getattr(rows, same) == value)
        present = dict(self.db.execute(query).tuples().all())
        new = {key: uuid4().hex for key in wanted if key not in present}
        if new:
            self.db.execute(insert(rows), [{"id": new[key], same: value, differs: key} for key in new])
        return {key: present.get(key) or new[key] for key in wanted}

    def _times(self, assignment: Any, submissions: dict[str, str]) -> None:
        rows, entries = table.SubmittedAssignment, self.page.entries
        times = [{"id": submissions[entry.student], "timestamp": entry.time} for entry in entries if entry.time]
        if times:
            self.db.execute(update(rows), times)
        query = select(rows.student_id, rows.timestamp).where(
            rows.assignment_id == assignment.id, rows.timestamp.is_not(None)
        )
        for student, time in self.db.execute(query).tuples():
            if student in submissions:
                self.written.times[student, self.page.assignment] = time

    def _scores(self, notebook: Any, rows: dict[str, str]) -> None:
        """Automatic scores. A manual one stays, and is put up for review where what it overrides has changed."""
        grade, of_functions = table.Grade, {cell.name for cell in self.page.cells.functions.values()}
        columns = (grade.notebook_id, grade.id, grade.auto_score, grade.manual_score, grade.needs_manual_grade)
        changes, review = [], dict[str, None]()
        for wanted in self.page.cells.grades:
            cell = _named(notebook.grade_cells, wanted.name)
            found = self.db.execute(select(*columns).where(grade.cell_id == cell.id))
            earlier = {row.notebook_id: row for row in found}
            for entry in self.page.entries:
                change, is_new = _change(earlier[rows[entry.student]], entry.score_in(wanted.name, of_functions))
                changes.append(change)
                review |= {entry.student: None} if is_new else {}
        self.written.review += [(student, self.page.assignment) for student in review]
        self.db.execute(update(grade), changes)

    def _comments(self, notebook: Any, rows: dict[str, str]) -> None:
        """Automatic comments; a manual one, which nbgrader shows in their place, stays."""
        cell, comment = _named(notebook.solution_cells, self.page.cells.solutions[0].name), table.Comment
        query = select(comment.notebook_id, comment.id).where(comment.cell_id == cell.id)
        ids = dict(self.db.execute(query).tuples().all())
        comments = [{"id": ids[rows[entry.student]], "auto_comment": entry.comment} for entry in self.page.entries]
        self.db.execute(update(comment), comments)


def _change(old: Any, score: float | None) -> tuple[dict[str, Any], bool]:
    """A grade's row with its automatic score, and whether the manual one that overrides it is to be looked at anew.

    old: the row as it is. score: None where there is no new one.
    """
    now = old.auto_score if score is None else score
    overridden = old.manual_score is not None
    is_new = overridden and (score is None or now != old.auto_score)
    review = score is None or is_new or (overridden and old.needs_manual_grade)
    return {"id": old.id, "auto_score": now, "needs_manual_grade": review}, is_new


def _named(things: Iterable[Any], name: str) -> Any:
    return next((thing for thing in things if thing.name == name), None)


def _checksum(cell: Cell) -> str:
    node: Any = from_dict  # nbformat's annotations are not complete
    as_read = {"source": cell.source, "cell_type": cell.kind, "metadata": {"nbgrader": cell.metadata()}}
    return str(compute_checksum(node(as_read)))
