"""Pictures of what a submission makes, as SVG."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from grader.report.scenes import figures, spans_of
from grader.report.svg import WIDTH
from grader.scene import (
    Bars,
    Chart,
    Contours,
    Dots,
    DrawnPicture,
    Frame,
    Graph,
    HeatMap,
    Images,
    Line,
    Node,
    Path,
    Regions,
    Scene,
)

LABEL = {"en": "a < b", "zh-CN": "甲 < 乙"}
SQUARE = (-1.0, 1.0)
SCENES: dict[str, Scene] = {
    "line": Chart((Line(LABEL, (0.0, 1.0, None, 2.0), (0.0, 1.0, 1.0, None)),), LABEL, LABEL),
    "dots": Chart((Dots(LABEL, (0.0, 1.0), (0.0, None)), Dots(LABEL, (0.0,), (1.0,))), LABEL, LABEL),
    "path": Chart((Path(LABEL, (0.0, 1.0, 1.0), (0.0, 0.0, 1.0)),), LABEL, LABEL),
    "bars": Chart(
        (Bars(LABEL, (0.0, 1.0, 2.0), (2.0, -1.0, None), 0.8), Bars(LABEL, (0.0,), (1.0,), 0.4)), LABEL, LABEL
    ),
    "contours": Chart((Contours(LABEL, SQUARE, SQUARE, ((-1.0, 1.0), (-1.0, 1.0)), (0.0,)),), LABEL, LABEL),
    "regions": Chart((Regions(LABEL, SQUARE, SQUARE, ((0, 1, 1), (0, 0, 1))),), LABEL, LABEL),
    "heat map": HeatMap(((0.0, 1.0), (None, 0.5)), rows=("a", "b"), columns=("c", "d")),
    "graph": Graph((Node("a < b", 0, 0, 2.0, None), Node("c", 1, 0.5, 3.0, 1.0, is_right=False)), ((0, 1),)),
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
    if isinstance(SCENES[name], Chart):
        assert "甲 < 乙" in shown["zh-CN"] and "a < b" not in shown["zh-CN"]
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


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?[\d.]+", text)]


def test_bars_stand_on_zero_and_those_of_a_second_layer_are_hollow() -> None:
    root = drawn(SCENES["bars"])
    first, _ = paths(root, "s-bars")
    assert first.count("z") == 2  # none where a number is missing
    (zero,) = paths(root, "p-zero")
    for bar in first.split("z")[:-1]:
        _, ground, *_, back = numbers(bar)
        assert ground == back == numbers(zero)[1]
    opaque = [float(path.attrib["fill-opacity"]) for path in root.iter("path") if "fill-opacity" in path.attrib]
    assert opaque[0] > 0 == opaque[1] and "▮" in "".join(root.itertext()) and "▯" in "".join(root.itertext())


def test_a_graph_has_values_and_gradients_in_boxes_that_do_not_overlap() -> None:
    root = drawn(SCENES["graph"])
    assert [text.text for text in root.iter("text")] == ["a < b", "2", "∂ NaN/∞", "c", "3", "∂ 1"]
    left, right = ([float(box.attrib[key]) for key in ("x", "width")] for box in root.iter("rect"))
    assert left[0] + left[1] < right[0] and right[0] + right[1] < WIDTH
    (edge,) = paths(root, "s-edge")
    assert numbers(edge)[0] == left[0] + left[1] and numbers(edge)[2] == right[0]


def test_a_wrong_node_is_dashed_and_the_legend_says_so() -> None:
    wrong = drawn(SCENES["graph"])
    assert ["stroke-dasharray" in box.attrib for box in wrong.iter("rect")] == [False, True]
    right = drawn(Graph((Node("a", 0, 0, 1.0, 1.0),), ()))
    assert ["dashed box" in "".join(root.itertext()) for root in (wrong, right)] == [True, False]


def test_heat_maps_of_a_picture_share_their_shades() -> None:
    """What is 1 in both is as dark in both, whatever the largest number of each is."""
    frames = tuple(Frame(HeatMap(((0.0, 1.0, most),)), LABEL) for most in (1.0, 4.0))
    root = ElementTree.fromstring(figures(DrawnPicture("one", LABEL, frames), "p1", ("en",)))
    few, many = (
        [path.attrib["fill-opacity"] for path in symbol.iter("path") if path.attrib["class"] == "s-cell"]
        for symbol in root.iter("symbol")
    )
    assert few == many[:1]


@pytest.mark.parametrize("value", [-0.00041234, 123456.789, -1.2345e20, 1e-30, -0.0, 0.1 + 0.2])
def test_a_number_stays_within_its_cell(value: float) -> None:
    (text,) = [text.text or "" for text in drawn(HeatMap(((value,),))).iter("text")]
    assert len(text) <= 6 and float(text) == pytest.approx(value, rel=0.3) and text != "-0"
