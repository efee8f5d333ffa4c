# %% base
# Plain: backward, an update under no_grad, scatter and plot.
import torch

def make_data(n, gen):
    x = torch.rand(n, 1, generator=gen, dtype=torch.float32)
    y = 3 * x + 0.8
    return x, y

def predict(x, w, b):
    return x * w + b

def loss(pred, y):
    return ((pred - y) ** 2).mean()

def step(w, b, x, y, lr):
    w.grad = None
    b.grad = None
    value = loss(predict(x, w, b), y)
    value.backward()
    with torch.no_grad():
        w -= lr * w.grad
        b -= lr * b.grad
    return value.item()

def fit(x, y, lr, steps):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    losses = []
    for _ in range(steps):
        losses.append(step(w, b, x, y, lr))
    return w, b, losses

def plot_fit(ax, x, y, w, b):
    ax.scatter(x.flatten().tolist(), y.flatten().tolist())
    ends = [x.min().item(), x.max().item()]
    ax.plot(ends, [w.item() * e + b.item() for e in ends], color="red")

# %% matmul_and_autograd_grad
# Matrix product, torch.autograd.grad, a list comprehension for the losses, axline for the model.
import torch

def predict(x, w, b):
    return x @ w + b

def loss(pred, y):
    return torch.mean(torch.square(pred - y))

def step(w, b, x, y, lr):
    l = loss(predict(x, w, b), y)
    gw, gb = torch.autograd.grad(l, (w, b))
    with torch.no_grad():
        w.sub_(lr * gw)
        b.sub_(lr * gb)
    return float(l.detach())

def fit(x, y, lr, steps):
    w = x.new_zeros((1, 1)).requires_grad_()
    b = x.new_zeros(()).requires_grad_()
    losses = [step(w, b, x, y, lr) for _ in range(steps)]
    return w, b, losses

def plot_fit(ax, x, y, w, b):
    ax.scatter(x, y, label="samples")
    ax.axline((0.0, b.item()), slope=w.item(), color="k", label="model")
    ax.legend()

# %% numpy_plot_with_sorted_x
# Arrays for the plot, the model at the sorted x; uniform_ for the data; zeros in .grad before backward.
import numpy as np
import torch

def make_data(n, gen):
    x = torch.empty((n, 1), dtype=torch.float32).uniform_(0.0, 1.0, generator=gen)
    return x, x.mul(3.0).add(0.8)

def step(w, b, x, y, lr):
    for p in (w, b):
        if p.grad is not None:
            p.grad.zero_()
    current = loss(predict(x, w, b), y)
    current.backward()
    with torch.no_grad():
        for p in (w, b):
            p -= lr * p.grad
    for p in (w, b):
        p.grad = None
    return current.item()

def plot_fit(ax, x, y, w, b):
    xs = x.detach().numpy().ravel()
    ys = y.detach().numpy().ravel()
    order = np.argsort(xs)
    w0, b0 = w.item(), b.item()
    ax.plot(xs, ys, "o", markersize=3)
    ax.plot(xs[order], w0 * xs[order] + b0, "-")
    ax.set_xlabel("x")
    ax.set_ylabel("y")
    ax.grid(True)

# %% model_at_x_as_it_comes
# The line goes through the predictions at x in the given order; they all lie on one straight line.
def plot_fit(ax, x, y, w, b):
    with torch.no_grad():
        y_hat = predict(x, w, b)
    ax.plot(x, y, ".k", x, y_hat, "r-")

def predict(x, w, b):
    return torch.add(torch.mul(x, w), b)

def loss(pred, y):
    e = pred - y
    return (e * e).sum() / e.numel()

# %% loops_over_samples
# Loops and lists, stacked to tensors; still differentiable.
import torch

def make_data(n, gen):
    xs = [torch.rand((), generator=gen).item() for _ in range(n)]
    x = torch.tensor(xs, dtype=torch.float32).reshape(n, 1)
    ys = [3 * value + 0.8 for value in xs]
    y = torch.tensor(ys, dtype=torch.float32).reshape(n, 1)
    return x, y

