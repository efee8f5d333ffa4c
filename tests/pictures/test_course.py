"""The pictures of exercises 01 to 16: what each shows of right answers, of mistakes and of hostile numbers."""

from __future__ import annotations

import math
import types
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import torch

from grader.audit.mistakes import Mistakes
from grader.audit.pictures import picture_faults
from grader.calls.invoke import Space
from grader.checks.context import Implementation
from grader.checks.exercise import LoadedExercise, known_outcome
from grader.checks.reference import expect_valid
from grader.checks.seeds import Sample
from grader.course.find import find_course, find_exercise
from grader.course.model import Exercise
from grader.course.stub import cut_stub
from grader.course.texts import texts_beside
from grader.grading.grader import Grader
from grader.pictures.draw import Draw
from grader.pictures.run import PictureFunction, drawn, read_pictures
from grader.report.scenes import figures
from grader.scene import Bars, Chart, Contours, Dots, DrawnPicture, Frame, Graph, HeatMap, Layer, Line, Regions
from grader.text import render
from grader.wire.values import Call

COURSE = find_course(Path(__file__).parents[2])
#: 08 has none: where a tensor lies, and whether it is the same one, is nothing to look at.
DRAWN = [f"exercise{number:02}" for number in range(1, 17) if number != 8]


class Trusted(Implementation):
    """A module in this process, whose values pass through `bend`."""

    def __init__(self, space: Space, bend: Callable[[Any], Any] = lambda value: value) -> None:
        self._of, self._bend = space, bend

    def __call__(self, target: Any, *args: Any, **kwargs: Any) -> Any:
        call = Call(target=target, args=args, kwargs=kwargs)
        return self._bend(expect_valid(known_outcome(self._of, call), call).value)


@cache
def loaded(exercise: str) -> tuple[Exercise, LoadedExercise, dict[str, PictureFunction]]:
    found = find_exercise(COURSE, exercise)
    functions = {function.name: function for function in read_pictures(found.folder)}
    return found, LoadedExercise(found.folder, id=found.id), functions


def picture_of(exercise: str, name: str, mistake: str = "", bend: Callable[[Any], Any] | None = None) -> DrawnPicture:
    """The picture of the reference, of a mistake (its name, or an edit of the reference), or of bent values."""
    found, own, functions = loaded(exercise)
    space = own.reference
    if mistake:
        module = types.ModuleType(found.slug)
        exec(wrong_answer(found, mistake), vars(module))
        space = Space(module, own.reference.probes)
    student = Trusted(space, bend) if bend else Trusted(space)
    sample = Sample(0, torch.device("cpu"))
    return drawn(functions[name], Draw(texts_beside(found.folder)), student, Trusted(own.reference), sample, sample)


def wrong_answer(exercise: Exercise, mistake: str) -> str:
    before, arrow, after = mistake.partition(" → ")
    if not arrow:
        return Mistakes(exercise).submission(mistake)
    source = (exercise.folder / "reference.py").read_text("utf-8")
    assert before in source
    return source.replace(before, after)


def layers(frame: Frame, kind: type[Layer]) -> list[Any]:
    assert isinstance(frame.scene, Chart)
    return [layer for layer in frame.scene.layers if isinstance(layer, kind)]


def follows_its_slopes(picture: DrawnPicture) -> bool:
    """Whether the measured slopes lie on the line of the derivative."""
    for frame in picture.frames:
        _, derivative = layers(frame, Line)
        (slopes,) = layers(frame, Dots)
        at = dict(zip(derivative.x, derivative.y, strict=True))
        if any(abs(at[x] - y) > 0.01 for x, y in zip(slopes.x, slopes.y, strict=True)):
            return False
    return True


def has_one_border(picture: DrawnPicture) -> bool:
    """Whether the line of the collapsed layer is the border of the network."""
    (regions,), (line,) = (layers(picture.frames[0], kind) for kind in (Regions, Contours))
    return all(
        (value > 0) == bool(positive)
        for values, classes in zip(line.values, regions.classes, strict=True)
        for value, positive in zip(values, classes, strict=True)
    )


