"""A statement as a notebook has it: it speaks of cells, where a learner with files is told of a file."""

from __future__ import annotations

import re

from grader.course.model import Exercise
from grader.course.readme import statement
from grader.text import Message, render, say

#: A fenced block, and in it the lines with which `grade` grades and hints.
_BLOCK = re.compile(r"^```\w*\n.*?^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^grade (?=(?:exercise\d+|hint|list|next)\b)(?!.*--html)", re.MULTILINE)


def notebook_statement(exercise: Exercise, language: str) -> str:
    """The statement in one language, as Markdown: its usual words for the file are those for cells, and its commands
    are magics. Raises CourseError."""
    spoken = exercise.language_for(language)
    text = _reworded(statement(exercise, language).strip(), _words(f"{exercise.slug}.py"), spoken)
    return _BLOCK.sub(lambda block: _reworded(_COMMAND.sub("%grade ", block[0]), _words_of_commands(), spoken), text)


def _reworded(text: str, words: list[tuple[Message, Message]], language: str) -> str:
    for of_file, of_cells in words:
        text = text.replace(render(of_file, language), render(of_cells, language))
    return text


def _words(file: str) -> list[tuple[Message, Message]]:
    """Words of statements about the file, and those for cells in their place."""
    return [
        # translators: as the course's statements in your language say it; the next sentence takes its place in them.
        (say("In `{file}`", file=file), say("In the cells below")),
        # translators: as the course's statements in your language say it; the next sentence takes its place in them.
        (say("this file's"), say("this notebook's")),
    ]


def _words_of_commands() -> list[tuple[Message, Message]]:
    # translators: as comments beside commands in the course's statements say it; the next one takes its place.
    return [(say("grades your file"), say("grades your cells"))]
