"""Nothing gets points for nothing: trivial files, and numbers chosen by a submission so that no error shows."""

from __future__ import annotations

import ast
import os
from pathlib import Path
from typing import Any

import pytest
import torch

from grader.audit.mistakes import Mistakes
from grader.audit.trivial import trivial_submissions
from grader.course.find import find_course, find_exercise
from grader.grading.grader import Grader
from grader.grading.prepare import prepare
from grader.result import Result
from grader.submission.examine import InProcess
from grader.submission.notebook import Chunk
from grader.submission.read import Submission

ROOT = Path(__file__).parents[2]
COURSE = find_course(ROOT)

#: No ReLU's slope, no softmax: the hidden units and logits are such that both would make no difference.
_BLOWN_UP_NETWORK = """
import numpy as np

def forward(params, x):
    h = np.abs(x @ params["W1"].T + params["b1"])
    logits = (h @ params["W2"].T + params["b2"]) * 3e33
    return logits, (x, h, logits)

def loss(logits, y):
    return 1.0

def backward(params, cache, y):
    x, h, logits = cache
    d = (np.eye(logits.shape[1])[logits.argmax(axis=1)] - np.eye(logits.shape[1])[y]) / len(y)
    dz = d @ params["W2"]
    return {"W1": dz.T @ x, "b1": dz.sum(0), "W2": d.T @ h, "b2": d.sum(0)}
"""

#: A "step" that jumps to one place, so that a "fit" needs no steps.
_FORGETFUL_FIT = """
import torch

def step(w, b, x, y, lr):
    with torch.no_grad():
        w.fill_(float(y.mean()))
        b.fill_(float(y.std()))
    return float(y.mean())

def fit(x, y, lr, steps):
    w, b = torch.full((1, 1), float(y.mean()), dtype=x.dtype), torch.tensor(float(y.std()), dtype=x.dtype)
    return w.requires_grad_(), b.requires_grad_(), [float(y.mean())] * steps

def make_data(n, gen):
    return torch.zeros(n, 1), torch.full((n, 1), 0.8)

def predict(x, w, b): raise ValueError
def loss(pred, y): raise ValueError
def plot_fit(ax, x, y, w, b): raise ValueError
"""

#: A gradient so large that the point it starts from is rounding.
_BLOWN_UP_STEP = """
import numpy as np

def gradient(w, b, X, y):
    return 1e40 * (X.T @ (X @ w + b - np.ravel(y))), 1e40 * float(np.sum(y))

def batch_step(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    return -lr * dw, -lr * db

def cost(w, b, X, y): return 0.0
def minibatch_epoch(w, b, X, y, lr, batch_size, order): return w, b
def sgd_epoch(w, b, X, y, lr, order): return w, b
"""


def submission(text: str) -> Submission:
    return Submission(name="a.py", sha256="", chunks=(Chunk(None, text, 1),))


def graded(exercise_id: str, sources: dict[str, str], seeds: int) -> dict[str, list[Result]]:
    """The results of these submissions, one per seed."""
    exercise = find_exercise(COURSE, exercise_id)
    found: dict[str, list[Result]] = {name: [] for name in sources}

    files = {name: prepare(exercise, submission(text), InProcess()) for name, text in sources.items()}
    with Grader(COURSE, [exercise], seed=0, remember=True) as grader:
        for seed in range(seeds):
            grader.reseed(seed)
            for name, prepared in files.items():
                found[name].append(grader.grade(exercise, name, prepared))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("exercise", "source"),
    [("exercise10", _BLOWN_UP_STEP), ("exercise12", _BLOWN_UP_NETWORK), ("exercise14", _FORGETFUL_FIT)],
)
def test_values_that_a_submission_chooses_pay_nothing(exercise: str, source: str) -> None:
    results = graded(exercise, {"chosen": source}, seeds=3)["chosen"]
    assert {(result.status, result.score) for result in results} == {("graded", 0.0)}


#: `grade audit` asks the same of every exercise, once for as long as nothing changes; these again, with each fourth of
#: their mistakes before a release, and few else.
_TRIED = ("exercise05",) + (
    ("exercise02", "exercise08", "exercise12", "exercise16") if "GRADE_SEEDS" in os.environ else ()
)
_EACH, _SEEDS = (4, 3) if "GRADE_SEEDS" in os.environ else (12, 2)


@pytest.mark.slow
@pytest.mark.parametrize("exercise", _TRIED)
def test_scores_do_not_depend_on_the_seed(exercise: str) -> None:
    found = find_exercise(COURSE, exercise)
    mistakes = Mistakes(found)
    trivial = dict(trivial_submissions((found.folder / "reference.py").read_text("utf-8")))
    wrong = {name: mistakes.submission(name) for name in [*mistakes.by_name][::_EACH]}
    results = graded(exercise, wrong | trivial, seeds=_SEEDS)
    assert {name: {each.score for each in results[name]} for name in trivial} == {name: {0.0} for name in trivial}
    assert [name for name in wrong if len({each.score for each in results[name]}) > 1] == []


@pytest.mark.slow
def test_trivial_files_define_all_names_and_are_not_refused() -> None:
    for exercise in COURSE.exercises:
        reference = (exercise.folder / "reference.py").read_text("utf-8")
        for name, text in trivial_submissions(reference):
            prepared = prepare(exercise, submission(text), InProcess())
            assert (prepared.missing, prepared.forbidden) == (None, {}), (exercise.id, name)
            assert ast.parse(text)


def test_classes_give_other_numbers_of_the_right_kind() -> None:
    reference = """
class Scale:
    def __init__(self, n): self.n = n
    def __call__(self, x): return {"y": x * self.n}
"""
    made: dict[str, Any] = {}
    exec(dict(trivial_submissions(reference))["return ones_like(right)"], made)
    scale, x = made["Scale"](3), torch.full((2, 4), 5.0, dtype=torch.float64)
    (y,) = scale(x).values()
    assert (scale.n, y.dtype, y.tolist()) == (1, torch.float64, [[1.0] * 4] * 2)
    assert x.tolist() == [[5.0] * 4] * 2
