# %% python_lists
# Python lists for what has two axes; class for the moves.
import torch

class Mover:
    def __init__(self, device):
        self.device = device

    def __call__(self, batch):
        if isinstance(batch, torch.Tensor):
            return batch if batch.device == self.device else batch.to(self.device)
        if isinstance(batch, dict):
            return {k: self(v) for k, v in batch.items()}
        if isinstance(batch, list):
            return [self(v) for v in batch]
        if isinstance(batch, tuple):
            return tuple(self(v) for v in batch)
        return batch

def add(x, y):
    return x - (-y)

def affine(x, a, c):
    return torch.add(torch.full_like(x, c), x, alpha=a)

def to_device(batch, device):
    return Mover(device)(batch)

def run_on(module, x, device):
    x_there = Mover(device)(x)
    module.to(device)
    output = module(x_there)
    return output

def append_ones(x):
    rows = [row + [1.0] for row in x.tolist()]
    return torch.tensor(rows, dtype=x.dtype, device=x.device).reshape(len(rows), x.shape[1] + 1)

def one_hot(y, C):
    rows = [[float(k == label) for k in range(C)] for label in y.tolist()]
    return torch.tensor(rows, dtype=torch.float32, device=y.device).reshape(-1, C)

# %% moved_only_if_elsewhere
# The device of the first parameter tells whether the module has to move.
def run_on(module, x, device):
    if next(module.parameters()).device != device:
        module.to(device)
    return module(x.to(device))
