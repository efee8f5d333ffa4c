"""nn.init for the start values, F.linear for the product, and an MLP that is a Sequential."""

import itertools
import math

import torch
import torch.nn.functional as F
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(out_features, in_features))
        nn.init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if bias:
            self.bias = nn.Parameter(torch.empty(out_features))
            nn.init.uniform_(self.bias, -1 / math.sqrt(in_features), 1 / math.sqrt(in_features))
        else:
            self.register_parameter("bias", None)

    def forward(self, x):
        return F.linear(x, self.weight, self.bias)


class MLP(nn.Sequential):
    def __init__(self, sizes):
        layers = []
        for inputs, outputs in itertools.pairwise(sizes):
            layers += [nn.ReLU(), Linear(inputs, outputs)]
        super().__init__(*layers[1:])


def count_parameters(module):
    return sum(math.prod(p.shape) for p in module.parameters() if p.requires_grad)


def save(module, path):
    with open(path, "wb") as file:
        torch.save({"state": module.state_dict()}, file)


def load(module, path):
    with open(path, "rb") as file:
        module.load_state_dict(torch.load(file, map_location="cpu")["state"])
    return module
