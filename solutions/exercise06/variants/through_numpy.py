"""NumPy does the work; its generators are seeded with numbers drawn from gen."""

import numpy as np
import torch


def from_list(data):
    a = np.array(data)
    return torch.from_numpy(a.astype(np.float32) if a.dtype.kind == "f" else a)


def from_numpy_shared(a):
    return torch.from_numpy(np.asarray(a))


def from_numpy_copied(a):
    return torch.from_numpy(np.array(a))


def filled(kind, shape, dtype):
    maker = np.ones if kind == "ones" else np.zeros
    return torch.from_numpy(maker(shape)).to(dtype)


def convert(x, dtype):
    return torch.from_numpy(x.cpu().numpy().copy()).to(x.device, dtype)


def numpy_generator(gen):
    return np.random.default_rng(int(torch.randint(2**62, (), generator=gen)))


def uniform(shape, low, high, gen):
    return torch.tensor(numpy_generator(gen).uniform(low, high, shape), dtype=torch.float32)


def normal(shape, mean, std, gen):
    return torch.tensor(numpy_generator(gen).normal(mean, std, shape), dtype=torch.float32)


def integers(shape, low, high, gen):
    return torch.as_tensor(numpy_generator(gen).integers(low, high, shape))


def mean_of_integers(x):
    return torch.tensor(x.cpu().numpy().mean(dtype=np.float64), dtype=torch.float32, device=x.device)


def divide(a, b):
    top, bottom = a.cpu().numpy(), b.cpu().numpy()
    quotient = torch.tensor(top / bottom, dtype=torch.float32, device=a.device)
    return quotient, torch.tensor(np.floor_divide(top, bottom), device=a.device)


def item(x):
    return x.detach().cpu().numpy().item()


def to_numpy(x):
    return x.detach().cpu().numpy().copy(order="C")
