"""LaTeX to MathML: latex2mathml's, with what it gets wrong or a browser would space badly put right.

It copies text into its output as it is, so nothing of that is passed on: it is parsed, and only known elements and
attributes are written again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert

#: What a formula may consist of; a link or a style may not.
_ELEMENTS = frozenset({
    "math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "mstyle", "mpadded",
    "mphantom", "msub", "msup", "msubsup", "munder", "mover", "munderover", "menclose", "mtable", "mtr",
    "mtd",
})  # fmt: skip
_ATTRIBUTES = frozenset({
    "accent", "accentunder", "columnalign", "columnspacing", "display", "displaystyle", "fence", "form",
    "height", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "rspace",
    "scriptlevel", "separator", "stretchy", "symmetric", "width",
})  # fmt: skip
#: What is written before it is converted, and in its stead.
_REWRITTEN = (
    (re.compile(r"\\operatorname\*?\{([A-Za-z]+)\\,([A-Za-z]+)\}"), r"\\operatorname{\1}\\operatorname{\2}"),
    (re.compile(r"\\operatorname\*"), r"\\operatorname"),
    (re.compile(r"\\arg(?![A-Za-z])"), r"\\operatorname{arg}"),
    (re.compile(r"\\mathrm\{([A-Za-z]{2,})\}"), r"\\operatorname{\1}"),
    (re.compile(r"(\\[bB]igg?[lrm]?)\s*\\[lr]vert(?![A-Za-z])"), r"\1|"),
    (re.compile(r"(\\[bB]igg?[lrm]?)\s*\\[lr]Vert(?![A-Za-z])"), r"\1\\|"),
)
#: The escapes that stay as they are within \text{...}.
_ESCAPED = re.compile(r"\\([_%#&${}])")
#: Operators that are converted to identifiers.
_OPERATORS = frozenset(":⌊⌋")
#: Names below which an index stands where there is room.
_LIMITS = frozenset({"max", "min", "lim", "sup", "inf", "argmax", "argmin"})
_UNDER = {"msub": "munder", "msubsup": "munderover"}
_BASED = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover"})
#: After these a line may end, in a formula of more characters than that.
_RELATIONS = frozenset("=≠≈<>≤≥∼→←")
_LONG = 18
_THIN, _PRIME = "0.167em", "′"


class Untranslatable(ValueError):
    """A formula for which there is no MathML that says the same."""


@lru_cache(maxsize=4096)
def formula(latex: str, *, display: bool) -> str:
    """The formula as HTML: MathML, or its LaTeX where there is none. display: it stands in a line of its own."""
    try:
        return mathml(latex, display=display)
    except Untranslatable:
        return f"<code>{escape(latex)}</code>"


def mathml(latex: str, *, display: bool) -> str:
    """The formula as MathML. Raises Untranslatable."""
    for pattern, replacement in _REWRITTEN:
        latex = pattern.sub(replacement, latex)
    try:
        root = ElementTree.fromstring(convert(latex, display="block" if display else "inline"))
    except Exception as error:  # of latex2mathml a bare IndexError, too
        raise Untranslatable(latex) from error
    for element in root.iter():
        _check(element, latex)
    for element in reversed(list(root.iter())):  # what is inside comes first
        _correct(element)
    pieces = [root] if display else _pieces(root)
    return "".join(ElementTree.tostring(piece, encoding="unicode", short_empty_elements=False) for piece in pieces)


def _pieces(root: Element) -> list[Element]:
    """A formula within a line, cut after its relations if it is long: a browser breaks lines only between formulas."""
    if len("".join(root.itertext())) <= _LONG:
        return [root]
    pieces: list[Element] = [Element("mrow")]
    for child in root[0] if len(root) == 1 else root:
        pieces[-1].append(child)
        if child.tag == "mo" and child.text in _RELATIONS:
            pieces.append(Element("mrow"))
    made = [Element("math", root.attrib) for piece in pieces if len(piece)]
    for math, row in zip(made, pieces, strict=False):
        math.append(row)
    return made


def _check(element: Element, latex: str) -> None:
    """Leave only what a formula may consist of. Raises Untranslatable."""
    element.tag = element.tag.rpartition("}")[2]
    element.text = _ESCAPED.sub(r"\1", element.text) if element.tag == "mtext" and element.text else element.text
    if element.tag not in _ELEMENTS or "\\" in (element.text or "") or element.get("linebreak"):
        raise Untranslatable(latex)
    for name in set(element.attrib) - _ATTRIBUTES:
        del element.attrib[name]


def _correct(element: Element) -> None:
    """Put right what is in this element."""
    if element.tag == "mo" and _is_name(element.text):
        element.tag = "mi"  # an operator of that name would stand apart from its argument's parenthesis
        element.attrib.clear()
    if element.tag == "mi" and element.text in _OPERATORS:
        element.tag = "mo"
        element.set("stretchy", "false")
    if element.tag == "mover" and len(element) == 2 and element[1].tag == "mo":
        element.set("accent", "true")
        element[1].set("stretchy", "true" if _is_wide(element[0]) else "false")
    if element.tag == "msup" and element[1].text == _PRIME:
        # Raised by itself: as a superscript it hangs too high, unless the font has a glyph for that.
        element.tag, element[1].tag = "mrow", "mo"
        element[1].attrib.update(lspace="0", rspace="0")
    if element.tag in _UNDER and element[0].text in _LIMITS:
        element.tag = _UNDER[element.tag]
        element[0].tag = "mo"
        element[0].attrib.update(movablelimits="true", lspace="0", rspace="0")
    if element.tag in ("math", "mrow", "mtd", "mstyle", "msqrt"):
        element[:] = list(_spaced(_bracketed(list(element))))


def _bracketed(children: list[Element]) -> list[Element]:
    """With a row of its own for each matrix and its brackets, which else are as high as the highest of all."""
    grouped: list[Element] = []
    while children:
        child = children.pop(0)
        before, after = grouped[-1:], children[:1]
        if child.tag == "mtable" and before and after and before[0].tag == after[0].tag == "mo":
            row = Element("mrow")
            row[:] = [grouped.pop(), child, children.pop(0)]
            child = row
        grouped.append(child)
    return grouped


def _spaced(children: list[Element]) -> Iterator[Element]:
    """With a thin space before a function's name and after it, where TeX has one: `2 log p`, but `log(p)`."""
    before: Element | None = None
    for child in children:
        if before is not None and (
            (_is_function(child) and _is_value(before)) or (_is_function(before) and not _closes_up(child))
        ):
            yield Element("mspace", width=_THIN)
        yield child
        before = child


def _is_name(text: str | None) -> bool:
    return bool(text) and len(text or "") > 1 and (text or "").isalpha()


def _is_function(element: Element) -> bool:
    """Whether it is a name such as log, with an index or without."""
    while len(element) and (element.tag in _BASED or element[-1].text == _PRIME):
        element = element[0]
    return _is_name(element.text) and (element.tag == "mi" or element.get("movablelimits") == "true")


def _is_value(element: Element) -> bool:
    return element.tag not in ("mo", "mspace", "mtext")


def _closes_up(element: Element) -> bool:
    """Whether no space belongs between a function's name and this."""
    if element.tag == "mspace":
        return True
    if element.tag == "mrow" and len(element):
        return _closes_up(element[0])
    return element.tag == "mo" and (element.text or "") not in ("∑", "∏", "∫")


def _is_wide(element: Element) -> bool:
    """Whether a bar over it is to be as long as it is."""
    return element.tag == "mrow" and len(element) > 1
