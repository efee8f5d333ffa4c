"""Results into nbgrader's database, through nbgrader's own tables, in one transaction.

nbgrader's methods commit at every call, which takes seconds for a class and leaves half of it behind when it is
stopped. Here rows are read and written in bulk: all results are in the gradebook afterwards, or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import uuid4

import msgspec

from grader.assignments.cells import Cell, Cells
from grader.nbgrader.address import Address
from grader.nbgrader.database import explained, prepare_database, write_alone
from grader.text import Message, say

#: A program that knows nothing of our lock, such as nbgrader itself, may add the same student in between.
_TRIES = 5
_KERNEL = '{"display_name": "Python 3", "language": "python", "name": "python3"}'


class Entry(msgspec.Struct, frozen=True):
    """One submission's line. score: None where the grader itself failed, which says nothing about the work.

    time: when it was handed in, in UTC and without a time zone as nbgrader keeps it; None if that is not known.
    """

    student: str
    score: float | None
    comment: str
    time: datetime | None = None


class Page(msgspec.Struct, frozen=True):
    """All entries for one exercise: nbgrader's assignment of that name, with one notebook."""

    assignment: str
    notebook: str
    max_score: float
    cells: Cells
    entries: tuple[Entry, ...]


class Written(msgspec.Struct):
    """What came of it. times: by (student, assignment), those that the gradebook holds now. refused: assignments
    that are another author's, each with the sentence for it. review: manual scores whose automatic score changed."""

    count: int = 0
    times: dict[tuple[str, str], datetime] = {}
    refused: dict[str, Message] = {}
    review: list[tuple[str, str]] = []


def write_pages(address: Address, pages: Sequence[Page], students: Sequence[str]) -> Written:
    """Write all pages. students: ids to be listed although they may have no entry.

    Manual scores, extra credit and manual comments stay as they are. Raises UsageError if the database can't be
    written, with nothing of it written.
    """
    from sqlalchemy.exc import IntegrityError

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
    from nbgrader.api import Base, Gradebook

    with explained(address):
        course = prepare_database(address, Base.metadata)
        with Gradebook(address.url, course) as gradebook:
            write_alone(gradebook.engine)
            yield gradebook


def _write(db: Any, course: str, pages: Sequence[Page], students: Sequence[str]) -> Written:
    from nbgrader.api import Student
    from sqlalchemy import insert, select

    wanted = {*students, *(entry.student for page in pages for entry in page.entries)}
    new = sorted(wanted - set(db.scalars(select(Student.id))))
    if new:
        db.execute(insert(Student), [{"id": student} for student in new])
    written = Written()
    for page in pages:
        _Writer(db, course, page, written).write()
    return written


