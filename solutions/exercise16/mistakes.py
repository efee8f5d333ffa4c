"""What learners get wrong here, each as an edit of reference.py; what no edit can say is a function with @mistake."""

from __future__ import annotations

import copy

import torch
from reference import MLP
from torch import nn

from grader.checks import edit, mistake

# --- Linear: parameters

no_super_init = edit("Linear.__init__", {"super().__init__()": ""}).says(
    "super().__init__() is missing: only after it can a Module take note of its parameters"
)
plain_tensors = edit(
    "Linear.__init__",
    {
        "self.weight = nn.Parameter(": "self.weight = torch.Tensor.requires_grad_(",
        "self.bias = nn.Parameter(": "self.bias = torch.Tensor.requires_grad_(",
    },
).says(
    "parameters() shows neither weight nor bias, and no optimizer moves them: they are not set, or are tensors and no "
    "nn.Parameter"
)
bias_plain_tensor = edit(
    "Linear.__init__", {"self.bias = nn.Parameter(": "self.bias = torch.Tensor.requires_grad_("}
).says("parameters() does not show the bias, and no optimizer moves it: it is not set, or a tensor and no nn.Parameter")
weight_plain_tensor = edit(
    "Linear.__init__", {"self.weight = nn.Parameter(": "self.weight = torch.Tensor.requires_grad_("}
).says(
    "parameters() does not show the weight, and no optimizer moves it: it is not set, or a tensor and no nn.Parameter"
)
weight_stored_transposed = edit(
    "Linear", {"empty(out_features, in_features)": "empty(in_features, out_features)", "self.weight.T": "self.weight"}
).says("the weight is stored as [in_features, out_features]; one row per output is asked for")
bias_as_a_row = edit("Linear.__init__", {"empty(out_features)": "empty(1, out_features)"}).says(
    "the bias is a row, [1, out_features]; its shape is [out_features]"
)
bias_registered_first = edit(
    "Linear.__init__", {"super().__init__()": "super().__init__()\nself.register_parameter('bias', None)"}
).says("the bias is registered before the weight; parameters() goes by the order of assignment")
bias_despite_false = edit("Linear.__init__", {" if bias else None": ""}).says(
    "a layer with bias=False has a bias all the same"
)
zeros_for_none = edit("Linear.__init__", {"else None": "else torch.zeros(out_features, dtype=torch.float64)"}).says(
    "with bias=False the bias is a tensor of zeros; None is asked for"
)
bias_never_set = edit(
    "Linear",
    {
        "self.bias = nn": "if bias:\n    self.bias = nn",
        " if bias else None": "",
        "y if self.bias is None else y + self.bias": "y + self.bias if hasattr(self, 'bias') else y",
    },
).says("with bias=False the attribute `bias` is never set; it is to be None")

# --- Linear: values

not_transposed = edit("Linear.forward", {"weight.T": "weight"}).says(
    "the weight is not transposed: that fits square weights only, and there the numbers are wrong"
)
bias_not_added = edit("Linear.forward", {"y if self.bias is None else y + self.bias": "y"}).says(
    "the bias is never added"
)
data_of_the_weight = edit("Linear.forward", {"weight.T": "weight.data.T"}).says(
    "forward uses .data, which autograd does not follow: the weight gets no gradient and never moves"
)
bias_detached = edit("Linear.forward", {"y + self.bias": "y + self.bias.detach()"}).says(
    "the bias gets no gradient and never moves: it is detached, or does not require one"
)
input_detached = edit("Linear.forward", {"x @": "x.detach() @"}).says(
    "x is detached: no gradient goes on to it, nor to the layers before"
)
linear_under_no_grad = edit("Linear.forward", {"def forward": "@torch.no_grad()\ndef forward"}).says(
    "forward runs under no_grad: the values are right, and nothing ever learns"
)
relu_in_linear = edit(
    "Linear.forward",
    {"y if self.bias is None else y + self.bias": "torch.relu(y if self.bias is None else y + self.bias)"},
).says("the layer itself applies a ReLU: none of its outputs is negative")

