# %% everything_with_where
# relu_grad: bool. leaky_relu: max formula. elu: nan gradient at 1000. elu_grad: 1 at 0. gradient_through_depth: all factors at x.
# named: relu_grad_bool, leaky_relu_maximum, elu_nan_gradient, elu_grad_one_at_zero, depth_all_at_the_input
import torch

def relu(x):
    return torch.where(x > 0, x, torch.zeros_like(x))

def relu_grad(x):
    return x > 0

def leaky_relu(x, slope):
    return torch.max(slope * x, x)

def leaky_relu_grad(x, slope):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, slope))

def elu(x, alpha):
    return torch.where(x > 0, x, alpha * (torch.exp(x) - 1))

def elu_grad(x, alpha):
    return torch.where(x >= 0, torch.ones_like(x), alpha * torch.exp(x))

def gradient_through_depth(f, f_grad, depth, x):
    return f_grad(x) ** depth

# %% in_place_masks
# relu: x changed and returned. leaky_relu: x changed and returned. relu_grad: 1 at 0. gradient_through_depth: factors at the outputs.
# named: relu_in_place, relu_is_x_itself, leaky_relu_in_place, leaky_relu_is_x_itself, relu_grad_one_at_zero, depth_at_the_outputs
import torch

def relu(x):
    x[x < 0] = 0
    return x

def relu_grad(x):
    g = torch.zeros_like(x)
    g[x >= 0] = 1
    return g

def leaky_relu(x, slope):
    out = x
    out[out < 0] = out[out < 0] * slope
    return out

def leaky_relu_grad(x, slope):
    g = torch.ones_like(x)
    g[x <= 0] = slope
    return g

def elu(x, alpha):
    out = x.clone()
    out[x <= 0] = alpha * (torch.exp(x[x <= 0]) - 1)
    return out

def elu_grad(x, alpha):
    g = torch.ones_like(x)
    g[x <= 0] = alpha * torch.exp(x[x <= 0])
    return g

def gradient_through_depth(f, f_grad, depth, x):
    g = torch.ones_like(x)
    for _ in range(depth):
        x = f(x)
        g = g * f_grad(x)
    return g

# %% min_max_formulas
# relu_grad: float32, and x where 1 is due. leaky_relu: slope added. elu: nan gradient at 1000. elu_grad: the -1 is kept.
# named: relu_grad_always_float32, relu_grad_is_relu, leaky_relu_slope_added, elu_nan_gradient, elu_grad_keeps_the_constant
import torch

def relu(x):
    return torch.clamp(x, min=0)

def relu_grad(x):
    return torch.clamp(x, min=0).float()

def leaky_relu(x, slope):
    return x + slope * torch.clamp(x, max=0)

def leaky_relu_grad(x, slope):
    return (x > 0).to(x.dtype) + slope * (x <= 0).to(x.dtype)

def elu(x, alpha):
    zero = torch.zeros_like(x)
    return torch.maximum(zero, x) + torch.minimum(zero, alpha * (torch.exp(x) - 1))

def elu_grad(x, alpha):
    return torch.where(x > 0, torch.ones_like(x), alpha * torch.exp(x) - alpha)

def gradient_through_depth(f, f_grad, depth, x):
    g = torch.ones_like(x)
    for _ in range(depth):
        g = g * f_grad(x)
        x = f(x)
    return g

# %% numpy_habits
# relu: graph cut. leaky_relu: slope 0.01 always. leaky_relu_grad: 0 at 0. elu: alpha missing, graph cut.
# named: relu_cuts_the_graph, leaky_relu_fixed_slope, leaky_relu_grad_zero_at_zero, elu_without_alpha
import numpy as np
import torch

def relu(x):
    return torch.tensor(np.maximum(x.detach().numpy(), 0), dtype=x.dtype)

def relu_grad(x):
    return torch.tensor(np.where(x.detach().numpy() > 0, 1, 0), dtype=x.dtype)

def leaky_relu(x, slope=0.01):
    slope = 0.01
    return torch.where(x > 0, x, slope * x)

def leaky_relu_grad(x, slope):
    a = x.detach().numpy()
    return torch.tensor((a > 0) * 1.0 + (a < 0) * slope, dtype=x.dtype)

def elu(x, alpha):
    a = x.detach().numpy()
    neg = np.exp(np.minimum(a, 0)) - 1
    return torch.tensor(np.where(a > 0, a, neg), dtype=x.dtype)

def elu_grad(x, alpha):
    a = x.detach().numpy()
    return torch.tensor(np.where(a > 0, 1, alpha * np.exp(np.minimum(a, 0))), dtype=x.dtype)

def gradient_through_depth(f, f_grad, depth, x):
    g = torch.ones_like(x)
    h = x
    for _ in range(depth):
        g = g * f_grad(h)
        h = f(h)
    return g

# %% sums_and_signs
# relu_grad: -1 on the left. leaky_relu_grad: slope * x. elu: no -1. elu_grad: no alpha. gradient_through_depth: sum, 0 at depth 0.
# named: relu_grad_is_sign, leaky_relu_grad_keeps_x, elu_without_minus_one, elu_grad_without_alpha, depth_sum, depth_zero_gives_zeros
import torch

def relu(x):
    return (x + abs(x)) / 2

def relu_grad(x):
    return torch.sign(x)

def leaky_relu(x, slope):
    return torch.where(x > 0, x, slope * x)

def leaky_relu_grad(x, slope):
    return torch.where(x > 0, torch.ones_like(x), slope * x)

def elu(x, alpha):
    return torch.where(x > 0, x, alpha * torch.exp(torch.clamp(x, max=0)))

def elu_grad(x, alpha):
    return torch.where(x > 0, torch.ones_like(x), torch.exp(x))

def gradient_through_depth(f, f_grad, depth, x):
    total = torch.zeros_like(x)
    for _ in range(depth):
        total = total + f_grad(x)
        x = f(x)
    return total

# %% shortcuts_and_defaults
# relu: x itself if all are positive. leaky_relu_grad: default dtype. elu_grad: nan at 1000. gradient_through_depth: last factor missing.
# named: relu_is_x_itself, leaky_relu_grad_default_dtype, elu_grad_masks_multiply, depth_one_factor_too_few
import torch

def relu(x):
    if (x > 0).all():
        return x
    return x * (x > 0)

def relu_grad(x):
    return torch.where(x > 0, torch.ones_like(x), torch.zeros_like(x))

def leaky_relu(x, slope):
    return torch.where(x > 0, x, slope * x)

def leaky_relu_grad(x, slope):
    return torch.where(x > 0, 1.0, float(slope))

def elu(x, alpha):
    return torch.where(x > 0, x, alpha * (torch.exp(torch.clamp(x, max=0)) - 1))

def elu_grad(x, alpha):
    return (x > 0) + (x <= 0) * (alpha * torch.exp(x))

def gradient_through_depth(f, f_grad, depth, x):
    g = torch.ones_like(x)
    for _ in range(depth - 1):
        g = g * f_grad(x)
        x = f(x)
    return g
