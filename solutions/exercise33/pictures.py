"""What the learner's page shows of exercise 33: the regret of epsilon-greedy and of UCB1 as the steps go on."""

from __future__ import annotations

import torch

from grader.pictures import picture

STEPS, TABLES = 200, 2
ENDS = "first", "second", "third"
#: How often each arm pays 1; else it pays 0.
CHANCES = torch.tensor([0.2, 0.5, 0.35, 0.8, 0.6], dtype=torch.float64)


def regret(lost):
    """The sum up to each step, as a mean over the tables: [STEPS]."""
    return torch.stack(lost).cumsum(dim=1).mean(dim=0)


@picture("Regret: what is lost against always pulling the best arm")
def regrets(draw, student, probe):
    gen = torch.Generator().manual_seed(33)
    paid = (torch.rand(TABLES, STEPS, len(CHANCES), generator=gen, dtype=torch.float64) < CHANCES).double()
    u = torch.rand(TABLES, STEPS, 2, generator=gen, dtype=torch.float64)
    curves = {
        f"ε = {eps:g}": regret([student(probe("lost_by_run"), CHANCES, paid[k], eps, u[k]) for k in range(TABLES)])
        for eps in (0.0, 0.1, 1.0)
    }
    curves["UCB1"] = regret([student(probe("lost_by_ucb1"), CHANCES, rewards) for rewards in paid])
    frames = []
    for names in (("ε = 0.1", "ε = 0", "ε = 1"), ("ε = 0.1", "UCB1", "ε = 1")):  # a place has its own colour
        lines = (draw.line(name, torch.arange(1, STEPS + 1), curves[name]) for name in names)
        ends = {end: float(curves[name][-1]) for end, name in zip(ENDS, names, strict=True)}
        said = ", ".join(f"{{{end}}} ({name})" for end, name in zip(ENDS, names, strict=True))
        chart = draw.chart(*lines, x="step", y="regret so far")
        frames.append(draw.frame(chart, f"Regret after {{steps}} steps: {said}.", steps=STEPS, **ends))
    return frames
