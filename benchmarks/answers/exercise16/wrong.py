# %% weight_shape_swapped
# Linear stores weight as [in, out] instead of [out, in].
# named: weight_stored_transposed
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        b = 1 / in_features ** 0.5
        self.weight = nn.Parameter(torch.empty(in_features, out_features).uniform_(-b, b))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-b, b)) if bias else None

    def forward(self, x):
        y = x @ self.weight
        return y if self.bias is None else y + self.bias

# %% transpose_forgotten
# Linear computes x @ weight without the transpose, which fails unless the layer is square and is wrong even then.
# named: not_transposed
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        b = 1 / in_features ** 0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-b, b))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-b, b)) if bias else None

    def forward(self, x):
        y = x @ self.weight
        if self.bias is not None:
            y = y + self.bias
        return y

# %% view_for_transpose
# Linear uses weight.view(in, out) as if it were the transpose, so the entries are in the wrong places.
# named: -
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.n_in, self.n_out = in_features, out_features
        b = 1 / in_features ** 0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-b, b))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-b, b)) if bias else None

    def forward(self, x):
        y = x @ self.weight.view(self.n_in, self.n_out)
        return y if self.bias is None else y + self.bias

# %% weight_is_a_plain_tensor
# The weight of Linear is a plain tensor with requires_grad=True, so the module does not know it.
# named: weight_plain_tensor
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        b = in_features ** -0.5
        self.weight = ((torch.rand(out_features, in_features) * 2 - 1) * b).requires_grad_()
        self.bias = nn.Parameter((torch.rand(out_features) * 2 - 1) * b) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% transposed_parameter_stored
# Linear stores nn.Parameter(w).T, a computed tensor and no parameter, as its weight.
# named: weight_plain_tensor
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        b = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(in_features, out_features).uniform_(-b, b)).T
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-b, b)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% weight_is_a_buffer
# Linear registers its weight as a buffer, which is saved but not learned.
# named: weight_plain_tensor
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        b = in_features ** -0.5
        self.register_buffer("weight", torch.empty(out_features, in_features).uniform_(-b, b))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-b, b)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% forward_reads_data
# The forward of Linear reads weight.data, so no gradient reaches the weight.
# named: data_of_the_weight
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        b = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-b, b))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-b, b)) if bias else None

    def forward(self, x):
        y = x @ self.weight.data.T
        return y if self.bias is None else y + self.bias

# %% forward_under_no_grad
# The forward of Linear computes under no_grad, so nothing gets a gradient.
# named: linear_under_no_grad
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        b = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-b, b))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-b, b)) if bias else None

    @torch.no_grad()
    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% input_detached
# The forward of Linear detaches x, so the gradient does not go on to x and the layers before.
# named: input_detached
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        b = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-b, b))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-b, b)) if bias else None

    def forward(self, x):
        y = x.detach() @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% input_cast_to_float32
# The forward of Linear turns x into float32, so a float64 layer fails on its input.
# named: -
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        b = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-b, b))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-b, b)) if bias else None

    def forward(self, x):
        y = x.float() @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% computed_in_float32
# The forward of Linear computes in float32 and converts the result back, so float64 loses digits.
# named: -
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        b = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-b, b))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-b, b)) if bias else None

    def forward(self, x):
        y = x.float() @ self.weight.float().T
        if self.bias is not None:
            y = y + self.bias.float()
        return y.to(x.dtype)

# %% normal_start_values
# Linear draws its start values from a normal distribution with standard deviation 1/sqrt(in) instead of a uniform one.
# named: normal_numbers
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        std = in_features ** -0.5
        self.weight = nn.Parameter(torch.randn(out_features, in_features) * std)
        self.bias = nn.Parameter(torch.randn(out_features) * std) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% only_positive_start_values
# Linear draws from (0, 1/sqrt(in)), so no start value is negative.
# named: positive_only
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        bound = in_features ** -0.5
        self.weight = nn.Parameter(torch.rand(out_features, in_features) * bound)
        self.bias = nn.Parameter(torch.rand(out_features) * bound) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% half_the_interval
# Linear draws (rand - 0.5) / sqrt(in), which covers only half of the interval.
# named: half_interval
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter((torch.rand(out_features, in_features) - 0.5) * k)
        self.bias = nn.Parameter((torch.rand(out_features) - 0.5) * k) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% root_forgotten
