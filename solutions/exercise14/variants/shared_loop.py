"""fit repeats the step's lines, inference_mode around the update; the plot with collections and one point at a time."""

import torch
from matplotlib.collections import LineCollection


def make_data(n, gen):
    column = torch.stack([torch.rand((), generator=gen) for _ in range(n)]).unsqueeze(1)
    return column, torch.lerp(torch.tensor(0.8), torch.tensor(3.8), column)


def predict(x, w, b):
    return torch.einsum("ni,ij->nj", x, w).add(b)


def loss(pred, y):
    return torch.dist(pred, y) ** 2 / len(y)


def step(w, b, x, y, lr):
    w.grad, b.grad = None, None
    total = sum(loss(predict(row, w, b), target) for row, target in zip(x.split(1), y.split(1), strict=True))
    (total / len(x)).backward()
    value = total.item() / len(x)
    was = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    torch._foreach_sub_([w, b], [lr * w.grad, lr * b.grad])
    torch.set_grad_enabled(was)
    return value


def fit(x, y, lr, steps):
    w, b = torch.zeros(1, 1).to(x), torch.tensor(0.0).to(x)
    losses = []
    for _ in range(steps):
        w.requires_grad_(True)
        b.requires_grad_(True)
        value = ((x @ w + b - y) ** 2).mean()
        value.backward()
        w = w.detach() - lr * w.grad
        b = b.detach() - lr * b.grad
        losses.append(value.item())
    return w.requires_grad_(), b.requires_grad_(), losses


def plot_fit(ax, x, y, w, b):
    for sample in zip(x.flatten(), y.flatten(), strict=True):
        ax.plot(*map(float, sample), marker="x", ls="", color="C0")
    low, high = torch.aminmax(x)
    ends = [(u.item(), predict(u.reshape(1, 1), w, b).item()) for u in (low, high)]
    ax.add_collection(LineCollection([ends]))
    ax.autoscale()
