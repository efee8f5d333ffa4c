# %% base
# Plain formulas on tensors.
import torch

def sigmoid(x):
    return 1 / (1 + torch.exp(-x))

def tanh(x):
    return 1 - 2 / (1 + torch.exp(2 * x))

def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (1 - s)

def tanh_grad(x):
    return 1 - tanh(x) ** 2

def tanh_from_sigmoid(x):
    return 2 * sigmoid(2 * x) - 1

# %% stable_branches
# torch.where with one formula for each side of 0, and type hints.
from torch import Tensor

def sigmoid(x: Tensor) -> Tensor:
    right_side = 1.0 / (1.0 + torch.exp(-x))
    left_side = torch.exp(x) / (1.0 + torch.exp(x))
    return torch.where(x >= 0, right_side, left_side)

def tanh(x: Tensor) -> Tensor:
    pos = -torch.expm1(-2 * x) / (2 + torch.expm1(-2 * x))
    neg = torch.expm1(2 * x) / (2 + torch.expm1(2 * x))
    return torch.where(x < 0, neg, pos)

def sigmoid_grad(x: Tensor) -> Tensor:
    e = torch.exp(-torch.abs(x))
    return e / (1 + e) ** 2

def tanh_grad(x: Tensor) -> Tensor:
    e = torch.exp(-2 * torch.abs(x))
    return 4 * e / (1 + e) ** 2

# %% softmax_of_two
# The sigmoid as the second entry of a softmax over (0, x).
def sigmoid(x):
    pair = torch.stack([torch.zeros_like(x), x])
    return torch.softmax(pair, dim=0)[1]

def tanh(x):
    pair = torch.softmax(torch.stack([-x, x]), dim=0)
    return pair[1] - pair[0]

def sigmoid_grad(x):
    return torch.softmax(torch.stack([torch.zeros_like(x), x]), dim=0).prod(dim=0)

def tanh_from_sigmoid(x):
    return sigmoid(2 * x) - sigmoid(-2 * x)

# %% log_space
# Everything by logaddexp.
def _log_sigmoid(x):
    return -torch.logaddexp(torch.zeros_like(x), -x)

def sigmoid(x):
    return torch.exp(_log_sigmoid(x))

def tanh(x):
    return torch.exp(_log_sigmoid(2 * x)) - torch.exp(_log_sigmoid(-2 * x))

def sigmoid_grad(x):
    return torch.exp(_log_sigmoid(x) + _log_sigmoid(-x))

def tanh_grad(x):
    return 4 * torch.exp(_log_sigmoid(2 * x) + _log_sigmoid(-2 * x))

# %% own_autograd_functions
# Two autograd functions with hand-written backward passes.
class Sigmoid_(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = torch.reciprocal(1 + torch.exp(-x))
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, g):
        (y,) = ctx.saved_tensors
        return g * y * (1 - y)

class Tanh_(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = 2 / (1 + torch.exp(-2 * x)) - 1
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, g):
        (y,) = ctx.saved_tensors
        return g * (1 - y * y)

def sigmoid(x):
    return Sigmoid_.apply(x)

def tanh(x):
    return Tanh_.apply(x)

# %% loop_over_elements
# One element after another, in torch, so that the graph stays whole.
def _each(fn, x):
    if x.numel() == 0:
        return torch.empty_like(x)
    return torch.stack([fn(v) for v in x.reshape(-1)]).reshape(x.shape)

def _sig(v):
    return 1 / (1 + torch.exp(-v))

def _th(v):
    if v >= 0:
        e = torch.exp(-2 * v)
        return (1 - e) / (1 + e)
    e = torch.exp(2 * v)
    return (e - 1) / (e + 1)

def sigmoid(x):
    return _each(_sig, x)

def tanh(x):
    return _each(_th, x)

def sigmoid_grad(x):
    return _each(lambda v: _sig(v) * _sig(-v), x)

def tanh_grad(x):
    return _each(lambda v: (1 - _th(v)) * (1 + _th(v)), x)

# %% hyperbolic_cosine
# The derivatives by cosh, with infinity only in the denominator.
def sigmoid_grad(x):
    return 0.25 / torch.cosh(0.5 * x).square()

def tanh_grad(x):
    return torch.cosh(x).pow(-2)

def tanh_from_sigmoid(x):
    return 1 - 2 * sigmoid(-2 * x)

