"""Gradients as autograd.grad gives them, updates through .data; the plot with markers and a line without ends."""

import torch


def make_data(n, gen):
    x = torch.empty(n, 1).uniform_(generator=gen)
    return x, x.mul(3).add(0.8)


def predict(x, w, b):
    return torch.addmm(b, x, w)


def loss(pred, y):
    return torch.mean((y - pred).square())


def step(w, b, x, y, lr):
    value = loss(predict(x, w, b), y)
    for parameter, gradient in zip((w, b), torch.autograd.grad(value, (w, b)), strict=True):
        parameter.data -= lr * gradient
    return value.item()


def fit(x, y, lr, steps):
    w = x.new_zeros(1, 1).requires_grad_()
    b = x.new_zeros(()).requires_grad_()
    losses = []
    while len(losses) < steps:
        losses.append(step(w, b, x, y, lr))
    return w, b, losses


def plot_fit(ax, x, y, w, b):
    ax.plot(x, y, "o", label="samples")
    ax.axline((0, b.item()), slope=w.item(), color="C1", label="model")
    ax.set(xlabel="x", ylabel="y", title="fit")
    ax.legend()
    ax.grid()
