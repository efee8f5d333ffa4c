"""An .ipynb file's JSON: its cells as they stand, nothing else kept. Outputs, however large, are skipped unread."""

from __future__ import annotations

import codecs
import re
from typing import Any

import msgspec

from grader.errors import SubmissionError
from grader.submission.decode import expect_utf8
from grader.text import Message, say

#: A file this small can't hold cells enough to matter; in a larger one they are counted before they are made.
_SMALL = 20 << 20
_MAX_OBJECTS = 2_000_000
#: What is longer is no kernel's description and no name.
_MAX_ENTRY = 64 << 10
#: What Python's json module writes for numbers that JSON lacks, and the strings that may hold the same words.
_NO_JSON = re.compile(rb'"(?:[^"\\]++|\\.)*+"|-?Infinity|NaN')
_WORD = re.compile(rb"Infinity|NaN")


#: What msgspec raises of bytes that are no JSON, or not what was asked for.
_FAULTS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class RawCell(msgspec.Struct, gc=False):
    """A cell whose parts are still JSON: they are views of the file's bytes, decoded only where they are wanted."""

    cell_type: msgspec.Raw
    source: msgspec.Raw = msgspec.Raw(b'""')
    metadata: msgspec.Raw = msgspec.Raw(b"{}")

    @property
    def size(self) -> int:
        """Bytes of its source, as JSON."""
        return len(memoryview(self.source))

    @property
    def kind(self) -> str:
        """code, markdown, raw; empty if it is no text."""
        found = _small(self.cell_type)
        return found if isinstance(found, str) else ""

    def text(self) -> str | None:
        """Its source as one string with `\\n` line ends; None if it is no text. Look at `size` before."""
        try:
            found = msgspec.json.decode(self.source, type=str | list[str] | None)
        except _FAULTS:
            return None
        text = found if isinstance(found, str) else "".join(found or ())
        return text.replace("\r\n", "\n").replace("\r", "\n")

    @property
    def nbgrader(self) -> object:
        """What nbgrader wrote into its metadata, which may be anything; None if nothing."""
        return _small(_metadata(self.metadata).nbgrader)


class _Metadata(msgspec.Struct):
    kernelspec: msgspec.Raw = msgspec.Raw(b"null")
    language_info: msgspec.Raw = msgspec.Raw(b"null")
    nbgrader: msgspec.Raw = msgspec.Raw(b"null")
    grade: msgspec.Raw = msgspec.Raw(b"null")


class _Notebook(msgspec.Struct):
    cells: list[RawCell] = []


class _Head(msgspec.Struct):
    nbformat: msgspec.Raw = msgspec.Raw()
    metadata: msgspec.Raw = msgspec.Raw(b"{}")
    cells: msgspec.Raw = msgspec.Raw()
    worksheets: msgspec.Raw = msgspec.Raw()

    @property
    def parts(self) -> int:
        """How many of the things that make a notebook are there."""
        return sum(len(memoryview(part)) > 0 for part in (self.nbformat, self.cells, self.worksheets))


def with_numbers(content: bytes) -> bytes:
    """The file, of the same length, with a 0 for each NaN or Infinity that stands where JSON has a number: programs
    write them into outputs, which nobody reads here. Strings stay as they are."""
    if (b"NaN" not in content and b"Infinity" not in content) or _is_json(content):
        return content

    def number(found: re.Match[bytes]) -> bytes:
        return found[0] if found[0].startswith(b'"') else b"0".ljust(len(found[0]))

    text, end = bytearray(content), 0
    while found := _WORD.search(text, end):
        # No string of JSON goes on after the end of a line.
        start, end = text.rfind(b"\n", 0, found.start()) + 1, text.find(b"\n", found.end())
        end = len(text) if end < 0 else end
        text[start:end] = _NO_JSON.sub(number, bytes(text[start:end]))
    return bytes(text)