# %% masks_and_empty_like
# Fills an own tensor through a mask; clones are worked on in place.
def sigmoid(x):
    out = torch.empty_like(x)
    pos = x > 0
    out[pos] = 1 / (1 + (-x[pos]).exp())
    e = x[~pos].exp()
    out[~pos] = e / (1 + e)
    return out

def tanh(x):
    out = torch.zeros_like(x)
    big = x > 0
    a = (-2 * x[big]).exp()
    b = (2 * x[~big]).exp()
    out[big] = (1 - a) / (1 + a)
    out[~big] = (b - 1) / (b + 1)
    return out

def sigmoid_grad(x):
    s = sigmoid(x.detach()).clone()
    s -= s.clone() ** 2
    return s

def tanh_from_sigmoid(x):
    t = x.clone()
    t = t * 2
    r = sigmoid(t).clone()
    r *= 2
    r -= 1
    return r

# %% math_module_for_derivatives
# Pure Python for the derivatives, which need no graph; the exponent is never positive.
import math

def _map(fn, x):
    values = [fn(v) for v in x.detach().flatten().tolist()]
    return torch.tensor(values, dtype=x.dtype, device=x.device).reshape(x.shape)

def _dsig(v):
    e = math.exp(-abs(v))
    return e / ((1 + e) * (1 + e))

def sigmoid_grad(x):
    return _map(_dsig, x)

def tanh_grad(x):
    return _map(lambda v: 4 * _dsig(2 * v), x)

def tanh_from_sigmoid(x):
    s = sigmoid(x)
    p, q = s ** 2, (1 - s) ** 2
    return (p - q) / (p + q)

# %% numpy_and_chained_methods
# Chained tensor methods for the values, NumPy for the derivatives.
import numpy as np

def sigmoid(x):
    return x.neg().exp_().add(1).reciprocal_()

def tanh(x):
    return x.mul(2).exp_().add(1).reciprocal().mul(-2).add_(1)

def sigmoid_grad(x):
    a = -np.abs(x.detach().cpu().numpy())
    e = np.exp(a)
    return torch.as_tensor(np.asarray(e / (1 + e) ** 2), dtype=x.dtype, device=x.device)

def tanh_grad(x):
    a = -2 * np.abs(x.detach().cpu().numpy())
    e = np.exp(a)
    return torch.as_tensor(np.asarray(4 * e / (1 + e) ** 2), dtype=x.dtype, device=x.device)

# %% clipped_only_where_it_is_exact
# tanh is 1 to the last bit from 40 on, so clipping at 40 loses nothing there.
def tanh(x):
    z = torch.clamp(input=x, min=-40, max=40)
    up, down = torch.exp(z), torch.exp(-z)
    return (up - down) / (up + down)

def tanh_grad(x):
    t = tanh(x)
    return torch.ones_like(t) - torch.einsum("...,...->...", t, t)

def sigmoid_grad(x):
    return 1 / (2 + torch.exp(x) + torch.exp(-x))

# %% from_tanh_and_back
# The sigmoid by tanh at half the input, a small dataclass for the S-shaped pair.
from dataclasses import dataclass

@dataclass(frozen=True)
class Curve:
    low: float
    high: float
    steep: float

    def value(self, x):
        return self.low + (self.high - self.low) / (1 + torch.exp(-self.steep * x))

    def slope(self, x):
        y = self.value(x)
        return self.steep * (y - self.low) * (self.high - y) / (self.high - self.low)

LOGISTIC = Curve(low=0.0, high=1.0, steep=1.0)
TANH = Curve(low=-1.0, high=1.0, steep=2.0)

def sigmoid(x):
    return (1 + TANH.value(x / 2)) / 2

def tanh(x):
    return TANH.value(x)

def sigmoid_grad(x):
    return LOGISTIC.slope(x)

def tanh_grad(x):
    return TANH.slope(x)

def tanh_from_sigmoid(x):
    double = x + x
    s = sigmoid(double)
    return s - (1 - s)

# %% gradient_zero_at_zero
# sigmoid goes through abs, whose gradient at 0 is 0, so autograd gives 0 and not 1/4 at x = 0, where no gradient is checked.
def sigmoid(x):
    e = torch.exp(-torch.abs(x))
    return torch.where(x >= 0, 1 / (1 + e), e / (1 + e))
