"""An MLP of bare parameters in one list; start values from rand; a pickle that holds lists of numbers alone."""

import pickle

import torch


def start(fan_in, *shape):
    return torch.nn.Parameter((2 * torch.rand(shape) - 1) / fan_in**0.5)


class Linear(torch.nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        torch.nn.Module.__init__(self)
        self.in_features, self.out_features = in_features, out_features
        self.weight = start(in_features, out_features, in_features)
        self.bias = None
        if bias:
            self.bias = start(in_features, out_features)

    def forward(self, x):
        y = torch.einsum("...i,oi->...o", x, self.weight)
        if self.bias is not None:
            y = self.bias + y
        return y


class MLP(torch.nn.Module):
    def __init__(self, sizes):
        super().__init__()
        tensors = []
        for i in range(1, len(sizes)):
            tensors += [start(sizes[i - 1], sizes[i], sizes[i - 1]), start(sizes[i - 1], sizes[i])]
        self.tensors = torch.nn.ParameterList(tensors)

    def forward(self, x):
        for i in range(0, len(self.tensors), 2):
            if i > 0:
                x = x.clamp(min=0)
            x = torch.matmul(x, self.tensors[i].transpose(0, 1)) + self.tensors[i + 1]
        return x


def count_parameters(module):
    seen = {
        id(p): p.numel()
        for part in module.modules()
        for p in part._parameters.values()
        if p is not None and p.requires_grad
    }
    return sum(seen.values())


class DataOnly(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name} is no data")


def save(module, path):
    with open(path, "wb") as file:
        pickle.dump([value.tolist() for value in module.state_dict().values()], file)


def load(module, path):
    with open(path, "rb") as file:
        values = DataOnly(file).load()
    for target, value in zip(module.state_dict().values(), values, strict=True):
        target.copy_(torch.tensor(value, dtype=target.dtype))
    return module
