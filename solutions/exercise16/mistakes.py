"""What learners get wrong here: a class or a function each. Wrong classes build on the right ones where they can."""

from __future__ import annotations

import copy
from itertools import pairwise

import numpy as np
import torch
from reference import MLP, Linear, count_parameters
from torch import nn

from grader.checks import edit, mistake


def uniform(bound, *shape):
    return torch.empty(*shape).uniform_(-bound, bound)


# --- Linear: parameters


@mistake("Linear", "super().__init__() is missing: only after it can a Module take note of its parameters")
class no_super_init(Linear):
    def __init__(self, in_features, out_features, bias=True):
        bound = in_features**-0.5
        self.weight = nn.Parameter(uniform(bound, out_features, in_features))
        self.bias = nn.Parameter(uniform(bound, out_features)) if bias else None


@mistake(
    "Linear",
    "weight and bias are tensors, not nn.Parameter: parameters() does not show them, and no optimizer moves them",
)
class plain_tensors(Linear):
    def __init__(self, in_features, out_features, bias=True):
        nn.Module.__init__(self)
        bound = in_features**-0.5
        self.weight = uniform(bound, out_features, in_features).requires_grad_()
        self.bias = uniform(bound, out_features).requires_grad_() if bias else None


@mistake("Linear", "the weight is stored as [in_features, out_features]; one row per output is asked for")
class weight_stored_transposed(Linear):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features, out_features, bias)
        self.weight = nn.Parameter(self.weight.detach().T.contiguous())

    def forward(self, x):
        y = x @ self.weight
        return y if self.bias is None else y + self.bias


@mistake("Linear", "the bias is a row, [1, out_features]; its shape is [out_features]")
class bias_as_a_row(Linear):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features, out_features, bias)
        if bias:
            self.bias = nn.Parameter(self.bias.detach()[None])


@mistake("Linear", "the bias is registered before the weight; parameters() goes by the order of assignment")
class bias_registered_first(Linear):
    def __init__(self, in_features, out_features, bias=True):
        nn.Module.__init__(self)
        bound = in_features**-0.5
        self.bias = nn.Parameter(uniform(bound, out_features)) if bias else None
        self.weight = nn.Parameter(uniform(bound, out_features, in_features))


@mistake("Linear", "a layer with bias=False has a bias all the same")
class bias_despite_false(Linear):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features, out_features)


@mistake("Linear", "with bias=False the bias is a tensor of zeros; None is asked for")
class zeros_for_none(Linear):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features, out_features, bias)
        if not bias:
            self.register_parameter("bias", None)
            del self.bias
            self.bias = torch.zeros(out_features, dtype=torch.float64)


@mistake("Linear", "with bias=False the attribute `bias` is never set; it is to be None")
class bias_never_set(Linear):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features, out_features, bias)
        if not bias:
            del self.bias

    def forward(self, x):
        y = x @ self.weight.T
        return y + self.bias if hasattr(self, "bias") else y


# --- Linear: values


@mistake("Linear", "the weight is not transposed: that fits square weights only, and there the numbers are wrong")
class not_transposed(Linear):
    def forward(self, x):
        y = x @ self.weight
        return y if self.bias is None else y + self.bias


@mistake("Linear", "the bias is never added")
class bias_not_added(Linear):
    def forward(self, x):
        return x @ self.weight.T


@mistake("Linear", "forward uses .data, which autograd does not follow: the weight gets no gradient and never moves")
class data_of_the_weight(Linear):
    def forward(self, x):
        y = x @ self.weight.data.T
        return y if self.bias is None else y + self.bias


@mistake("Linear", "the bias is detached: it gets no gradient and never moves")
class bias_detached(Linear):
    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias.detach()


# --- Linear: start values


class Started(Linear):
    """A layer whose start values come from elsewhere: None leaves them as they are."""

    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features, out_features, bias)
        with torch.no_grad():
            self.start(self.weight, in_features, out_features)
            if bias:
                self.start_bias(self.bias, in_features, out_features)

    def start(self, values, in_features, out_features):
        raise NotImplementedError

    def start_bias(self, values, in_features, out_features):
        self.start(values, in_features, out_features)


@mistake("Linear", "the bounds go by out_features; it is the number of inputs that is summed over")
class bounds_by_outputs(Started):
    def start(self, values, in_features, out_features):
        values.uniform_(-(out_features**-0.5), out_features**-0.5)


@mistake("Linear", "only the bias's bounds go by out_features; both go by in_features")
class bias_by_outputs(Started):
    def start(self, values, in_features, out_features):
        values.uniform_(-(in_features**-0.5), in_features**-0.5)

    def start_bias(self, values, in_features, out_features):
        values.uniform_(-(out_features**-0.5), out_features**-0.5)