# Linear takes 1/in as the bound of its start values, without the square root.
# named: root_forgotten
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        bound = 1 / in_features
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-bound, bound)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% bound_from_out_features
# Linear takes 1/sqrt(out) as the bound of its start values instead of 1/sqrt(in).
# named: bounds_by_outputs
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        bound = 1 / out_features ** 0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-bound, bound)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% bound_one
# Linear draws its start values from (-1, 1), whatever the number of inputs is.
# named: standard_normal
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-1, 1))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-1, 1)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% xavier_weight
# Linear draws its weight with nn.init.xavier_uniform_, whose bound is sqrt(6 / (in + out)).
# named: xavier
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        bound = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features))
        nn.init.xavier_uniform_(self.weight)
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-bound, bound)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% kaiming_weight
# Linear draws its weight with kaiming_uniform_ and its default a=0, whose bound is sqrt(6 / in).
# named: kaiming_for_relu
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        bound = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features))
        nn.init.kaiming_uniform_(self.weight, nonlinearity="relu")
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-bound, bound)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% bias_starts_at_zero
# The bias of Linear starts at 0 and is not drawn.
# named: bias_starts_at_zero
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        bound = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.zeros(out_features)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

# %% bias_bound_from_out_features
# Linear draws its bias within 1/sqrt(out), because a bias has out entries; the weight is right.
# named: bias_by_outputs
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        if bias:
            k = out_features ** -0.5
            self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k))
        else:
            self.bias = None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias

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

# %% relu_after_the_last_layer
# MLP applies the ReLU after every layer, the last one too.
# named: relu_at_the_end
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x

# %% no_relu
# MLP has no ReLU between the layers.
# named: no_relu
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.net = nn.Sequential(*[Linear(a, b) for a, b in zip(sizes, sizes[1:])])

    def forward(self, x):
        return self.net(x)

# %% relu_before_each_layer
# MLP applies the ReLU before every layer, so it also cuts off negative inputs.
# named: relu_on_the_inputs
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers:
            x = layer(torch.relu(x))
        return x

# %% relu_only_after_the_first_layer
# MLP applies the ReLU after the first layer only, which is right for two layers but not for more.
# named: one_relu
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i == 0 and len(self.layers) > 1:
                x = torch.relu(x)
        return x

# %% last_relu_missing
# MLP stops the ReLUs one layer too early, so there is none between the last two layers.
# named: last_relu_missing
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        n = len(self.layers)
        for i in range(n):
            x = self.layers[i](x)
            if i < n - 2:
                x = torch.relu(x)
        return x

# %% layers_in_a_plain_list
# MLP keeps its layers in a plain list, so it has no parameters.
# named: layers_in_a_list
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = []
        for i in range(len(sizes) - 1):
            self.layers.append(Linear(sizes[i], sizes[i + 1]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)

# %% output_layer_first
# MLP registers the output layer before the hidden layers, so parameters() starts with the last weight.
# named: output_layer_first
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.out = Linear(sizes[-2], sizes[-1])
        self.hidden = nn.ModuleList(Linear(a, b) for a, b in zip(sizes[:-2], sizes[1:-1]))

    def forward(self, x):
        for layer in self.hidden:
            x = torch.relu(layer(x))
        return self.out(x)

# %% weights_before_biases
# MLP lists all weights first and then all biases, not W1, b1, W2, b2.
# named: weights_then_biases
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        layers = [Linear(a, b) for a, b in zip(sizes, sizes[1:])]
        self.ws = nn.ParameterList([layer.weight for layer in layers])
        self.bs = nn.ParameterList([layer.bias for layer in layers])

    def forward(self, x):
        for i in range(len(self.ws)):
            if i > 0:
                x = torch.relu(x)
            x = x @ self.ws[i].T + self.bs[i]
        return x

# %% mlp_without_biases
# The layers of MLP have no biases.
# named: layers_without_bias
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b, bias=False) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)

# %% output_layer_without_bias
# The last layer of MLP has no bias.
# named: -
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        n = len(sizes) - 1
        self.layers = nn.ModuleList(Linear(sizes[i], sizes[i + 1], bias=i < n - 1) for i in range(n))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)

# %% equal_layers_shared
# MLP makes one layer per pair of sizes and reuses it, so layers of equal sizes share their parameters.
# named: layers_shared
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        made = {}
        parts = []
        for a, b in zip(sizes, sizes[1:]):
            if (a, b) not in made:
                made[(a, b)] = Linear(a, b)
            parts.append(made[(a, b)])
        self.layers = nn.ModuleList(parts)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)