# --- Linear: start values

bounds_by_outputs = edit("Linear.__init__", {"in_features**-0.5": "out_features**-0.5"}).says(
    "the bounds go by out_features; it is the number of inputs that is summed over"
)
bias_by_outputs = edit("Linear.__init__", {"self.bias": "bound = out_features**-0.5\nself.bias"}).says(
    "only the bias's bounds go by out_features; both go by in_features"
)
root_forgotten = edit("Linear.__init__", {"in_features**-0.5": "1 / in_features"}).says(
    "the bounds are 1/in; the root is missing"
)
half_interval = edit("Linear.__init__", {"in_features**-0.5": "0.5 * in_features**-0.5"}).says(
    "the bounds are half of what is asked for: rand - 0.5, for example, lies within ±1/2"
)
positive_only = edit(
    "Linear.__init__",
    {
        "in_features).uniform_(-bound": "in_features).uniform_(0",
        "empty(out_features).uniform_(-bound": "empty(out_features).uniform_(0",
    },
).says("the start values are all positive, from 0 to the bound; the lower bound is its negative")
normal_numbers = edit(
    "Linear.__init__",
    {
        "in_features).uniform_(-bound": "in_features).normal_(0",
        "empty(out_features).uniform_(-bound": "empty(out_features).normal_(0",
    },
).says("these are normal numbers with standard deviation 1/√in; uniform ones between the bounds are asked for")
entries_repeated = edit(
    "Linear.__init__",
    {
        "empty(out_features, in_features)": "empty(1, in_features)",
        "bound))\nself.bias": "bound).repeat(out_features, 1))\nself.bias",
    },
).says("entries of the weight repeat one another at the start: every entry is to be drawn for itself")
one_number_for_the_bias = edit(
    "Linear.__init__",
    {"empty(out_features).uniform_(-bound, bound)": "empty(1).uniform_(-bound, bound).repeat(out_features)"},
).says("all entries of the bias start with the same value: every entry is to be drawn for itself")
unit_interval = edit(
    "Linear.__init__",
    {
        "in_features).uniform_(-bound, bound)": "in_features).uniform_()",
        "empty(out_features).uniform_(-bound, bound)": "empty(out_features).uniform_()",
    },
).says("the start values lie in [0, 1), however many inputs there are")
weight_in_unit_interval = edit(
    "Linear.__init__", {"in_features).uniform_(-bound, bound)": "in_features).uniform_()"}
).says("the weight's start values lie in [0, 1), however many inputs there are")
bias_in_unit_interval = edit(
    "Linear.__init__", {"empty(out_features).uniform_(-bound, bound)": "rand(out_features)"}
).says("the bias's start values lie in [0, 1), however many inputs there are")
weight_standard_normal = edit(
    "Linear.__init__", {"in_features).uniform_(-bound, bound)": "in_features).normal_()"}
).says("the weight starts with numbers of size 1, however many inputs there are")
standard_normal = edit(
    "Linear.__init__",
    {
        "in_features).uniform_(-bound, bound)": "in_features).normal_()",
        "empty(out_features).uniform_(-bound, bound)": "empty(out_features).normal_()",
    },
).says("the start values are of size 1, as those of randn or of uniform_(-1, 1), however many inputs there are")
kaiming_for_relu = edit(
    "Linear.__init__",
    {
        "bound = in": "limit = (6 / in_features) ** 0.5\nbound = in",
        "in_features).uniform_(-bound, bound)": "in_features).uniform_(-limit, limit)",
    },
).says("the weight's bounds are √6/√in, which is what kaiming_uniform_ takes without its argument a")
xavier = edit(
    "Linear.__init__",
    {
        "bound = in": "limit = (6 / (in_features + out_features)) ** 0.5\nbound = in",
        "in_features).uniform_(-bound, bound)": "in_features).uniform_(-limit, limit)",
    },
).says("the bounds are √(6/(in + out)), after Xavier; 1/√in is asked for")
all_zeros = edit("Linear.__init__", {"in_features**-0.5": "0"}).says(
    "everything starts at 0: all hidden units of a network then compute the same, and never learn to differ"
)
bias_starts_at_zero = edit(
    "Linear.__init__", {"empty(out_features).uniform_(-bound, bound)": "zeros(out_features)"}
).says("the bias starts at 0; the same bounds as for the weight are asked for")
float64_from_numpy = edit(
    "Linear.__init__",
    {
        "empty(out_features, in_features": "empty(out_features, in_features, dtype=torch.float64",
        "empty(out_features)": "empty(out_features, dtype=torch.float64)",
    },
).says("the start values are in float64, which NumPy gives; a layer starts in float32")
seeded_in_the_constructor = edit(
    "Linear.__init__", {"super().__init__()": "super().__init__()\ntorch.manual_seed(in_features)"}
).says("a seed is set in the constructor: layers of one size all start from the same values")

