"""What of a handed-in notebook nbgrader shows to instructors and learners: text that runs nothing and costs little.

nbgrader's feedback and its formgrader put the HTML of a Markdown cell into their pages as it is, scripts included, and
formgrader's page has the rights of whoever is logged in to Jupyter. Nothing in nbgrader can be set against that, so
what lies in autograded/ must be harmless. A cell whose HTML is more than plain formatting is shown as its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from grader.nbgrader.notebook import code_cell
from grader.submission.model import HandedInCell

#: Characters of a cell that are shown, of one that is rendered, and of all that are rendered in a notebook: Markdown
#: and HTML take time that grows with the square of their length, and worse.
_MOST_SHOWN, _MOST_RENDERED, _MOST_IN_ALL = 100_000, 20_000, 200_000
#: Formulas that begin, each of which may be sought an end for through all of the cell.
_MOST_FORMULAS = 200
_FORMULA = re.compile(r"\\\\?[\[(]|\$|\\begin")
#: Pygments looks for a line's indentation from every blank before it.
_BLANKS = re.compile(r"\s+")
_MOST_BLANKS = 200
_CUT = "\n# ...\n"
#: An image in the text itself counts little.
_IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


_TAGS = frozenset(
    _words(
        """
        a abbr b blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure
        font h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q s samp small span strike strong sub summary
        sup table tbody td tfoot th thead tr tt u ul var
        """
    )
)
_URL = r"(?:https?://|mailto:|#|(?![^/?#]*:))[^\x00-\x20\\]*"
_WORDS = r"[\w #.,:;%()/-]*"
#: Attributes and what they may be. No name: it could stand in for something that the page's own scripts use.
_ATTRIBUTES = {
    "href": _URL,
    "src": rf"{_URL}|{_IMAGE.pattern}",
    "id": r"[^\s]*",
    "type": "checkbox",
    "class": r"anchor-link|highlight|task-list-item(?:-checkbox)?|language-[\w+#-]+|[a-z0-9]{1,3}|",
    "alt": r"[^<>]*",
    "title": r"[^<>]*",
    "style": r"(?:\s*(?:(?:background-)?color|font-(?:size|weight|style|family)"
    r"|text-align|width|height|(?:margin|padding|border)(?:-\w+)*|float|vertical-align)\s*:[\w\s#.,%'-]*(?:;|$))*\s*",
    **dict.fromkeys(
        _words(
            """
            align valign color size face width height border colspan rowspan start open disabled checked target rel
            scope bgcolor cellpadding cellspacing
            """
        ),
        _WORDS,
    ),
}
#: A tag that every parser reads alike.
_TAG = re.compile(r"""</?([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-z]+(?:="[^"<>]*"|='[^'"<>]*'|=[\w#%.:/-]+)?)*)\s*/?>""")
_ATTRIBUTE = re.compile(r"""([a-z]+)(?:="([^"]*)"|='([^']*)'|=([^\s"'>]+))?""")


def plain_cells(cells: Iterable[HandedInCell]) -> list[dict[str, Any]]:
    """The cells as nbformat 4.5 has them, with nothing but kind, source and an id by their number."""
    left, made = _MOST_IN_ALL, []
    for number, cell in enumerate(cells):
        text = _shortened(cell.text)
        if cell.cell_type == "code":
            made.append(code_cell(text, f"cell-{number}", {}))
            continue
        cost = len(_IMAGE.sub("", text))
        text = _harmless(text, cell.cell_type, rendered=cost <= min(left, _MOST_RENDERED))
        left -= cost
        made.append({"cell_type": cell.cell_type, "id": f"cell-{number}", "metadata": {}, "source": text})
    return made


def harmless(text: str, kind: str = "markdown") -> str:
    """A Markdown or raw cell's source as it may be shown: as it is, or as its own source text."""
    text = _shortened(text)
    return _harmless(text, kind, rendered=len(_IMAGE.sub("", text)) <= _MOST_RENDERED)


def _harmless(text: str, kind: str, *, rendered: bool) -> str:
    if kind == "raw":
        # nbconvert cleans a raw cell of all but formatting, in time that grows with the square of its tags.
        return text if rendered and text.count("<") <= _MOST_FORMULAS else text.replace("<", "‹")
    is_plain_text = not any(mark in text for mark in "<[\\$&:`")
    return text if rendered and (is_plain_text or _runs_nothing(text)) else _as_source(text)


def _as_source(text: str) -> str:
    """The text as a code block, which is no HTML whatever is in it."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def _shortened(text: str) -> str:
    text = _BLANKS.sub(_fewer, text)
    if len(_IMAGE.sub("", text)) <= _MOST_SHOWN:
        return text
    return text[:_MOST_SHOWN] + _CUT


def _fewer(blanks: re.Match[str]) -> str:
    if len(blanks[0]) <= _MOST_BLANKS:
        return blanks[0]
    above, line, indent = blanks[0].rpartition("\n")
    return ("\n\n" if line else "") + indent[:_MOST_BLANKS] if above or line else " "


def _runs_nothing(source: str) -> bool:
    """Whether the page that nbconvert makes of the Markdown holds nothing but formatting, pictures and links."""
    from nbconvert.filters import strings
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    strip: Any = strings.strip_files_prefix  # nbconvert's annotations are not complete
    brackets = max(source.count("\\\\["), source.count("[") // 2)
    if brackets > _MOST_FORMULAS or len(_FORMULA.findall(source)) > 4 * _MOST_FORMULAS:
        return False
    try:
        page: str = MarkdownWithMath(renderer=IPythonRenderer(escape=False, attachments={})).render(source)
    except Exception:  # such as a picture that is not there: the page would not be made at all
        return False
    # nbgrader takes the prefix away after rendering, and with it what kept a link from being a script.
    return all(is_plain(html) for html in (page, strip(page)))


def is_plain(html: str) -> bool:
    """Whether HTML has only tags and attributes that run nothing, each spelled so that no two parsers can differ."""
    return "<" not in _TAG.sub(lambda tag: "" if _allowed(tag) else "<", html)


def _allowed(tag: re.Match[str]) -> bool:
    return tag[1].lower() in _TAGS and all(map(_fits, _ATTRIBUTE.finditer(tag[2])))


def _fits(attribute: re.Match[str]) -> bool:
    name, *values = attribute.groups(default="")
    return name in _ATTRIBUTES and re.fullmatch(_ATTRIBUTES[name], unescape("".join(values))) is not None
