"""Whether an exercise's texts are whole: every language, the same names everywhere, points that add up."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from pathlib import Path

from grader.audit.loaded import loaded_mistakes
from grader.course.checklist import read_checks
from grader.course.faults import CourseError, Faults, fault, line_of, read_text
from grader.course.model import Exercise
from grader.course.stub import cut_stub
from grader.grading.prepare import required_names
from grader.text import LANGUAGES, Message, Text, say


def text_faults(exercise: Exercise) -> tuple[Message, ...]:
    """Everything that is wrong with the exercise's texts, each with its file and line."""
    found: list[Message] = []
    for look in (_points, _statements, _stubs, _mistakes):
        try:
            found += look(exercise)
        except CourseError as error:
            found += error.faults
    return tuple(found)


def _points(exercise: Exercise) -> Iterator[Message]:
    checks = read_checks(exercise)
    total = sum(check.points for check in checks)
    path = exercise.folder / "exercise.toml"
    if not math.isclose(total, exercise.points):
        yield fault(
            path,
            line_of(read_text(path), ("points",)),
            say(
                "points is {points}, and the checks give {total} in all",
                points=f"{exercise.points:g}",
                total=f"{total:g}",
            ),
        )
    for place, text in [("title", exercise.title), *((f"hints {i}", hint) for i, hint in enumerate(exercise.hints, 1))]:
        yield from _untranslated(path, 1, place, text)
    for check in checks:
        yield from _untranslated(exercise.folder / "checks.py", 1, f"@check {check.id}", check.title)


def _untranslated(path: Path, line: int, place: str, text: Text) -> Iterator[Message]:
    """A Chinese text without a Chinese character is one that nobody has translated."""
    if not _chinese(text.get("zh-CN", "")):
        yield fault(path, line, say("{place}: there is no Chinese in its Chinese text", place=place))


def _chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _statements(exercise: Exercise) -> Iterator[Message]:
    for language in LANGUAGES:
        path = exercise.folder / ("statement.md" if language == "en" else f"statement.{language}.md")
        text = read_text(path)
        for name in (*required_names(exercise), f"{exercise.slug}.py"):
            if name not in text:
                yield fault(path, 1, say("the statement does not mention {name}", name=name))
        if _chinese(text) != (language == "zh-CN"):
            yield fault(path, 1, say("this is not in the language that the file's name says"))


def _stubs(exercise: Exercise) -> Iterator[Message]:
    """Cutting demands a docstring in every language for each in the reference; and a stub defines the same names."""
    names = set(required_names(exercise))
    for language in LANGUAGES:
        tree = ast.parse(cut_stub(exercise, (language,)))
        defined = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        for name in sorted(names - {node.name for node in defined}):
            yield fault(exercise.folder / "reference.py", 1, say("the stub lacks {name}", name=name))
        for node in defined:
            if node.name in names and not ast.get_docstring(node):
                yield fault(
                    exercise.folder / "reference.py",
                    node.lineno,
                    say("{name} has no docstring, which learners read in the stub", name=node.name),
                )


def _mistakes(exercise: Exercise) -> Iterator[Message]:
    path = exercise.folder / "mistakes.py"
    faults = Faults(path)
    names = set(required_names(exercise))
    for mistake in loaded_mistakes(exercise):
        if mistake.of not in names:
            faults.at(
                _line(path, mistake.name),
                say("the mistake {name} stands for {of}, which reference.py lacks", name=mistake.name, of=mistake.of),
            )
        faults.found += _untranslated(path, _line(path, mistake.name), mistake.name, mistake.text)
    yield from faults.found


def _line(path: Path, name: str) -> int:
    """The line on which a function of the file is defined."""
    tree = ast.parse(path.read_bytes())
    return next((node.lineno for node in tree.body if getattr(node, "name", None) == name), 1)
