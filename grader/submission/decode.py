"""Bytes of a Python file to text, as Python itself would decode them (PEP 263), with advice where that fails."""

from __future__ import annotations

import codecs
import re

from grader.errors import SubmissionError
from grader.text import Message, say

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"^[ \t\f]*(#.*)?$")
#: By Python's own names. Others can be made to take hours, or are no encodings of text.
ENCODINGS = frozenset(
    {"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1251", "cp1252", "koi8-r", "gb2312", "gbk", "gb18030"}
    | {"big5", "big5hkscs", "cp950", "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949"}
)
_LONGEST_NAME = 40
_CHINESE = re.compile("[\u4e00-\u9fff]")


def decode_python(content: bytes, file: str) -> str:
    """The text of a .py file with `\\n` line ends. Raises SubmissionError if it is no text."""
    encoding = encoding_of(content, file)
    return _text(content.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n"), encoding, file)


def encoding_of(content: bytes, file: str) -> str:
    """The encoding of a .py file. Raises SubmissionError for one that is not read, and for what is no such file."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SubmissionError(say('{file} is saved as UTF-16; save it with the encoding "UTF-8"', file=file))
    if b"\0" in content:
        raise SubmissionError(say("{file} contains null bytes, so it is no text file; is it the right one?", file=file))
    return _named(content.removeprefix(codecs.BOM_UTF8), file)


def expect_utf8(content: bytes, file: str) -> None:
    """Raises SubmissionError, with the line and what to do, if this is no UTF-8 text."""
    _text(content, "utf-8", file)


def _text(content: bytes, encoding: str, file: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SubmissionError(_undecodable(content, encoding, file, line)) from None


def _named(content: bytes, file: str) -> str:
    """The encoding that a comment in the first two lines names; UTF-8 if none does."""
    for line in re.split(rb"\r\n|\r|\n", content, maxsplit=2)[:2]:
        if cookie := _COOKIE.match(line):
            # Python remembers every name that it has been asked for.
            name = cookie[1][:_LONGEST_NAME].decode("ascii", "replace")
            try:
                found = codecs.lookup(name).name
            except LookupError:
                found = ""
            if found not in ENCODINGS:
                raise SubmissionError(
                    say(
                        "{file} names the encoding {name}, which is not supported; save it as UTF-8 and delete "
                        "that comment",
                        file=file,
                        name=name,
                    )
                )
            return found
        if not _BLANK.match(line):
            break
    return "utf-8"


def _undecodable(content: bytes, encoding: str, file: str, line: int) -> Message:
    if encoding != "utf-8":
        return say(
            "line {line} of {file} is not {encoding}, although its first lines say so; save it as UTF-8 and "
            "delete that comment",
            line=line,
            file=file,
            encoding=encoding,
        )
    if _is_gbk(content):
        return say(
            '{file} is saved as GBK (see line {line}); in your editor choose "Save with encoding", UTF-8',
            file=file,
            line=line,
        )
    return say(
        'line {line} of {file} is not UTF-8; in your editor choose "Save with encoding", UTF-8', line=line, file=file
    )


def _is_gbk(content: bytes) -> bool:
    try:
        return bool(_CHINESE.search(content.decode("gbk")))
    except UnicodeDecodeError:
        return False
