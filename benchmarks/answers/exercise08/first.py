# %% first_no_assignments
# add_: rebinds x, the memory stays. affine_: rebinds x, the memory stays. run_on: x.to on a line of its own.
# to_device: .to on a line of its own. append_ones: the ones are on the CPU.
# named: add_rebinds, affine_rebinds, input_stays, to_unassigned, ones_on_the_cpu
import torch

def add(x, y):
    return x + y

def affine(x, a, c):
    return a * x + c

def add_(x, y):
    x = x + y
    return x

def affine_(x, a, c):
    x = x * a
    x = x + c
    return x

def pick_device(name="auto"):
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        if torch.backends.mps.is_available():
            return torch.device("mps")
        return torch.device("cpu")
    return torch.device(name)

def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        batch.to(device)
        return batch
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        return tuple(to_device(v, device) for v in batch)
    return batch

def run_on(module, x, device):
    module.to(device)
    x.to(device)
    return module(x)

def append_ones(x):
    ones = torch.ones(len(x), 1, dtype=x.dtype)
    return torch.cat((x, ones), dim=1)

def one_hot(y, C):
    return torch.eye(C, device=y.device)[y]

# %% first_everything_in_place
# add: changes x. affine: changes x. affine_: adds before it multiplies. to_device: writes into the batch's own containers.
# one_hot: int64.
# named: add_into_x, affine_into_x, affine_adds_first, into_the_same_containers, hot_integers
import torch

def add(x, y):
    x += y
    return x

def affine(x, a, c):
    out = x
    out *= a
    out += c
    return out

def add_(x, y):
    x += y
    return x

def affine_(x, a, c):
    x += c
    x *= a
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
    if torch.is_tensor(batch):
        return batch.to(device)
    if isinstance(batch, dict):
        for k, v in batch.items():
            batch[k] = to_device(v, device)
    elif isinstance(batch, list):
        for i, v in enumerate(batch):
            batch[i] = to_device(v, device)
    elif isinstance(batch, tuple):
        batch = tuple(to_device(v, device) for v in batch)
    return batch

def run_on(module, x, device):
    module = module.to(device)
    return module(x.to(device))

def append_ones(x):
    ones = x.new_ones(x.shape[0], 1)
    return torch.cat([x, ones], dim=1)

def one_hot(y, C):
    out = torch.zeros(y.shape[0], C, dtype=y.dtype, device=y.device)
    out.scatter_(1, y.unsqueeze(1), 1)
    return out

# %% first_only_my_laptop
# pick_device: knows only cuda and cpu, and returns a str. to_device: no case for tuples. run_on: leaves the module in evaluation.
# one_hot: arange on the CPU.
# named: mps_forgotten, a_string, tuples_overlooked, mode_changed, classes_on_the_cpu
import torch

def add(x, y):
    return torch.add(x, y)

def affine(x, a, c):
    return x * a + c

def add_(x, y):
    return x.add_(y)

def affine_(x, a, c):
    x.mul_(a)
    x.add_(c)
    return x

def pick_device(name="auto"):
    if name == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    return name

def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    return batch

def run_on(module, x, device):
    module.to(device)
    module.eval()
    return module(x.to(device))

def append_ones(x):
    return torch.hstack([x, torch.ones(x.shape[0], 1, dtype=x.dtype, device=x.device)])

def one_hot(y, C):
    return (y.unsqueeze(1) == torch.arange(C)).to(torch.float32)

# %% first_numpy_user
# add: the sum stays on the CPU. add_: x[:] raises for a 0-d tensor. run_on: no_grad.
# one_hot: float64, and the result stays on the CPU.
# named: add_on_the_cpu, run_without_graph, hot_on_the_cpu
import numpy as np
import torch

def add(x, y):
    return torch.as_tensor(x.cpu().numpy() + y.cpu().numpy())

def affine(x, a, c):
    return a * x + c

def add_(x, y):
    x[:] = x + y
    return x

def affine_(x, a, c):
    x.copy_(a * x + c)
    return x

def pick_device(name="auto"):
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    return torch.device(name)

def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return dict((k, to_device(v, device)) for k, v in batch.items())
    if isinstance(batch, (list, tuple)):
        return type(batch)([to_device(v, device) for v in batch])
    return batch

def run_on(module, x, device):
    with torch.no_grad():
        module.to(device)
        return module(x.to(device))

def append_ones(x):
    N = x.shape[0]
    return torch.cat([x, torch.ones(N, 1, dtype=x.dtype, device=x.device)], dim=1)

def one_hot(y, C):
    return torch.from_numpy(np.eye(C)[y.cpu().numpy()])

# %% first_forgets_returns
# add_: returns nothing. affine_: multiplies in place, but adds with a new tensor. pick_device: prefers mps to cuda.
# to_device: drops the values of a dict that are no tensors and no containers. append_ones: float32 for every x.
# named: add_returns_nothing, affine_half_in_place, mps_first, others_left_out, made_without_dtype
import torch

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
    x += y

def affine_(x, a, c):
    x *= a
    return x + c

def pick_device(name="auto"):
    if name == "auto":
        if torch.backends.mps.is_available():
            return torch.device("mps")
        if torch.cuda.is_available():
            return torch.device("cuda")
        return torch.device("cpu")
    return torch.device(name)

def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        new = {}
        for k, v in batch.items():
            if isinstance(v, (torch.Tensor, dict, list, tuple)):
                new[k] = to_device(v, device)
        return new
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        return tuple(to_device(v, device) for v in batch)
    return batch

def run_on(module, x, device):
    module.to(device)
    return module(x.to(device))

def append_ones(x):
    out = torch.ones(x.shape[0], x.shape[1] + 1, device=x.device)
    out[:, :-1] = x
    return out

def one_hot(y, C):
    out = torch.zeros(len(y), C, device=y.device)
    for n in range(len(y)):
        out[n, y[n]] = 1.0
    return out

# %% first_only_flat_and_bare
# add_: view(-1) raises where x has gaps. affine_: loops over the rows, which raises for a 0-d tensor. run_on: moves a copy of the module.
# append_ones: stack raises for an empty batch. one_hot: out[:, y] puts every label's 1 into every row.
# named: module_copied, rows_stacked, whole_columns
import copy
import torch

def add(x: torch.Tensor, y: torch.Tensor):
    return x + y

def affine(x: torch.Tensor, a: float, c: float):
    return x * a + c

def add_(x: torch.Tensor, y: torch.Tensor):
    flat = x.view(-1)
    flat += y.reshape(-1)
    return x

def affine_(x: torch.Tensor, a: float, c: float):
    for row in x:
        row.mul_(a)
        row.add_(c)
    return x

def pick_device(name: str = "auto"):
    if name == "auto":
        if torch.cuda.is_available():
            name = "cuda"
        elif torch.backends.mps.is_available():
            name = "mps"
        else:
            name = "cpu"
    return torch.device(name)

def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(batch[key], device) for key in batch}
    if isinstance(batch, (list, tuple)):
        moved = [to_device(b, device) for b in batch]
        return moved if isinstance(batch, list) else tuple(moved)
    return batch

def run_on(module, x, device):
    net = copy.deepcopy(module)
    net.to(device)
    return net(x.to(device))

def append_ones(x: torch.Tensor):
    one = x.new_ones(1)
    return torch.stack([torch.cat([row, one]) for row in x])

def one_hot(y: torch.Tensor, C: int):
    out = torch.zeros(len(y), C, device=y.device)
    out[:, y] = 1.0
    return out