def expect_notebook(content: bytes, file: str) -> tuple[str, str]:
    """The kernel and the language that a notebook of format 4 names, empty where it names none.

    Raises SubmissionError for anything else.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content[:_MAX_ENTRY]:
        raise SubmissionError(
            say(
                "{file} is no notebook as Jupyter saves it, but saved as UTF-16, or no text at all; "
                "save it again in Jupyter",
                file=file,
            )
        )
    try:
        head = msgspec.json.decode(_without_mark(content), type=_Head)
    except msgspec.ValidationError as error:
        # Told of its first value, before what follows is looked at: a Python file may begin with a string.
        if not _is_json(content):
            raise SubmissionError(_no_json(content, file, error)) from None
        head = _Head()
    except _FAULTS as error:
        raise SubmissionError(_no_json(content, file, error)) from None
    if not head.parts:
        raise SubmissionError(say("{file} is JSON, but no notebook; is it the right file?", file=file))
    _expect_version(head, file)
    metadata = _metadata(head.metadata)
    kernel, info = _small(metadata.kernelspec), _small(metadata.language_info)
    return _entry(kernel, "name"), _entry(info, "name") or _entry(kernel, "language")


def cells_of(content: bytes, file: str) -> list[RawCell]:
    """The cells in order, of whatever format. Raises SubmissionError if they can't be told apart."""
    if len(content) > _SMALL and content.count(b"{") > _MAX_OBJECTS:
        raise SubmissionError(
            say(
                "{file} is too large to be read, most of it outputs; in Jupyter choose Edit, Clear "
                "Outputs of All Cells, and save it again",
                file=file,
            )
        )
    try:
        return msgspec.json.decode(_without_mark(content), type=_Notebook).cells
    except msgspec.ValidationError as error:
        raise SubmissionError(
            say(
                "{file} is a damaged notebook: {place} is missing or not what it should be. Save it again in Jupyter, "
                "or hand in an earlier copy",
                file=file,
                place=_place(error),
            )
        ) from None
    except _FAULTS as error:
        raise SubmissionError(_no_json(content, file, error)) from None


def _is_json(content: bytes) -> bool:
    """Whether all of it is one JSON value."""
    return _decoded(_without_mark(content), msgspec.Raw) is not None


def _decoded(text: Any, kind: Any) -> Any:
    """The JSON text as a value of this kind; None if it is none."""
    try:
        return msgspec.json.decode(text, type=kind)
    except _FAULTS:
        return None


def looks_like_notebook(content: bytes) -> bool:
    """Whether a file that is called otherwise is a notebook all the same."""
    if not _without_mark(content[:200]).tobytes().lstrip().startswith(b"{"):
        return False
    head = _decoded(_without_mark(with_numbers(content)), _Head)
    return head is not None and head.parts >= 2


def course_entry(content: bytes) -> str:
    """The id of a course as a notebook's metadata has it, which may be anything; empty if there is none."""
    head = _decoded(_without_mark(content), _Head)
    return "" if head is None else _entry(_small(_metadata(head.metadata).grade), "course")


def _metadata(raw: msgspec.Raw) -> _Metadata:
    """Those entries that mean something here. Anything may stand in their place."""
    return _decoded(raw, _Metadata) or _Metadata()


def _entry(found: object, name: str) -> str:
    text = found.get(name) if isinstance(found, dict) else None
    return text if isinstance(text, str) else ""


def _small(raw: msgspec.Raw) -> Any:
    """The value, whatever it is; None if it is longer than anything that is looked at here."""
    return _decoded(raw, Any) if len(memoryview(raw)) <= _MAX_ENTRY else None


def _expect_version(head: _Head, file: str) -> None:
    version = _small(head.nbformat)
    if not isinstance(version, int) or isinstance(version, bool):
        problem = say(
            "{file} does not say which format of notebook it is (nbformat); open it in Jupyter and save it again",
            file=file,
        )
    elif version < 4:
        problem = say(
            "{file} is a notebook of the old format {version}; open it in Jupyter and save it again",
            file=file,
            version=version,
        )
    elif version > 4:
        problem = say(
            "{file} is a notebook of format {version}; this grader reads format 4", file=file, version=version
        )
    else:
        return
    raise SubmissionError(problem)


def _no_json(content: bytes, file: str, error: Exception) -> Message:
    """Why a file is no JSON at all."""
    expect_readable(content, file)
    if not _without_mark(content[:200]).tobytes().lstrip().startswith((b"{", b"<<<<<<<")):
        return say(
            "{file} is no notebook: it isn't JSON. Save it again in Jupyter, or rename Python code to .py", file=file
        )
    where = re.search(r"\(byte (\d+)\)", str(error))
    if where is None:
        return say(
            "{file} is a notebook that breaks off before its end: it was not saved or not copied as a whole. "
            "Save it again in Jupyter, or hand in an earlier copy",
            file=file,
        )
    line = content.count(b"\n", 0, int(where[1])) + 1
    return say(
        "{file} is a damaged notebook: line {line} is no JSON. Save it again in Jupyter, or hand in an earlier copy",
        file=file,
        line=line,
    )


def expect_readable(content: bytes, file: str) -> None:
    """Raises SubmissionError with the encoding's name if it is the encoding that is wrong."""
    if len(content) <= _SMALL:
        expect_utf8(content, file)


def _place(error: msgspec.ValidationError) -> str:
    """Where in the file, as msgspec says it: `cells[2].cell_type`."""
    path = re.search(r"at `\$\.?([^`]*)`", str(error))
    field = re.search(r"missing required field `(\w+)`", str(error))
    return ".".join(found[1] for found in (path, field) if found and found[1]) or "cells"


def _without_mark(content: bytes) -> memoryview:
    """The content without a byte order mark; a view, since a copy would be of the file's whole size."""
    return memoryview(content)[len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0 :]
