"""The `%grade` line magic. The verdict is made in a process of its own; the kernel only sends it the cells' source."""

from __future__ import annotations

import atexit
import os
import shlex
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
import msgspec

from grader.assignments.functions import functions_of_checks
from grader.cli.click_errors import sentence
from grader.cli.closing import closing_lines
from grader.cli.options import asked_language, course_languages, option, seed_option, verb
from grader.cli.output import complain, tell
from grader.cli.verb_table import load_verb
from grader.course.bundle import seed_for
from grader.course.find import expect_part, find_course, find_exercise
from grader.course.learner import learner_config, learner_folder
from grader.course.model import Exercise
from grader.errors import GradeError, GraderFault, UsageError
from grader.floors import sentence as floors_sentence
from grader.floors import too_old
from grader.jupyter.cells import RanCells
from grader.jupyter.grade_cell import PointsLost, is_run_by_nbgrader
from grader.jupyter.part import of_part
from grader.learner.record import folder_of, note_attempt
from grader.report.feedback import feedback
from grader.report.layout import visible
from grader.report.views import learner_view, only
from grader.report.wording import in_one_line
from grader.result import Result
from grader.scorers.persistent import StandingScorer
from grader.text import Message, listed, render, say
from grader.text.language import UnknownLanguage, choose_language, locale_language

#: Verbs of the command that a notebook has as well.
_VERBS = ("list", "hint", "next")


class Asked(msgspec.Struct, frozen=True):
    """What `%grade` is to do."""

    exercise: str
    part: str
    function: str
    seed: int | None
    course: Path | None
    verbose: bool
    quiet: bool


@verb(
    say("%grade EXERCISE"),
    say(
        "Grades your solution of an exercise: the functions that this notebook's cells define. %grade list, %grade "
        "next and %grade hint EXERCISE do what these commands do."
    ),
    "%grade exercise03",
    "%grade 3 --lang zh-CN",
    "%grade hint 3",
)
@click.argument("exercise")
@option(
    "--part",
    metavar="NAME",
    default="",
    text=say("grade only this part of an exercise that has parts, and remember nothing"),
)
@option(
    "--function",
    metavar="NAME",
    default="",
    text=say("grade only what is about this function alone, and remember nothing"),
)
@seed_option
@option("-v", "--verbose", is_flag=True, text=say("explain every check that did not pass, not only the first"))
@option("-q", "--quiet", is_flag=True, text=say("one line: the score, and what to fix first"))
def command(
    *, exercise: str, part: str, function: str, seed: int | None, course: Path | None, verbose: bool, quiet: bool
) -> Asked:
    """The magic's words, parsed as the command's are."""
    if verbose and quiet:
        raise UsageError(say("Either -v or -q, not both."))
    if part and function:
        raise UsageError(say("Either --part or --function, not both."))
    return Asked(exercise, part, function, seed, course, verbose, quiet)


