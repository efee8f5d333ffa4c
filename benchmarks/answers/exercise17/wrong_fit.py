# %% fit_weight_of_all
# fit: pos_weight multiplies the error of negatives, too
# named: fit_pos_weight_of_all
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w, b = torch.zeros(X.shape[1]).to(X), torch.tensor(0.).to(X)
    for step in range(steps):
        err = pos_weight * (torch.sigmoid(X @ w + b) - y)
        dw = (X * err.unsqueeze(1)).mean(dim=0) + l2 * w
        db = err.mean()
        w, b = w - lr * dw, b - lr * db
    return w, b

# %% fit_weighted_mean
# fit: the loss is divided by the sum of the weights
# named: fit_weighted_mean
import torch.nn.functional as F


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = torch.zeros_like(X[0], requires_grad=True)
    b = torch.zeros_like(y[0], requires_grad=True)
    weights = 1 + (pos_weight - 1) * y
    for _ in range(steps):
        nll = F.binary_cross_entropy_with_logits(X @ w + b, y, reduction="none")
        J = (weights * nll).sum() / weights.sum() + l2 * w.square().sum() / 2
        gw, gb = torch.autograd.grad(J, [w, b])
        with torch.no_grad():
            w.sub_(lr * gw)
            b.sub_(lr * gb)
    return w.detach(), b.detach()

# %% fit_weight_decay
# fit: weight_decay of SGD also penalises the bias
# named: fit_l2_of_bias
from torch import nn


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = torch.zeros(X.size(1), dtype=X.dtype, requires_grad=True, device=X.device)
    b = torch.zeros([], dtype=X.dtype, requires_grad=True, device=X.device)
    optimizer = torch.optim.SGD([w, b], lr=lr, weight_decay=l2)
    criterion = nn.BCEWithLogitsLoss(pos_weight=torch.tensor(pos_weight, dtype=X.dtype, device=X.device))
    for _ in range(steps):
        optimizer.zero_grad()
        criterion(X @ w + b, y).backward()
        optimizer.step()
    return w.detach(), b.detach()

# %% fit_bias_afterwards
# fit: the gradient by b is taken after w has moved
# named: fit_bias_from_new_weights
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    n = len(y)
    c = 1 + (pos_weight - 1) * y
    w = 0 * X[0]
    b = 0 * y[0]
    for _ in range(steps):
        w = w - lr * (X.t() @ (c * (torch.sigmoid(X @ w + b) - y)) / n + l2 * w)
        b = b - lr * (c * (torch.sigmoid(X @ w + b) - y)).sum() / n
    return w, b

# %% fit_without_zero_grad
# fit: zero_grad is forgotten, gradients add up
# named: fit_gradients_pile_up
import torch.nn.functional as F


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.shape[1]).requires_grad_()
    b = X.new_zeros([]).requires_grad_()
    for _ in range(steps):
        z = X @ w + b
        loss = (pos_weight * y * F.softplus(-z) + (1 - y) * F.softplus(z)).mean() + l2 / 2 * w.pow(2).sum()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
    return w.detach(), b.detach()

# %% fit_eps_in_logarithm
# fit: the loss is computed from p with 1e-8 added inside the logarithms
# named: fit_small_number_added, fit_saturates
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    eps = 1e-8
    w = torch.zeros(X.shape[1], dtype=X.dtype, device=X.device, requires_grad=True)
    b = torch.zeros((), dtype=X.dtype, device=X.device, requires_grad=True)
    opt = torch.optim.SGD([w, b], lr=lr)
    for _ in range(steps):
        p = torch.sigmoid(X @ w + b)
        loss = -(pos_weight * y * torch.log(p + eps) + (1 - y) * torch.log(1 - p + eps)).mean()
        loss = loss + l2 / 2 * torch.sum(w * w)
        opt.zero_grad()
        loss.backward()
        opt.step()
    return w.detach(), b.detach()

# %% fit_l2_double
# fit: the penalty has no 1/2, its gradient is 2*l2*w
# named: fit_l2_double
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = torch.zeros(X.shape[1], dtype=X.dtype, device=X.device)
    b = torch.zeros((), dtype=X.dtype, device=X.device)
    for _ in range(steps):
        p = torch.sigmoid(X @ w + b)
        delta = torch.where(y == 1, pos_weight * (p - 1), p)
        grad_w = torch.einsum("nd,n->d", X, delta) / X.shape[0] + 2 * l2 * w
        w = w - lr * grad_w
        b = b - lr * delta.mean()
    return w, b

# %% fit_weight_of_negatives
# fit: pos_weight multiplies the negatives instead of the positives
# named: fit_pos_weight_of_zeros
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.shape[1]); b = X.new_zeros(())
    for _ in range(steps):
        p = torch.sigmoid(X @ w + b)
        d = y * (p - 1) + pos_weight * (1 - y) * p
        w, b = w - lr * (X.T @ d / len(y) + l2 * w), b - lr * d.mean()
    return w, b