# --- MLP: parameters

layers_in_a_list = edit("MLP.__init__", {"nn.ModuleList": "list"}).says(
    "the layers are in a plain list, which a Module does not look into: the network has no parameters"
)


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


output_layer_first = edit(
    "MLP", {"pairwise(sizes)": "[(sizes[-2], sizes[-1]), *pairwise(sizes[:-1])]", "*hidden, last": "last, *hidden"}
).says("the output layer is registered before the others; parameters() goes by the order of assignment")
layers_shared = edit(
    "MLP.__init__",
    {
        "super().__init__()": "super().__init__()\nmade = {}",
        "Linear(inputs, outputs) for": "made.setdefault((inputs, outputs), Linear(inputs, outputs)) for",
    },
).says("layers of the same size are one and the same object: they share their parameters")
last_layer_missing = edit(
    "MLP.__init__", {"pairwise(sizes)": "pairwise(sizes[:-1] if len(sizes) > 2 else sizes)"}
).says("the last layer is missing: there is one layer for each two neighbouring sizes")
two_layers_only = edit("MLP.__init__", {"pairwise(sizes)": "((sizes[0], sizes[1]), (sizes[1], sizes[-1]))"}).says(
    "there are two layers, however many sizes are given"
)
layers_without_bias = edit("MLP.__init__", {"outputs) for": "outputs, bias=False) for"}).says(
    "parameters() shows weights alone: the layers have no biases, or biases that are no parameters"
)

# --- MLP: values

