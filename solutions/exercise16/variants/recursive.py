"""A network is a layer and a smaller network; NumPy draws and stores."""

import numpy as np
import torch
from torch import nn

rng = np.random.default_rng()


def uniform(bound, *shape):
    return nn.Parameter(torch.tensor(rng.uniform(-bound, bound, shape), dtype=torch.float32))


class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        bound = 1 / np.sqrt(in_features)
        self.weight = uniform(bound, out_features, in_features)
        self.bias = uniform(bound, out_features) if bias else None

    def forward(self, x):
        flat = x.reshape(-1, x.shape[-1])
        product = torch.mm(self.weight, flat.t()).t()
        shifted = product if self.bias is None else product + self.bias.expand_as(product)
        return shifted.reshape(*x.shape[:-1], -1)


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.first = Linear(sizes[0], sizes[1])
        self.rest = MLP(sizes[1:]) if len(sizes) > 2 else None

    def forward(self, x):
        y = self.first(x)
        return y if self.rest is None else self.rest(torch.where(y > 0, y, torch.zeros_like(y)))


def count_parameters(module):
    trainable = [p for p in module.parameters() if p.requires_grad]
    return len(nn.utils.parameters_to_vector(trainable)) if trainable else 0


def save(module, path):
    arrays = {name: value.cpu().numpy() for name, value in module.state_dict().items()}
    with open(path, "wb") as file:
        np.savez(file, **arrays)


def load(module, path):
    with np.load(path, allow_pickle=False) as arrays:
        module.load_state_dict({name: torch.from_numpy(arrays[name]) for name in arrays.files})
    return module
