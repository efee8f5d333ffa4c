# %% base
# torch.where with both cases, elu with a clamped exponent, a loop over the layers.
import torch

def relu(x):
    return torch.where(x > 0, x, torch.zeros_like(x))

def relu_grad(x):
    return (x > 0).to(x.dtype)

def leaky_relu(x, slope):
    return torch.where(x > 0, x, slope * x)

def leaky_relu_grad(x, slope):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, slope))

def elu(x, alpha):
    low = torch.clamp(x, max=0)
    return torch.where(x > 0, x, alpha * torch.expm1(low))

def elu_grad(x, alpha):
    low = torch.clamp(x, max=0)
    return torch.where(x > 0, torch.ones_like(x), alpha * torch.exp(low))

def gradient_through_depth(f, f_grad, depth, x):
    product = torch.ones_like(x)
    h = x
    for _ in range(depth):
        product = product * f_grad(h)
        h = f(h)
    return product

# %% clamp_and_recursion
# A positive and a negative part by clamp; depth by recursion.
def relu(x: torch.Tensor) -> torch.Tensor:
    return x.clamp(min=0)

def leaky_relu(x: torch.Tensor, slope: float) -> torch.Tensor:
    return x.clamp(min=0) + slope * x.clamp(max=0)

def elu(x: torch.Tensor, alpha: float) -> torch.Tensor:
    return x.clamp(min=0) + alpha * (torch.exp(x.clamp(max=0)) - 1)

def gradient_through_depth(f, f_grad, depth: int, x: torch.Tensor) -> torch.Tensor:
    if depth == 0:
        return torch.ones_like(x)
    return f_grad(x) * gradient_through_depth(f, f_grad, depth - 1, f(x))

# %% work_on_a_clone
# Clones, changed in place through a mask.
def relu(x):
    out = x.clone()
    out[x <= 0] = 0
    return out

def relu_grad(x):
    g = x.clone()
    g[x > 0] = 1
    g[x <= 0] = 0
    return g

def leaky_relu(x, slope):
    y = x.clone()
    y[x <= 0] *= slope
    return y

def leaky_relu_grad(x, slope):
    g = torch.empty_like(x)
    g.fill_(slope)
    g[x > 0] = 1
    return g

def elu(x, alpha):
    y = x.clone()
    lower = ~(x > 0)
    y[lower] = alpha * torch.expm1(x[lower])
    return y

def elu_grad(x, alpha):
    g = torch.ones_like(x)
    lower = x <= 0
    g[lower] = alpha * x[lower].exp()
    return g

def gradient_through_depth(f, f_grad, depth, x):
    total = torch.ones_like(x)
    signal = x.clone()
    layer = 0
    while layer < depth:
        total *= f_grad(signal)
        signal = f(signal)
        layer += 1
    return total

# %% multiply_by_masks
# Products with 0/1 masks; the derivative does the work of the function.
def relu(x):
    return x * (x > 0)

def leaky_relu_grad(x, slope):
    up = (x > 0).type_as(x)
    return up + slope * (1 - up)

def leaky_relu(x, slope):
    return leaky_relu_grad(x, slope) * x

def elu(x, alpha):
    up = (x > 0).type_as(x)
    low = x * (1 - up)
    return up * x + alpha * (torch.exp(low) - 1)

def elu_grad(x, alpha):
    up = (x > 0).type_as(x)
    return up + (1 - up) * alpha * torch.exp(x * (1 - up))

# %% maximum_and_heaviside
# maximum, minimum and heaviside against tensors of zeros.
def relu(x):
    return torch.maximum(x, torch.zeros_like(x))

def relu_grad(x):
    return torch.heaviside(x, torch.zeros_like(x))

def leaky_relu(x, slope):
    zero = torch.zeros_like(x)
    return torch.maximum(x, zero) + slope * torch.minimum(x, zero)

def leaky_relu_grad(x, slope):
    step = torch.heaviside(x, x.new_zeros(()))
    return slope + (1 - slope) * step

def elu(x, alpha):
    zero = torch.zeros_like(x)
    return torch.maximum(x, zero) + alpha * torch.expm1(torch.minimum(x, zero))

