"""What the learner's page shows of exercise 10: the ways of two kinds of descent over the lines of equal cost."""

from __future__ import annotations

import numpy as np
import torch

from grader.pictures import picture

STEPS = 20


def data():
    """Twelve samples of y = 1.5x + 0.5 with noise: X [12, 1], y [12]."""
    gen = np.random.default_rng(10)
    X = gen.normal(1.0, 1.0, (12, 1))
    return X, 1.5 * X[:, 0] + 0.5 + gen.normal(0.0, 0.4, 12)


@picture("The way of w and b, over lines of equal cost")
def descent(draw, student, reference):
    X, y = data()
    order = np.random.default_rng(11).permutation(12)
    moves = {
        "all": ("the whole batch", lambda w, b, step: student.batch_step(w, b, X, y, 0.15)),
        "one": ("one sample at a time", lambda w, b, step: student.sgd_epoch(w, b, X, y, 0.15, order[[step % 12]])),
    }
    span, up = (-1.5, 2.5), (-1.0, 2.0)
    ws, bs = np.linspace(*span, 25), np.linspace(*up, 19)
    costs = np.array([[reference.cost(np.array([w]), float(b), X, y) for w in ws] for b in bs])
    contours = draw.contours("equal cost", span, up, costs, [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8])
    paths, ends = [], {}
    for name, (label, move) in moves.items():
        w, b = np.array([-1.0]), -0.5
        steps = [(w[0], b)]
        for step in range(STEPS):
            w, b = move(w, b, step)
            steps.append((float(w[0]), float(b)))
        paths.append(draw.path(label, *torch.tensor(steps).T))
        ends[name] = reference.cost(w, float(b), X, y)
    says = "From w = −1, b = −0.5, after {steps} steps: cost {all} by the whole batch, {one} by single samples."
    return draw.frame(draw.chart(contours, *paths, x="w", y="b"), says, steps=STEPS, **ends)
