"""Gradients zeroed in place if they are there, new values copied in; the plot with pyplot at hand, in NumPy."""

import matplotlib.pyplot as plt
import numpy as np
import torch


def make_data(n, gen):
    x = torch.rand((n, 1), generator=gen, dtype=torch.float32)
    y = torch.full_like(x, 0.8)
    y += 3 * x
    return x, y


def predict(x, w, b):
    return torch.matmul(x, w) + b


def loss(pred, y):
    return ((pred - y) * (pred - y)).sum() / y.numel()


def step(w, b, x, y, lr):
    for leaf in (w, b):
        if leaf.grad is not None:
            leaf.grad.zero_()
    value = loss(predict(x, w, b), y)
    before = value.detach().clone()
    torch.autograd.backward(value)
    with torch.no_grad():
        w.copy_(w - lr * w.grad)
        b.copy_(b - lr * b.grad)
    return before.item()


def fit(x, y, lr, steps):
    if steps == 0:
        return torch.zeros_like(x[:1, :1]).requires_grad_(), torch.zeros_like(x[0, 0]).requires_grad_(), []
    w, b, losses = fit(x, y, lr, steps - 1)
    return w, b, [*losses, step(w, b, x, y, lr)]


def plot_fit(ax, x, y, w, b):
    plt.setp(ax, xlabel="x")
    inputs, targets = x.numpy().ravel(), y.numpy().ravel()
    with torch.no_grad():
        values = predict(x, w, b).numpy().ravel()
    order = np.argsort(inputs)
    ax.plot(inputs[order], values[order], color="k", lw=2)
    ax.fill_between(inputs[order], values[order] - 0.1, values[order] + 0.1, alpha=0.2)
    for u, target, value in zip(inputs, targets, values, strict=True):
        ax.plot([u, u], [target, value], color="grey")
    ax.scatter(inputs, targets, c=targets, s=9)
