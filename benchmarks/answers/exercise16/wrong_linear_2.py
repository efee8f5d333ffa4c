# %% bias_repeats_the_weight
# The bias of Linear is a copy of the first column of the weight and is not drawn for itself.
# named: -
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        w = torch.empty(out_features, in_features).uniform_(-k, k)
        self.weight = nn.Parameter(w)
        self.bias = nn.Parameter(w[:, 0].clone()) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% one_draw_for_all_outputs
# Linear draws one row of the weight and repeats it, so all outputs start with the same weights.
# named: entries_repeated
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(1, in_features).uniform_(-k, k).repeat(out_features, 1))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% seed_set
# Linear calls torch.manual_seed(0), so two layers of the same size are equal.
# named: seeded_in_the_constructor
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        torch.manual_seed(0)
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% float64_start_values
# Linear draws with NumPy and keeps float64 instead of float32.
# named: float64_from_numpy
import numpy as np

class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = 1 / np.sqrt(in_features)
        self.weight = nn.Parameter(torch.from_numpy(np.random.uniform(-k, k, (out_features, in_features))))
        self.bias = nn.Parameter(torch.from_numpy(np.random.uniform(-k, k, out_features))) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% bias_flag_ignored
# Linear ignores bias=False and always has a bias.
# named: bias_despite_false
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k))

    def forward(self, x):
        return x @ self.weight.T + self.bias

# %% zero_parameter_without_bias
# With bias=False Linear keeps a parameter of zeros as its bias instead of None.
# named: bias_despite_false, zeros_for_none
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        if bias:
            self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k))
        else:
            self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, x):
        return x @ self.weight.T + self.bias

# %% no_attribute_without_bias
# With bias=False Linear has no attribute bias at all.
# named: bias_never_set
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.use_bias = bias
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        if bias:
            self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k))

    def forward(self, x):
        y = x @ self.weight.T
        if self.use_bias:
            y = y + self.bias
        return y

# %% bias_with_two_axes
# The bias of Linear has the shape [1, out] instead of [out].
# named: bias_as_a_row
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        self.bias = nn.Parameter(torch.empty(1, out_features).uniform_(-k, k)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% one_number_as_bias
# The bias of Linear is a single number that all outputs share.
# named: -
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        self.bias = nn.Parameter(torch.empty(1).uniform_(-k, k)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% bias_registered_first
# Linear assigns bias before weight, so the parameters come in the wrong order.
# named: bias_registered_first
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k)) if bias else None
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% other_parameter_names
# The parameters of Linear are called w and b instead of weight and bias.
# named: -
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.w = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        self.b = nn.Parameter(torch.empty(out_features).uniform_(-k, k)) if bias else None

    def forward(self, x):
        y = x @ self.w.T
        return y if self.b is None else y + self.b

# %% bias_frozen
# The bias of Linear is a parameter with requires_grad=False, so it never learns.
# named: bias_detached
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k), requires_grad=False) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% matrices_only
# The forward of Linear uses torch.mm, so x must have exactly two axes.
# named: -
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k)) if bias else None

    def forward(self, x):
        y = torch.mm(x, self.weight.t())
        return y if self.bias is None else y + self.bias

# %% leading_axes_merged
# The forward of Linear reshapes x to two axes and does not restore the leading axes.
# named: -
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k)) if bias else None

    def forward(self, x):
        x = x.reshape(-1, self.weight.shape[1])
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% view_of_the_input
# The forward of Linear calls x.view, which fails for a strided x of more than two axes.
# named: -
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k)) if bias else None

    def forward(self, x):
        lead = x.shape[:-1]
        y = x.view(-1, x.shape[-1]) @ self.weight.T
        if self.bias is not None:
            y = y + self.bias
        return y.view(*lead, self.weight.shape[0])

# %% bias_subtracted
# The forward of Linear subtracts the bias instead of adding it.
# named: -
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y - self.bias

# %% bias_not_added
# The forward of Linear never adds the bias.
# named: bias_not_added
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k)) if bias else None

    def forward(self, x):
        return x @ self.weight.T

# %% truth_of_a_tensor
# The forward of Linear asks `if self.bias:`, which raises for a bias with several entries.
# named: -
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        if self.bias:
            y = y + self.bias
        return y

# %% super_init_forgotten
# Linear does not call super().__init__(), so assigning a parameter raises.
# named: no_super_init
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% torch_linear_used
# Linear is a subclass of nn.Linear, which is not allowed.
# named: -
class Linear(nn.Linear):
    pass

# %% relu_inside_linear
# The forward of Linear applies a ReLU itself, so a single layer has no negative outputs.
# named: relu_in_linear
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        if self.bias is not None:
            y = y + self.bias
        return torch.relu(y)

# %% bias_never_made
# Linear has a weight only: the argument bias is not looked at.
# named: bias_plain_tensor, bias_never_set
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))

    def forward(self, x):
        return x @ self.weight.T

# %% bias_from_rand
# The weight starts right, and the bias comes from torch.rand as it is.
# named: bias_in_unit_interval
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter((2 * torch.rand(out_features, in_features) - 1) * k)
        self.bias = nn.Parameter(torch.rand(out_features)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias
