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

from grader.cli.click_errors import sentence
from grader.cli.closing import closing_lines
from grader.cli.options import asked_language, course_languages, seed_option, verb
from grader.cli.output import complain, tell
from grader.course.find import find_course, find_exercise
from grader.course.learner import learner_config, learner_folder
from grader.errors import GradeError, GraderFault
from grader.floors import sentence as floors_sentence
from grader.floors import too_old
from grader.jupyter.cells import RanCells
from grader.learner.record import folder_of, note_attempt
from grader.report.feedback import feedback
from grader.report.fragment import fragment
from grader.report.views import learner_view
from grader.result import Result
from grader.scorers.persistent import StandingScorer
from grader.seed import fresh_seed
from grader.text import Message, render, say
from grader.text.language import UnknownLanguage, choose_language, locale_language


@verb(
    say("%grade EXERCISE"),
    say("Grades your solution of an exercise: the functions that this notebook's cells define."),
    "%grade exercise03",
    "%grade 3 --lang zh-CN",
)
@click.argument("exercise")
@seed_option
def command(*, exercise: str, seed: int | None, course: Path | None) -> dict[str, Any]:
    """The magic's words, parsed as the command's are."""
    return {"exercise": exercise, "seed": seed, "course": course}


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
            words = shlex.split(line)
            folder = learner_folder(Path.cwd())
            chosen = learner_config(folder).language if folder else None
            language = choose_language(asked_language(words), chosen, os.environ, lambda: course_languages(words))
            with command.make_context("grade", words, obj=language) as ctx:
                asked = command.invoke(ctx)
                result = self._graded(**asked)
                self._show(result, language)
                _remember(result, asked["exercise"], asked["course"], language)
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

    def _graded(self, exercise: str, seed: int | None, course: Path | None) -> Result | Message:
        if old := too_old():
            raise GraderFault(floors_sentence(old))
        found = find_course(course)
        meant = find_exercise(found, exercise)
        path = Path(self._folder.name) / f"{meant.slug}.ipynb"
        path.write_bytes(self._cells.notebook())
        if self._scorer is None:
            self._scorer = StandingScorer()
        seed = fresh_seed() if seed is None else seed
        return self._scorer.grade(found, meant, path.parent, path, seed=seed)

    def _show(self, result: Result | Message, language: str) -> None:
        from IPython.display import display

        if isinstance(result, Message):
            _fail(result, language)
            return
        seen = learner_view(result)
        bundle = {"text/plain": feedback(seen, language), "text/html": fragment(seen, language)}
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


def _remember(result: Result | Message, exercise: str, course: Path | None, language: str) -> None:
    """Takes note of the run in the learner's folder around this notebook, if there is one, and says what it ends."""
    folder = folder_of(None)
    if folder is None or isinstance(result, Message):
        return
    noted = note_attempt(folder, result)
    found = find_course(course)
    tell(*closing_lines(found, find_exercise(found, exercise), noted, language)[1:])
    complain(noted.trouble)


def _fail(message: Message, language: str) -> None:
    print(f"grade: {render(message, language)}", file=sys.stderr)