# %% two_layers_only
# MLP uses only the first two and the last of the sizes, so it has two layers whatever is asked.
# named: two_layers_only
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.fc1 = Linear(sizes[0], sizes[1])
        self.fc2 = Linear(sizes[1], sizes[-1])

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))

# %% sigmoid_for_relu
# MLP has a sigmoid between the layers instead of a ReLU.
# named: sigmoid_for_relu
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.sigmoid(layer(x))
        return self.layers[-1](x)

# %% leaky_relu
# MLP has a leaky ReLU between the layers, which lets a hundredth of the negative numbers through.
# named: -
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.act = nn.LeakyReLU()

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.act(layer(x))
        return self.layers[-1](x)

# %% softmax_at_the_end
# MLP applies a softmax to its outputs.
# named: softmax_at_the_end
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return torch.softmax(self.layers[-1](x), dim=-1)

# %% input_flattened_per_sample
# MLP flattens x from the second axis on, so an x with three or more axes does not fit.
# named: -
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        if x.dim() > 1:
            x = x.flatten(1)
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)

# %% output_squeezed
# MLP squeezes its output, so axes of size 1 are lost.
# named: -
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x).squeeze()

# %% relu_on_data
# MLP computes the ReLU on the data of the hidden values, which cuts the graph between the layers.
# named: detached_between
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x).data)
        return self.layers[-1](x)

# %% input_changed_in_place
# MLP applies relu_ in place to x at the start, so it cuts off and overwrites the caller's negative inputs.
# named: relu_on_the_inputs
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        with torch.no_grad():
            x.relu_()
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)

# %% frozen_counted
# count_parameters also counts parameters that don't require gradients.
# named: frozen_counted
def count_parameters(module):
    return sum(p.numel() for p in module.parameters())

# %% tensors_counted
# count_parameters counts the parameter tensors, not their entries.
# named: tensors_counted
def count_parameters(module):
    return len([p for p in module.parameters() if p.requires_grad])

# %% buffers_counted
# count_parameters adds the entries of the buffers.
# named: buffers_counted
def count_parameters(module):
    n = sum(p.numel() for p in module.parameters() if p.requires_grad)
    n += sum(b.numel() for b in module.buffers())
    return n

# %% own_parameters_only
# count_parameters looks only at the module's own parameters, not at those of its parts.
# named: own_parameters_only
def count_parameters(module):
    return sum(p.numel() for p in module.parameters(recurse=False) if p.requires_grad)

# %% only_one_level_deep
# count_parameters looks at the module and its children but no deeper.
# named: own_parameters_only
def count_parameters(module):
    total = 0
    seen = set()
    for m in [module] + list(module.children()):
        for p in m.parameters(recurse=False):
            if p.requires_grad and id(p) not in seen:
                seen.add(id(p))
                total += p.numel()
    return total

# %% counted_at_every_level
# count_parameters sums module.parameters() over all submodules, so deep parameters count several times.
# named: counted_at_every_level
def count_parameters(module):
    total = 0
    for m in module.modules():
        for p in m.parameters():
            if p.requires_grad:
                total += p.numel()
    return total

# %% shared_parameter_counted_twice
# count_parameters sums the own parameters of every module, so a parameter that two modules share counts twice.
# named: shared_counted_twice
def count_parameters(module):
    total = 0
    for m in module.modules():
        for p in m.parameters(recurse=False):
            if p.requires_grad:
                total += p.numel()
    return total

# %% shared_module_counted_twice
# count_parameters keeps the duplicates of named_parameters, so a part that is there twice counts twice.
# named: shared_counted_twice
def count_parameters(module):
    total = 0
    for name, p in module.named_parameters(remove_duplicate=False):
        if p.requires_grad:
            total += p.numel()
    return total

# %% rows_times_columns
# count_parameters multiplies only the first two sizes, so parameters with more axes are counted too low.
# named: -
def count_parameters(module):
    n = 0
    for p in module.parameters():
        if p.requires_grad:
            if p.dim() == 0:
                n += 1
            elif p.dim() == 1:
                n += p.shape[0]
            else:
                n += p.shape[0] * p.shape[1]
    return n

# %% scalar_counted_as_zero
# count_parameters gives 0 for a parameter without axes.
# named: -
def count_parameters(module):
    n = 0
    for p in module.parameters():
        if p.requires_grad and len(p.shape) > 0:
            k = 1
            for s in p.shape:
                k *= s
            n += k
    return n

# %% at_least_one_entry
# count_parameters counts a parameter without entries as one.
# named: -
def count_parameters(module):
    return sum(max(1, p.numel()) for p in module.parameters() if p.requires_grad)

