# %% first_plain_tensors
# Linear: weight and bias are plain tensors; the start values come from torch.randn without a scale.
# MLP: layers in a plain list. count_parameters: counts frozen parameters too.
# named: plain_tensors, standard_normal, layers_in_a_list, frozen_counted
import torch
from torch import nn

class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.weight = torch.randn(out_features, in_features, requires_grad=True)
        self.bias = torch.randn(out_features, requires_grad=True) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        if self.bias is not None:
            y = y + self.bias
        return y

class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = [Linear(a, b) for a, b in zip(sizes, sizes[1:])]

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)

def count_parameters(module):
    return sum(p.numel() for p in module.parameters())

def save(module, path):
    torch.save(module.state_dict(), path)

def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=True))
    return module

# %% first_numpy_habits
# Linear: weight has the shape [in, out]; the bias starts at zero; bias=False is ignored.
# MLP: a ReLU after the last layer. load: weights_only=False.
# named: weight_stored_transposed, bias_starts_at_zero, bias_despite_false, zeros_for_none, relu_at_the_end, relu_after_the_only_layer, any_code_run
import torch
from torch import nn

class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        bound = 1 / in_features ** 0.5
        self.weight = nn.Parameter(torch.empty(in_features, out_features).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, x):
        return x @ self.weight + self.bias

class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        parts = []
        for i in range(len(sizes) - 1):
            parts.append(Linear(sizes[i], sizes[i + 1]))
            parts.append(nn.ReLU())
        self.net = nn.Sequential(*parts)

    def forward(self, x):
        return self.net(x)

def count_parameters(module):
    total = 0
    for p in module.parameters():
        if p.requires_grad:
            total += p.numel()
    return total

def save(module, path):
    torch.save(module.state_dict(), path)

def load(module, path):
    state = torch.load(path, weights_only=False)
    module.load_state_dict(state)
    return module

# %% first_matrices
# Linear: torch.mm takes only two axes; the start values are in (0, 1/sqrt(in)). count_parameters: counts tensors, not entries.
# save: only the parameters, no buffers. load: returns nothing.
# named: positive_only, tensors_counted, buffers_not_filled, loaded_not_returned
import torch
from torch import nn

class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(out_features, in_features) / in_features ** 0.5)
        if bias:
            self.bias = nn.Parameter(torch.rand(out_features) / in_features ** 0.5)
        else:
            self.bias = None

    def forward(self, x):
        y = torch.mm(x, self.weight.T)
        if self.bias is not None:
            y = y + self.bias
        return y

class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList()
        for i in range(len(sizes) - 1):
            self.layers.append(Linear(sizes[i], sizes[i + 1]))

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i < len(self.layers) - 1:
                x = torch.relu(x)
        return x

def count_parameters(module):
    return len(list(p for p in module.parameters() if p.requires_grad))

def save(module, path):
    torch.save(dict(module.named_parameters()), path)

def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=True), strict=False)

# %% first_two_layer_network
# MLP: only two layers whatever the sizes are, with a sigmoid for the ReLU. count_parameters: own parameters only.
# save and load: plain pickle, which runs code from the file.
# named: two_layers_only, sigmoid_for_relu, own_parameters_only, any_code_run
import pickle
import torch
from torch import nn

class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        b = 1 / in_features ** 0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-b, b))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-b, b)) if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y + self.bias if self.bias is not None else y

class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.fc1 = Linear(sizes[0], sizes[1])
        self.fc2 = Linear(sizes[1], sizes[-1])

    def forward(self, x):
        return self.fc2(torch.sigmoid(self.fc1(x)))

def count_parameters(module):
    return sum(p.numel() for p in module._parameters.values() if p is not None and p.requires_grad)

def save(module, path):
    with open(path, "wb") as f:
        pickle.dump(module.state_dict(), f)

def load(module, path):
    with open(path, "rb") as f:
        module.load_state_dict(pickle.load(f))
    return module

# %% first_bound_and_bias
# Linear: the bound is 1/in without the root; the bias has the shape [1, out]. MLP: no ReLU at all.
# count_parameters: a shared parameter counts twice. save: leaves the module in evaluation mode.
# named: root_forgotten, bias_as_a_row, no_relu, shared_counted_twice
import torch
from torch import nn

class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        bound = 1 / in_features
        self.weight = nn.Parameter((torch.rand(out_features, in_features) * 2 - 1) * bound)
        self.bias = nn.Parameter((torch.rand(1, out_features) * 2 - 1) * bound) if bias else None

    def forward(self, x):
        out = x @ self.weight.T
        if self.bias is not None:
            out = out + self.bias
        return out

class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.Sequential(*[Linear(sizes[i], sizes[i + 1]) for i in range(len(sizes) - 1)])

    def forward(self, x):
        return self.layers(x)

def count_parameters(module):
    total = 0
    for m in module.modules():
        for p in m.parameters(recurse=False):
            if p.requires_grad:
                total += p.numel()
    return total

def save(module, path):
    module.eval()
    torch.save(module.state_dict(), path)

def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=True))
    return module

# %% first_cut_graph
# Linear: forward reads .data of weight and bias; bias is assigned before weight. MLP: the last ReLU is missing.
# count_parameters: buffers counted. load: a deep copy is filled and returned.
# named: data_of_the_weight, bias_detached, bias_registered_first, last_relu_missing, buffers_counted, loaded_into_a_copy
import copy
import torch
from torch import nn

class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        b = 1 / in_features ** 0.5
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-b, b)) if bias else None
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-b, b))

    def forward(self, x):
        y = x @ self.weight.data.T
        if self.bias is not None:
            y = y + self.bias.data
        return y

class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-2]:
            x = torch.relu(layer(x))
        for layer in self.layers[-2:]:
            x = layer(x)
        return x

def count_parameters(module):
    total = 0
    for p in module.parameters():
        if p.requires_grad:
            total += p.numel()
    for b in module.buffers():
        total += b.numel()
    return total

def save(module, path):
    torch.save(module.state_dict(), path)

def load(module, path):
    new_module = copy.deepcopy(module)
    new_module.load_state_dict(torch.load(path, weights_only=True))
    return new_module
