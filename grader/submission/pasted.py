"""What came along when code was pasted, or is another language's: told of the line at which Python stopped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.text import Message, say

_MERGE = re.compile(r"(<{7}|>{7}|\|{7})(\s|$)|={7}\s*$")
_PROMPT = re.compile(r"\s*(>>>|\.\.\.)(\s+\S|$)")
_FENCE = re.compile(r"\s*```")
_NUMBER = re.compile(r"\s*(\d{1,6})[:.|)]?(\s+[^\W\d]|\s+[#@]|\s*$)")
_DIFF = re.compile(
    r"([+-])(\s*(def|class|import|from|return|if|for|while|with|else|elif|print)\b|\s+\w[\w.\[\], ]* = )"
    r"|@@ -\d"
)
_ENTITY = re.compile(r"&(lt|gt|amp|quot|nbsp|#\d{1,5});")
_TAG = re.compile(r"\s*</?(div|p|code|pre|br|span|html|body|script|b|i|ul|li|h\d)(\s[^>]*)?/?>", re.IGNORECASE)
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "nbsp": " "}
_LONGEST = 200
#: Lines that look like this can't be Python where it stops, and are told of as a whole.
_OTHERS: tuple[tuple[re.Pattern[str], Message], ...] = (
    (re.compile(r"\s*(//|/\*)"), say("this is a comment of another language; in Python a comment begins with #")),
    (re.compile(r"\s*else\s+if\b"), say("Python writes elif, in one word, for else if")),
    (re.compile(r"\s*function\s+\w+\s*\("), say("Python writes def, not function")),
    (
        re.compile(r"\s*(let|var|const)\s+\w+\s*="),
        say("in Python a variable needs no let, var or const: write its name, =, and the value"),
    ),
    (
        re.compile(r"\s*(int|float|double|bool|str|string|Tensor)\s+\w+\s*="),
        say("in Python no type stands before a variable: write its name, =, and the value"),
    ),
    (
        re.compile(r"\s*def\s+\w+\s*:"),
        say(
            "round brackets with the parameters must follow the function's name, as in "
            "def f(x):; without parameters they are empty"
        ),
    ),
    (re.compile(r"\s*print\s+[\w'\"]"), say("print is a function: write print(...), with round brackets")),
    (
        re.compile(r"\s*(else\s*:|elif\s)"),
        say(
            "this else or elif belongs to no if: there must be one above it, with "
            "the same indentation and nothing in between but its block"
        ),
    ),
    (
        re.compile(
            r"\s*(def|class)\s+(lambda|class|def|from|import|global|del|with|as|pass|try|while|for|if|in|is|not|and|or|"
            r"return|yield|assert|raise|except|finally|break|continue|nonlocal|async|await|None|True|False)\b"
        ),
        say("this name is a word of Python's own; choose another one"),
    ),
    (
        re.compile(r"\s*(lambda|class|def|from|import|global|del|with|as|pass)\s*=(?!=)"),
        say("this name is a word of Python's own; choose another one, such as lambda_"),
    ),
)
#: Signs of other languages, sought at the place where Python stopped.
_SIGNS: tuple[tuple[str, Message], ...] = (
    ("&&", say("Python writes and, not &&")),
    ("||", say("Python writes or, not ||")),
    ("<>", say("Python writes !=, not <>")),
    ("++", say("Python has no ++: write x += 1")),
    ("`", say("a backtick ` can't stand in Python code outside of a string or a comment")),
    ("$", say("a $ can't stand in Python code outside of a string or a comment")),
    ("?", say("a ? can't stand in Python code outside of a string or a comment")),
    ("=>", say("Python writes lambda x: ..., not =>")),
)


def pasted(lines: Sequence[str], number: int, offset: int, *, in_string: bool) -> Message | None:
    """What is wrong with line `number` (Python stopped at column `offset`), where its looks alone make that sure.

    in_string: whether it stopped inside a string, where any sign may stand.
    """
    line = lines[number - 1][:_LONGEST]
    # Seven = may also underline a title.
    if _MERGE.match(line) and any(other.startswith(("<<<<<<<", ">>>>>>>")) for other in lines):
        return say(
            "this line is a mark that Git leaves where two versions of a file clash. Keep one of the two "
            "versions, and delete the lines with <<<<<<<, =======, >>>>>>> and the other version"
        )
    if prompt := _PROMPT.match(line):
        return say(
            "this line begins with {prompt}, which Python's own prompt prints. Delete >>> and ... at the "
            "beginning of every line, and the lines of output between them",
            prompt=prompt[1],
        )
    if _FENCE.match(line):
        return say(
            "this line is a mark around code in Markdown, as in a chat or on a web page. Delete it, and "
            "all above and below that is not code"
        )
    if _is_numbered(lines, number):
        return say(
            "this line and its neighbours begin with their own numbers, copied along from where the code was. "
            "Delete the numbers"
        )
    if _DIFF.match(line):
        return say(
            "this line is one of a comparison of two versions (a diff). Hand in the file itself, without + and "
            "- before its lines"
        )
    if in_string:
        return None
    return _of_the_web(line, offset) or _of_another_language(line, offset)


def _is_numbered(lines: Sequence[str], number: int) -> bool:
    """Whether this line begins with a number, and one next to it with the number that comes before or after."""
    own = _NUMBER.match(lines[number - 1])
    if own is None:
        return False
    for neighbour in (number - 1, number + 1):
        if 1 <= neighbour <= len(lines):
            other = _NUMBER.match(lines[neighbour - 1])
            if other and int(other[1]) - int(own[1]) == neighbour - number:
                return True
    return False


def _of_the_web(line: str, offset: int) -> Message | None:
    entity = next((found for found in _ENTITY.finditer(line) if found.start() < offset <= found.end() + 1), None)
    if entity:
        return say(
            "{entity} is how a web page writes {plain}; type {plain}",
            entity=entity[0],
            plain=_ENTITIES.get(entity[1]) or chr(int(entity[1][1:]) % 0x10000),
        )
    if _TAG.match(line):
        return say("this line is HTML, copied along from a web page. Delete it")
    return None


def _of_another_language(line: str, offset: int) -> Message | None:
    for pattern, sentence in _OTHERS:
        found = pattern.match(line)
        if found and offset <= found.end() + 1:
            return sentence
    # Python stops at a sign that it does not know, or right behind the first part of one that it does.
    near = line[max(offset - 2, 0) : offset + 1]
    return next((sentence for sign, sentence in _SIGNS if sign in near), None)