# %% fit_l2_over_n
# fit: l2 divided by N as well
# named: fit_l2_by_samples
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    N, D = X.shape
    w = X.new_zeros(D); b = X.new_zeros(())
    for _ in range(steps):
        p = torch.sigmoid(X @ w + b)
        d = (p - y) * (y * pos_weight + 1 - y)
        w, b = w - lr / N * (X.T @ d + l2 * w), b - lr / N * d.sum()
    return w, b

# %% fit_ascent
# fit: gradient ascent (y - p, subtracted)
# named: fit_uphill
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.shape[1]); b = X.new_zeros(())
    for _ in range(steps):
        p = torch.sigmoid(X @ w + b)
        r = pos_weight * y * (1 - p) - (1 - y) * p
        w = w - lr * (X.T @ r / len(y) + l2 * w)
        b = b - lr * r.mean()
    return w, b

# %% fit_sum
# fit: sum over the samples, not divided by N
# named: fit_sum
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.shape[1]); b = X.new_zeros(())
    for _ in range(steps):
        d = (torch.sigmoid(X @ w + b) - y) * torch.where(y == 1, pos_weight, 1.0)
        w, b = w - lr * ((d[:, None] * X).sum(0) + l2 * w), b - lr * d.sum()
    return w, b

# %% fit_squares
# fit: mean squared error of p
# named: fit_squares
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.shape[1]).requires_grad_(); b = X.new_zeros(()).requires_grad_()
    c = pos_weight * y + 1 - y
    for _ in range(steps):
        loss = (c * (torch.sigmoid(X @ w + b) - y) ** 2).mean() + l2 / 2 * (w * w).sum()
        gw, gb = torch.autograd.grad(loss, (w, b))
        w = (w - lr * gw).detach().requires_grad_()
        b = (b - lr * gb).detach().requires_grad_()
    return w.detach(), b.detach()

# %% fit_loss_of_p
# fit: F.binary_cross_entropy from p (log clamped at -100, no slope when saturated)
# named: fit_saturates
import torch.nn.functional as F


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.shape[1]).requires_grad_(); b = X.new_zeros(()).requires_grad_()
    for _ in range(steps):
        p = torch.sigmoid(X @ w + b)
        loss = F.binary_cross_entropy(p, y, weight=y * pos_weight + (1 - y)) + l2 / 2 * (w * w).sum()
        gw, gb = torch.autograd.grad(loss, (w, b))
        w = (w - lr * gw).detach().requires_grad_()
        b = (b - lr * gb).detach().requires_grad_()
    return w.detach(), b.detach()

# %% fit_bias_stays
# fit: bias never moves
# named: fit_bias_stays
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.shape[1]); b = X.new_zeros(())
    for _ in range(steps):
        d = (torch.sigmoid(X @ w + b) - y) * (1 + (pos_weight - 1) * y)
        w = w - lr * (X.T @ d / len(y) + l2 * w)
    return w, b

# %% fit_weight_of_target
# fit: pos_weight multiplies y inside (p - c*y)
# named: fit_pos_weight_of_target
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.shape[1]); b = X.new_zeros(())
    for _ in range(steps):
        d = torch.sigmoid(X @ w + b) - pos_weight * y
        w, b = w - lr * (X.T @ d / len(y) + l2 * w), b - lr * d.mean()
    return w, b

# %% fit_by_samples
# fit: samples one after the other (SGD)
# named: fit_by_rows
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.shape[1]); b = X.new_zeros(())
    for _ in range(steps):
        for x, t in zip(X, y):
            d = (torch.sigmoid(x @ w + b) - t) * (pos_weight if t == 1 else 1)
            w, b = w - lr * (d * x + l2 * w), b - lr * d
    return w, b

# %% fit_clamped_logits
# fit: logits clamped to +-10
# named: missing
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.shape[1]); b = X.new_zeros(())
    for _ in range(steps):
        p = torch.sigmoid((X @ w + b).clamp(-10, 10))
        d = (p - y) * (1 + (pos_weight - 1) * y)
        w, b = w - lr * (X.T @ d / len(y) + l2 * w), b - lr * d.mean()
    return w, b

# %% fit_random_start
# fit: starts with w = 0.01*randn
# named: missing
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = 0.01 * torch.randn(X.shape[1], dtype=X.dtype, device=X.device); b = X.new_zeros(())
    for _ in range(steps):
        d = (torch.sigmoid(X @ w + b) - y) * (1 + (pos_weight - 1) * y)
        w, b = w - lr * (X.T @ d / len(y) + l2 * w), b - lr * d.mean()
    return w, b

# %% fit_log_of_sigmoid
# fit: the loss is written with log(sigmoid(z)), nan/inf when saturated
# named: fit_zero_times_infinity
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.shape[1]).requires_grad_(); b = X.new_zeros(()).requires_grad_()
    for _ in range(steps):
        p = torch.sigmoid(X @ w + b)
        loss = -(pos_weight * y * p.log() + (1 - y) * (1 - p).log()).mean() + l2 / 2 * (w * w).sum()
        gw, gb = torch.autograd.grad(loss, (w, b))
        w = (w - lr * gw).detach().requires_grad_()
        b = (b - lr * gb).detach().requires_grad_()
    return w.detach(), b.detach()

