# %% formulas_as_in_the_book
# mse: no shape check. mse_grad: no shape check, and the 2 is missing. binary_cross_entropy: no bound on the logarithms.
# softmax: no maximum subtracted. log_softmax: logarithm of the softmax. (cross_entropy and all that use the softmax overflow with it.)
# named: mse_broadcasts, mse_grad_without_two, mse_grad_broadcasts, binary_without_bound, softmax_overflow, log_softmax_of_probabilities, log_softmax_overflow
import torch


def mse(pred, y):
    return ((pred - y) ** 2).mean()


def mse_grad(pred, y):
    return (pred - y) / pred.numel()


def binary_cross_entropy(p, y):
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()


def binary_cross_entropy_grad(p, y):
    return (-y / p + (1 - y) / (1 - p)) / p.numel()


def softmax(z):
    return torch.exp(z) / torch.exp(z).sum(dim=-1, keepdim=True)


def log_softmax(z):
    return torch.log(softmax(z))


def softmax_vjp(z, v):
    p = softmax(z)
    return p * v - p * (p * v).sum(dim=-1, keepdim=True)


def log_softmax_vjp(z, v):
    return v - softmax(z) * v.sum(dim=-1, keepdim=True)


def cross_entropy(z, y):
    log_p = log_softmax(z)
    return -log_p[torch.arange(z.shape[0]), y].mean()


def cross_entropy_grad(z, y):
    p = softmax(z)
    p[torch.arange(z.shape[0]), y] -= 1
    return p / z.shape[0]

# %% sums_everywhere
# mse: sum for mean. binary_cross_entropy: sum for mean. binary_cross_entropy_with_logits_grad: not divided by N.
# cross_entropy_grad: not divided by N. softmax_vjp: only the diagonal of the Jacobian.
# named: mse_sum, binary_sum, logits_grad_of_sum, cross_entropy_grad_of_sum, softmax_vjp_diagonal
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shapes must be equal")
    return torch.sum((pred - y) ** 2)


def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shapes must be equal")
    return 2 * (pred - y) / pred.numel()


def binary_cross_entropy(p, y):
    log_p = torch.clamp(torch.log(p), min=-100)
    log_1p = torch.clamp(torch.log1p(-p), min=-100)
    return -torch.sum(y * log_p + (1 - y) * log_1p)


def binary_cross_entropy_with_logits_grad(z, y):
    return torch.sigmoid(z) - y


def softmax_vjp(z, v):
    p = softmax(z)
    dp = p * (1 - p)
    return v * dp


def cross_entropy(z, y):
    loss = 0
    logp = log_softmax(z)
    for i in range(len(y)):
        loss = loss - logp[i, y[i]]
    return loss / len(y)


def cross_entropy_grad(z, y):
    grad = softmax(z)
    for i in range(len(y)):
        grad[i, y[i]] -= 1
    return grad

# %% numbers_and_loops
# mse: returns a Python float. mse_grad: asserts (AssertionError for ValueError). softmax: one row per z[i], so 1-d and 3-d are wrong.
# binary_cross_entropy: p is clamped to 1e-12 for the bound -100. cross_entropy: float32 for float64 logits.
# named: softmax_matrices_only, binary_clamped_closer
import math

import torch


def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("not the same shape")
    total = 0.0
    count = 0
    for a, b in zip(pred.flatten().tolist(), y.flatten().tolist()):
        total += (a - b) ** 2
        count += 1
    return total / count


def mse_grad(pred, y):
    assert pred.shape == y.shape
    return (pred - y) * 2 / pred.numel()


def binary_cross_entropy(p, y):
    total = 0.0
    for a, b in zip(p.tolist(), y.tolist()):
        a = min(max(a, 1e-12), 1 - 1e-12)
        total += -(b * math.log(a) + (1 - b) * math.log(1 - a))
    return torch.tensor(total / len(p), dtype=p.dtype)


def softmax(z):
    out = torch.zeros_like(z)
    for i in range(len(z)):
        e = torch.exp(z[i] - torch.max(z[i]))
        out[i] = e / torch.sum(e)
    return out


def cross_entropy(z, y):
    losses = []
    for row, c in zip(z, y):
        row = row - row.max()
        losses.append((torch.log(torch.exp(row).sum()) - row[c]).item())
    return torch.tensor(sum(losses) / len(losses))

