# %% base
# Plain operators and torch functions.
import torch


def add(x, y):
    return x + y


def affine(x, a, c):
    return a * x + c


def add_(x, y):
    x += y
    return x


def affine_(x, a, c):
    x *= a
    x += c
    return x


def pick_device(name="auto"):
    if name != "auto":
        return torch.device(name)
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, list):
        return [to_device(value, device) for value in batch]
    if isinstance(batch, tuple):
        return tuple(to_device(value, device) for value in batch)
    return batch


def run_on(module, x, device):
    module.to(device)
    return module(x.to(device))


def append_ones(x):
    ones = torch.ones(x.shape[0], 1, dtype=x.dtype, device=x.device)
    return torch.cat([x, ones], dim=1)


def one_hot(y, C):
    out = torch.zeros(y.shape[0], C, dtype=torch.float32, device=y.device)
    out.scatter_(1, y.unsqueeze(1), 1.0)
    return out

# %% methods_in_one_line
# Chained methods, conditional expressions and a match statement, with type hints.
import torch
from torch import Tensor, nn

def add(x: Tensor, y: Tensor) -> Tensor: return x.add(y)

def affine(x: Tensor, a: float, c: float) -> Tensor: return x.mul(a).add(c)

def add_(x: Tensor, y: Tensor) -> Tensor: return x.add_(y)

def affine_(x: Tensor, a: float, c: float) -> Tensor: return x.mul_(a).add_(c)

def pick_device(name: str = "auto") -> torch.device:
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    return torch.device(name if name != "auto" else "cuda" if cuda else "mps" if mps else "cpu")

def to_device(batch, device):
    match batch:
        case Tensor(): return batch.to(device)
        case dict(): return {k: to_device(v, device) for k, v in batch.items()}
        case list(): return [to_device(v, device) for v in batch]
        case tuple(): return tuple([to_device(v, device) for v in batch])
        case _: return batch

def run_on(module: nn.Module, x: Tensor, device: torch.device) -> Tensor: return module.to(device)(x.to(device))

def append_ones(x: Tensor) -> Tensor: return torch.hstack([x, x.new_ones(len(x), 1)])

def one_hot(y: Tensor, C: int) -> Tensor: return torch.eye(C, device=y.device)[y]

# %% out_arguments
# torch.add and torch.mul with out=, and slices of an empty tensor that is filled.
import torch

def add(x, y):
    out = torch.empty_like(x)
    torch.add(x, y, out=out)
    return out

def affine(x, a, c):
    out = torch.empty_like(x)
    torch.mul(x, a, out=out)
    return torch.add(out, c, out=out)

def add_(x, y):
    torch.add(x, y, out=x)
    return x

def affine_(x, a, c):
    torch.mul(x, a, out=x)
    torch.add(x, c, out=x)
    return x

def append_ones(x):
    N, D = x.shape
    out = torch.empty((N, D + 1), dtype=x.dtype, device=x.device)
    out[:, :D] = x
    out[:, D] = 1
    return out

def one_hot(y, C):
    columns = torch.arange(C, device=y.device)
    return (y.unsqueeze(1) == columns).float()

# %% copies_written_back
# New results first, which copy_ or [...] then writes into x.
import torch
import torch.nn.functional as F

def add(x, y):
    out = x.clone()
    out += y
    return out

def affine(x, a, c):
    out = x.clone()
    out *= a
    out += c
    return out

def add_(x, y):
    x.copy_(add(x, y))
    return x

def affine_(x, a, c):
    x[...] = affine(x, a, c)
    return x

def run_on(module, x, device):
    moved = torch.empty_like(x, device=device).copy_(x)
    module = module.to(device)
    return module(moved)

def append_ones(x):
    return F.pad(x, (0, 1), value=1.0)

def one_hot(y, C):
    rows = torch.arange(y.shape[0], device=y.device)
    out = torch.zeros((y.shape[0], C), device=y.device)
    out[rows, y] = 1.0
    return out

# %% numpy_through_cpu
# NumPy computes on the CPU, and the results go back to the device.
import numpy as np
import torch

def to_np(t):
    return t.detach().cpu().numpy()

