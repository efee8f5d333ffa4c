"""What the learner's page shows of exercise 15: how the loss falls with three optimizers."""

from __future__ import annotations

import torch

from grader.pictures import picture

EPOCHS = 30


@picture("What train returns, with three optimizers")
def losses(draw, student, probe):
    x = torch.randn(24, 2, generator=torch.Generator().manual_seed(15), dtype=torch.float64)
    y = (x.prod(dim=1) > 0).double()  # 1 in two opposite quarters
    layers, ends = [], {}
    for label, short in (("SGD", "sgd"), ("SGD with momentum", "momentum"), ("Adam", "adam")):
        made = student(probe("train_epochs"), "", label, EPOCHS, x, y, 8, 15)
        found = torch.tensor(made["list returned"])
        layers.append(draw.line(label, torch.arange(1, EPOCHS + 1), found))
        ends[short] = found[-1]
    chart = draw.chart(*layers, x="epoch", y="mean loss")
    says = "Mean loss of the last epoch: SGD {sgd}, with momentum {momentum}, Adam {adam}."
    return draw.frame(chart, says, **ends)