@mistake("Linear", "the bounds are 1/in; the root is missing")
class root_forgotten(Started):
    def start(self, values, in_features, out_features):
        values.uniform_(-1 / in_features, 1 / in_features)


@mistake("Linear", "the start values are all positive, from 0 to the bound; the lower bound is its negative")
class positive_only(Started):
    def start(self, values, in_features, out_features):
        values.uniform_(0, in_features**-0.5)


@mistake(
    "Linear", "these are normal numbers with standard deviation 1/√in; uniform ones between the bounds are asked for"
)
class normal_numbers(Started):
    def start(self, values, in_features, out_features):
        values.normal_(0, in_features**-0.5)


@mistake("Linear", "the bounds are √6/√in, which is what kaiming_uniform_ takes without its argument a")
class kaiming_for_relu(Started):
    def start(self, values, in_features, out_features):
        values.uniform_(-((6 / in_features) ** 0.5), (6 / in_features) ** 0.5)


@mistake("Linear", "the bounds are √(6/(in + out)), after Xavier; 1/√in is asked for")
class xavier(Started):
    def start(self, values, in_features, out_features):
        bound = (6 / (in_features + out_features)) ** 0.5
        values.uniform_(-bound, bound)

    def start_bias(self, values, in_features, out_features):
        values.uniform_(-(in_features**-0.5), in_features**-0.5)


@mistake(
    "Linear", "everything starts at 0: all hidden units of a network then compute the same, and never learn to differ"
)
class all_zeros(Started):
    def start(self, values, in_features, out_features):
        values.zero_()


@mistake("Linear", "the bias starts at 0; the same bounds as for the weight are asked for")
class bias_starts_at_zero(Started):
    def start(self, values, in_features, out_features):
        values.uniform_(-(in_features**-0.5), in_features**-0.5)

    def start_bias(self, values, in_features, out_features):
        values.zero_()


@mistake("Linear", "the start values are in float64, which NumPy gives; a layer starts in float32")
class float64_from_numpy(Linear):
    def __init__(self, in_features, out_features, bias=True):
        nn.Module.__init__(self)
        bound, draw = in_features**-0.5, np.random.default_rng()
        self.weight = nn.Parameter(torch.from_numpy(draw.uniform(-bound, bound, (out_features, in_features))))
        self.bias = nn.Parameter(torch.from_numpy(draw.uniform(-bound, bound, out_features))) if bias else None


@mistake("Linear", "a seed is set in the constructor: layers of one size all start from the same values")
class seeded_in_the_constructor(Linear):
    def __init__(self, in_features, out_features, bias=True):
        torch.manual_seed(in_features)
        super().__init__(in_features, out_features, bias)


# --- MLP: parameters


@mistake("MLP", "the layers are in a plain list, which a Module does not look into: the network has no parameters")
class layers_in_a_list(MLP):
    def __init__(self, sizes):
        super().__init__(sizes)
        layers = list(self.layers)
        del self.layers
        self.layers = layers


@mistake("MLP", "all weights come first and then all biases; W1, b1, W2, b2, … is asked for")
class weights_then_biases(MLP):
    def __init__(self, sizes):
        nn.Module.__init__(self)
        layers = MLP(sizes).layers
        self.weights = nn.ParameterList([layer.weight for layer in layers])
        self.biases = nn.ParameterList([layer.bias for layer in layers])

    def forward(self, x):
        last = len(self.weights) - 1
        for i, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            x = x @ weight.T + bias
            x = x if i == last else torch.relu(x)
        return x


@mistake("MLP", "the layers are registered from the output to the input; parameters() goes by the order of assignment")
class output_layer_first(MLP):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.layers = nn.ModuleList(reversed(self.layers))

    def forward(self, x):
        first = len(self.layers) - 1
        for i in range(first, 0, -1):
            x = torch.relu(self.layers[i](x))
        return self.layers[0](x)


@mistake("MLP", "layers of the same size are one and the same object: they share their parameters")
class layers_shared(MLP):
    def __init__(self, sizes):
        super().__init__(sizes)
        made = {}
        pairs = zip(pairwise(sizes), self.layers, strict=True)
        layers = [made.setdefault(pair, layer) for pair, layer in pairs]
        self.layers = nn.ModuleList(layers)


@mistake("MLP", "the last layer is missing: there is one layer for each two neighbouring sizes")
class last_layer_missing(MLP):
    def __init__(self, sizes):
        super().__init__(sizes[:-1] if len(sizes) > 2 else sizes)


@mistake("MLP", "the layers have no biases")
class layers_without_bias(MLP):
    def __init__(self, sizes):
        nn.Module.__init__(self)
        self.layers = nn.ModuleList(Linear(m, n, bias=False) for m, n in pairwise(sizes))


# --- MLP: values