def predict(x, w, b):
    rows = [row * w[0, 0] + b for row in x]
    return torch.stack(rows)

def loss(pred, y):
    total = 0
    for p, t in zip(pred, y):
        total = total + (p[0] - t[0]) ** 2
    return total / len(y)

def plot_fit(ax, x, y, w, b):
    slope = w.item()
    intercept = b.item()
    xs = [v[0] for v in x.tolist()]
    ys = [v[0] for v in y.tolist()]
    left, right = min(xs), max(xs)
    ax.scatter(xs, ys, s=8, c="tab:blue")
    ax.plot([left, right], [slope * left + intercept, slope * right + intercept], linestyle="--", marker=None)

# %% formula_for_the_gradient
# The derivatives by hand, 2/n times the errors, and torch.addmm for the model.
import torch

def predict(x, w, b):
    return torch.addmm(b, x, w)

def step(w, b, x, y, lr):
    with torch.no_grad():
        errors = predict(x, w, b) - y
        before = (errors ** 2).mean().item()
        gw = 2 * (errors * x).mean()
        gb = 2 * errors.mean()
        w -= lr * gw
        b -= lr * gb
    return before

def plot_fit(ax, x, y, w, b):
    grid = torch.linspace(float(x.min()), float(x.max()), 50, dtype=x.dtype).reshape(-1, 1)
    model = predict(grid, w.detach(), b.detach())
    ax.plot(x.reshape(-1), y.reshape(-1), linestyle="none", marker="x")
    ax.plot(grid.reshape(-1).numpy(), model.reshape(-1).numpy())

# %% errorbar_and_integers
# Uniform numbers from 24 random bits, samples by errorbar, a line wider than the samples.
import torch

def make_data(n, gen):
    x = torch.randint(0, 2 ** 24, (n, 1), generator=gen).to(torch.float32) / 2 ** 24
    y = torch.full((n, 1), 0.8) + 3.0 * x
    return x, y

def loss(pred, y):
    d = (pred - y).reshape(-1)
    return torch.dot(d, d) / d.shape[0]

def plot_fit(ax, x, y, w, b):
    px = x.flatten().numpy()
    py = y.flatten().numpy()
    ax.errorbar(px, py, yerr=None, fmt="o")
    pad = 0.1 * (px.max() - px.min()) + 0.1
    ends = torch.tensor([px.min() - pad, px.max() + pad], dtype=x.dtype)
    ax.plot(ends, ends * w.detach().flatten() + b.detach(), lw=2)
    ax.set_title("fit")

# %% training_loop_written_out
# fit does not call step, it holds the loop itself.
import torch

def fit(x, y, lr, steps):
    w = torch.tensor([[0.0]], dtype=x.dtype, requires_grad=True)
    b = torch.tensor(0.0, dtype=x.dtype, requires_grad=True)
    history = []
    for i in range(steps):
        l = ((x * w + b - y) ** 2).mean()
        history.append(l.item())
        grads = torch.autograd.grad(l, [w, b])
        with torch.no_grad():
            for p, g in zip((w, b), grads):
                p.add_(g, alpha=-lr)
    return w, b, history

def step(w, b, x, y, lr):
    l = ((x * w + b - y) ** 2).mean()
    dw, db = torch.autograd.grad(l, [w, b])
    with torch.no_grad():
        w.add_(dw, alpha=-lr)
        b.add_(db, alpha=-lr)
    return l.item()

# %% einsum_and_copy
# einsum for product and mean; the update copies the new values into the old tensors.
import torch

def predict(x, w, b):
    return torch.einsum("ni,ij->nj", x, w) + b

def loss(pred, y):
    diff = torch.sub(pred, y)
    return torch.einsum("nk,nk->", diff, diff) / diff.numel()

@torch.no_grad()
def move(p, g, lr):
    p.copy_(p - lr * g)

def step(w, b, x, y, lr):
    with torch.enable_grad():
        value = loss(pred=predict(x=x, w=w, b=b), y=y)
    gradients = torch.autograd.grad(outputs=value, inputs=[w, b])
    for p, g in zip([w, b], gradients):
        move(p, g, lr)
    return value.detach().item()

