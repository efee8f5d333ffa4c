"""SVG as data: elements, and the HTML that they come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from markupsafe import Markup

from grader.report.layout import visible
from grader.report.templating import made_of


class Element(msgspec.Struct, frozen=True):
    """One of SVG's, such as a path, with text or nothing in it."""

    tag: str
    attributes: Mapping[str, str]
    text: str = ""


def path(look: str, steps: Iterable[str], **more: str) -> Element:
    """A path of these steps. look: its class."""
    return Element("path", {"class": look, **more, "d": "".join(steps)})


def rect(look: str, sides: Mapping[str, float], **more: str) -> Element:
    """A rectangle; sides: x, y, width and height."""
    return Element("rect", {"class": look, **{side: f"{pixels:.1f}" for side, pixels in sides.items()}, **more})


def label(x: float, y: float, anchor: str, text: str) -> Element:
    """A text beside this place."""
    return Element("text", {"class": "p-text", "x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor}, visible(text))


def legend(entries: Iterable[tuple[str, str, str]]) -> Markup:
    """What stands for what, entry by entry: the class of a sign, the sign, both empty if there is none, and a text."""
    return made_of("legend.html", entries=((look, sign, visible(text)) for look, sign, text in entries))


def drawn(elements: Iterable[Element]) -> Markup:
    """Their HTML, one after another."""
    return made_of("drawing.html", elements=elements)
