"""The training loop: one step, whole epochs, and the evaluation that only looks.

Models, loss functions, loaders and optimisers are handed in; nothing here knows what is inside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch

Batches = Iterable[tuple[torch.Tensor, torch.Tensor]]
LossFunction = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def train_step(
    model: torch.nn.Module, x: torch.Tensor, y: torch.Tensor, loss_fn: LossFunction, optimizer: torch.optim.Optimizer
) -> float:
    """One step of training on one batch, with the model in training mode and one forward pass.

    x: inputs, y: targets; their first axis counts the samples. loss_fn(model(x), y) is the mean loss of the batch, 0-d.
    Returns: that loss as a Python float, as it was before the parameters moved.
    """
    ### BEGIN SOLUTION
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()
    ### END SOLUTION


def train(
    model: torch.nn.Module, loader: Batches, loss_fn: LossFunction, optimizer: torch.optim.Optimizer, epochs: int
) -> list[float]:
    """Training for so many epochs: each takes one walk through the loader and a step on every batch.

    loader: gives pairs (x, y), anew and maybe in another order each time it is walked through; may have no length.
    Returns: one Python float per epoch, the mean over its samples of the losses that the steps returned.
    """
    ### BEGIN SOLUTION
    history = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        for x, y in loader:
            total += len(x) * train_step(model, x, y, loss_fn, optimizer)
            samples += len(x)
        history.append(total / samples)
    return history
    ### END SOLUTION


def evaluate(model: torch.nn.Module, loader: Batches, loss_fn: LossFunction) -> float:
    """The mean loss over all samples of the loader, with the model in evaluation mode and without a graph.

    Returns: a Python float. Afterwards the model is in the mode it came in.
    """
    ### BEGIN SOLUTION
    was_training = model.training
    model.eval()
    total, samples = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += len(x) * loss_fn(model(x), y).item()
            samples += len(x)
    model.train(was_training)
    return total / samples
    ### END SOLUTION
