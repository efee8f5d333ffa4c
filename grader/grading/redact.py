"""Takes this machine's paths out of what a learner is shown: exceptions, tracebacks and warnings that libraries print,
and messages of our own."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import structs

import grader
from grader.result import CheckResult, Detail
from grader.text import Message, Text

#: Folders that are the same on any machine and tell nothing, so that a text about them stays.
_ANYWHERE = ("/", "/usr", "/usr/local", "/tmp", "/var", "/home", "/opt", "/etc")


class Redaction:
    """Replaces paths of this machine by what is below them.

    own: folders beside Python's and the grader's: the submission's scratch folder, the course, the class's folder.
    """

    def __init__(self, own: Iterable[str] = ()) -> None:
        paths = {**_paths(), **{path: "" for folder in own for path in _spellings(folder)}}
        self._names = {path: name for path, name in paths.items() if path not in _ANYWHERE}
        longest_first = sorted(self._names, key=len, reverse=True)
        self._paths = re.compile(rf"(?<![\w.-])({'|'.join(map(re.escape, longest_first))})(?![\w.-])/?")

    def text(self, text: str) -> str:
        """The text without these paths; in time linear in its length."""
        return self._paths.sub(self._instead, text) if "/" in text else text

    def texts(self, text: Text | None) -> Text | None:
        """Of every language."""
        return None if text is None else {language: self.text(words) for language, words in text.items()}

    def check(self, check: CheckResult) -> CheckResult:
        """A check's result; its title and its mistake are the course's own."""
        message, data = self.texts(check.message), self.data(check.message_data)
        return structs.replace(check, message=message, message_data=data, detail=self.detail(check.detail))

    def data(self, message: Message | None) -> Message | None:
        """A message's fields; its templates are the program's own."""
        if message is None:
            return None
        return Message(message.template, {name: self._field(value) for name, value in message.fields.items()})

    def _field(self, value: Any) -> Any:
        if isinstance(value, Message):
            return self.data(value)
        if isinstance(value, dict):
            return self.texts(value)
        return self.text(value) if isinstance(value, str) else value

    def detail(self, detail: Detail | None) -> Detail | None:
        """A detail; its lines are the learner's own."""
        if detail is None:
            return None
        return structs.replace(detail, called=self.text(detail.called), got=self.text(detail.got))

    def _instead(self, match: re.Match[str]) -> str:
        name = self._names[match[1]]
        if not match[0].endswith("/"):
            return name or "."
        return f"{name}/" if name else ""


@cache
def _paths() -> dict[str, str]:
    """Folder → what is written in its place, of Python, of this package and of whoever runs it."""
    import site
    import sysconfig

    python = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    paths = sysconfig.get_paths()
    named = [(os.path.expanduser("~"), "~")]
    with suppress(OSError):  # the working folder may be gone
        named.append((os.getcwd(), ""))
    named += [(prefix, "python") for prefix in (sys.base_prefix, sys.base_exec_prefix, sys.prefix, sys.exec_prefix)]
    named += [(paths[key], python) for key in ("stdlib", "platstdlib")]
    site_folders = (*site.getsitepackages(), paths["purelib"], paths["platlib"], site.getusersitepackages())
    named += [
        (entry, "")
        for entry in (*sys.path, *site_folders)
        if os.path.basename(entry) in ("site-packages", "dist-packages")
    ]
    package = Path(grader.__file__).parent
    named += [(str(package.parent), ""), (str(package), "grader")]
    return {path: name for folder, name in named for path in _spellings(folder)}


def _spellings(folder: str) -> set[str]:
    """The folder as it is written, and without links."""
    return {os.path.abspath(folder), os.path.realpath(folder)} if folder else set()
