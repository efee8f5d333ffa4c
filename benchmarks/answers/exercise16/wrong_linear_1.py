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