def is_as_drawn_on_average(picture: DrawnPicture) -> bool:
    (bars,), (right,) = (layers(picture.frames[0], kind) for kind in (Bars, Dots))
    return all(abs(one - other) < 0.05 for one, other in zip(bars.y, right.y, strict=True))


def is_right_in_every_node(picture: DrawnPicture) -> bool:
    scene = picture.frames[0].scene
    assert isinstance(scene, Graph)
    return all(node.is_right for node in scene.nodes)


def is_like_the_right_one(picture: DrawnPicture) -> bool:
    yours, right = (frame.scene for frame in picture.frames)
    assert isinstance(yours, HeatMap)
    return yours == right


def has_right_bars(picture: DrawnPicture) -> bool:
    return all(layers(frame, Bars)[0].y == layers(frame, Dots)[0].y for frame in picture.frames)


def falls_on_every_line(picture: DrawnPicture) -> bool:
    return all(line.y[-1] < 0.6 * line.y[0] for line in layers(picture.frames[0], Line))


def says(words: str, frame: int = -1) -> Callable[[DrawnPicture], bool]:
    return lambda picture: words in picture.frames[frame].says["en"]


#: A picture, what it shows of the reference, and a mistake of which it shows something else.
SHOWS: list[tuple[str, str, Callable[[DrawnPicture], bool], str]] = [
    ("exercise01", "plane", says("the output is 2."), "batch_without_bias"),
    ("exercise02", "regions", says("Epochs: 6. Samples on the wrong side: 0."), "update_sign"),
    ("exercise03", "sigmoid", follows_its_slopes, "sigmoid_grad_plus"),
    ("exercise03", "tanh", follows_its_slopes, "tanh_grad_plus"),
    ("exercise04", "relu", follows_its_slopes, "relu_grad_other_half"),
    ("exercise04", "leaky_relu", follows_its_slopes, "leaky_relu_grad_keeps_x"),
    ("exercise04", "elu", follows_its_slopes, "elu_grad_without_alpha"),
    ("exercise04", "depth", says("1.143e-13 is left by sigmoid, 0.1073 by tanh, 1 by relu"), "depth_all_at_the_input"),
    ("exercise05", "through", says("Points on the wrong side: 0 of 40"), "mlp_without_f"),
    ("exercise05", "collapsed", has_one_border, "collapse_first_bias_only"),
    ("exercise06", "dtypes", says("−2.7 has become -2.", 1), "convert_rounded"),
    ("exercise06", "divisions", says("−7 by 2 gives -4."), "divide_truncated"),
    ("exercise06", "uniform", is_as_drawn_on_average, "uniform_from_zero"),
    ("exercise06", "normal", is_as_drawn_on_average, "normal_squared_std"),
    ("exercise06", "integers", is_as_drawn_on_average, "integers_with_high"),
    ("exercise07", "transposed", says("12 of 12"), "transposed_copy"),
    ("exercise07", "viewed", says("12 of 12"), "view_cloned"),
    ("exercise07", "shaped", says("12 of 12", 0), "always_copied"),
    ("exercise07", "column", says("3 of 3"), "column_copied"),
    ("exercise09", "by_logit", follows_its_slopes, "logits_grad_sign"),
    ("exercise09", "probabilities", says("Their sum is 1;"), "softmax_euclidean"),
    ("exercise09", "pulls", says("the sum over all classes is 0."), "cross_entropy_grad_without_labels"),
    (
        "exercise10",
        "descent",
        says("Steps drawn: 48 of 48, in 4 epochs. From w = −1, b = −0.5 the cost comes to 0.1095."),
        "sgd_half",
    ),
    ("exercise11", "neuron", is_right_in_every_node, "tanh_slope_of_input"),
    ("exercise11", "twice", is_right_in_every_node, "overwritten"),
    ("exercise12", "first", is_like_the_right_one, "backward_mask_forgotten"),
    ("exercise12", "second", is_like_the_right_one, "backward_labels_forgotten"),
    ("exercise12", "biases", has_right_bars, "backward_bias_mean"),
    ("exercise13", "gradient", is_like_the_right_one, "f(x), x)[0] → f(x), x)[0] / 2"),
    ("exercise13", "product", is_like_the_right_one, "vjp_without_v"),
    ("exercise13", "steps", says("at eps = 1e-05"), "forward_difference"),
    ("exercise14", "line", says("The mean of the squared residuals is 0.016"), "step_bias_stays"),
    ("exercise14", "losses", falls_on_every_line, "step_without_effect"),
    ("exercise15", "losses", falls_on_every_line, "no_step"),
    ("exercise16", "depth", says("with larger weights it is 1."), "standard_normal"),
]


