"""The entry of the `grade` command: chooses the language, runs a verb, makes a sentence and a status of every error."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import click

from grader import __version__
from grader.cli.click_errors import sentence
from grader.cli.completion import VARIABLE, answer
from grader.cli.options import asked_language, course_languages
from grader.cli.output import can_print, flush
from grader.cli.spoken import SpokenGroup
from grader.course.learner import learner_config, learner_folder
from grader.errors import GradeError, UsageError
from grader.text import LANGUAGE_NAME, Message, render, say
from grader.text.language import UnknownLanguage, choose_language, locale_language

#: What shells report of a program that SIGINT or SIGPIPE ended.
_INTERRUPTED = 130
_READER_LEFT = 141
#: What click 8.2 and newer raise where nothing is asked for; older ones print the help and leave.
_NO_WORDS: tuple[type[click.ClickException], ...] = tuple(
    filter(None, [getattr(click.exceptions, "NoArgsIsHelpError", None)])
)
#: Statuses of `grade EXERCISE` that follow from a submission.
_GRADED = (0, 1, 3)


@click.group(cls=SpokenGroup)
@click.version_option(__version__, message="grade %(version)s")
def group() -> None:
    """The command as click sees it; its help page is made by `SpokenGroup.get_help`."""


def main(*, afterwards: Callable[[], None] | None = None, told: Callable[[int], None] | None = None) -> NoReturn:
    """The console script. afterwards: what to do at the end if a submission was graded: leave a warm server behind.
    told: is given the exit status before the process ends."""
    # Ended by `timeout` or a CI system, it still removes its scratch folders and ends its workers.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.unraisablehook = keep_interrupt
    status = _complete(os.environ) if VARIABLE in os.environ else run(sys.argv[1:], os.environ)
    flush()
    if afterwards is not None and status in _GRADED:
        afterwards()
    if told is not None:
        told(status)
    # A process that has imported torch takes a quarter of a second to take itself apart.
    os._exit(status)


def keep_interrupt(unraisable: sys.UnraisableHookArgs) -> None:
    """Interrupt again. Python reports and then drops a Ctrl-C that comes while the callback of a weak reference runs,
    and every import has one."""
    if isinstance(unraisable.exc_value, KeyboardInterrupt):
        _thread.start_new_thread(_interrupt_soon, (_thread.get_ident(),))  # here it would be dropped, too
    else:
        sys.__unraisablehook__(unraisable)


def _interrupt_soon(thread: int) -> None:
    time.sleep(0.01)
    signal.pthread_kill(thread, signal.SIGINT)


def _complete(environ: Mapping[str, str]) -> int:
    """Answers a shell that asks for completions: in silence where there are none, for nobody typed a command yet."""
    try:
        language = _language((), environ)
    except (GradeError, OSError):
        language = locale_language(environ)
    return answer(group, language, environ)


def run(words: Sequence[str], environ: Mapping[str, str]) -> int:
    """Runs one command line; returns its exit status. Errors are told on standard error."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        language = _language(words, environ)
    except (UnknownLanguage, UsageError) as error:
        return _fail(error.message, locale_language(environ), UsageError.exit_status)
    except FileNotFoundError:
        return _fail(say("The folder that you were in is gone."), locale_language(environ), UsageError.exit_status)
    try:
        with group.make_context("grade", list(words), obj=language) as ctx:
            return int(group.invoke(ctx))
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except _NO_WORDS as error:
        print(error.format_message(), file=sys.stderr)
        return UsageError.exit_status
    except click.ClickException as error:
        return _fail(sentence(error), language, UsageError.exit_status)
    except GradeError as error:
        _fail(error.message, language, error.exit_status)
        for line in error.detail.lines if error.detail else ():
            print(f"  {line.number} | {line.source}", file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        return _fail(say("Stopped before the end; nothing was graded."), language, _INTERRUPTED)
    except BrokenPipeError:
        return _fail(say("The program that read this output stopped before its end."), language, _READER_LEFT)
    except Exception:
        return _fail_unforeseen(language)


def _language(words: Sequence[str], environ: Mapping[str, str]) -> str:
    option = asked_language(words)
    # The learner's folder of a file or folder that the command line names, else the one around the working folder.
    named = (Path(word).absolute() for word in words if os.path.exists(word))
    folder = next(filter(None, map(learner_folder, named)), None) or learner_folder(Path.cwd())
    chosen = learner_config(folder).language if folder else None
    language = choose_language(option, chosen, environ, lambda: course_languages(words))
    # Its name stands for all its characters.
    return language if option is not None or can_print(render(LANGUAGE_NAME, language)) else "en"


def _fail(message: Message, language: str, status: int) -> int:
    print(f"grade: {render(message, language)}", file=sys.stderr)
    return status


def _fail_unforeseen(language: str) -> int:
    import traceback

    traceback.print_exc()
    fault = say("The grader itself failed; this says nothing about your work. Please report the lines above.")
    return _fail(fault, language, GradeError.exit_status)
