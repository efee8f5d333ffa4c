"""The gradient by the formula of exercise 10; the plot from lists, with error bars as strokes and a dense line."""

import torch


def make_data(n, gen):
    pairs = [(u, 3 * u + 0.8) for u in torch.rand(n, generator=gen).tolist()]
    xs, ys = zip(*pairs, strict=True)
    return torch.tensor(xs).reshape(-1, 1), torch.tensor(ys).reshape(-1, 1)


def predict(x, w, b):
    return w[0, 0] * x + b


def loss(pred, y):
    difference = (pred - y).flatten()
    return difference @ difference / len(difference)


@torch.no_grad()
def step(w, b, x, y, lr):
    errors = predict(x, w, b) - y
    w.sub_(2 * lr * x.T @ errors / len(x))
    b.sub_(2 * lr * errors.mean())
    return errors.square().sum().item() / len(x)


def fit(x, y, lr, steps):
    w = torch.tensor([[0.0]], dtype=x.dtype, device=x.device, requires_grad=True)
    b = torch.tensor(0.0, dtype=x.dtype, device=x.device, requires_grad=True)
    return w, b, [step(w, b, x, y, lr) for _ in range(steps)]


def plot_fit(ax, x, y, w, b):
    xs, ys = x[:, 0].tolist(), y[:, 0].tolist()
    slope, intercept = w.item(), b.item()
    ax.errorbar(xs, ys, yerr=0.1, fmt="s", capsize=2)
    ax.vlines(xs, ys, [slope * u + intercept for u in xs])
    places = [min(xs) + (max(xs) - min(xs)) * i / 50 for i in range(51)]
    ax.plot(places, [slope * u + intercept for u in places], "--")
    ax.axhline(0)
    ax.axvline(0)
