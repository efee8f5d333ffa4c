# %% base
# Plain modules in a ModuleList; state_dict saved by torch and loaded with weights_only.
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        bound = 1 / in_features**0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features, dtype=torch.float32).uniform_(-bound, bound))
        if bias:
            self.bias = nn.Parameter(torch.empty(out_features, dtype=torch.float32).uniform_(-bound, bound))
        else:
            self.bias = None

    def forward(self, x):
        y = x @ self.weight.T
        if self.bias is not None:
            y = y + self.bias
        return y


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList([Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:])])

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)


def count_parameters(module):
    return sum(p.numel() for p in module.parameters() if p.requires_grad)


def save(module, path):
    torch.save(module.state_dict(), path)


def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=True))
    return module

# %% functional_and_init
# nn.init and F.linear; the network is a Sequential with nn.ReLU.
import math
import torch.nn.functional as F

class Linear(nn.Module):
    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        super().__init__()
        self.in_features, self.out_features = in_features, out_features
        self.weight = nn.Parameter(torch.empty(out_features, in_features))
        self.register_parameter("bias", nn.Parameter(torch.empty(out_features)) if bias else None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        nn.init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            bound = 1 / math.sqrt(self.in_features)
            nn.init.uniform_(self.bias, -bound, bound)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.linear(x, self.weight, self.bias)

class MLP(nn.Module):
    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        parts: list[nn.Module] = []
        for i in range(len(sizes) - 1):
            if i > 0:
                parts.append(nn.ReLU())
            parts.append(Linear(sizes[i], sizes[i + 1]))
        self.net = nn.Sequential(*parts)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.net(x)

# %% einsum_and_subclass
# einsum in the layer; MLP is itself a subclass of Sequential; the count keeps ids that it has seen.
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features ** -0.5
        self.weight = nn.Parameter((2 * torch.rand(out_features, in_features) - 1) * k)
        self.bias = nn.Parameter((2 * torch.rand(out_features) - 1) * k) if bias else None

    def forward(self, x):
        out = torch.einsum("...i,oi->...o", x, self.weight)
        return out if self.bias is None else out + self.bias

class MLP(nn.Sequential):
    def __init__(self, sizes):
        modules = []
        for n_in, n_out in zip(sizes, sizes[1:]):
            modules += [Linear(n_in, n_out), nn.ReLU()]
        super().__init__(*modules[:-1])

def count_parameters(module):
    seen = set()
    total = 0
    for p in module.parameters():
        if not p.requires_grad or id(p) in seen:
            continue
        seen.add(id(p))
        total += p.numel()
    return total

# %% numpy_draw
# NumPy draws the start values; layers are attributes with numbered names.
import numpy as np

class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        limit = 1.0 / np.sqrt(in_features)
        rng = np.random.default_rng()
        w = rng.uniform(-limit, limit, size=(out_features, in_features)).astype(np.float32)
        self.weight = nn.Parameter(torch.from_numpy(w))
        self.bias = None
        if bias:
            b = rng.uniform(-limit, limit, size=out_features).astype(np.float32)
            self.bias = nn.Parameter(torch.from_numpy(b))

    def forward(self, x):
        y = torch.matmul(x, self.weight.transpose(0, 1))
        if self.bias is None:
            return y
        return y + self.bias

class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.n = len(sizes) - 1
        for i in range(self.n):
            setattr(self, "fc" + str(i + 1), Linear(sizes[i], sizes[i + 1]))

    def forward(self, x):
        h = x
        for i in range(1, self.n + 1):
            h = getattr(self, f"fc{i}")(h)
            if i < self.n:
                h = torch.where(h > 0, h, torch.zeros_like(h))
        return h

def count_parameters(module):
    return int(sum(np.prod(tuple(p.shape), dtype=np.int64) for p in module.parameters() if p.requires_grad))

# %% python_random
# Python's random module draws each entry; parameters and buffers are saved as two lists and copied back in order.
import random

class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        b = 1 / in_features ** 0.5
        rows = [[random.uniform(-b, b) for _ in range(in_features)] for _ in range(out_features)]
        self.weight = nn.Parameter(torch.tensor(rows, dtype=torch.float32))
        if bias:
            self.bias = nn.Parameter(torch.tensor([random.uniform(-b, b) for _ in range(out_features)], dtype=torch.float32))
        else:
            self.bias = None

    def forward(self, x):
        y = (x.unsqueeze(-2) * self.weight).sum(-1)
        return y + self.bias if self.bias is not None else y

def save(module, path):
    params = [p.detach() for p in module.parameters()]
    buffers = list(module.buffers())
    torch.save([params, buffers], path)

def load(module, path):
    params, buffers = torch.load(path, weights_only=True, map_location="cpu")
    with torch.no_grad():
        for old, new in zip(module.parameters(), params):
            old.copy_(new)
        for old, new in zip(module.buffers(), buffers):
            old.copy_(new)
    return module

# %% recursive
# The network is a first layer and the rest, again a network; the count walks down the children.
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.first = Linear(sizes[0], sizes[1])
        self.rest = MLP(sizes[1:]) if len(sizes) > 2 else None

    def forward(self, x):
        z = self.first(x)
        return z if self.rest is None else self.rest(nn.functional.relu(z))

def _collect(module, found):
    for p in module._parameters.values():
        if p is not None and p.requires_grad:
            found[id(p)] = p.numel()
    for child in module.children():
        _collect(child, found)
    return found

def count_parameters(module):
    return sum(_collect(module, {}).values())

# %% raw_parameters
# MLP without Linear: a ParameterList of weights and biases, and a ReLU by multiplication with a mask.
def uniform_parameter(shape, fan_in):
    bound = fan_in ** -0.5
    return nn.Parameter(torch.distributions.Uniform(-bound, bound).sample(shape))

class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.weight = uniform_parameter((out_features, in_features), in_features)
        self.bias = uniform_parameter((out_features,), in_features) if bias else None

    def forward(self, x):
        flat = x.reshape(-1, self.weight.shape[1])
        out = flat.mm(self.weight.t())
        if self.bias is not None:
            out = out.add(self.bias)
        return out.reshape(x.shape[:-1] + (self.weight.shape[0],))

class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        ps = []
        for i, o in zip(sizes, sizes[1:]):
            ps.append(uniform_parameter((o, i), i))
            ps.append(uniform_parameter((o,), i))
        self.ps = nn.ParameterList(ps)

    def forward(self, x):
        for k in range(0, len(self.ps), 2):
            if k:
                x = x * (x > 0)
            x = x @ self.ps[k].T + self.ps[k + 1]
        return x

# %% restricted_pickle
# pickle of plain bytes, with an Unpickler that refuses every class.
import pickle
import torch
from torch import nn

class DataOnly(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name} is not allowed")

def to_bytes(t):
    return bytes(t.detach().cpu().contiguous().reshape(-1).view(torch.uint8).tolist())

def from_bytes(data, like):
    if not data:
        return torch.empty_like(like)
    return torch.frombuffer(bytearray(data), dtype=like.dtype).reshape(like.shape)

def save(module, path):
    content = {name: to_bytes(t) for name, t in module.state_dict().items()}
    with open(path, "wb") as f:
        pickle.dump(content, f)

def load(module, path):
    with open(path, "rb") as f:
        content = DataOnly(f).load()
    module.load_state_dict({name: from_bytes(content[name], t) for name, t in module.state_dict().items()})
    return module

# %% json_file
# A JSON file: dtype, shape and the bytes in hex for each entry.
import json
from pathlib import Path
import torch
from torch import nn

def save(module, path):
    out = {}
    for key, value in module.state_dict().items():
        raw = value.detach().contiguous().flatten().view(torch.uint8)
        out[key] = {"dtype": str(value.dtype).removeprefix("torch."), "shape": list(value.shape), "hex": bytes(raw.tolist()).hex()}
    Path(path).write_text(json.dumps(out))

def load(module, path):
    entries = json.loads(Path(path).read_text())
    state = module.state_dict(keep_vars=True)
    with torch.no_grad():
        for key, entry in entries.items():
            raw = torch.tensor(list(bytes.fromhex(entry["hex"])), dtype=torch.uint8)
            state[key].copy_(raw.view(getattr(torch, entry["dtype"])).reshape(entry["shape"]))
    return module

# %% numpy_archive
# np.savez to an open file, so that no suffix is added; loaded without pickles.
import numpy as np
import torch
from torch import nn

def save(module, path):
    arrays = {}
    for i, t in enumerate(list(module.parameters()) + list(module.buffers())):
        arrays["t%d" % i] = t.detach().cpu().contiguous().flatten().view(torch.uint8).numpy()
    with open(path, "wb") as f:
        np.savez(f, **arrays)

def load(module, path):
    with np.load(path, allow_pickle=False) as archive:
        for i, t in enumerate(list(module.parameters()) + list(module.buffers())):
            if t.numel() > 0:
                raw = torch.from_numpy(archive["t%d" % i])
                t.data.copy_(raw.view(t.dtype).reshape(t.shape))
    return module

# %% in_place_relu
# The ReLU works in place on the fresh output of a layer; start values by linear interpolation; the count is a dictionary.
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        high = torch.tensor(in_features, dtype=torch.float32).rsqrt().item()
        draw = torch.lerp(torch.tensor(-high), torch.tensor(high), torch.rand(out_features, in_features + 1))
        self.weight = nn.Parameter(draw[:, 1:].clone())
        self.bias = nn.Parameter(draw[:, 0].clone()) if bias else None

    def forward(self, x):
        y = torch.tensordot(x, self.weight, dims=([-1], [1]))
        if self.bias is not None:
            y += self.bias
        return y

class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.depth = len(sizes) - 1
        for i in range(self.depth):
            self.add_module(f"layer_{i}", Linear(in_features=sizes[i], out_features=sizes[i + 1], bias=True))

    def forward(self, x):
        *hidden, last = self.children()
        for layer in hidden:
            x = layer(x).relu_()
        return last(x)

def count_parameters(module):
    unique = {p: p.numel() for p in module.parameters() if p.requires_grad}
    return sum(unique.values())

def save(module, path):
    with open(path, "wb") as file:
        torch.save({k: v.clone() for k, v in module.state_dict().items()}, file)

def load(module, path):
    with open(path, "rb") as file:
        state = torch.load(file, weights_only=True)
    for name, tensor in module.state_dict().items():
        tensor.copy_(state[name])
    return module

# %% clamp_and_dict
# ReLU by clamp; ModuleDict; parameters and buffers saved in one dictionary by name.
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.blocks = nn.ModuleDict()
        for k, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:])):
            self.blocks[str(k)] = Linear(fan_in, fan_out)

    def forward(self, x):
        last = len(self.blocks) - 1
        for k, block in enumerate(self.blocks.values()):
            x = block(x)
            if k != last:
                x = x.clamp(min=0)
        return x

def count_parameters(module):
    n = 0
    for name, p in module.named_parameters():
        if p.requires_grad:
            entries = 1
            for size in p.shape:
                entries *= size
            n += entries
    return n

def save(module, path):
    data = {"parameters": {}, "buffers": {}}
    for name, p in module.named_parameters():
        data["parameters"][name] = p.detach()
    for name, b in module.named_buffers():
        data["buffers"][name] = b
    torch.save(data, path)

def load(module, path):
    data = torch.load(path, weights_only=True)
    with torch.no_grad():
        for name, p in module.named_parameters():
            p.copy_(data["parameters"][name])
        for name, b in module.named_buffers():
            b.copy_(data["buffers"][name])
    return module