relu_at_the_end = edit("MLP.forward", {"last(x)": "torch.relu(last(x))"}).says(
    "there is a ReLU after the last layer, too: no output can be negative"
)
no_relu = edit("MLP.forward", {"torch.relu(layer(x))": "layer(x)"}).says(
    "there is no ReLU between the layers: together they are no more than a single one"
)
relu_on_the_inputs = edit("MLP.forward", {"for layer": "x = torch.relu(x)\nfor layer"}).says(
    "the inputs go through a ReLU before the first layer: what is negative in them is lost"
)
bias_after_relu = edit("MLP.forward", {"torch.relu(layer(x))": "torch.relu(x @ layer.weight.T) + layer.bias"}).says(
    "the bias is added after the ReLU; it belongs before"
)
one_relu = edit(
    "MLP.forward",
    {
        "layer in hidden": "i, layer in enumerate(hidden)",
        "torch.relu(layer(x))": "layer(x) if i else torch.relu(layer(x))",
    },
).says("the ReLU stands after the first layer only; it belongs between each two")
last_relu_missing = edit(
    "MLP.forward", {"torch.relu(layer(x))": "layer(x) if layer is hidden[-1] else torch.relu(layer(x))"}
).says("there is no ReLU between the last two layers")
softmax_at_the_end = edit("MLP.forward", {"last(x)": "torch.softmax(last(x), -1)"}).says(
    "there is a softmax after the last layer; nothing is to follow it"
)
relu_after_the_only_layer = edit("MLP.forward", {"last(x)": "last(x) if hidden else torch.relu(last(x))"}).says(
    "a ReLU follows the first layer in any case; the only layer is also the last, and has none"
)
sigmoid_for_relu = edit("MLP.forward", {"relu": "sigmoid"}).says("the activation is a sigmoid; the ReLU is asked for")
detached_between = edit("MLP.forward", {"layer(x))": "layer(x)).detach()"}).says(
    "what a layer gives is detached before the next: only the last layer learns"
)
no_grad_in_forward = edit("MLP.forward", {"def forward": "@torch.no_grad()\ndef forward"}).says(
    "forward runs under no_grad: the values are right, and nothing ever learns"
)

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
).says("the parameters of the parts inside are not counted, or only down to some depth")
shared_counted_twice = edit(
    "count_parameters",
    {
        "for parameter in module": "for part in module.modules() for parameter in part",
        "parameters()": "parameters(recurse=False)",
    },
).says("a parameter that two parts share is counted twice")
counted_at_every_level = edit(
    "count_parameters", {"for parameter in module": "for part in module.modules() for parameter in part"}
).says("parameters() of a module holds those of its parts already: what lies deep is counted at every level")
buffers_counted = edit(
    "count_parameters",
    {
        "for parameter in module.parameters() if parameter.requires_grad": "for parameter in "
        "[*(p for p in module.parameters() if p.requires_grad), *module.buffers()]"
    },
).says("buffers are counted, too; they don't learn")
state_counted = edit("count_parameters", "return sum(value.numel() for value in module.state_dict().values())").says(
    "state_dict also holds buffers and what is frozen, and a shared parameter under each of its names"
)
weights_counted = edit(
    "count_parameters", "return sum(p.numel() for p in module.parameters() if p.requires_grad and p.dim() > 1)"
).says("only weights are counted; biases and scalars learn, too")
only_frozen_counted = edit(
    "count_parameters", "return sum(p.numel() for p in module.parameters() if not p.requires_grad)"
).says("nothing of what learns is counted: the condition may be the wrong way round")
count_as_tensor = edit("count_parameters", {"sum(": "torch.tensor(sum(", "requires_grad)": "requires_grad))"}).says(
    "the count is a tensor; a Python int is asked for"
)

# --- save and load

ending_added = edit("save", {"(), path": '(), f"{path}.pth"'}).says(
    "there is no file at `path`: it is to be written there, under exactly this name"
)
loaded_not_returned = edit("load", {"return module": ""}).says("what is returned is not the module")
file_returned = edit("load", "return torch.load(path, weights_only=True)").says(
    "what the file holds is returned; nothing of it is put into the module"
)
nothing_put_in = edit(
    "load", {"module.load_state_dict(torch.load(path, weights_only=True))": "torch.load(path, weights_only=True)"}
).says("the file is read, but its values are never put into the module")


@mistake("load", "the values go into a copy; the module that was handed in stays as it was")
def loaded_into_a_copy(module, path):
    module = copy.deepcopy(module)
    module.load_state_dict(torch.load(path, weights_only=True))
    return module


buffers_not_filled = edit(
    "load",
    {
        "module.load_state_dict(": "state = ",
        "True))": "True)\nstate = {name: state[name] for name, _ in module.named_parameters()}\n"
        "module.load_state_dict(state, strict=False)",
    },
).says("only parameters are filled; the buffers stay as they were")
any_code_run = edit("load", {"True": "False"}).says(
    "code that the file brings along is run: by torch.load with weights_only=False, by a plain pickle.load, or by an "
    "Unpickler that lets through more than data"
)
