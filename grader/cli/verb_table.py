"""The verbs of `grade`, in the order in which the help shows them; each module is imported when its verb is used."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

import click

from grader.text import Message, say

#: What runs where the first word is no verb: it is an exercise then.
MAIN_VERB = "grade"


class Verb(NamedTuple):
    """A verb in the table of `grade --help`: its synopsis, and what it does in one line."""

    usage: Message
    text: Message


VERBS: dict[str, Verb] = {
    "init": Verb(say("grade init DIR"), say("make a folder with the exercises to work in")),
    "list": Verb(say("grade list"), say("show the exercises of the course, and how far you are")),
    "next": Verb(say("grade next"), say("show what to do now")),
    "watch": Verb(say("grade watch [EXERCISE]"), say("grade at every save")),
    "open": Verb(say("grade open [EXERCISE]"), say("show the course in your browser, and grade at every save")),
    "hint": Verb(say("grade hint EXERCISE [N]"), say("show the next hint for an exercise")),
    "solution": Verb(say("grade solution EXERCISE"), say("show the course's solution once yours has full marks")),
    "practice": Verb(
        say("grade practice [EXERCISE|FILE]"), say("find and fix a bug in an exercise that you completed")
    ),
    "reset": Verb(say("grade reset EXERCISE"), say("begin an exercise anew; your file is kept as a backup")),
    "report": Verb(say("grade report [EXERCISE...|RESULTS]"), say("write your results, or a class's, as one page")),
    "stop": Verb(say("grade stop"), say("end the warm server that `grade` leaves behind")),
    "score": Verb(say("grade score SUBMISSIONS --out DIR"), say("grade a class")),
    "feedback": Verb(say("grade feedback RESULTS"), say("write a page for each student of a class, and zips to send")),
    "serve": Verb(say("grade serve --stdio [EXERCISE...]"), say("grade what another program sends")),
    "likeness": Verb(
        say("grade likeness RESULTS"), say("show what few submissions of a class have in common: evidence, no verdict")
    ),
    "record": Verb(say("grade record DIR --gradebook URL"), say("write a class's results into nbgrader's gradebook")),
    "generate": Verb(
        say("grade generate [EXERCISE...] --out DIR"), say("write assignments: files, notebooks, nbgrader's")
    ),
    "pack": Verb(
        say("grade pack [EXERCISE...] --for PLATFORM --out DIR|ZIP"),
        say("pack the grader for Gradescope or a GitHub workflow"),
    ),
    "new": Verb(say("grade new EXERCISE"), say("make a new exercise to fill in")),
    "trust": Verb(say("grade trust DIR"), say("let a course be used where it lies; its code runs as you")),
    "audit": Verb(say("grade audit [EXERCISE...]"), say("prove that exercises tell right from wrong")),
    "completion": Verb(say("grade completion bash|zsh|fish"), say("make the Tab key know exercises and options")),
    "doctor": Verb(say("grade doctor"), say("check that this machine is ready, and say how to fix what is not")),
}


def load_verb(name: str) -> click.Command:
    """The command of grader/cli/verbs/<name>.py."""
    command = import_module(f"grader.cli.verbs.{name}").command
    assert isinstance(command, click.Command)
    return command