class _Writer:
    """One page on its way into the database."""

    def __init__(self, db: Any, course: str, page: Page, written: Written) -> None:
        self.db = db
        self.course = course
        self.page = page
        self.written = written

    def write(self) -> None:
        """Write the page, unless its assignment is another author's."""
        assignment = self._assignment()
        if assignment is not None:
            rows = self._rows(assignment)
            self._scores(assignment, rows)
            self._comments(assignment, rows)
            self.written.count += len(rows)

    def _assignment(self) -> Any:
        """The assignment with its notebook and cells; None if it is another author's."""
        from nbgrader.api import Assignment, Notebook

        page = self.page
        assignment = self.db.query(Assignment).filter_by(name=page.assignment).one_or_none()
        if assignment is None:
            assignment = Assignment(name=page.assignment, course_id=self.course)
            self.db.add(assignment)
        notebook = _named(assignment.notebooks, page.notebook)
        others = [cell.name for one in assignment.notebooks for cell in (*one.grade_cells, *one.task_cells)]
        if others and (notebook is None or _named(notebook.grade_cells, page.cells.grade.name) is None):
            self.written.refused[page.assignment] = say(
                "{exercise} was not written: the gradebook's assignment of that name has graded cells of its own "
                "({cells}), so it is another author's. Rename it, or use another gradebook.",
                exercise=page.assignment,
                cells=", ".join(sorted(others)[:5]),
            )
            return None
        if notebook is None:
            notebook = Notebook(name=page.notebook, assignment=assignment, kernelspec=_KERNEL)
            self.db.add(notebook)
        self._cells(notebook)
        self.db.flush()
        return assignment

    def _cells(self, notebook: Any) -> None:
        """Add the cells that are missing. Sources that are there are what `nbgrader generate_assignment` read."""
        from nbgrader.api import GradeCell, SolutionCell, SourceCell

        page, cells = self.page, self.page.cells
        grade = _named(notebook.grade_cells, cells.grade.name)
        if grade is None:
            grade = GradeCell(name=cells.grade.name, notebook=notebook, cell_type=cells.grade.kind)
            self.db.add(grade)
        grade.max_score = page.max_score
        for solution in cells.solutions:
            if _named(notebook.solution_cells, solution.name) is None:
                self.db.add(SolutionCell(name=solution.name, notebook=notebook))
        if not notebook.source_cells:
            for cell in cells.all:
                self.db.add(
                    SourceCell(
                        name=cell.name,
                        notebook=notebook,
                        cell_type=cell.kind,
                        locked=cell.locked,
                        source=cell.source,
                        checksum=_checksum(cell, page.max_score),
                    )
                )

    def _rows(self, assignment: Any) -> dict[str, str]:
        """Student → id of their notebook's row; all rows of a submission are there then, its times up to date.

        A submission mirrors the assignment, other notebooks in it included, as `Gradebook.add_submission` makes it.
        """
        from nbgrader.api import Comment, Grade, SubmittedAssignment, SubmittedNotebook

        students = [entry.student for entry in self.page.entries]
        submissions = self._ensure(SubmittedAssignment, "assignment_id", assignment.id, "student_id", students)
        self._times(assignment, submissions)
        ours: dict[str, str] = {}
        for notebook in assignment.notebooks:
            rows = self._ensure(SubmittedNotebook, "notebook_id", notebook.id, "assignment_id", submissions.values())
            for cell in (*notebook.grade_cells, *notebook.task_cells):
                self._ensure(Grade, "cell_id", cell.id, "notebook_id", rows.values())
            for cell in (*notebook.solution_cells, *notebook.task_cells):
                self._ensure(Comment, "cell_id", cell.id, "notebook_id", rows.values())
            if notebook.name == self.page.notebook:
                ours = {student: rows[submissions[student]] for student in students}
        return ours

    def _ensure(self, table: Any, same: str, value: str, differs: str, wanted: Iterable[str]) -> dict[str, str]:
        """A row for each wanted value of one column where another has this value: value → the row's id."""
        from sqlalchemy import insert, select

        found = self.db.execute(select(getattr(table, differs), table.id).where(getattr(table, same) == value))
        there = dict(found.tuples().all())
        new = {one: uuid4().hex for one in wanted if one not in there}
        if new:
            self.db.execute(insert(table), [{"id": new[one], same: value, differs: one} for one in new])
        return {one: there.get(one) or new[one] for one in wanted}

    def _times(self, assignment: Any, submissions: dict[str, str]) -> None:
        from nbgrader.api import SubmittedAssignment
        from sqlalchemy import select, update

        known = [
            {"id": submissions[entry.student], "timestamp": entry.time}
            for entry in self.page.entries
            if entry.time is not None
        ]
        if known:
            self.db.execute(update(SubmittedAssignment), known)
        found = self.db.execute(
            select(SubmittedAssignment.student_id, SubmittedAssignment.timestamp).where(
                SubmittedAssignment.assignment_id == assignment.id, SubmittedAssignment.timestamp.is_not(None)
            )
        ).tuples()
        self.written.times |= {
            (student, self.page.assignment): time for student, time in found if student in submissions
        }

    def _scores(self, assignment: Any, rows: dict[str, str]) -> None:
        """Automatic scores. A manual one stays, and is put up for review where what it overrides has changed."""
        from nbgrader.api import Grade
        from sqlalchemy import select, update

        cell = _named(_named(assignment.notebooks, self.page.notebook).grade_cells, self.page.cells.grade.name)
        columns = (Grade.notebook_id, Grade.id, Grade.auto_score, Grade.manual_score, Grade.needs_manual_grade)
        found = {row.notebook_id: row for row in self.db.execute(select(*columns).where(Grade.cell_id == cell.id))}
        changes = []
        for entry in self.page.entries:
            old = found[rows[entry.student]]
            score = old.auto_score if entry.score is None else entry.score
            if old.manual_score is None:
                review = entry.score is None
            else:
                review = score != old.auto_score or entry.score is None
                if review:
                    self.written.review.append((entry.student, self.page.assignment))
                review = review or old.needs_manual_grade
            changes.append({"id": old.id, "auto_score": score, "needs_manual_grade": review})
        self.db.execute(update(Grade), changes)

    def _comments(self, assignment: Any, rows: dict[str, str]) -> None:
        """Automatic comments; a manual one, which nbgrader shows in their place, stays."""
        from nbgrader.api import Comment
        from sqlalchemy import select, update

        first = self.page.cells.solutions[0].name
        cell = _named(_named(assignment.notebooks, self.page.notebook).solution_cells, first)
        ids = dict(
            self.db.execute(select(Comment.notebook_id, Comment.id).where(Comment.cell_id == cell.id)).tuples().all()
        )
        comments = [{"id": ids[rows[entry.student]], "auto_comment": entry.comment} for entry in self.page.entries]
        self.db.execute(update(Comment), comments)


def _named(things: Iterable[Any], name: str) -> Any:
    return next((thing for thing in things if thing.name == name), None)


def _checksum(cell: Cell, points: float) -> str:
    from nbformat import from_dict
    from nbgrader.utils import compute_checksum

    node: Any = from_dict  # nbformat's annotations are not complete
    cell_as_read = {"source": cell.source, "cell_type": cell.kind, "metadata": {"nbgrader": cell.metadata(points)}}
    return str(compute_checksum(node(cell_as_read)))