@mistake("MLP", "there is a ReLU after the last layer, too: no output can be negative")
class relu_at_the_end(MLP):
    def forward(self, x):
        return torch.relu(super().forward(x))


@mistake("MLP", "there is no ReLU between the layers: together they are no more than a single one")
class no_relu(MLP):
    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


@mistake("MLP", "the inputs go through a ReLU before the first layer: what is negative in them is lost")
class relu_on_the_inputs(MLP):
    def forward(self, x):
        return super().forward(torch.relu(x))


@mistake("MLP", "the ReLU stands after the first layer only; it belongs between each two")
class one_relu(MLP):
    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = torch.relu(layer(x)) if i == 0 and len(self.layers) > 1 else layer(x)
        return x


@mistake("MLP", "a ReLU follows the first layer in any case; the only layer is also the last, and has none")
class relu_after_the_only_layer(MLP):
    def forward(self, x):
        return super().forward(x) if len(self.layers) > 1 else torch.relu(super().forward(x))


@mistake("MLP", "the activation is a sigmoid; the ReLU is asked for")
class sigmoid_for_relu(MLP):
    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.sigmoid(layer(x))
        return self.layers[-1](x)


@mistake("MLP", "what a layer gives is detached before the next: only the last layer learns")
class detached_between(MLP):
    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x)).detach()
        return self.layers[-1](x)


@mistake("MLP", "forward runs under no_grad: the values are right, and nothing ever learns")
class no_grad_in_forward(MLP):
    def forward(self, x):
        with torch.no_grad():
            return super().forward(x)


# --- count_parameters


frozen_counted = edit("count_parameters", {"() if parameter.requires_grad": "()"}).says(
    "parameters that don't require gradients are counted, too; they don't learn"
)
tensors_counted = edit("count_parameters", {"parameter.numel()": "1"}).says(
    "this is the number of tensors; the number of their entries is asked for"
)
first_axis_counted = edit("count_parameters", {"parameter.numel()": "len(parameter) if parameter.dim() else 1"}).says(
    "only the length of each parameter's first axis is counted, not all of its entries"
)
own_parameters_only = edit(
    "count_parameters", "return sum(p.numel() for p in module.parameters(recurse=False) if p.requires_grad)"
).says("only the module's own parameters are counted, not those of the parts inside it")


@mistake(
    "count_parameters", "the parts are counted one by one, and a parameter that two of them share is counted twice"
)
def shared_counted_twice(module):
    return sum(own_parameters_only_of(part) for part in module.modules())


def own_parameters_only_of(part):
    return sum(p.numel() for p in part.parameters(recurse=False) if p.requires_grad)


state_counted = edit("count_parameters", "return sum(value.numel() for value in module.state_dict().values())").says(
    "state_dict also holds buffers and what is frozen, and a shared parameter under each of its names"
)
weights_counted = edit(
    "count_parameters", "return sum(p.numel() for p in module.parameters() if p.requires_grad and p.dim() > 1)"
).says("only weights are counted; biases and scalars learn, too")
only_frozen_counted = edit(
    "count_parameters", "return sum(p.numel() for p in module.parameters() if not p.requires_grad)"
).says("this counts what does not learn: the condition is the wrong way round")


@mistake("count_parameters", "the count is a tensor; a Python int is asked for")
def count_as_tensor(module):
    return torch.tensor(count_parameters(module))


# --- save and load


parameters_saved = edit(
    "save", {"module.state_dict()": "{name: parameter.detach() for name, parameter in module.named_parameters()}"}
).says("only the parameters are written; buffers belong to a module's state, too")
module_pickled = edit("save", {".state_dict()": ""}).says(
    "the whole module is pickled, with the name of its class; write its state_dict, which is tensors alone"
)
ending_added = edit("save", {"(), path": '(), f"{path}.pth"'}).says(
    "the file is not at `path`: an ending was added to the name that was asked for"
)
loaded_not_returned = edit("load", {"return module": ""}).says("what is returned is not the module")


@mistake("save", "`path` may be a string, which has no methods of a Path")
def path_objects_only(module, path):
    with path.open("wb") as file:
        torch.save(module.state_dict(), file)


@mistake("load", "the file is read, but its values are never put into the module")
def nothing_put_in(module, path):
    torch.load(path, weights_only=True)
    return module


@mistake("load", "the values go into a copy; the module that was handed in stays as it was")
def loaded_into_a_copy(module, path):
    module = copy.deepcopy(module)
    module.load_state_dict(torch.load(path, weights_only=True))
    return module


@mistake("load", "only parameters are filled; the buffers stay as they were")
def buffers_not_filled(module, path):
    state = torch.load(path, weights_only=True)
    module.load_state_dict({name: state[name] for name, _ in module.named_parameters()}, strict=False)
    return module


any_code_run = edit("load", {"True": "False"}).says("weights_only=False runs whatever code the file brings along")