# %% tensor_count_returned
# count_parameters returns a 0-d tensor and not a Python int.
# named: count_as_tensor
def count_parameters(module):
    total = torch.tensor(0)
    for p in module.parameters():
        if p.requires_grad:
            total += p.numel()
    return total

# %% only_parameters_with_gradient_counted
# count_parameters asks whether .grad is there instead of requires_grad, so it gives 0 before the first backward.
# named: only_frozen_counted
def count_parameters(module):
    return sum(p.numel() for p in module.parameters() if p.grad is not None)

# %% weights_counted_without_biases
# count_parameters counts only parameters whose name ends in weight.
# named: weights_counted
def count_parameters(module):
    return sum(p.numel() for n, p in module.named_parameters() if p.requires_grad and n.endswith("weight"))

# %% only_linear_layers_counted
# count_parameters counts only the layers of class Linear.
# named: only_frozen_counted
def count_parameters(module):
    n = 0
    for m in module.modules():
        if isinstance(m, Linear):
            for p in m.parameters():
                if p.requires_grad:
                    n += p.numel()
    return n

# %% equal_values_counted_once
# count_parameters takes parameters of equal values for one, though they are different parameters.
# named: -
def count_parameters(module):
    kept = []
    for p in module.parameters():
        if p.requires_grad and not any(torch.equal(p, q) for q in kept):
            kept.append(p)
    return sum(p.numel() for p in kept)

# %% buffers_not_saved
# save writes only the parameters, so buffers keep the numbers of the module that loads.
# named: buffers_not_filled
def save(module, path):
    torch.save(dict(module.named_parameters()), path)

def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=True), strict=False)
    return module

# %% only_float_buffers_saved
# save leaves out everything that is not floating point, so integer and bool buffers are lost.
# named: -
def save(module, path):
    state = {k: v for k, v in module.state_dict().items() if v.is_floating_point()}
    torch.save(state, path)

def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=True), strict=False)
    return module

# %% suffix_added
# save and load add .pt to the path, so the file is not at exactly this path.
# named: ending_added
def save(module, path):
    torch.save(module.state_dict(), str(path) + ".pt")

def load(module, path):
    module.load_state_dict(torch.load(str(path) + ".pt", weights_only=True))
    return module

# %% strings_only
# save joins the path to a string for a message, which raises for a pathlib.Path.
# named: -
def save(module, path):
    message = "saving to " + path
    print(message)
    torch.save(module.state_dict(), path)

# %% fixed_file_name
# save and load ignore the path and always use model.pt in the same folder, so a second file overwrites the first.
# named: ending_added
import os

def save(module, path):
    torch.save(module.state_dict(), os.path.join(os.path.dirname(path), "model.pt"))

def load(module, path):
    module.load_state_dict(torch.load(os.path.join(os.path.dirname(path), "model.pt"), weights_only=True))
    return module

# %% kept_in_memory
# save keeps the state in a dictionary in memory under the path and writes no file.
# named: ending_added
SAVED = {}

def save(module, path):
    SAVED[str(path)] = {k: v.clone() for k, v in module.state_dict().items()}

def load(module, path):
    module.load_state_dict(SAVED[str(path)])
    return module

# %% any_pickle_loaded
# load calls torch.load with weights_only=False, which runs code from the file.
# named: any_code_run
def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=False))
    return module

# %% plain_pickle_load
# save pickles the state with plain pickle, and load reads it with pickle.load, which runs code from the file.
# named: any_code_run
import pickle

def save(module, path):
    with open(path, "wb") as f:
        pickle.dump(module.state_dict(), f)

def load(module, path):
    with open(path, "rb") as f:
        module.load_state_dict(pickle.load(f))
    return module

# %% falls_back_to_unsafe_load
# load tries weights_only=True, but when that refuses the file it loads it with weights_only=False.
# named: any_code_run
def load(module, path):
    try:
        state = torch.load(path, weights_only=True)
    except Exception:
        state = torch.load(path, weights_only=False)
    module.load_state_dict(state)
    return module

# %% builtins_allowed_in_pickle
# The Unpickler of load lets everything from builtins through, among it eval and exec.
# named: any_code_run
import pickle

class Safer(pickle.Unpickler):
    def find_class(self, module, name):
        if module == "builtins":
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)

def save(module, path):
    plain = {k: v.tolist() for k, v in module.state_dict().items()}
    with open(path, "wb") as f:
        pickle.dump(plain, f)