def plot_fit(ax, x, y, w, b):
    lo, hi = torch.aminmax(x)
    a, c = float(w.detach()), float(b.detach())
    ax.scatter(x.numpy(), y.numpy(), marker="^", alpha=0.5)
    ax.axline((lo.item(), a * lo.item() + c), (hi.item() + 1.0, a * (hi.item() + 1.0) + c))

# %% typed_with_a_dataclass
# Type hints, a dataclass for the two numbers, keyword arguments.
from dataclasses import dataclass
from typing import Any, List, Tuple
import torch
from torch import Tensor

SLOPE = 3.0
INTERCEPT = 0.8

@dataclass
class Line:
    slope: float
    intercept: float

    def __call__(self, x: float) -> float:
        return self.slope * x + self.intercept

def make_data(n: int, gen: torch.Generator) -> Tuple[Tensor, Tensor]:
    x = torch.rand(size=(n,), generator=gen).unsqueeze(1)
    return x, SLOPE * x + INTERCEPT

def fit(x: Tensor, y: Tensor, lr: float, steps: int) -> Tuple[Tensor, Tensor, List[float]]:
    w: Tensor = torch.zeros((1, 1)).to(x.dtype).requires_grad_(True)
    b: Tensor = torch.tensor(0.0).to(x.dtype).requires_grad_(True)
    losses: List[float] = []
    done = 0
    while done < steps:
        losses += [step(w=w, b=b, x=x, y=y, lr=lr)]
        done += 1
    return w, b, losses

def plot_fit(ax: Any, x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> None:
    line = Line(slope=w.item(), intercept=b.item())
    first, last = float(x.min()), float(x.max())
    ax.scatter(x=x.squeeze(1), y=y.squeeze(1), zorder=2)
    ax.plot([first, last], [line(first), line(last)], zorder=1, label=f"{line.slope:.2f} x + {line.intercept:.2f}")
    ax.axhline(0.0, lw=0.5)

# %% detach_to_update
# The update goes through detach(), whose in-place changes autograd notices.
def step(w, b, x, y, lr):
    w.grad, b.grad = None, None
    l = loss(predict(x, w, b), y)
    l.backward()
    w.detach().sub_(lr * w.grad)
    b.detach().sub_(lr * b.grad)
    return l.item()

def predict(x, w, b):
    out = x.matmul(w)
    return out + b.expand_as(out)

def loss(pred, y):
    return (y - pred).pow(2).mean()

def plot_fit(ax, x, y, w, b):
    w, b = w.detach().clone(), b.detach().clone()
    ends = torch.stack([x.min(), x.max()]).reshape(2, 1)
    ax.plot(x.numpy(), y.numpy(), "b+")
    ax.plot(ends.numpy(), (ends @ w + b).numpy(), "g")

# %% helpers_and_numpy
# Small helpers; the points for the plot come from NumPy, with linspace for the line.
import numpy as np
import torch

def leaf(shape, dtype):
    z = torch.zeros(shape, dtype=dtype)
    z.requires_grad = True
    return z

def descend(parameters, gradients, lr):
    previous = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    try:
        for p, g in zip(parameters, gradients):
            p -= lr * g
    finally:
        torch.set_grad_enabled(previous)

def step(w, b, x, y, lr):
    value = loss(predict(x, w, b), y)
    descend((w, b), torch.autograd.grad(value, (w, b)), lr)
    return value.item()

def fit(x, y, lr, steps):
    w, b = leaf((1, 1), x.dtype), leaf((), x.dtype)
    return w, b, list(step(w, b, x, y, lr) for _ in range(steps))

def plot_fit(ax, x, y, w, b):
    x, y = np.asarray(x).squeeze(axis=1), np.asarray(y).squeeze(axis=1)
    grid = np.linspace(x.min(), x.max(), num=2)
    ax.scatter(x, y)
    ax.plot(grid, np.polyval([w.item(), b.item()], grid))
    ax.fill_between(grid, 0, 0.1, alpha=0.1)
