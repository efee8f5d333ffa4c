"""Parameters and F.conv2d in place of layers; Adam's formula by hand, gradients from autograd.grad; NumPy's file."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


def _start(*shape):
    inputs = int(np.prod(shape[1:]))
    return nn.Parameter(torch.randn(shape) * (2 / inputs) ** 0.5)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.k1, self.c1 = _start(16, 1, 3, 3), nn.Parameter(torch.zeros(16))
        self.k2, self.c2 = _start(24, 16, 3, 3), nn.Parameter(torch.zeros(24))
        self.w, self.b = _start(10, 216), nn.Parameter(torch.zeros(10))

    def forward(self, x):
        x = F.conv2d(x, self.k1, self.c1, padding=1).clamp(min=0)
        x = F.max_pool2d(F.conv2d(x, self.k2, self.c2).clamp(min=0), 2)
        return x.reshape(len(x), -1) @ self.w.T + self.b


def shift(x, gen):
    down, right = torch.randint(-1, 2, (2, len(x)), generator=gen).numpy()
    wide = np.pad(x.numpy(), ((0, 0), (0, 0), (1, 1), (1, 1)))
    windows = [wide[i, :, 1 - d : 9 - d, 1 - r : 9 - r] for i, (d, r) in enumerate(zip(down, right, strict=True))]
    return torch.from_numpy(np.stack(windows)) if windows else x.clone()


def evaluate(model, x, y):
    training = model.training
    model.eval()
    with torch.no_grad():
        logits = model(x)
    model.training = training
    for child in model.children():
        child.train(training)
    probabilities = F.log_softmax(logits, 1).numpy()
    right = probabilities.argmax(1) == y.numpy()
    return float(-probabilities[np.arange(len(y)), y.numpy()].mean()), float(right.mean())


def train(model, train, val, max_steps, gen):
    x, y = train
    parameters = [p for p in model.parameters() if p.requires_grad]
    means, squares = ([torch.zeros_like(p) for p in parameters] for _ in range(2))
    for t in range(1, max_steps + 1):
        model.train()
        rows = torch.randint(0, len(x), (64,), generator=gen)
        loss = F.nll_loss(F.log_softmax(model(shift(x[rows], gen)), 1), y[rows])
        with torch.no_grad():
            for p, g, m, s in zip(parameters, torch.autograd.grad(loss, parameters), means, squares, strict=True):
                m += 0.1 * (g - m)
                s += 0.001 * (g * g - s)
                p -= 0.004 * (1 - t / (max_steps + 1)) * (m / (1 - 0.9**t)) / ((s / (1 - 0.999**t)).sqrt() + 1e-8)
    val_loss, val_accuracy = evaluate(model, *val)
    return {
        "steps": max_steps,
        "train_loss": evaluate(model, *train)[0],
        "val_loss": val_loss,
        "val_accuracy": val_accuracy,
    }


def save(model, path):
    with open(path, "wb") as file:
        np.savez(file, **{name: p.detach().numpy() for name, p in model.named_parameters()})


def load(path):
    model = Net()
    with np.load(path, allow_pickle=False) as arrays:
        model.load_state_dict({name: torch.from_numpy(arrays[name]) for name in arrays.files})
    return model.eval()
