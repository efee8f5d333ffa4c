"""Why Python can't read a line, in a beginner's words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from grader.submission.newer import newer_syntax
from grader.submission.pasted import pasted
from grader.text import Message, say

#: How Python's own words begin where it stopped inside a string.
_IN_STRING = ("unterminated", "f-string", "(unicode error)")
#: What is quoted of Python's own words and of a line is cut to so many characters.
_LONGEST, _WIDEST = 200, 60


def reason(error: SyntaxError, source: str, number: int) -> Message:
    """Why Python stopped at line `number` of the source."""
    text = (error.msg or "")[:_LONGEST]
    lines = source.split("\n")
    line = lines[number - 1]
    if found := pasted(lines, number, error.offset or 1, in_string=text.startswith(_IN_STRING)):
        return found
    if isinstance(error, TabError):
        return say("tabs and spaces are mixed in the indentation; use four spaces per level")
    if isinstance(error, IndentationError):
        return _indentation(text, lines)
    return (
        _character(text, error, line)
        or newer_syntax(source, number)
        or _common(text)
        or say("Python can't read this line: {reason}", reason=text)
    )


def _indentation(text: str, lines: Sequence[str]) -> Message:
    if text == "unexpected indent":
        return say("this line is indented further than the one before it, for no reason; align the two")
    if "unindent" in text:
        return say("the indentation of this line fits no line above it; align it with its block")
    if expected := re.match(r"expected an indented block after .+ on line (\d+)", text):
        header = lines[min(int(expected[1]), len(lines)) - 1].strip()[:_WIDEST]
        return say("something indented must follow {header}; indent the body by four spaces", header=f"`{header}`")
    return say("the indentation is wrong: {reason}", reason=text)


def _character(text: str, error: SyntaxError, source: str) -> Message | None:
    """For a full-width character or an invisible one: what to type in its place."""
    found = re.match(r"invalid (?:non-printable )?character (?:'.' \(|)U\+([0-9A-F]+)", text)
    character = chr(int(found[1], 16)) if found else _behind_a_number(text, error, source)
    character = character or _full_width(source, error.offset)
    if character is None:
        return None
    plain = unicodedata.normalize("NFKC", character).translate(_PLAIN)
    code = f"{ord(character):04X}"
    if unicodedata.category(character) == "Cf":
        return say(
            "there is an invisible character (U+{code}) here, often copied from a web page; delete it", code=code
        )
    if not character.isprintable() or character.isspace():
        return say(
            "there is an invisible character (U+{code}) here, often copied from a web page; delete it and type a space",
            code=code,
        )
    if character in "“”‘’„«»":
        return say(
            "{character} is a quotation mark of printed text; Python takes only the straight ones, \" and '",
            character=character,
        )
    if unicodedata.decomposition(character).startswith("<super>") and plain.isdigit():
        return say(
            "{character} can't stand in Python code; a power is written **{plain}", character=character, plain=plain
        )
    if plain.isascii() and plain != character and unicodedata.east_asian_width(character) in "FW":
        return say(
            "{character} is a full-width character; switch the input method to English and type {plain}",
            character=character,
            plain=plain,
        )
    if plain.isascii() and plain != character:
        return say("{character} is no sign of Python's; type {plain}", character=character, plain=plain)
    return say("the character {character} can't stand in Python code outside of a string", character=character)


def _behind_a_number(text: str, error: SyntaxError, line: str) -> str | None:
    """Python 3.11.0 to 3.11.3 say of `3²` and of `1，2` that the number is wrong, and point at its last digit."""
    place = error.offset or 0
    if not re.match(r"invalid \w+ literal", text) or not 0 < place < len(line):
        return None
    character = line[place]
    return None if character.isascii() or f"a{character}".isidentifier() else character


def _full_width(source: str, offset: int | None) -> str | None:
    """A full-width sign where Python stumbled: after a digit, older versions complain of the digit instead."""
    column = place_of_sign(source, offset)
    return source[column - 1] if column else None


def place_of_sign(source: str, offset: int | None) -> int | None:
    """The column, from 1, of a full-width sign at most one away from where Python stumbled."""
    start = max(0, (offset or 1) - 2)
    near = range(start, min(start + 3, len(source)))
    return next((column + 1 for column in near if source[column] in "，；：（）。、＝＋－＊／［］｛｝"), None)


_PLAIN = str.maketrans(
    {
        "。": ".", "、": ",", "“": '"', "”": '"', "‘": "'", "’": "'", "【": "[", "】": "]", "−": "-", "–": "-",
        "—": "-", "×": "*", "÷": "/", "《": "<", "》": ">",
    }
)  # fmt: skip


#: How Python's own words begin → ours.
_COMMON: tuple[tuple[str, Message], ...] = (
    ("unterminated triple-quoted", say("a string in three quotation marks begins here and has no end")),
    ("unterminated", say("a string that begins here has no closing quote")),
    ("expected ':'", say("a colon : is missing at the end")),
    ("'return' outside function", say("this return stands outside of any function; check its indentation")),
    ("'yield' outside function", say("this yield stands outside of any function; check its indentation")),
    ("'break' outside loop", say("break and continue may stand only inside a loop; check the indentation")),
    ("'continue' not properly in loop", say("break and continue may stand only inside a loop; check the indentation")),
    ("'await' outside async function", say("await may stand only in a function that begins with async def")),
    (
        "positional argument follows keyword",
        say("in a call, arguments without a name must come before those with name="),
    ),
    ("non-default argument follows", say("parameters without a default value must come before those with one")),
    ("parameter without a default follows", say("parameters without a default value must come before those with one")),
    ("expected 'except' or 'finally'", say("a try: stands above, and neither except nor finally follows its block")),
    ("Missing parentheses in call to", say("print and exec are functions: write print(...), with round brackets")),
    ("leading zeros in decimal integer", say("a whole number can't begin with 0; delete the zeros in front")),
    (
        "unexpected character after line continuation",
        say("a \\ outside of a string may stand only at the very end of a line"),
    ),
    (
        "(unicode error)",
        say(
            "in a string a \\ begins a special character, and this one is none; write r in front of "
            "the string, or / in paths"
        ),
    ),
    (
        "multiple exception types must be",
        say("to catch several kinds of errors put round brackets around them: except (A, B):"),
    ),
    ("f-string: empty expression", say("something must stand between the braces of an f-string")),
    ("f-string: valid expression required", say("something must stand between the braces of an f-string")),
    ("from __future__ imports must", say("from __future__ import ... must be the first statement of the file")),
    (
        "invalid decimal literal",
        say(
            "a number is followed directly by letters here; a name can't begin with a digit, and a product needs its *"
        ),
    ),
    ("Generator expression must be", say("put round brackets around the part with for when there are other arguments")),
)


def _common(text: str) -> Message | None:
    if opened := re.match(r"'(.)' was never closed", text):
        return say("the {bracket} here is never closed", bracket=opened[1])
    if unmatched := re.match(r"unmatched '(.)'", text):
        return say("there is a {bracket} too many, or its opening one is missing", bracket=unmatched[1])
    if closed := re.match(r"closing parenthesis '(.)' does not match opening parenthesis '(.)'", text):
        return say(
            "{closing} stands here, but the bracket that is open is {opening}", closing=closed[1], opening=closed[2]
        )
    if repeated := re.match(r"(?:duplicate argument '|(?:duplicate )?keyword argument repeated: )(\w+)", text):
        return say("{name} stands twice among these arguments or parameters", name=repeated[1])
    if found := next((sentence for start, sentence in _COMMON if text.startswith(start)), None):
        return found
    if text.startswith("cannot assign to"):
        return say("only a name, an attribute or an element can stand on the left of =; to compare two values write ==")
    if "Maybe you meant '=='" in text or 'perhaps you meant "=="' in text:
        return say("= assigns a value; to compare two values write ==")
    if "Perhaps you forgot a comma" in text:
        return say("two things stand next to each other here; is a comma or an operator missing between them?")
    if text == "invalid syntax":
        return say("Python can't read this line; look at the place marked by ^ and at what stands just before it")
    return None
