"""Markdown to HTML, for statements: tables, formulas, and none of the HTML that a text may hold."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup
from mdit_py_plugins.dollarmath import dollarmath_plugin

from grader.site.formulas import formula

_CLOSING = tuple(")],.;:!?、。，；：！？）」』”’")
#: Between such characters, and beside such marks, Chinese has no space.
_CHINESE, _MARK = re.compile(r"[\u2e80-\uffef]"), re.compile(r"[\u3000-\u303f\uff00-\uffef]")
#: What may be wider than the page is scrolled, by keyboard as well.
_WIDE = '<div class="wide" tabindex="0">'


def html(text: str) -> Markup:
    """The text as HTML; HTML in it is shown as it is written. Formulas are in `$...$` and `$$...$$`."""
    # A column without a heading has none that a screen reader should tell.
    return Markup(_markdown().render(text).replace("<th></th>", "<td></td>"))


@cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.use(dollarmath_plugin, allow_labels=False)
    made.add_render_rule("math_inline", _inline)
    made.add_render_rule("math_block", _block)
    made.add_render_rule("softbreak", _line_end)
    made.add_render_rule("table_open", lambda *_: f"{_WIDE}<table>")
    made.add_render_rule("table_close", lambda *_: "</table></div>")
    for name in ("th_open", "td_open"):
        made.add_render_rule(name, _cell)
    for name in ("fence", "code_block"):
        made.add_render_rule(name, _code)
    return made


def _inline(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    shown = formula(tokens[index].content.strip(), display=False)
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or following.type != "text" or following.content[:1] not in _CLOSING:
        return shown
    # A browser would begin a line with what closes a parenthesis or ends a sentence.
    mark, following.content = following.content[:1], following.content[1:]
    before, begin, last = shown.rpartition("<math")
    return f'{before}<span class="whole">{begin}{last}{mark}</span>'


def _line_end(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """The end of a line of the source, which a browser shows as a space."""
    before = next((token.content[-1:] for token in reversed(tokens[:index]) if token.content), "")
    after = next((token.content[:1] for token in tokens[index + 1 :] if token.content), "")
    chinese = _CHINESE.match(before) and _CHINESE.match(after)
    return "" if chinese or _MARK.match(before) or _MARK.match(after) else "\n"


def _block(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    return f"{_WIDE}{formula(tokens[index].content.strip(), display=True)}</div>\n"


def _code(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    return str(Markup('<pre tabindex="0"><code>{}</code></pre>\n').format(tokens[index].content))


def _cell(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """A column's alignment as a class: the page allows no style but its own sheet."""
    side = str(tokens[index].attrGet("style") or "").removeprefix("text-align:")
    return f'<{tokens[index].tag} class="{side}">' if side else f"<{tokens[index].tag}>"
