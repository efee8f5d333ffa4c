"""Layers as numbered attributes, products by addmm-like sums, draws from a generator of one's own."""

import torch
from torch import nn

_DRAWS = torch.Generator().manual_seed(20)


class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        low, high = -(in_features**-0.5), in_features**-0.5
        weight = torch.rand(out_features, in_features, generator=_DRAWS) * (high - low) + low
        self.register_parameter("weight", nn.Parameter(weight))
        offset = torch.rand(out_features, generator=_DRAWS) * (high - low) + low
        self.register_parameter("bias", nn.Parameter(offset) if bias else None)

    def forward(self, x):
        y = (x.unsqueeze(-2) * self.weight).sum(-1)
        if self.bias is not None:
            y += self.bias
        return y


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.depth = len(sizes) - 1
        for i in range(self.depth):
            setattr(self, f"layer{i + 1}", Linear(sizes[i], sizes[i + 1]))
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        h = self.layer1(x)
        for i in range(2, self.depth + 1):
            h = getattr(self, f"layer{i}")(self.relu(h))
        return h


def count_parameters(module):
    total = 0
    for parameter in set(module.parameters()):
        if parameter.requires_grad:
            total += parameter.nelement()
    return total


def save(module, path):
    state = module.state_dict()
    torch.save({"names": list(state), "values": [state[name] for name in state]}, path)


@torch.no_grad()
def load(module, path):
    saved = torch.load(path, weights_only=True)
    state = dict(zip(saved["names"], saved["values"], strict=True))
    for name, tensor in [*module.named_parameters(), *module.named_buffers()]:
        tensor.copy_(state[name])
    return module
