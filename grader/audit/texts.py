"""Whether an exercise's texts are whole: every language, the same names everywhere, points that add up."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator

from grader.audit.loaded import loaded_mistakes
from grader.checks.exercise import line_of_name
from grader.course.checklist import read_checks
from grader.course.faults import CourseError, Faults, fault, line_of, read_text
from grader.course.model import Exercise
from grader.course.stub import cut_stub
from grader.course.texts import read_texts, statement_file, texts_file
from grader.grading.prepare import required_names
from grader.text import LANGUAGES, Message, say


def text_faults(exercise: Exercise) -> tuple[Message, ...]:
    """Everything that is wrong with the exercise's texts, each with its file and line."""
    found: list[Message] = []
    for look in (_points, _translations, _statements, _stubs, _mistakes):
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


def _translations(exercise: Exercise) -> Iterator[Message]:
    """A Chinese text without a Chinese character is one that nobody has translated."""
    for language in exercise.languages[1:]:
        texts = read_texts(texts_file(exercise.folder, language))
        yield from texts.faults(
            "reasons",
            set(_reasons(exercise)),
            missing=lambda name: say("the reason of a fail in checks.py is missing: {name}", name=name),
            extra=lambda name: say("checks.py has no fail with this reason: {name}", name=name),
        )
        placed: list[tuple[tuple[str, ...], str]] = [(("title",), texts.title)]
        placed += [(("hints",), hint) for hint in texts.hints]
        for section in ("checks", "mistakes", "reasons"):
            placed += [((section, name), text) for name, text in getattr(texts, section).items()]
        for place, text in placed:
            if language == "zh-CN" and not _chinese(text):
                problem = say("{place}: there is no Chinese in its Chinese text", place=" ".join(place))
                yield fault(texts.path, line_of(texts.source, place), problem)


def _reasons(exercise: Exercise) -> Iterator[str]:
    """The texts of each `fail` in checks.py, by whatever name it is called, that are written out there."""
    for node in ast.walk(ast.parse(read_text(exercise.folder / "checks.py"))):
        called = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "fail"
        for argument in node.args[:1] if called and isinstance(node, ast.Call) else []:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value


def _chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _statements(exercise: Exercise) -> Iterator[Message]:
    for language in exercise.languages:
        path = statement_file(exercise.folder, exercise.languages, language)
        text = read_text(path)
        for name in (*required_names(exercise), f"{exercise.slug}.py"):
            if name not in text:
                yield fault(path, 1, say("the statement does not mention {name}", name=name))
        if _chinese(text) != (language == "zh-CN") and language in LANGUAGES:
            yield fault(path, 1, say("this is not in the language that the file's name says"))


def _stubs(exercise: Exercise) -> Iterator[Message]:
    """Cutting demands a docstring in every language for each in the reference; and a stub defines the same names."""
    names = set(required_names(exercise))
    for language in exercise.languages:
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
    mistakes = loaded_mistakes(exercise)
    for mistake in mistakes:
        if mistake.of not in names:
            faults.at(
                line_of_name(path, mistake.name),
                say("the mistake {name} stands for {of}, which reference.py lacks", name=mistake.name, of=mistake.of),
            )
        if not mistake.text[exercise.languages[0]]:
            faults.at(
                line_of_name(path, mistake.name),
                say('the mistake {name} says nothing to the learner: .says("…") is missing', name=mistake.name),
            )
    yield from faults.found
    for language in exercise.languages[1:]:
        yield from read_texts(texts_file(exercise.folder, language)).faults(
            "mistakes",
            {mistake.name for mistake in mistakes},
            missing=lambda name: say("the explanation of mistake {name} is missing", name=name),
            extra=lambda name: say("mistakes.py has no mistake {name}", name=name),
        )
