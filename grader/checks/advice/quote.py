"""An exception's own text as a report quotes it: on one line, whole, or to the end of one of its sentences."""

from __future__ import annotations

import re

from grader.text import Message, say
from grader.wire.values import Raised
from grader.worker.own_package import PACKAGE

MORE = "…"
#: The longest text that is quoted whole, in characters. Nearly all that PyTorch says of a beginner's error is shorter.
LONGEST = 600
_BLANKS = re.compile(r"\s+")
#: What already ends a sentence, so that no full stop comes after it; but for the full stop itself.
_ENDS = ("!", "?", MORE, "！", "？", "。")


def quoted(text: str, longest: int = LONGEST) -> str:
    """The text on one line of at most `longest` characters, what can't be printed escaped. Of a longer one whole
    lines or sentences, or whole words, then an ellipsis; PyTorch says what is wrong first."""
    begins = _BLANKS.sub(lambda blanks: "\n" if "\n" in blanks[0] else " ", text.strip())
    # The same with line ends: one character of it is one of what is shown.
    broken = "".join(visible(character) if character != "\n" else "\n" for character in begins)
    line = broken.replace("\n", " ")
    if len(line) <= longest:
        return line
    shown, broken = line[: longest - 2], broken[: longest - 2]
    end = max(broken.rfind("\n"), *(shown.rfind(mark) + 1 for mark in (". ", "! ", "? ", "。")))
    if end <= 0:
        end = shown.rfind(" ") if " " in shown else len(shown)
    return f"{shown[:end].rstrip()} {MORE}"


def visible(character: str) -> str:
    """The character itself, or an escape of one that can't be printed."""
    return character if character.isprintable() else character.encode("unicode_escape", "surrogatepass").decode("ascii")


def raised_text(error: Raised) -> str:
    """`ValueError: its message`."""
    parts = (quoted(error.type_name, 60), message_text(error))
    return ": ".join(part for part in parts if part)


def message_text(error: Raised) -> str:
    """The exception's own text, without its type's name."""
    # As the learner wrote it: with a dot.
    return quoted(error.message.replace(f"{PACKAGE}.", ".").replace(f"'{PACKAGE}'", "'.'"))


def with_stop(text: str) -> Message:
    """The text as the end of a sentence: with the reader's own full stop, unless it has an end of its own."""
    return say("{text}", text=text) if text.endswith(_ENDS) else say("{text}.", text=text.removesuffix("."))
