"""The term, played with the real commands: what each of them wrote is kept for the tests to look at."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
from datetime import timedelta
from functools import cached_property
from pathlib import Path

import msgspec

from grader.course.find import find_course
from grader.report.formats import FORMATS
from tests.forked import NBGRADER, run_forked
from tests.intake.exports import table
from tests.nbgrader.gradebooks import rows
from tests.term import ways
from tests.term.people import EXERCISES, Work, due, people, works

ROOT = Path(__file__).parents[2]
WAYS = ("plain", "nbgrader", "canvas", "moodle", "gradescope")
DEADLINES = """timezone = "Asia/Shanghai"
[late]
grace_minutes = 15
percent_per_day = 10
most_percent = 40
cut_off_days = 7
"""
EXTENSIONS = """[extensions.1003]
all = 2
[extensions.1002]
exercise03 = {three_days}
[extensions.1001]
exercise03 = "excused"
"""
MANUAL = (8.5, "come and see me")
NEW_TEXT = "what is said of this mistake since it was corrected"

Key = tuple[str, str]  # student, exercise
Rows = dict[Key, dict[str, str]]


class Page(msgspec.Struct, frozen=True):
    """An HTML page, and its text, as `plain` has it."""

    source: str
    text: str


class Correction(msgspec.Struct, frozen=True):
    """A class before and after a course was corrected. said: by the command that regraded it."""

    mistake: str
    rows_before: Rows
    rows: Rows
    results_before: dict[Key, bytes]
    results: dict[Key, bytes]
    said: str


class Term:
    """A folder in which the term is played; each part of it once, when a test first asks for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.course = folder / "the course"
        shutil.copytree(ROOT / "solutions", self.course / "solutions", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("course.toml", "texts.zh-CN.toml"):
            shutil.copy(ROOT / name, self.course)
        self.people = people()
        self.works = works(find_course(self.course))
        self.roster = ways.roster(folder / "class.csv", self.people)
        self.deadlines = self._deadlines()

    def _deadlines(self) -> Path:
        tables = [f"[exercises.{name}]\ndue = {due(name):%Y-%m-%dT%H:%M:%S}" for name in EXERCISES]
        three_days = f"{due('exercise03') + timedelta(days=3):%Y-%m-%dT%H:%M:%S}"
        text = "\n".join([DEADLINES, *tables, EXTENSIONS.format(three_days=three_days)])
        path = self.folder / "deadlines.toml"
        path.write_text(text, "utf-8")
        return path

    def grade(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """`grade WORDS` on this course, which must end well."""
        env = os.environ | {"GRADE_COURSE": str(self.course), "GRADE_LANG": "en"}
        done = run_forked("grader", *words, cwd=self.folder, env=env, imported=NBGRADER)
        assert done.returncode == 0, (done.args, done.stdout, done.stderr)
        return done

    def score(self, source: Path, out: Path, *more: str | Path) -> str:
        """`grade score`; what it said."""
        known = () if "--roster" in more else ("--roster", self.roster)
        words = ("score", source, "--out", out, "--deadlines", self.deadlines, "--seed", "5", *known, *more)
        return self.grade(*words).stdout

    @cached_property
    def handout(self) -> Path:
        """What learners get, in each form; the Python files' folder."""
        for form in ("py", "ipynb", "nbgrader"):
            self.grade("generate", *EXERCISES, "--out", self.folder / form, "--as", form)
        return self.folder / "py"

    @cached_property
    def nbgrader(self) -> Path:
        """nbgrader's course folder, with what was handed in."""
        assert self.handout
        ways.notebooks(self.folder / "nbgrader", self.works)
        return self.folder / "nbgrader"

    @cached_property
    def gradebook(self) -> Path:
        """nbgrader's, where a person then gave points and a comment to all work."""
        path = self.nbgrader / "gradebook.db"
        assert self.rows("nbgrader")
        rows(path, "UPDATE grade SET manual_score = ?", str(MANUAL[0]))
        rows(path, "UPDATE comment SET manual_comment = ?", MANUAL[1])
        return path

    def out(self, way: str, exercise: str = "") -> Path:
        """Where the results of work collected in this way are; a platform's exports have an exercise each."""
        return self.folder / f"scored-{way}{exercise and '-'}{exercise}"

    def rows(self, way: str) -> Rows:
        """scores.csv of all exercises, as this way brought the work."""
        if way not in self._rows:
            self._rows[way] = self._score(way)
        return self._rows[way]

    @cached_property
    def _rows(self) -> dict[str, Rows]:
        return {}

    def _score(self, way: str) -> Rows:
        if way == "plain":
            source = ways.plain(self.folder / "submitted", self.works, self.handout)
            self.score(source, self.out(way), *(word for name in FORMATS for word in ("--format", name)))
            return rows_of(self.out(way))
        if way == "nbgrader":
            book = ("--gradebook", self.nbgrader / "gradebook.db")
            self.score(self.nbgrader / "submitted", self.out(way), *book)
            return rows_of(self.out(way))
        return {key: row for name in EXERCISES for key, row in self._export(way, name).items()}

    def _export(self, way: str, exercise: str) -> Rows:
        mine = [work for work in self.works if work.exercise == exercise]
        make = {"canvas": ways.canvas_zip, "moodle": ways.moodle_zip, "gradescope": ways.gradescope_zip}[way]
        source = make(self.folder / f"{way}-{exercise}.zip", mine, self.handout)
        column = {"canvas": "handed in", "moodle": "Last modified (submission)"}.get(way, "")
        roster = ways.roster(self.folder / f"{way}-{exercise}.csv", self.people, column, mine)
        self.score(source, self.out(way, exercise), "--exercise", exercise, "--roster", roster)
        return rows_of(self.out(way, exercise))

    @cached_property
    def again(self) -> tuple[Work, Rows, str]:
        """Who handed in the stub of exercise03 hands in the reference, 30 hours late.

        What they handed in first, everyone's rows after the second, and what the command said.
        """
        assert self.rows("plain")
        stub = next(work for work in self.works if work.kind == "stub" and work.exercise == "exercise03")
        right = (self.course / "solutions/exercise03/reference.py").read_text("utf-8")
        second = [msgspec.structs.replace(stub, source=right, hours=30.0)]
        source = ways.plain(self.folder / "second", second, self.handout)
        said = self.score(source, self.out("again"), "--earlier", self.out("plain"))
        return stub, rows_of(self.out("again")), said

    @cached_property
    def correction(self) -> Correction:
        """A mistake of exercise03 gets another text, and a check another point; the class is regraded.

        All else is played before, with the course as it was.
        """
        assert self.again and all(self.rows(way) for way in WAYS)
        book = self.gradebook
        before, kept = self.rows("nbgrader"), self.results("nbgrader")
        mistake = next(work.mistake for work in self.works if work.mistake and work.exercise == "exercise03")
        folder = self.course / "solutions/exercise03"
        with (folder / "mistakes.py").open("a", encoding="utf-8") as file:
            file.write(f"\n{mistake} = {mistake}.says({NEW_TEXT!r})\n")
        _replace(folder / "checks.py", 'points=1, title="sigmoid: the values"', 'points=2, title="sigmoid: the values"')
        _replace(folder / "exercise.toml", "points = 10", "points = 11")
        more = ("--gradebook", book, "--resume")
        said = self.score(self.nbgrader / "submitted", self.out("nbgrader"), *more)
        return Correction(mistake, before, rows_of(self.out("nbgrader")), kept, self.results("nbgrader"), said)

    def results(self, way: str) -> dict[Key, bytes]:
        """The files of all results."""
        found = self.out(way).glob("results/*/*.json")
        return {(path.parent.name, path.stem): path.read_bytes() for path in found}

    def page(self, way: str, student: str) -> Page:
        """What a student gets back."""
        row = next(row for row in table(self.out(way) / "feedback/index.csv") if row["student"] == student)
        source = (self.out(way) / "feedback" / row["file"]).read_text("utf-8")
        return Page(source, plain(html.unescape(re.sub("<[^>]*>", "", source))))


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def plain(text: str) -> str:
    """A text without its marks for code, and with single blanks."""
    return " ".join(text.replace("`", "").split())


def rows_of(out: Path) -> Rows:
    """scores.csv: (student, exercise) → row."""
    found = table(out / "scores.csv")
    by_key = {(row["student"], row["exercise"]): row for row in found}
    assert len(by_key) == len(found)
    return by_key