# %% fit_until_loss_rises
# fit: stops when the loss no longer falls
# named: fit_saturates
import torch.nn.functional as F


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.shape[1]).requires_grad_(); b = X.new_zeros(()).requires_grad_()
    last = float("inf")
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(X @ w + b, y, pos_weight=torch.tensor(pos_weight).to(X)) + l2 / 2 * (w * w).sum()
        if loss.item() > last:
            break
        last = loss.item()
        gw, gb = torch.autograd.grad(loss, (w, b))
        w = (w - lr * gw).detach().requires_grad_()
        b = (b - lr * gb).detach().requires_grad_()
    return w.detach(), b.detach()

# %% fit_bias_penalised
# fit: bias penalised by hand (l2*b in its gradient)
# named: fit_l2_of_bias
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    Z = torch.cat([X, torch.ones_like(X[:, :1])], 1)
    t = Z.new_zeros(Z.shape[1])
    for _ in range(steps):
        d = (torch.sigmoid(Z @ t) - y) * (1 + (pos_weight - 1) * y)
        t = t - lr * (Z.T @ d / len(y) + l2 * t)
    return t[:-1].clone(), t[-1].clone()

# %% fit_until_loss_settles
# fit: stops when the loss changes by less than 1e-4
# named: missing
import torch.nn.functional as F


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.shape[1]).requires_grad_(); b = X.new_zeros(()).requires_grad_()
    last = None
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(X @ w + b, y, pos_weight=torch.tensor(pos_weight).to(X)) + l2 / 2 * (w * w).sum()
        if last is not None and abs(loss.item() - last) < 1e-4:
            break
        last = loss.item()
        gw, gb = torch.autograd.grad(loss, (w, b))
        w = (w - lr * gw).detach().requires_grad_()
        b = (b - lr * gb).detach().requires_grad_()
    return w.detach(), b.detach()

# %% fit_until_gradient_is_short
# fit: stops when the gradient is shorter than 1e-4
# named: missing
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.shape[1]); b = X.new_zeros(())
    for _ in range(steps):
        d = (torch.sigmoid(X @ w + b) - y) * (1 + (pos_weight - 1) * y)
        gw, gb = X.T @ d / len(y) + l2 * w, d.mean()
        if gw.norm() < 1e-4:
            break
        w, b = w - lr * gw, b - lr * gb
    return w, b

# %% fit_single_step
# fit: the return stands inside the loop (and once more after it, for no step).
# named: fit_single_step, fit_saturates
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    for _ in range(steps):
        p = torch.sigmoid(X @ w + b)
        err = p * (1 - y) - pos_weight * y * (1 - p)
        w, b = w - lr * (err @ X / len(y) + l2 * w), b - lr * err.mean()
        return w, b
    return w, b

# %% fit_one_step_less
# fit: counts from 1 and leaves out the last step.
# named: fit_one_step_less
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    for _ in range(1, steps):
        p = torch.sigmoid(X @ w + b)
        err = p * (1 - y) - pos_weight * y * (1 - p)
        w, b = w - lr * (err @ X / len(y) + l2 * w), b - lr * err.mean()
    return w, b

# %% fit_l2_without_rate
# fit: the weights shrink by l2 at each step, without the learning rate.
# named: fit_l2_without_rate
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    for _ in range(steps):
        p = torch.sigmoid(X @ w + b)
        err = p * (1 - y) - pos_weight * y * (1 - p)
        w, b = (1 - l2) * w - lr * err @ X / len(y), b - lr * err.mean()
    return w, b

# %% fit_l2_decoupled_after
# fit: the weights shrink by lr l2 after the step, that is, from where it led.
# named: fit_l2_of_new_weights
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    for _ in range(steps):
        p = torch.sigmoid(X @ w + b)
        err = p * (1 - y) - pos_weight * y * (1 - p)
        w, b = w - lr * err @ X / len(y), b - lr * err.mean()
        w = w * (1 - lr * l2)
    return w, b

# %% fit_bias_as_vector
# fit: nn.Linear's bias is returned as it is, of the shape [1].
# named: fit_bias_as_vector
from torch import nn


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    model = nn.Linear(X.shape[1], 1).to(X)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    weight = torch.tensor(pos_weight, dtype=X.dtype, device=X.device)
    for _ in range(steps):
        model.zero_grad()
        loss = nn.functional.binary_cross_entropy_with_logits(model(X).squeeze(1), y, pos_weight=weight)
        (loss + l2 / 2 * model.weight.square().sum()).backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= lr * parameter.grad
    return model.weight.detach()[0].clone(), model.bias.detach().clone()

# %% fit_with_history
# fit: the results still hang on autograd's graph; detach() is missing.
# named: -
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.shape[1]).requires_grad_()
    b = X.new_zeros(()).requires_grad_()
    weight = torch.tensor(pos_weight, dtype=X.dtype, device=X.device)
    for _ in range(steps):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(X @ w + b, y, pos_weight=weight)
        gw, gb = torch.autograd.grad(loss + l2 / 2 * (w * w).sum(), (w, b))
        w, b = w - lr * gw, b - lr * gb
    return w, b