def elu_grad(x, alpha):
    step = torch.heaviside(x, torch.zeros_like(x))
    return step + alpha * (1 - step) * torch.exp(-x.abs())

# %% loop_over_elements
# One element after another; stack keeps the graph.
def _each(fn, x):
    parts = [fn(v) for v in x.reshape(-1).unbind()]
    return torch.stack(parts).reshape(x.shape) if parts else x.clone()

def relu(x):
    return _each(lambda v: v if v > 0 else 0 * v, x)

def relu_grad(x):
    return _each(lambda v: torch.ones_like(v) if v > 0 else torch.zeros_like(v), x)

def leaky_relu(x, slope):
    return _each(lambda v: v if v > 0 else slope * v, x)

def elu(x, alpha):
    def one(v):
        if v > 0:
            return v
        return alpha * (torch.exp(v) - 1)
    return _each(one, x)

def elu_grad(x, alpha):
    return _each(lambda v: torch.ones_like(v) if v > 0 else alpha * torch.exp(v), x)

# %% own_autograd_function
# One autograd function for all three, with the derivatives of this file as the backward pass.
class _Bend(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, value, grad):
        ctx.save_for_backward(grad)
        return value.clone()

    @staticmethod
    def backward(ctx, g):
        (grad,) = ctx.saved_tensors
        return g * grad, None, None

def relu(x):
    d = x.detach()
    return _Bend.apply(x, d * relu_grad(d), relu_grad(d))

def leaky_relu(x, slope):
    d = x.detach()
    return _Bend.apply(x, d * leaky_relu_grad(d, slope), leaky_relu_grad(d, slope))

def elu(x, alpha):
    d = x.detach()
    value = torch.where(d > 0, d, alpha * (torch.exp(d) - 1))
    return _Bend.apply(x, value, elu_grad(d, alpha))

def elu_grad(x, alpha):
    return torch.where(x > 0, 1.0, alpha * torch.exp(x))

# %% lists_and_math_for_derivatives
# The derivatives, which need no graph, in pure Python; relu by the absolute value.
import math
from functools import reduce

def _pure(fn, x):
    return torch.tensor([fn(v) for v in x.detach().flatten().tolist()], dtype=x.dtype, device=x.device).reshape(x.shape)

def relu(x):
    return (x + x.abs()) / 2

def relu_grad(x):
    return _pure(lambda v: 1.0 if v > 0 else 0.0, x)

def leaky_relu(x, slope):
    return relu(x) - slope * relu(-x)

def leaky_relu_grad(x, slope):
    return _pure(lambda v: 1.0 if v > 0 else float(slope), x)

def elu(x, alpha):
    return relu(x) + alpha * torch.expm1(-relu(-x))

def elu_grad(x, alpha):
    return _pure(lambda v: 1.0 if v > 0 else alpha * math.exp(v), x)

def gradient_through_depth(f, f_grad, depth, x):
    def step(state, _):
        g, h = state
        return g * f_grad(h), f(h)
    return reduce(step, range(depth), (torch.ones_like(x), x))[0]

# %% numpy_for_derivatives
# NumPy where no gradient is taken; all signals first, then all factors.
import numpy as np

def _np(x):
    return x.detach().cpu().numpy()

def _back(a, x):
    return torch.tensor(np.asarray(a), dtype=x.dtype, device=x.device)

def relu_grad(x):
    return _back(np.where(_np(x) > 0, 1.0, 0.0), x)

def leaky_relu_grad(x, slope):
    return _back(np.where(_np(x) > 0, 1.0, slope), x)

def elu_grad(x, alpha):
    a = _np(x)
    return _back(np.where(a > 0, 1.0, alpha * np.exp(np.minimum(a, 0))), x)

def gradient_through_depth(f, f_grad, depth, x):
    signals = [x]
    for k in range(1, depth):
        signals.append(f(signals[k - 1]))
    factors = [torch.ones_like(x)] + [f_grad(h) for h in signals[:depth]]
    return torch.stack(factors).prod(dim=0)

# %% class_of_two_branches
# A dataclass with a lower branch and its derivative; the upper branch is the same for all three.
from dataclasses import dataclass
from typing import Callable
import math

