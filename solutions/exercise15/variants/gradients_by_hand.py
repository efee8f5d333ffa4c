"""autograd.grad in the place of backward, its results put into .grad; the running mean is updated batch by batch."""

import torch


def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    loss = loss_fn(model(x), y)
    for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters), strict=True):
        parameter.grad = gradient
    optimizer.step()
    return loss.tolist()


class RunningMean:
    def __init__(self):
        self.value, self.weight = 0.0, 0

    def add(self, value, weight):
        self.weight += weight
        self.value += (value - self.value) * weight / self.weight


def train(model, loader, loss_fn, optimizer, epochs):
    means = [RunningMean() for _ in range(epochs)]
    for mean in means:
        for x, y in loader:
            mean.add(train_step(model, x, y, loss_fn, optimizer), len(x))
    return [mean.value for mean in means]


def evaluate(model, loader, loss_fn):
    mean = RunningMean()
    trainable = [parameter for parameter in model.parameters() if parameter.requires_grad]
    mode = model.training
    model.eval().requires_grad_(False)
    for x, y in loader:
        mean.add(float(loss_fn(model(x), y)), len(x))
    for parameter in trainable:
        parameter.requires_grad_()
    model.train(mode)
    return mean.value
