"""What the learner's page shows of exercise 10: descent with three batch sizes, over lines of equal cost."""

from __future__ import annotations

import numpy as np

from grader.pictures import picture

EPOCHS, SAMPLES, LR = 4, 12, 0.15
#: A way is drawn as long as it stays nearer than this.
FAR = 10.0
W_SPAN, B_SPAN = (-1.5, 2.5), (-1.0, 2.0)


def data():
    """Twelve samples of y = 1.5x + 0.5 with noise: X [12, 1], y [12]."""
    gen = np.random.default_rng(10)
    X = gen.normal(1.0, 1.0, (SAMPLES, 1))
    return X, 1.5 * X[:, 0] + 0.5 + gen.normal(0.0, 0.4, SAMPLES)


def way(move, size):
    """(w, b) at the start and after each step, [1 + steps, 2]. move: makes a step from w and b with some rows."""
    gen = np.random.default_rng(11)
    w, b = np.array([-1.0]), -0.5
    points = [(w[0], b)]
    for rows in np.concatenate([gen.permutation(SAMPLES).reshape(-1, size) for _ in range(EPOCHS)]):
        w, b = move(w, b, rows)
        if not max(abs(w[0]), abs(b)) < FAR:
            break
        points.append((w[0], float(b)))
    return np.array(points)


@picture("The way of w and b with three batch sizes, over lines of equal cost")
def descent(draw, student, reference):
    X, y = data()
    ws, bs = np.linspace(*W_SPAN, 25), np.linspace(*B_SPAN, 19)
    costs = np.array([[reference.cost(np.array([w]), float(b), X, y) for w in ws] for b in bs])
    contours = draw.contours("equal cost", W_SPAN, B_SPAN, costs, [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8])
    frames = []
    for label, size, move in (
        ("the whole batch", SAMPLES, lambda w, b, rows: student.batch_step(w, b, X, y, LR)),
        ("4 samples at a time", 4, lambda w, b, rows: student.minibatch_epoch(w, b, X, y, LR, 4, rows)),
        ("one sample at a time", 1, lambda w, b, rows: student.sgd_epoch(w, b, X, y, LR, rows)),
    ):
        points = way(move, size)
        cost = reference.cost(points[-1, :1], float(points[-1, 1]), X, y)
        chart = draw.chart(contours, draw.path(label, *points.T), x="w", y="b")
        says = "Steps drawn: {steps} of {all}, in {epochs} epochs. From w = −1, b = −0.5 the cost comes to {cost}."
        shown = {"steps": len(points) - 1, "all": EPOCHS * SAMPLES // size, "epochs": EPOCHS, "cost": cost}
        frames.append(draw.frame(chart, says, **shown))
    return frames
