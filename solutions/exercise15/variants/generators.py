"""Losses flow through generators; math.fsum adds them up. The gradients are reset before and after."""

import contextlib
import math

import torch


@contextlib.contextmanager
def evaluating(model):
    mode = model.training
    model.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        model.train(mode)


def losses_of_an_epoch(model, loader, loss_fn, optimizer):
    for x, y in iter(loader):
        yield x.shape[0], train_step(model, x, y, loss_fn, optimizer)


def losses_of_all(model, loader, loss_fn):
    for x, y in loader:
        yield len(x), loss_fn(model(x), y).item()


def average(weighted):
    counts, losses = zip(*weighted, strict=True)
    return math.fsum(map(math.prod, zip(counts, losses, strict=True))) / sum(counts)


def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    for parameter in model.parameters():
        parameter.grad = None
    (loss := loss_fn(model(x), y)).backward()
    value = float(loss)
    optimizer.step()
    optimizer.zero_grad()
    return value


def train(model, loader, loss_fn, optimizer, epochs):
    def history():
        for _ in range(epochs):
            yield average(losses_of_an_epoch(model, loader, loss_fn, optimizer))

    return list(history())


def evaluate(model, loader, loss_fn):
    with evaluating(model):
        return average(losses_of_all(model, loader, loss_fn))