# %% signs_and_axes
# mse_grad: wrong sign. binary_cross_entropy_grad: wrong sign of the second term. softmax: first axis for the last.
# log_softmax_vjp: J v for v^T J. cross_entropy_grad: [:, y] subtracts 1 in every row, and it is divided by N * C.
# named: mse_grad_sign, binary_grad_inner_derivative, softmax_batch_axis, log_softmax_vjp_transposed, cross_entropy_grad_all_columns, cross_entropy_grad_over_everything
import torch


def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    return 2 / max(pred.numel(), 1) * (y - pred)


def binary_cross_entropy_grad(p, y):
    return -(y / p + (1 - y) / (1 - p)) / len(p)


def softmax(z):
    z = z - z.max(dim=0, keepdim=True)[0]
    e = torch.exp(z)
    return e / e.sum(dim=0, keepdim=True)


def softmax_vjp(z, v):
    e = torch.exp(z - z.max(dim=-1, keepdim=True)[0])
    p = e / e.sum(dim=-1, keepdim=True)
    return p * (v - (p * v).sum(dim=-1, keepdim=True))


def log_softmax_vjp(z, v):
    e = torch.exp(z - z.max(dim=-1, keepdim=True)[0])
    p = e / e.sum(dim=-1, keepdim=True)
    return v - (p * v).sum(dim=-1, keepdim=True)


def cross_entropy_grad(z, y):
    e = torch.exp(z - z.max(dim=-1, keepdim=True)[0])
    p = e / e.sum(dim=-1, keepdim=True)
    p[:, y] -= 1
    return p / p.numel()

# %% saving_memory
# mse: pred is changed in place. softmax: z is changed in place. log_softmax_vjp: v is changed in place.
# binary_cross_entropy_with_logits: log(1 + exp(-z)) overflows for very negative z. cross_entropy: softmax applied twice.
# named: softmax_changes_z, logits_overflow_below, cross_entropy_twice
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("pred and y differ in shape")
    pred -= y
    return (pred * pred).mean()


def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError("pred and y differ in shape")
    g = pred - y
    g *= 2
    g /= pred.numel()
    return g


def binary_cross_entropy_with_logits(z, y):
    return (z - z * y + torch.log(1 + torch.exp(-z))).mean()


def softmax(z):
    z -= z.amax(dim=-1, keepdim=True)
    e = z.exp()
    e /= e.sum(dim=-1, keepdim=True)
    return e


def log_softmax_vjp(z, v):
    p = softmax(z.clone())
    v -= p * v.sum(dim=-1, keepdim=True)
    return v


def cross_entropy(z, y):
    p = softmax(z.clone())
    return -log_softmax(p).gather(1, y.unsqueeze(1)).mean()


def cross_entropy_grad(z, y):
    g = softmax(z.clone())
    g.scatter_add_(1, y.unsqueeze(1), -torch.ones_like(z))
    return g / len(z)

# %% half_remembered
# mse: divided by the number of rows, and only numel is compared. binary_cross_entropy: the second term is missing.
# binary_cross_entropy_grad: (p - y) / N, without the division by p (1 - p). softmax_vjp: the factor p outside is missing.
# cross_entropy: one-hot guesses the number of classes.
# named: mse_over_rows, mse_reshapes, binary_one_term, binary_grad_by_logits, softmax_vjp_without_factor
import torch
import torch.nn.functional as F


def mse(pred, y):
    if pred.numel() != y.numel():
        raise ValueError("sizes")
    rows = pred.shape[0] if pred.dim() else 1
    return ((pred.reshape(-1) - y.reshape(-1)) ** 2).sum() / rows


def binary_cross_entropy(p, y):
    return -(y * torch.log(p).clamp(min=-100)).mean()


def binary_cross_entropy_grad(p, y):
    return (p - y) / p.numel()


def binary_cross_entropy_with_logits(z, y):
    pos = torch.clamp(z, min=0)
    return torch.mean(pos - y * z + torch.log(1 + torch.exp(-torch.abs(z))))


def softmax_vjp(z, v):
    p = softmax(z)
    s = (v * p).sum(dim=-1, keepdim=True)
    return v - s


def log_softmax_vjp(z, v):
    p = softmax(z)
    s = v.sum(dim=-1, keepdim=True)
    return v - s * p


def cross_entropy(z, y):
    hot = F.one_hot(y)
    return -(hot * log_softmax(z)).sum(dim=1).mean()


def cross_entropy_grad(z, y):
    hot = F.one_hot(y, num_classes=z.shape[1])
    return (softmax(z) - hot) / len(z)
