"""Every exercise of the course: right answers pass, wrong ones fail under their own names, and nothing is left out.

GRADE_SEEDS says how many seeds the right answers are graded with: 5 by default, 1,000 before a release.
"""

from __future__ import annotations

import ast
import functools
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from grader.audit.mistakes import mistake_submission, read_mistakes
from grader.checks.runner import Checks, with_checks
from grader.course.checklist import read_checks
from grader.course.find import find_course, find_exercise
from grader.course.model import Exercise
from grader.course.stub import cut_stub
from grader.report.status import exit_status
from grader.result import Result
from grader.session.grader import Grader
from grader.session.prepare import Prepared, prepare, required_names
from grader.submission.notebook import Chunk
from grader.submission.read import Submission
from grader.text import LANGUAGES, Text

SEEDS = int(os.environ.get("GRADE_SEEDS", "5"))
MISTAKE_SEEDS = min(SEEDS, 20) if "GRADE_SEEDS" in os.environ else 3

COURSE = find_course(Path(__file__).parents[1])
STATEMENTS = {"en": "statement.md", "zh-CN": "statement.zh-CN.md"}

# NumPy warns of overflows that a mistake is about; a worker's own process does not turn warnings into errors.
pytestmark = pytest.mark.filterwarnings("ignore")
every_exercise = pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.id)