class GradeMagic:
    """`%grade` in one kernel."""

    def __init__(self, shell: Any) -> None:
        self._cells = RanCells(list(shell.history_manager.input_hist_raw))
        self._shell = shell
        self._scorer: StandingScorer | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="grade-notebook-")
        self._is_loaded = False
        shell.events.register("pre_run_cell", self._ran)
        shell.events.register("post_run_cell", self._close_if_unloaded)
        atexit.register(self.close)

    def load(self) -> None:
        """Define `%grade`."""
        self._is_loaded = True
        self._shell.register_magic_function(self.grade, "line", "grade")

    def unload(self) -> None:
        """Forget `%grade`. All else stays to the end of this cell: `%reload_ext` loads again before that."""
        self._is_loaded = False
        self._shell.magics_manager.magics["line"].pop("grade", None)

    def _close_if_unloaded(self, result: Any) -> None:
        if not self._is_loaded:
            self.close()

    def _ran(self, info: Any) -> None:
        if info.store_history:
            self._cells.ran(self._shell.execution_count, info.raw_cell, getattr(info, "cell_id", None))

    def grade(self, line: str) -> None:
        """Grade the notebook's cells for the exercise that `line` names, and show the report."""
        language = locale_language(os.environ)
        try:
            words = shlex.split(line, comments=True)
            folder = learner_folder(Path.cwd())
            chosen = learner_config(folder).language if folder else None
            language = choose_language(asked_language(words), chosen, os.environ, lambda: course_languages(words))
            if words and words[0] in _VERBS:
                _run_verb(words[0], words[1:], language)
                return
            with command.make_context("grade", words, obj=language) as ctx:
                asked: Asked = command.invoke(ctx)
                result = self._graded(asked)
                self._show(result, asked, language)
                _remember(result, asked, language)
        except click.exceptions.Exit:
            return  # --help
        except click.ClickException as error:
            _fail(sentence(error), language)
        except ValueError as error:
            _fail(say("%grade can't read these words: {reason}", reason=str(error)), language)
        except (UnknownLanguage, GradeError) as error:
            _fail(error.message, language)
        except KeyboardInterrupt:
            _fail(say("Stopped before the end; nothing was graded."), language)

    def _graded(self, asked: Asked) -> Result | Message:
        if old := too_old():
            raise GraderFault(floors_sentence(old))
        found = find_course(asked.course)
        meant = find_exercise(found, asked.exercise)
        expect_part(meant, asked.part)
        about = _checks_about(meant, asked.function) if asked.function else None
        path = Path(self._folder.name) / f"{meant.slug}.ipynb"
        path.write_bytes(self._cells.notebook())
        if self._scorer is None:
            self._scorer = StandingScorer()
        seed = seed_for(found, [meant], asked.seed)
        result = self._scorer.grade(found, meant, path.parent, path, seed=seed)
        if isinstance(result, Message):
            return result
        return of_part(result, asked.part) if about is None else only(result, about)

    def _show(self, result: Result | Message, asked: Asked, language: str) -> None:
        if isinstance(result, Message):
            _fail(result, language)
            return
        seen = learner_view(result)
        if is_run_by_nbgrader() and not seen.passed:
            raise PointsLost(seen, language)
        if asked.quiet:
            print(visible(render(in_one_line(seen), language)))
            return
        from IPython.display import display

        from grader.report.fragment import fragment

        html = str(fragment(seen, language, unfolded=asked.verbose))
        bundle = {"text/plain": feedback(seen, language), "text/html": html}
        display(bundle, raw=True)  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """End the process and forget the notebook."""
        self._shell.events.unregister("pre_run_cell", self._ran)
        self._shell.events.unregister("post_run_cell", self._close_if_unloaded)
        atexit.unregister(self.close)
        _MADE.pop(self._shell, None)
        if self._scorer is not None:
            self._scorer.close()
        self._folder.cleanup()


def _checks_about(exercise: Exercise, function: str) -> frozenset[str]:
    """The checks that are about the function alone. Raises UsageError if there are none."""
    functions = functions_of_checks(exercise)
    found = frozenset(id for id, name in functions.items() if name == function)
    if not found:
        known = listed(dict.fromkeys(functions.values())) if functions else say("none")
        problem = say(
            "{exercise} has no check that is about {name} alone; functions with such checks: {known}",
            exercise=exercise.id,
            name=function,
            known=known,
        )
        raise UsageError(problem)
    return found


_MADE: dict[Any, GradeMagic] = {}


def load(shell: Any) -> None:
    """`%load_ext grader`."""
    if shell not in _MADE:
        _MADE[shell] = GradeMagic(shell)
    _MADE[shell].load()


def unload(shell: Any) -> None:
    """`%unload_ext grader`."""
    if shell in _MADE:
        _MADE[shell].unload()


def _run_verb(name: str, words: list[str], language: str) -> None:
    """Runs a verb of the command, which prints."""
    verb = load_verb(name)
    with verb.make_context(name, words, obj=language) as ctx:
        verb.invoke(ctx)


def _remember(result: Result | Message, asked: Asked, language: str) -> None:
    """Takes note of the run in the learner's folder around this notebook, if there is one, and says what it ends.

    As in a terminal, a part is not remembered, and no function by itself. Nor is what nbgrader runs, to which trouble
    with the record would be an error in the cell.
    """
    folder = folder_of(None)
    if folder is None or asked.part or asked.function or isinstance(result, Message) or is_run_by_nbgrader():
        return
    noted = note_attempt(folder, result)
    found = find_course(asked.course)
    tell(*closing_lines(found, find_exercise(found, asked.exercise), noted, language)[1:])
    complain(noted.trouble)


def _fail(message: Message, language: str) -> None:
    print(f"grade: {render(message, language)}", file=sys.stderr)