def back(a, like, dtype):
    return torch.from_numpy(np.asarray(a)).to(device=like.device, dtype=dtype)

def add(x, y):
    return back(to_np(x) + to_np(y), x, x.dtype)

def affine(x, a, c):
    return back(a * to_np(x) + c, x, x.dtype)

def add_(x, y):
    return x.copy_(add(x, y))

def affine_(x, a, c):
    return x.copy_(affine(x, a, c))

def append_ones(x):
    a = to_np(x)
    return back(np.concatenate([a, np.ones((a.shape[0], 1), dtype=a.dtype)], axis=1), x, x.dtype)

def one_hot(y, C):
    return back(np.eye(C, dtype=np.float32)[to_np(y)], y, torch.float32)

# %% loops_over_entries
# Recursion down to single entries, and loops.
import torch

def add(x, y):
    return add_(x.clone(), y)

def affine(x, a, c):
    return affine_(x.clone(), a, c)

def add_(x, y):
    if x.dim() == 0:
        x.fill_(x.item() + y.item())
    else:
        for i in range(x.shape[0]):
            add_(x[i], y[i])
    return x

def affine_(x, a, c):
    if x.dim() == 0:
        x.fill_(a * x.item() + c)
    else:
        for i in range(x.shape[0]):
            affine_(x[i], a, c)
    return x

def to_device(batch, device):
    if torch.is_tensor(batch):
        return batch.to(device)
    if isinstance(batch, dict):
        moved = {}
        for key in batch:
            moved[key] = to_device(batch[key], device)
        return moved
    if isinstance(batch, (list, tuple)):
        moved = []
        for item in batch:
            moved.append(to_device(item, device))
        return tuple(moved) if isinstance(batch, tuple) else moved
    return batch

def append_ones(x):
    N, D = x.shape
    out = torch.ones(N, D + 1, dtype=x.dtype, device=x.device)
    for n in range(N):
        for d in range(D):
            out[n, d] = x[n, d]
    return out

def one_hot(y, C):
    out = torch.zeros(len(y), C, device=y.device)
    for n, label in enumerate(y.tolist()):
        out[n, label] = 1
    return out

# %% one_helper_for_batches
# A general map over nested containers; the constructor of each container's own type; alpha and full_like.
import torch

def map_tensors(f, batch):
    if isinstance(batch, torch.Tensor):
        return f(batch)
    if isinstance(batch, dict):
        return type(batch)((k, map_tensors(f, v)) for k, v in batch.items())
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*(map_tensors(f, v) for v in batch))
    if isinstance(batch, (list, tuple)):
        return type(batch)(map_tensors(f, v) for v in batch)
    return batch

def add(x, y):
    return torch.add(x, y, alpha=1)

def affine(x, a, c):
    return torch.full_like(x, c).add_(x, alpha=a)

def affine_(x, a, c):
    return x.copy_(affine(x, a, c))

def to_device(batch, device):
    return map_tensors(lambda t: t.to(device=device), batch)

def run_on(module, x, device):
    module.to(device=device)
    return module(to_device(x, device))

def append_ones(x):
    return torch.cat((x, torch.ones_like(x.sum(dim=1, keepdim=True))), -1)

def one_hot(y, C):
    return torch.eye(C, dtype=torch.float32)[y.cpu()].to(y.device)

# %% without_gradients_in_place
# no_grad around what is written in place; stacked sums; addcmul.
import torch

def add(x, y):
    return torch.stack((x, y)).sum(dim=0)

def affine(x, a, c):
    return torch.addcmul(torch.full_like(x, c), x, torch.full_like(x, a))

@torch.no_grad()
def add_(x, y):
    x.add_(y)
    return x

def affine_(x, a, c):
    with torch.no_grad():
        x.mul_(a)
        x.add_(c)
    return x

def run_on(module, x, device):
    module.to(device)
    with torch.enable_grad():
        out = module(x.to(device))
    return out

def append_ones(x):
    return torch.column_stack([x, torch.ones(len(x), dtype=x.dtype, device=x.device)])