class Audit:
    """The results of grading all right and wrong answers to one exercise; of right ones, only those that failed."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.rejected: list[str] = []
        self.mistakes: list[tuple[str, Result]] = []
        self.count = 0
        self.rate = 0.0  # submissions per second
        stub = cut_stub(exercise, ("en",))
        with Grader(COURSE, [exercise], seed=0, remember=True) as grader:
            with_checks(grader.check_files(), functools.partial(self._run, grader, stub))

    def _run(self, grader: Grader, stub: str, checks: Checks) -> None:
        grader.begin(checks)
        self.stub = self._grade(grader, "stub", _prepared(self.exercise, stub))
        start = time.monotonic()
        self._run_right(grader)
        self._run_mistakes(grader)
        self.rate = self.count / (time.monotonic() - start)

    def _run_right(self, grader: Grader) -> None:
        answers = {path.stem: _prepared(self.exercise, path.read_text("utf-8")) for path in _right(self.exercise)}
        for seed in range(SEEDS):
            grader.seed = seed
            for name, prepared in answers.items():
                result = self._grade(grader, name, prepared)
                if not result.passed:
                    self.rejected.append(f"{name}, seed {seed}: {_reasons(result)}")

    def _run_mistakes(self, grader: Grader) -> None:
        wrong = {name: mistake_submission(self.exercise, name) for name in _mistakes(self.exercise)}
        answers = {name: _prepared(self.exercise, source) for name, source in wrong.items()}
        for seed in range(MISTAKE_SEEDS):
            grader.seed = seed
            for name, prepared in answers.items():
                self.mistakes.append((name, self._grade(grader, name, prepared)))

    def _grade(self, grader: Grader, name: str, prepared: Prepared) -> Result:
        self.count += 1
        return grader.grade(self.exercise, name, prepared)


@functools.cache
def audited(id: str) -> Audit:
    return Audit(find_exercise(COURSE, id))


def _prepared(exercise: Exercise, source: str) -> Prepared:
    name = f"{exercise.slug}.py"
    return prepare(exercise, Submission(path=Path(name), name=name, sha256="", chunks=(Chunk(None, source, 1),)))


def _right(exercise: Exercise) -> Iterator[Path]:
    yield exercise.folder / "reference.py"
    yield from sorted((exercise.folder / "variants").glob("*.py"))


def _mistakes(exercise: Exercise) -> list[str]:
    return [mistake.name for mistake in read_mistakes(exercise)]


def _reasons(result: Result) -> str:
    failed = [f"{check.id}: {(check.message or {}).get('en')}" for check in result.checks if not check.passed]
    return "; ".join([result.status, *([result.message["en"]] if result.message else []), *failed])


# --- what the checks tell apart


@pytest.mark.slow
@every_exercise
def test_right_answers_pass_whatever_the_seed(
    exercise: Exercise, record_property: Callable[[str, object], None]
) -> None:
    audit = audited(exercise.id)
    record_property("submissions_per_second", round(audit.rate, 1))
    assert audit.rejected == []


@pytest.mark.slow
@every_exercise
def test_stub_is_gradable_and_not_yet_written(exercise: Exercise) -> None:
    stub = audited(exercise.id).stub
    assert {check.id: check.verdict for check in stub.checks if check.verdict != "not_implemented"} == {}
    assert (stub.score, stub.status, exit_status(stub), stub.message) == (0, "graded", 1, None)


@pytest.mark.slow
@every_exercise
def test_every_mistake_fails_and_is_named_by_its_own_name_only(exercise: Exercise) -> None:
    wrong = []
    for name, result in audited(exercise.id).mistakes:
        named = {check.mistake for check in result.checks if check.mistake}
        if result.passed or result.status != "graded" or named != {name}:
            wrong.append(f"{name}, seed {result.seed}: named {sorted(named)}; {_reasons(result)}")
    assert wrong == []


# --- what an exercise consists of


def test_every_folder_is_an_exercise() -> None:
    assert COURSE.broken == ()


@every_exercise
def test_there_is_enough_of_everything(exercise: Exercise) -> None:
    checks = read_checks(exercise)
    assert len(list(_right(exercise))) - 1 >= 4, "variants"
    assert len(_mistakes(exercise)) >= 8, "mistakes"
    assert sum(check.hidden for check in checks) >= 3, "hidden checks"
    assert len(exercise.hints) == 3


@every_exercise
def test_points_of_the_checks_add_up_and_ids_are_unique(exercise: Exercise) -> None:
    checks = read_checks(exercise)
    assert sum(check.points for check in checks) == pytest.approx(exercise.points)
    assert len({check.id for check in checks}) == len(checks)
    names = _mistakes(exercise)
    assert len(set(names)) == len(names)


@every_exercise
def test_everything_is_said_in_every_language(exercise: Exercise) -> None:
    texts: dict[str, Text] = {"title": exercise.title}
    texts |= {f"hint {i}": hint for i, hint in enumerate(exercise.hints)}
    texts |= {f"check {check.id}": check.title for check in read_checks(exercise)}
    texts |= _mistake_texts(exercise)
    lacking = [f"{place} ({language})" for place, text in texts.items() for language in LANGUAGES if not text[language]]
    untranslated = [place for place, text in texts.items() if not _chinese(text["zh-CN"])]
    assert (lacking, untranslated) == ([], [])


def _mistake_texts(exercise: Exercise) -> Iterable[tuple[str, Text]]:
    from grader.checks.exercise import LoadedExercise

    loaded = LoadedExercise(exercise.folder, id=exercise.id)
    return [(f"mistake {mistake.name}", mistake.text) for mistake in loaded.mistakes]


def _chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@every_exercise
@pytest.mark.parametrize("language", LANGUAGES)
def test_statement_names_every_function(exercise: Exercise, language: str) -> None:
    statement = (exercise.folder / STATEMENTS[language]).read_text("utf-8")
    assert _chinese(statement) == (language == "zh-CN")
    assert [name for name in required_names(exercise) if name not in statement] == []
    assert f"{exercise.slug}.py" in statement


@every_exercise
def test_stub_is_python_with_a_docstring_everywhere_in_every_language(exercise: Exercise) -> None:
    for languages in (("en",), ("zh-CN",), ("en", "zh-CN")):
        tree = ast.parse(cut_stub(exercise, languages))  # itself demands the translations, each and no more
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        bare = [node.name for node in functions if not ast.get_docstring(node) and not node.name.startswith("_")]
        assert bare == []
        assert _chinese(ast.get_docstring(tree) or "") == ("zh-CN" in languages)
