# %% textbook_formulas
# sigmoid: nan at 1000. tanh: nan at 1000. sigmoid_grad: x for sigmoid(x). tanh_from_sigmoid: the inner 2 is missing.
# named: sigmoid_overflow, tanh_overflow, sigmoid_grad_input_as_value, tanh_from_sigmoid_inner_factor
import torch

def sigmoid(x):
    return torch.exp(x) / (1 + torch.exp(x))

def tanh(x):
    return (torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x))

def sigmoid_grad(x):
    return x * (1 - x)

def tanh_grad(x):
    return 4 / (torch.exp(x) + torch.exp(-x)) ** 2

def tanh_from_sigmoid(x):
    return 2 * sigmoid(x) - 1

# %% one_number_at_a_time
# sigmoid: no graph, and math.exp raises at -1000. tanh_grad: f * (1 - f). tanh_from_sigmoid: calls its own copy, not sigmoid.
# named: sigmoid_cuts_the_graph, tanh_grad_rule_of_sigmoid, tanh_from_sigmoid_not_called
import math
import torch

def _s(v):
    return 1 / (1 + math.exp(-v))

def sigmoid(x):
    vals = [_s(v) for v in x.flatten().tolist()]
    return torch.tensor(vals, dtype=x.dtype).reshape(x.shape)

def tanh(x):
    return 2 / (1 + torch.exp(-2 * x)) - 1

def sigmoid_grad(x):
    return 1 / (2 + torch.exp(x) + torch.exp(-x))

def tanh_grad(x):
    t = tanh(x)
    return t * (1 - t)

def tanh_from_sigmoid(x):
    vals = [2 * _s(2 * max(v, -300)) - 1 for v in x.flatten().tolist()]
    return torch.tensor(vals, dtype=x.dtype).reshape(x.shape)

# %% numpy_habits
# sigmoid: clipped at 500, graph cut. tanh: graph cut, nan at 1000. sigmoid_grad: sigmoid twice. tanh_grad: 1 - x**2.
# named: sigmoid_clipped, sigmoid_cuts_the_graph, tanh_cuts_the_graph, tanh_overflow, sigmoid_grad_at_the_value, tanh_grad_input_as_value
import numpy as np
import torch

def sigmoid(x):
    a = np.clip(x.detach().numpy(), -500, 500).astype(np.float64)
    return torch.tensor(1 / (1 + np.exp(-a)), dtype=x.dtype)

def tanh(x):
    a = x.detach().numpy()
    with np.errstate(over="ignore", invalid="ignore"):
        t = (np.exp(a) - np.exp(-a)) / (np.exp(a) + np.exp(-a))
    return torch.tensor(t, dtype=x.dtype)

def sigmoid_grad(x):
    a = sigmoid(x)
    return sigmoid(a) * (1 - sigmoid(a))

def tanh_grad(x):
    return 1 - x ** 2

def tanh_from_sigmoid(x):
    return 2 * sigmoid(2 * x) - 1

# %% in_place_everywhere
# sigmoid: exp's result overwritten, backward raises. tanh: x doubled in place. sigmoid_grad: 1 - s. tanh_grad: sech without square.
# named: sigmoid_grad_first_factor, tanh_grad_unsquared
import torch

def sigmoid(x):
    y = torch.exp(-x)
    y += 1
    return y.reciprocal()

def tanh(x):
    x *= 2
    return 1 - 2 / (torch.exp(x) + 1)

def sigmoid_grad(x):
    return 1 - sigmoid(x)

def tanh_grad(x):
    return 2 / (torch.exp(x) + torch.exp(-x))

def tanh_from_sigmoid(x):
    return 2 * sigmoid(2 * x) - 1

# %% quotients_and_floats
# sigmoid: always float32. sigmoid_grad: difference quotient. tanh_grad: difference quotient, factor 2 too big. tanh_from_sigmoid: sign.
# named: tanh_from_sigmoid_sign
import torch

def sigmoid(x):
    x = x.float()
    return 1 / (1 + torch.exp(-x))

def tanh(x):
    return 2 / (1 + torch.exp(-2 * x)) - 1

def sigmoid_grad(x):
    h = 1e-4
    return (1 / (1 + torch.exp(-x - h)) - 1 / (1 + torch.exp(-x))) / h

def tanh_grad(x):
    h = 1e-4
    return (tanh(x + h) - tanh(x - h)) / h

def tanh_from_sigmoid(x):
    return (1 - 2 * sigmoid(2 * x)).to(x.dtype)

# %% abs_for_safety
# sigmoid: gives sigmoid(abs(x)). tanh: sign lost. sigmoid_grad: the square is missing. tanh_from_sigmoid: calls tanh.
# named: sigmoid_of_absolute_value, tanh_of_absolute_value, sigmoid_grad_unsquared, tanh_from_sigmoid_not_called
import torch

def sigmoid(x):
    return 1 / (1 + torch.exp(-torch.abs(x)))

def tanh(x):
    e = torch.exp(-2 * torch.abs(x))
    return (1 - e) / (1 + e)

def sigmoid_grad(x):
    e = torch.exp(-torch.abs(x))
    return e / (1 + e)

def tanh_grad(x):
    return 1 - tanh(x) ** 2

def tanh_from_sigmoid(x):
    return tanh(x)
