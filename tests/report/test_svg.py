"""The picture of a wrong value, as SVG."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from grader.report.svg import HEIGHT, figure
from grader.result import FunctionPlot, Picture, PointsPlot, SeriesPlot

NUMBERS = (0.2, -0.5, 0.7, 0.1)
PLACES = (0, 1, 2, 3)


def drawn(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{figure(picture, 'p1', ('en', 'zh-CN'))}</div>")


def path(root: ElementTree.Element, name: str) -> str:
    (found,) = [path.attrib["d"] for path in root.iter("path") if name in path.attrib["class"].split()]
    return found


def ys(line: str) -> list[float]:
    """The heights of a path's points, and of its bars' ends."""
    return [float(y) for y in re.findall(r"(?:[ML][\d.]+ |V)(-?[\d.]+)", line)]


def test_a_vector_is_drawn_as_bars_and_never_as_a_line() -> None:
    root = drawn(SeriesPlot(PLACES, NUMBERS, (0.3, None, 0.6, 0.1), worst=1))
    expected, got = (path(root, f"p-{name}") for name in ("expected", "got"))
    assert (expected.count("z"), got.count("z")) == (4, 3) and "L" not in expected + got
    widths = [float(right) - float(left) for left, right in re.findall(r"M([\d.]+) .*?H([\d.]+)", expected + got)]
    assert min(widths[:4]) > max(widths[4:])  # neither hides the other


@pytest.mark.parametrize(
    "numbers", [NUMBERS, (5.0, 6.0, 7.0, 6.5), (-5.0, -6.0, -7.0, -6.5), (1000.0, 1001.0, 1002.0, 1001.0)]
)
def test_bars_end_on_different_heights_within_the_picture(numbers: tuple[float, ...]) -> None:
    root = drawn(SeriesPlot(PLACES, numbers, tuple(number * 1.001 for number in numbers), worst=1))
    ends = ys(path(root, "p-expected"))
    assert all(0 <= y <= HEIGHT for y in ends)
    assert max(ends[1::3]) - min(ends[1::3]) > HEIGHT / 8


@pytest.mark.parametrize(
    ("picture", "apart"),
    [
        (FunctionPlot(PLACES, NUMBERS, (300.0, -20.0, 100.0, 40.0), worst=0), True),
        (FunctionPlot(PLACES, NUMBERS, (1000.2, 999.5, 1000.7, 1000.1), worst=0), True),
        (SeriesPlot(PLACES, (300.0, -20.0, 100.0, 40.0), NUMBERS, worst=0), True),
        (PointsPlot(NUMBERS, NUMBERS, NUMBERS, (300.0, -20.0, 100.0, 40.0), worst=0), True),
        (PointsPlot(NUMBERS, NUMBERS, (300.0, -20.0, 100.0, 40.0), NUMBERS, worst=0), True),
        (FunctionPlot(PLACES, NUMBERS, (1e149, -1e149, 1e148, 0.0), worst=0), True),
        (FunctionPlot(PLACES, NUMBERS, (0.5, -0.9, 1.4, 0.3), worst=0), False),
        (FunctionPlot(PLACES, NUMBERS, (None, None, None, None), worst=0), False),
        (FunctionPlot(PLACES, (1.0, 1.0, 1.0, 1.0), (300.0, -20.0, 100.0, 40.0), worst=0), False),
    ],
)
def test_of_two_curves_on_very_different_scales_each_bends_in_a_panel_of_its_own(picture: Picture, apart: bool) -> None:
    root = drawn(picture)
    assert len([line for line in root.iter("path") if line.attrib["class"] == "p-axis"]) == 1 + apart
    assert ("each on its own scale" in "".join(root.itertext())) == apart
    if not apart:
        return
    right, own = (ys(path(root, f"p-{name}")) for name in ("expected", "got"))
    assert max(right) < HEIGHT < min(own)
    assert all(
        max(heights) - min(heights) > HEIGHT / 3 for heights in (right, own) if isinstance(picture, FunctionPlot)
    )
    (box,) = {symbol.attrib["viewBox"] for symbol in root.iter("symbol")}
    assert float(box.split()[-1]) == 2 * HEIGHT