@pytest.mark.parametrize(("exercise", "name", "shows", "mistake"), SHOWS, ids=[f"{e}-{n}" for e, n, *_ in SHOWS])
def test_a_picture_tells_a_right_answer_from_a_mistake(
    exercise: str, name: str, shows: Callable[[DrawnPicture], bool], mistake: str
) -> None:
    assert shows(picture_of(exercise, name))
    assert not shows(picture_of(exercise, name, mistake))


def test_every_picture_is_looked_at_here() -> None:
    assert [(exercise, name) for exercise in DRAWN for name in loaded(exercise)[2]] == [row[:2] for row in SHOWS]


@pytest.mark.parametrize("exercise", DRAWN)
def test_whole_pictures_have_no_fault(exercise: str) -> None:
    assert [render(fault, "en") for fault in picture_faults(loaded(exercise)[0])] == []


def bent(number: float, value: Any) -> Any:
    """The value with this number in the place of each floating one."""
    if isinstance(value, dict):
        return {key: bent(number, item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(bent(number, item) for item in value)
    if isinstance(value, torch.Tensor):
        return torch.full_like(value, 0) + number if value.is_floating_point() else value
    if isinstance(value, np.ndarray):
        return np.full_like(value, number) if value.dtype.kind == "f" else value
    return number if isinstance(value, float) else value


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 1e300, 0.0], ids=str)
@pytest.mark.parametrize("exercise", DRAWN)
def test_hostile_numbers_are_drawn_or_leave_the_picture_out(exercise: str, number: float) -> None:
    for name in loaded(exercise)[2]:
        try:
            picture = picture_of(exercise, name, bend=lambda value: bent(number, value))
        except (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError):
            continue  # what draw_pictures leaves out
        drawing = figures(picture, "p1", ("en", "zh-CN"))
        assert not any(word in attribute for attribute in coordinates(drawing) for word in ("nan", "inf"))


def coordinates(drawing: str) -> list[str]:
    """Where everything is drawn."""
    root = ElementTree.fromstring(drawing)
    return [element.get(name, "") for element in root.iter() for name in ("d", "x", "y", "cx", "cy", "viewBox")]


@pytest.mark.slow
def test_right_answers_have_all_their_pictures_and_stubs_none(tmp_path: Path) -> None:
    """In a worker, where what a picture hands over must be data."""
    exercises = [loaded(exercise)[0] for exercise in DRAWN]
    with Grader(COURSE, exercises, seed=0) as grader:
        grader.pictures = True
        for exercise in exercises:
            file, drawn_of = tmp_path / f"{exercise.slug}.py", []
            for source in ((exercise.folder / "reference.py").read_text("utf-8"), cut_stub(exercise, ("en",))):
                file.write_text(source, "utf-8")
                result = grader.grade(exercise, file.name, grader.prepare(exercise, file))
                drawn_of.append([picture.name for picture in result.pictures])
            assert drawn_of == [list(loaded(exercise.id)[2]), []]
