"""Pictures of what a submission makes, as SVG."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from grader.report.scenes import figures, spans_of
from grader.scene import Chart, Contours, Dots, DrawnPicture, Frame, HeatMap, Images, Line, Path, Regions, Scene

LABEL = {"en": "a < b", "zh-CN": "甲 < 乙"}
SQUARE = (-1.0, 1.0)
SCENES: dict[str, Scene] = {
    "line": Chart((Line(LABEL, (0.0, 1.0, None, 2.0), (0.0, 1.0, 1.0, None)),), LABEL, LABEL),
    "dots": Chart((Dots(LABEL, (0.0, 1.0), (0.0, None)), Dots(LABEL, (0.0,), (1.0,))), LABEL, LABEL),
    "path": Chart((Path(LABEL, (0.0, 1.0, 1.0), (0.0, 0.0, 1.0)),), LABEL, LABEL),
    "contours": Chart((Contours(LABEL, SQUARE, SQUARE, ((-1.0, 1.0), (-1.0, 1.0)), (0.0,)),), LABEL, LABEL),
    "regions": Chart((Regions(LABEL, SQUARE, SQUARE, ((0, 1, 1), (0, 0, 1))),), LABEL, LABEL),
    "heat map": HeatMap(((0.0, 1.0), (None, 0.5)), rows=("a", "b"), columns=("c", "d")),
    "images": Images((((0.0, 1.0), (0.5, 0.0)), ((1.0, 1.0), (0.0, 0.0))), across=2),
}


def drawn(scene: Scene, frames: int = 1) -> ElementTree.Element:
    picture = DrawnPicture("one", LABEL, (Frame(scene, {"en": "It < rises.", "zh-CN": "上升。"}),) * frames)
    return ElementTree.fromstring(figures(picture, "p1", ("en", "zh-CN")))


def paths(root: ElementTree.Element, name: str) -> list[str]:
    return [path.attrib["d"] for path in root.iter("path") if name in path.attrib["class"].split()]


@pytest.mark.parametrize("name", SCENES)
def test_each_kind_has_its_words_in_both_languages(name: str) -> None:
    root = drawn(SCENES[name])
    shown = {figure.attrib["lang"]: "".join(figure.itertext()) for figure in root.iter("figure")}
    assert shown.keys() == {"en", "zh-CN"}
    assert "It < rises." in shown["en"] and "上升。" in shown["zh-CN"]
    assert ("甲 < 乙" in shown["zh-CN"]) and "a < b" not in shown["zh-CN"]
    descriptions = [text.text for text in root.iter("desc")]
    assert descriptions == ["It < rises.", "上升。"]


def test_a_line_is_broken_where_a_number_is_missing() -> None:
    (line,) = paths(drawn(SCENES["line"]), "s-line")
    assert line.count("M") == 1 and line.count("L") == 1


def test_layers_of_dots_differ_by_shape() -> None:
    first, second = paths(drawn(SCENES["dots"]), "s-dots")
    assert first.count("M") == second.count("M") == 1
    assert re.sub(r"M[\d.]+ [\d.]+", "", first) != re.sub(r"M[\d.]+ [\d.]+", "", second)


def test_a_path_shows_where_it_starts_and_ends() -> None:
    circles = [circle.attrib["class"].split()[0] for circle in drawn(SCENES["path"]).iter("circle")]
    assert circles == ["s-start", "s-end"]


def test_a_contour_lies_where_the_value_is() -> None:
    """Of a function that rises from −1 to 1 the line of 0 stands upright in the middle."""
    root = drawn(SCENES["contours"])
    (line,) = paths(root, "s-contour")
    ends = [tuple(map(float, point.split())) for point in re.findall(r"[\d.]+ [\d.]+", line)]
    (axis,) = paths(root, "p-axis")
    left, right = (float(number) for number in re.findall(r"M([\d.]+).*H([\d.]+)", axis)[0])
    assert len(ends) == 2
    assert {x for x, _ in ends} == {round((left + right) / 2, 1)}


def test_regions_shade_every_class_but_the_first() -> None:
    (shaded,) = paths(drawn(SCENES["regions"]), "s-region")
    assert shaded.count("z") == 2  # a run in each row


def test_a_heat_map_has_names_and_numbers_and_crosses_out_what_is_none() -> None:
    root = drawn(SCENES["heat map"])
    assert [text.text for text in root.iter("text")] == ["a", "b", "c", "d", "0", "1", "NaN/∞", "0.5"]
    assert len(paths(root, "s-missing")) == 1


def test_frames_of_a_picture_share_their_axes() -> None:
    near, far = (Chart((Dots(LABEL, (0.0, x), (0.0, x)),), LABEL, LABEL) for x in (1.0, 9.0))
    picture = DrawnPicture("one", LABEL, tuple(Frame(scene, LABEL) for scene in (near, far)))
    root = ElementTree.fromstring(figures(picture, "p1", ("en",)))
    ends = [[text.text for text in symbol.iter("text")] for symbol in root.iter("symbol")]
    assert ends[0] == ends[1]


def test_frames_have_names_of_their_own() -> None:
    names = [symbol.attrib["id"] for symbol in drawn(SCENES["line"], frames=3).iter("symbol")]
    assert len(set(names)) == 3


def test_on_one_scale_a_circle_is_round() -> None:
    """However wide the chart is, and whatever the axes would span by themselves."""
    corners = (Dots(LABEL, (-1.0, 1.0, 0.0, 0.0), (0.0, 0.0, -1.0, 1.0)),)
    for same_scale in (True, False):
        chart = Chart(corners, LABEL, LABEL, same_scale)
        across, up = spans_of([chart])
        wide, high = (abs(float(axis.at(1)) - float(axis.at(-1))) for axis in (across, up))
        assert (abs(wide - high) <= 0.2) == same_scale
        assert all(0 <= float(axis.at(end)) <= 600 for axis in (across, up) for end in (-1, 1))
