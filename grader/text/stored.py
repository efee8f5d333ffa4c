"""Messages in a file: as data, beside the texts that were made of them when it was written.

So a result that was written before a language had a catalogue is shown in that language too.
"""

from __future__ import annotations

import re
from typing import Any

from grader.text import LANGUAGES, Message, Text, catalogue, render

#: Reads the same in every language, or is made by `join`: it has no entry of its own.
_FIELDS_ALONE = re.compile(r"\{\w+\}(?:[\n;, ]{1,2}\{\w+\})*")
_LARGEST = 1 << 63
#: How deep messages stand in messages, at most: far more than any that the program makes.
_DEEPEST = 20


def storable(message: Message) -> Message:
    """The message with nothing in its fields but what JSON can hold; other values as the text that they show."""
    return Message(message.template, {name: _storable(value) for name, value in message.fields.items()})


def _storable(value: Any) -> Any:
    if isinstance(value, Message):
        return storable(value)
    if isinstance(value, bool | float | str | dict) or value is None:
        return value
    return value if isinstance(value, int) and abs(value) < _LARGEST else str(value)


def in_all_languages(text: Text | None, message: Message | None) -> Text | None:
    """A stored text, and after it what its message is in languages that it lacks.

    Left out are languages whose catalogue does not hold all of the message's sentences. The stored words stay: the
    catalogues may have changed since. A file's template is filled in only if it is one of the program's own sentences,
    for a format can ask for anything.
    """
    if text is None or message is None:
        return text
    made = {language: _rendered(message, language) for language in LANGUAGES if language not in text}
    return text | {language: words for language, words in made.items() if words is not None}


def _rendered(message: Message, language: str) -> str | None:
    try:
        return render(message, language) if _is_known(message, language, _DEEPEST) else None
    except (LookupError, ValueError, TypeError):
        return None  # fields that do not fit: written by another version, or by hand


def _is_known(message: Message, language: str, depth: int) -> bool:
    if message.template not in catalogue(language) and not _FIELDS_ALONE.fullmatch(message.template):
        return False
    inner = [value for value in message.fields.values() if isinstance(value, Message)]
    return depth > 0 and all(_is_known(value, language, depth - 1) for value in inner)
