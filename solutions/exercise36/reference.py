"""A network that reads digits: its layers, its training, its evaluation, and the file that it is kept in.

Images are float32 [N, 1, 8, 8] with values from 0 to 1, labels int64 [N] with values from 0 to 9.
"""

from __future__ import annotations

from os import PathLike

import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    """A convolutional network of at most 20,000 parameters, with at least two convolutions; made by `Net()`."""

    def __init__(self) -> None:
        """Make the layers, with start values of any kind."""
        ### BEGIN SOLUTION
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 16, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.Conv2d(16, 24, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(24 * 4 * 4, 10),
        )
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x: images, [N, 1, 8, 8]. Returns: logits, [N, 10]."""
        ### BEGIN SOLUTION
        return self.layers(x)
        ### END SOLUTION


def shift(x: torch.Tensor, gen: torch.Generator) -> torch.Tensor:
    """Each image moved by −1, 0 or 1 pixel down and by −1, 0 or 1 pixel to the right; zeros come in at the edge.

    x: images, [N, 1, 8, 8]. gen: draws one of the nine moves for each image, all equally likely.
    Returns: new images, [N, 1, 8, 8].
    """
    ### BEGIN SOLUTION
    padded = F.pad(x, (1, 1, 1, 1))
    top, left = torch.randint(3, (2, len(x), 1, 1), generator=gen)
    pixel = torch.arange(8)
    return padded[torch.arange(len(x))[:, None, None], 0, top + pixel[:, None], left + pixel].unsqueeze(1)
    ### END SOLUTION


def evaluate(model: nn.Module, x: torch.Tensor, y: torch.Tensor) -> tuple[float, float]:
    """The mean cross-entropy and the accuracy of a model, in evaluation mode and without a graph.

    x: images, [N, 1, 8, 8], N ≥ 1; y: labels, [N]. The model keeps its mode, its parameters and their gradients.
    Returns: the loss and the share of images whose largest logit is that of their label, two Python floats.
    """
    ### BEGIN SOLUTION
    was_training = model.training
    model.eval()
    with torch.no_grad():
        logits = model(x)
    model.train(was_training)
    correct = (logits.argmax(dim=1) == y).sum().item()
    return F.cross_entropy(logits, y).item(), correct / len(y)
    ### END SOLUTION


def train(
    model: nn.Module,
    train: tuple[torch.Tensor, torch.Tensor],
    val: tuple[torch.Tensor, torch.Tensor],
    max_steps: int,
    gen: torch.Generator,
) -> dict[str, float]:
    """Train a model on shifted images of `train`, with at most `max_steps` steps and 64·max_steps images.

    train, val: images and labels. gen: all random numbers come from it. Each step passes one batch forward, once, in
    training mode.
    Returns: "steps", the number of steps made, and "train_loss", "val_loss" and "val_accuracy" of the model that is
    left, in evaluation mode, on the unshifted images.
    """
    ### BEGIN SOLUTION
    x, y = train
    optimizer = torch.optim.Adam(model.parameters())
    for step in range(max_steps):
        optimizer.param_groups[0]["lr"] = 0.005 * (1 - step / max_steps)
        rows = torch.randint(len(x), (64,), generator=gen)
        model.train()
        loss = F.cross_entropy(model(shift(x[rows], gen)), y[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    train_loss, _ = evaluate(model, x, y)
    val_loss, val_accuracy = evaluate(model, *val)
    return {"steps": max_steps, "train_loss": train_loss, "val_loss": val_loss, "val_accuracy": val_accuracy}
    ### END SOLUTION


def save(model: nn.Module, path: str | PathLike[str]) -> None:
    """Write a Net's parameters and buffers to the file `path`; the model stays as it is."""
    ### BEGIN SOLUTION
    torch.save(model.state_dict(), path)
    ### END SOLUTION


def load(path: str | PathLike[str]) -> Net:
    """A new Net, in evaluation mode, with the parameters and buffers that `save` wrote. Runs no code from the file."""
    ### BEGIN SOLUTION
    model = Net()
    model.load_state_dict(torch.load(path, weights_only=True))
    return model.eval()
    ### END SOLUTION
