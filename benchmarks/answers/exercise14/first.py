# %% names_rebound
# make_data: shape [n] and the generator is ignored. step: binds new tensors, the caller's w and b do not move; returns a tensor.
# fit: does not convert the dtype to that of x. plot_fit: the line goes from 0 to 1.
# named: flat_data, generator_unused, step_without_effect, step_loss_as_tensor, fit_in_float32, plot_over_unit_interval
import torch

def make_data(n, gen):
    x = torch.rand(n)
    y = 3 * x + 0.8
    return x, y

def predict(x, w, b):
    return x * w + b

def loss(pred, y):
    return ((pred - y) ** 2).mean()

def step(w, b, x, y, lr):
    l = loss(predict(x, w, b), y)
    grads = torch.autograd.grad(l, [w, b])
    w = w - lr * grads[0]
    b = b - lr * grads[1]
    return l.detach()

def fit(x, y, lr, steps):
    w = torch.zeros((1, 1), requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    losses = []
    for i in range(steps):
        losses.append(step(w, b, x, y, lr))
    return w, b, losses

def plot_fit(ax, x, y, w, b):
    ax.scatter(x, y)
    ax.plot([0, 1], [b.item(), b.item() + w.item()])

# %% no_reset_and_sum
# loss: sum in place of the mean. step: old gradients count, and the loss after the update is returned.
# fit: one step too few. plot_fit: draws with plt and joins the samples by a line.
# named: loss_sum, step_without_reset, step_loss_after, fit_step_too_few, plot_on_other_axes, plot_samples_joined
import torch
import matplotlib.pyplot as plt

def make_data(n, gen):
    x = torch.rand(n, 1, generator=gen)
    return x, 3 * x + 0.8

def predict(x, w, b):
    return torch.mm(x, w) + b

def loss(pred, y):
    return ((pred - y) ** 2).sum()

def step(w, b, x, y, lr):
    l = loss(predict(x, w, b), y)
    l.backward()
    with torch.no_grad():
        w -= lr * w.grad
        b -= lr * b.grad
    return loss(predict(x, w, b), y).item()

def fit(x, y, lr, steps):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    losses = []
    for i in range(1, steps):
        losses.append(step(w, b, x, y, lr))
    return w, b, losses

def plot_fit(ax, x, y, w, b):
    plt.plot(x.flatten(), y.flatten())
    plt.plot(x.flatten(), (x * w.item() + b.item()).flatten())

# %% formulas_from_memory
# make_data: normal numbers, noise on y. loss: half the mean.
# step: formulas without the factor 2, with a plus sign for b. fit: returns detached w and b.
# named: normal_inputs, noisy_targets, loss_halved, step_half, fit_detached
import torch

def make_data(n, gen):
    x = torch.randn(n, 1, generator=gen)
    y = 3 * x + 0.8 + torch.randn(n, 1, generator=gen) * 0.1
    return x, y

def predict(x, w, b):
    return x @ w + b

def loss(pred, y):
    return ((pred - y) ** 2).mean() / 2

def step(w, b, x, y, lr):
    with torch.no_grad():
        pred = predict(x, w, b)
        l = loss(pred, y)
        w -= lr * ((pred - y) * x).mean()
        b += lr * (pred - y).mean()
    return l.item()

def fit(x, y, lr, steps):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    losses = [step(w, b, x, y, lr) for _ in range(steps)]
    return w.detach(), b.detach(), losses

def plot_fit(ax, x, y, w, b):
    ax.plot(x.flatten(), y.flatten(), "o")
    ends = torch.stack([x.min(), x.max()])
    ax.plot(ends, w.item() * ends + b.item())

# %% shapes_in_disorder
# predict: returns [n] and not [n, 1]. loss: y is flattened and pred is not, so a column pred broadcasts to [n, n].
# fit: b has shape [1], and the losses contain one more at the end. plot_fit: line 3x + 0.8.
# named: predict_flat, loss_row_against_column, fit_bias_with_axis, fit_final_loss_too, plot_true_line
import torch

def make_data(n, gen):
    x = torch.rand((n, 1), generator=gen)
    y = 3 * x + 0.8
    return x, y

def predict(x, w, b):
    return (x * w + b).squeeze(1)

def loss(pred, y):
    return ((pred - y.flatten()) ** 2).mean()

def step(w, b, x, y, lr):
    w.grad = None
    b.grad = None
    l = loss(predict(x, w, b), y)
    l.backward()
    with torch.no_grad():
        w -= lr * w.grad
        b -= lr * b.grad
    return l.item()

def fit(x, y, lr, steps):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros(1, dtype=x.dtype, requires_grad=True)
    losses = []
    for _ in range(steps):
        losses.append(step(w, b, x, y, lr))
    losses.append(loss(predict(x, w, b), y).item())
    return w, b, losses

def plot_fit(ax, x, y, w, b):
    ax.scatter(x.flatten(), y.flatten())
    t = torch.linspace(x.min().item(), x.max().item(), 20)
    ax.plot(t, 3 * t + 0.8)

# %% seeds_and_switches
# make_data: seeds the global generator. step: leaves recording switched off, and updates w only.
# fit: starts from random w. plot_fit: points at the predictions.
# named: global_generator_seeded, generator_seeded_again, step_bias_stays, step_bias_gradient_kept, fit_from_ones, fit_weight_from_one, plot_predictions_as_points
import torch

def make_data(n, gen):
    torch.manual_seed(gen.initial_seed())
    x = torch.rand(n, 1)
    y = 3 * x + 0.8
    return x, y

def predict(x, w, b):
    return x * w + b

def loss(pred, y):
    return torch.mean((pred - y) ** 2)

def step(w, b, x, y, lr):
    torch.set_grad_enabled(True)
    w.grad = None
    l = loss(predict(x, w, b), y)
    l.backward()
    torch.set_grad_enabled(False)
    w -= lr * w.grad
    return l.item()

def fit(x, y, lr, steps):
    w = torch.rand(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    losses = []
    for _ in range(steps):
        losses.append(step(w, b, x, y, lr))
    return w, b, losses

def plot_fit(ax, x, y, w, b):
    w0 = w.item()
    b0 = b.item()
    pred = (w0 * x + b0).flatten()
    ax.scatter(x.flatten(), pred)
    ends = torch.stack([x.min(), x.max()])
    ax.plot(ends, w0 * ends + b0)

# %% half_right
# predict: w and b swapped. step: no no_grad, so it raises.
# fit: losses in a default list. plot_fit: no detach, so it raises; the model would also have markers.
# named: predict_swapped, step_recorded, plot_not_detached, plot_line_with_markers
import torch

def make_data(n, gen):
    x = torch.rand(n, 1, generator=gen)
    y = x * 3 + 0.8
    return x, y

def predict(x, w, b):
    return b * x + w

def loss(pred, y):
    d = pred - y
    return (d * d).mean()

def step(w, b, x, y, lr):
    if w.grad is not None:
        w.grad.zero_()
        b.grad.zero_()
    l = loss(predict(x, w, b), y)
    l.backward()
    w -= lr * w.grad
    b -= lr * b.grad
    return l.item()

def fit(x, y, lr, steps, losses=[]):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    for _ in range(steps):
        losses.append(step(w, b, x, y, lr))
    return w, b, losses

def plot_fit(ax, x, y, w, b):
    ax.scatter(x.flatten(), y.flatten())
    ax.plot(x.flatten(), predict(x, w, b).flatten(), "o-")
