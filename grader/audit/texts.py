"""Whether an exercise's texts are whole: every language, the same names everywhere, points that add up."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator

from grader.audit.mistakes import running_own_code
from grader.audit.pictures import picture_faults
from grader.checks.exercise import LoadedExercise, line_of_name
from grader.course.checklist import read_checks
from grader.course.faults import CourseError, fault, line_of, read_text
from grader.course.model import Exercise
from grader.course.scenario_words import names_in_results, scenarios
from grader.course.stub import cut_stub
from grader.course.texts import Texts, read_texts, statement_file, texts_file
from grader.grading.prepare import required_names
from grader.text import LANGUAGES, Message, say


def text_faults(exercise: Exercise) -> tuple[Message, ...]:
    """Everything that is wrong with the exercise's texts, each with its file and line."""
    faults: list[Message] = []
    for look in (_points, _translations, _statements, _stubs, _mistakes, picture_faults):
        try:
            faults += look(exercise)
        except CourseError as error:
            faults += error.faults
    return tuple(faults)


def _points(exercise: Exercise) -> Iterator[Message]:
    total = sum(check.points for check in read_checks(exercise))
    path = exercise.folder / "exercise.toml"
    if not math.isclose(total, exercise.points):
        sums = {"points": f"{exercise.points:g}", "total": f"{total:g}"}
        problem = say("points is {points}, and the checks give {total} in all", **sums)
        yield fault(path, line_of(read_text(path), ("points",)), problem)


def _translations(exercise: Exercise) -> Iterator[Message]:
    """A Chinese text without a Chinese character is one that nobody has translated."""
    for language in exercise.languages[1:]:
        texts = read_texts(texts_file(exercise.folder, language))
        yield from texts.faults("reasons", set(_reasons(exercise)))
        yield from texts.faults("words", _words(exercise, texts))
        placed: list[tuple[tuple[str, ...], str]] = [(("title",), texts.title)]
        placed += [(("hints",), hint) for hint in texts.hints]
        sections = {"checks": texts.checks, "mistakes": texts.mistakes, "reasons": texts.reasons}
        placed += [((section, name), text) for section, named in sections.items() for name, text in named.items()]
        for place, text in placed:
            if language == "zh-CN" and not _chinese(text):
                problem = say("{place}: there is no Chinese in its Chinese text", place=" ".join(place))
                yield fault(texts.path, line_of(texts.source, place), problem)


def _words(exercise: Exercise, texts: Texts) -> set[str]:
    """Names in results, all of them, and what scenarios do, as far as it is translated."""
    path = exercise.folder / "probes.py"
    tree = ast.parse(read_text(path) if path.exists() else "")
    does = {says for _, says in scenarios(tree)}
    return {*names_in_results(tree)} | (does & texts.words.keys())


def _reasons(exercise: Exercise) -> Iterator[str]:
    """The texts of each `fail` in checks.py, by whatever name it is called, that are written out there."""
    for node in ast.walk(ast.parse(read_text(exercise.folder / "checks.py"))):
        match node:
            case ast.Call(func=function, args=[ast.Constant(value=str() as reason), *_]):
                if ast.unparse(function).rpartition(".")[2] == "fail":
                    yield reason


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
    reference = exercise.folder / "reference.py"
    for language in exercise.languages:
        tree = ast.parse(cut_stub(exercise, (language,)))
        defined = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        for name in sorted(names - {node.name for node in defined}):
            yield fault(reference, 1, say("the stub lacks {name}", name=name))
        for node in defined:
            if node.name in names and not ast.get_docstring(node):
                problem = say("{name} has no docstring, which learners read in the stub", name=node.name)
                yield fault(reference, node.lineno, problem)


def _mistakes(exercise: Exercise) -> Iterator[Message]:
    path = exercise.folder / "mistakes.py"
    names = set(required_names(exercise))
    with running_own_code(exercise):
        mistakes = LoadedExercise(exercise.folder, id=exercise.id).mistakes
    for mistake in mistakes:
        line = line_of_name(path, mistake.name)
        if mistake.of not in names:
            problem = say(
                "the mistake {name} stands for {of}, which reference.py lacks", name=mistake.name, of=mistake.of
            )
            yield fault(path, line, problem)
        if not mistake.text[exercise.languages[0]]:
            problem = say('the mistake {name} says nothing to the learner: .says("…") is missing', name=mistake.name)
            yield fault(path, line, problem)
    for language in exercise.languages[1:]:
        texts = read_texts(texts_file(exercise.folder, language))
        yield from texts.faults("mistakes", {mistake.name for mistake in mistakes})