@dataclass(frozen=True)
class Bent:
    lower: Callable
    lower_slope: Callable

    def value(self, x):
        safe = x.masked_fill(x > 0, 0.0)
        return torch.where(x > 0, x, self.lower(safe))

    def slope(self, x):
        safe = x.masked_fill(x > 0, 0.0)
        return torch.where(x > 0, torch.ones_like(x), self.lower_slope(safe))

def _line(s):
    return Bent(lambda t: s * t, lambda t: s * torch.ones_like(t))

def _exponential(a):
    return Bent(lower=lambda t: a * torch.expm1(t), lower_slope=lambda t: a * t.exp())

def relu(x):
    return _line(0).value(x)

def relu_grad(x):
    return _line(0).slope(x)

def leaky_relu(x, slope):
    return _line(slope).value(x)

def leaky_relu_grad(x, slope):
    return _line(slope).slope(x)

def elu(x, alpha):
    return _exponential(alpha).value(x)

def elu_grad(x, alpha):
    return _exponential(alpha).slope(x)

def gradient_through_depth(f, f_grad, depth, x):
    factors = []
    for _ in range(depth):
        factors.append(f_grad(x))
        x = f(x)
    return math.prod(factors, start=torch.ones_like(x))

# %% large_cap_on_the_exponent
# The exponent is capped at 50, which only the dropped branch sees; einsum for the products.
def relu(x):
    return torch.einsum("...,...->...", x, relu_grad(x))

def relu_grad(x):
    return torch.sign(x).clamp(min=0)

def leaky_relu_grad(x, slope):
    return torch.full_like(x, slope).masked_fill(x > 0, 1)

def elu(x, alpha):
    return torch.where(x > 0, x, alpha * (torch.exp(x.clamp(max=50)) - 1))

def elu_grad(x, alpha):
    return torch.where(x > 0, 1.0, alpha * torch.exp(x))

def gradient_through_depth(f, f_grad, depth, x):
    out = torch.ones_like(x)
    for _ in range(depth):
        out, x = torch.einsum("...,...->...", out, f_grad(x)), f(x)
    return out

# %% leaky_first
# relu as the leaky one with slope 0, elu from two pieces found by index; a generator gives the factors.
def relu(x):
    return leaky_relu(x, slope=0)

def relu_grad(x):
    return leaky_relu_grad(x, slope=0)

def leaky_relu(x, slope):
    return torch.where(torch.gt(x, 0), x, torch.mul(x, slope))

def elu(x, alpha):
    flat = x.reshape(-1)
    up = torch.nonzero(flat > 0).squeeze(1)
    down = torch.nonzero(flat <= 0).squeeze(1)
    out = torch.zeros_like(flat).index_add(0, up, flat[up])
    out = out.index_add(0, down, alpha * torch.expm1(flat[down]))
    return out.reshape(x.shape)

def elu_grad(x, alpha):
    low = torch.where(x > 0, torch.zeros_like(x), x)
    upper = relu_grad(x)
    return upper + (1 - upper) * (alpha * torch.exp(low))

def _factors(f, f_grad, depth, h):
    for k in range(depth):
        if k > 0:
            h = f(h)
        yield f_grad(h)

def gradient_through_depth(f, f_grad, depth, x):
    result = torch.full_like(x, 1.0)
    for factor in _factors(f=f, f_grad=f_grad, depth=depth, h=x):
        result = torch.mul(result, factor)
    return result

# %% leaky_slope_as_float32
# leaky_relu makes a float32 tensor of the slope, which holds those of the checks exactly.
def leaky_relu(x, slope):
    s = torch.tensor(float(slope))
    return torch.where(x > 0, x, s * x)

# %% depth_one_returns_the_tensor_of_f_grad
# gradient_through_depth returns what f_grad returned for depth 1, which is a new tensor.
def gradient_through_depth(f, f_grad, depth, x):
    if depth == 0:
        return torch.ones_like(x)
    g = f_grad(x)
    for _ in range(depth - 1):
        x = f(x)
        g = g * f_grad(x)
    return g
