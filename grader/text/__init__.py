"""Sentences that a person reads, kept as data until they are shown.

Code makes a `Message`: an English template and its fields. The edge of the program (a report, the JSON
writer) renders it in the reader's language. Each other language is a folder below `locale/` with gettext's catalogue
of it (catalogue.py); adding a language is adding that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import msgspec

from grader.text.catalogue import catalogue_file, from_mo, po_to_json, translated_languages

#: The source language, then those with a catalogue. The tags are BCP 47's.
LANGUAGES: tuple[str, ...] = ("en", *translated_languages())

#: A text that an author wrote in every language, such as a check's title.
Text = dict[str, str]


class Message(msgspec.Struct, frozen=True):
    """A sentence not yet put into a language: `template` is English, with `{name}` places for `fields`."""

    template: str
    fields: dict[str, Any] = {}

    def __post_init__(self) -> None:
        # One that was read from JSON has the messages inside it as plain objects.
        for name, value in self.fields.items():
            if isinstance(value, dict) and value.keys() == {"template", "fields"}:
                self.fields[name] = msgspec.convert(value, Message)


def say(template: str, /, **fields: Any) -> Message:
    """A message from an English template. Fields may be numbers, strings, messages or authored texts.

    The template must be a literal at the call, so that a test can find every one and demand a translation.
    """
    return Message(template, fields)


#: In place of the fields of a sentence that are not known where it is written; its copy gets them.
LATER: dict[str, Any] = {}


def render(message: Message | Text | str, language: str) -> str:
    """The message in `language`; English where the catalogue lacks it. An authored text that has neither is shown in
    the first of its own languages."""
    if isinstance(message, str):
        return message
    if isinstance(message, dict):
        return message.get(language) or message.get("en") or next(iter(message.values()), "")
    template = _translated(message.template, catalogue(language))
    fields = {
        name: render(value, language) if isinstance(value, (Message, dict)) else value
        for name, value in message.fields.items()
    }
    return template.format(**fields)


def in_every_language(message: Message | Text) -> Text:
    """The message as results carry it: rendered in each of `LANGUAGES` and of the authored texts in it. An authored
    text stays as it is."""
    if isinstance(message, dict):
        return message
    return {language: render(message, language) for language in dict.fromkeys((*LANGUAGES, *_authored(message)))}


def _authored(message: Message) -> Iterator[str]:
    """The languages of the texts in a message."""
    for field in message.fields.values():
        if isinstance(field, Message):
            yield from _authored(field)
        elif isinstance(field, dict):
            yield from field


def join(messages: Sequence[Message | str], separator: str = " ") -> Message:
    """Several messages as one, in their order."""
    places = separator.join(f"{{m{i}}}" for i in range(len(messages)))
    return Message(places, {f"m{i}": message for i, message in enumerate(messages)})


def listed(names: Iterable[Message | str]) -> Message:
    """Names one after another, parted by each language's own sign."""
    return join([*names], ", ")


# translators: what speakers of your language call it, such as Deutsch
LANGUAGE_NAME = say("English")

#: How other languages separate what `join` puts side by side: the translations of these hold for any number.
_PAIRS = (say("{m0} {m1}", m0="", m1=""), say("{m0}, {m1}", m0="", m1=""), say("{m0}; {m1}", m0="", m1=""))


def _translated(template: str, texts: dict[str, str]) -> str:
    if template in texts:
        return texts[template]
    if template.startswith("{m0}"):
        separator = template[len("{m0}") :].partition("{m1}")[0]
        pair = texts.get(f"{{m0}}{separator}{{m1}}", "")
        return template.replace(f"}}{separator}{{", pair[len("{m0}") - 1 : 1 - len("{m1}")]) if pair else template
    return template


@cache
def catalogue(language: str) -> dict[str, str]:
    """English template → template in `language`; empty for English, and for a language that only a course has."""
    if language == "en" or language not in LANGUAGES:
        return {}
    file = catalogue_file(language)
    if file.suffix == ".mo":
        return from_mo(file.read_bytes())
    strings = msgspec.json.decode(po_to_json(file.read_bytes()), type=list[str])
    return dict(zip(strings[::2], strings[1::2], strict=True))
