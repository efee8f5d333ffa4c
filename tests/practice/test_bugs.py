"""Which mistakes and mutants are bugs to look for."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.course.find import find_course, find_exercise
from grader.course.model import Course
from grader.course.stub import translated_reference
from grader.practice.bugs import RightAnswer
from grader.practice.patch import patched, size_of
from tests.practice.tiny_practice import course_in

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return course_in(tmp_path_factory.mktemp("course"))


def test_the_answer_has_no_marks_and_no_comments(course: Course) -> None:
    answer = RightAnswer(course.exercises[0], "en")
    assert "#" not in answer.text and "return 2 * x\n" in answer.text and '"""2·x"""' in answer.text
    assert answer.functions() == ("double", "half")


@pytest.mark.slow
def test_only_small_edits_without_a_trace_are_bugs(course: Course) -> None:
    answer = RightAnswer(course.exercises[0], "en")
    bugs = {bug.name: bug for bug in answer.mistakes()}
    assert set(bugs) == {"thrice", "squared", "unseen", "quarter"}
    assert patched(answer.text, bugs["quarter"].hunks) == answer.text.replace("x / 2", "x / 4")
    assert bugs["quarter"].function == "half" and bugs["quarter"].why == {"en": "this is a quarter of x"}


@pytest.mark.slow
def test_without_its_comments_the_answer_is_the_same_code() -> None:
    """A sheet that is fixed must be right: what is graded before it is handed out is the bug alone."""
    for exercise in find_course(ROOT).exercises:
        for language in exercise.languages:
            answer = RightAnswer(exercise, language)
            assert ast.dump(ast.parse(answer.text)) == ast.dump(ast.parse(translated_reference(exercise, (language,))))
            assert answer.functions()


def test_mutants_are_bugs_too(course: Course) -> None:
    answer = RightAnswer(course.exercises[0], "en")
    bugs = list(answer.mutants())
    assert {bug.function for bug in bugs} == {"double", "half"} and not any(bug.why for bug in bugs)
    texts = [patched(answer.text, bug.hunks) for bug in bugs]
    assert answer.text.replace("2 * x", "2 / x") in texts and not any("_audit_" in text for text in texts)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["exercise03", "exercise12", "exercise15"])
def test_every_bug_of_the_course_is_python_in_each_language(name: str) -> None:
    exercise = find_exercise(find_course(ROOT), name)
    answers = [RightAnswer(exercise, language) for language in exercise.languages]
    found = [{bug.name: bug for bug in answer.mistakes()} for answer in answers]
    assert found[0].keys() == found[1].keys() and len(found[0]) > 20
    for answer, bugs in zip(answers, found, strict=True):
        for bug in bugs.values():
            assert bug.function in answer.functions() and 0 < size_of(bug.hunks) <= 3
            ast.parse(patched(answer.text, bug.hunks))
            assert bug.why and set(bug.why) == set(exercise.languages)