def one_hot(y, C):
    row = torch.arange(C, device=y.device).expand(len(y), C)
    return torch.where(row == y.view(-1, 1), 1.0, 0.0).to(torch.float32)

# %% table_of_devices
# The kinds of devices in a list that is made anew in each call; keyword arguments.
import torch

def add(x, y):
    return torch.add(input=x, other=y)

def affine(x, a, c):
    return torch.add(input=torch.mul(input=x, other=a), other=c)

def add_(x, y):
    torch.Tensor.add_(x, other=y)
    return x

def affine_(x, a, c):
    x.mul_(a).add_(c)
    return x

def pick_device(name="auto"):
    if name == "auto":
        kinds = [("cuda", torch.cuda.is_available), ("mps", torch.backends.mps.is_available), ("cpu", lambda: True)]
        name = next(kind for kind, there in kinds if there())
    return torch.device(name)

def to_device(batch, device):
    kind = type(batch)
    if issubclass(kind, torch.Tensor):
        return batch.to(device, non_blocking=True)
    if issubclass(kind, dict):
        return dict(zip(batch.keys(), to_device(list(batch.values()), device)))
    if issubclass(kind, (list, tuple)):
        new = [to_device(item, device) for item in batch]
        return new if issubclass(kind, list) else tuple(new)
    return batch

def run_on(module, x, device):
    there = torch.nn.Module.to(module, device)
    return there.__call__(x.to(device=device))

def append_ones(x):
    out = x.new_ones((x.size(0), x.size(1) + 1))
    out[:, :-1].copy_(x)
    return out

def one_hot(y, C):
    table = torch.diag(torch.ones(C, device=y.device))
    return table.index_select(0, y)

# %% dispatch_by_type
# functools.singledispatch for the batch; constants become 0-d tensors of the same dtype.
from functools import singledispatch
import torch

def number(v, like):
    return torch.tensor(v, dtype=like.dtype, device=like.device)

def affine(x, a, c):
    return number(a, x) * x + number(c, x)

def affine_(x, a, c):
    x *= number(a, x)
    x += number(c, x)
    return x

@singledispatch
def move(batch, device):
    return batch

@move.register(torch.Tensor)
def move_tensor(batch, device):
    return batch.to(device)

@move.register(dict)
def move_dict(batch, device):
    return {k: move(v, device) for k, v in batch.items()}

@move.register(list)
def move_list(batch, device):
    return [move(v, device) for v in batch]

@move.register(tuple)
def move_tuple(batch, device):
    return (*(move(v, device) for v in batch),)

def to_device(batch, device):
    return move(batch, device)

def append_ones(x):
    return torch.cat([x.t(), x.new_ones(1, x.shape[0])]).t().clone()

def one_hot(y, C):
    return torch.zeros(y.numel(), C, device=y.device).index_put_((torch.arange(y.numel(), device=y.device), y), torch.tensor(1.0, device=y.device))

# %% column_by_column
# Columns are stacked; other formulas for the sums; an inner function walks the batch.
import torch

def add(x, y):
    return y + x

def affine(x, a, c):
    return c + x * a

def add_(x, y):
    x -= -y
    return x

def affine_(x, a, c):
    new = x * a + c
    x.zero_()
    x.add_(new)
    return x

def pick_device(name: str = "auto") -> torch.device:
    found = name
    if found == "auto":
        found = "cpu"
        if torch.backends.mps.is_available():
            found = "mps"
        if torch.cuda.is_available():
            found = "cuda"
    return torch.device(found)

def to_device(batch, device):
    def go(b):
        if isinstance(b, torch.Tensor): return b.to(device)
        if isinstance(b, dict): return {k: go(v) for k, v in b.items()}
        if isinstance(b, (list, tuple)): return (list if isinstance(b, list) else tuple)(map(go, b))
        return b
    return go(batch)

def append_ones(x):
    columns = [x[:, d] for d in range(x.shape[1])]
    columns.append(torch.ones(x.shape[0], dtype=x.dtype, device=x.device))
    return torch.stack(columns, dim=1)

def one_hot(y, C):
    return torch.stack([(y == k).float() for k in range(C)], dim=1)