def load(module, path):
    with open(path, "rb") as f:
        plain = Safer(f).load()
    own = module.state_dict()
    for k, v in plain.items():
        own[k].copy_(torch.tensor(v, dtype=own[k].dtype).reshape(own[k].shape))
    return module

# %% load_returns_nothing
# load changes the module but returns None.
# named: loaded_not_returned
def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=True))

# %% load_returns_the_keys
# load returns what load_state_dict returns, the lists of missing and unexpected keys, not the module.
# named: loaded_not_returned
def load(module, path):
    return module.load_state_dict(torch.load(path, weights_only=True))

# %% load_into_a_copy
# load fills and returns a deep copy and leaves the module that it is given as it was.
# named: loaded_into_a_copy
import copy

def load(module, path):
    new = copy.deepcopy(module)
    new.load_state_dict(torch.load(path, weights_only=True))
    return new

# %% names_bound_anew
# load binds its loop variables to the loaded tensors and changes nothing in the module.
# named: nothing_put_in
def load(module, path):
    state = torch.load(path, weights_only=True)
    for name, p in module.state_dict().items():
        p = state[name]
    return module

# %% parameters_replaced
# load uses assign=True, which replaces the parameters by new ones without their .grad.
# named: -
def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=True), assign=True)
    return module

# %% gradients_cleared_by_load
# load calls zero_grad, so the gradients are not left alone.
# named: -
def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=True))
    module.zero_grad()
    return module

# %% frozen_by_load
# load sets requires_grad to False to copy the numbers and never sets it back.
# named: -
def load(module, path):
    state = torch.load(path, weights_only=True)
    for name, p in module.named_parameters():
        p.requires_grad_(False)
        p.copy_(state[name])
    for name, b in module.named_buffers():
        b.copy_(state[name])
    return module

# %% buffers_not_loaded
# load copies only the parameters, though the buffers are in the file.
# named: buffers_not_filled
def load(module, path):
    state = torch.load(path, weights_only=True)
    with torch.no_grad():
        for name, p in module.named_parameters():
            p.copy_(state[name])
    return module

# %% saved_as_float32
# save turns everything into float32, so float64 numbers and large integers are not exact.
# named: -
def save(module, path):
    torch.save({k: v.float() for k, v in module.state_dict().items()}, path)

# %% saved_in_half_precision
# save writes floating point numbers in half precision to make the file small.
# named: -
def save(module, path):
    torch.save({k: v.half() if v.is_floating_point() else v for k, v in module.state_dict().items()}, path)

# %% six_digits_in_text
# save writes the numbers as text with six digits after the point, so they don't come back exactly.
# named: -
def save(module, path):
    with open(path, "w") as f:
        for v in module.state_dict().values():
            f.write(" ".join("%.6f" % n for n in v.flatten().tolist()) + "\n")

def load(module, path):
    with open(path) as f:
        for v, line in zip(module.state_dict().values(), f.read().split("\n")):
            numbers = [float(n) for n in line.split()]
            v.copy_(torch.tensor(numbers, dtype=torch.float64).reshape(v.shape))
    return module

# %% eval_mode_before_saving
# save puts the module in evaluation mode and leaves it there.
# named: -
def save(module, path):
    module.eval()
    torch.save(module.state_dict(), path)

# %% module_converted_by_save
# save calls module.float() before it writes, so a float64 module is turned into float32 and not left as it is.
# named: -
def save(module, path):
    module.float()
    torch.save(module.state_dict(), path)

# %% gradients_dropped_by_save
# save sets .grad of all parameters to None before writing.
# named: -
def save(module, path):
    for p in module.parameters():
        p.grad = None
    torch.save(module.state_dict(), path)

# %% names_sorted_on_one_side
# save writes the tensors sorted by name, but load hands them out in the order of the module.
# named: -
def save(module, path):
    state = module.state_dict()
    torch.save([state[k] for k in sorted(state)], path)

def load(module, path):
    tensors = torch.load(path, weights_only=True)
    for old, new in zip(module.state_dict().values(), tensors):
        old.copy_(new)
    return module

# %% nested_names_cut
# save keeps only the last part of each name, so layers with equal parameter names overwrite each other.
# named: -
def save(module, path):
    torch.save({k.split(".")[-1]: v for k, v in module.state_dict().items()}, path)

def load(module, path):
    saved = torch.load(path, weights_only=True)
    for k, v in module.state_dict().items():
        v.copy_(saved[k.split(".")[-1]])
    return module
