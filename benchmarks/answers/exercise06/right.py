# %% base
# The plain functions of PyTorch.
import numpy as np
import torch


def from_list(data):
    return torch.tensor(data)


def from_numpy_shared(a):
    return torch.from_numpy(a)


def from_numpy_copied(a):
    return torch.tensor(a)


def filled(kind, shape, dtype):
    if kind == "zeros":
        return torch.zeros(shape, dtype=dtype)
    if kind == "ones":
        return torch.ones(shape, dtype=dtype)
    return torch.empty(shape, dtype=dtype)


def convert(x, dtype):
    return x.to(dtype, copy=True)


def uniform(shape, low, high, gen):
    u = torch.rand(shape, generator=gen)
    return low + (high - low) * u


def normal(shape, mean, std, gen):
    z = torch.randn(shape, generator=gen)
    return mean + std * z


def integers(shape, low, high, gen):
    return torch.randint(low, high, shape, generator=gen)


def mean_of_integers(x):
    return x.double().mean().float()


def divide(a, b):
    return a / b, torch.div(a, b, rounding_mode="floor")


def item(x):
    return x.item()


def to_numpy(x):
    return x.detach().cpu().numpy().copy()

# %% asarray_and_in_place_draws
# torch.asarray and as_tensor for the ways in, drawing methods on a new tensor, force=True on the way out.
import numpy as np
import torch


def from_list(data):
    return torch.asarray(data)


def from_numpy_shared(a: np.ndarray) -> torch.Tensor:
    return torch.as_tensor(a)


def from_numpy_copied(a: np.ndarray) -> torch.Tensor:
    return torch.asarray(a, copy=True)


def filled(kind, shape, dtype):
    value = {"zeros": 0, "ones": 1, "empty": 7}[kind]
    return torch.full(shape, value, dtype=dtype)


def convert(x, dtype):
    return x.clone().to(dtype)


def uniform(shape, low, high, gen):
    return torch.empty(shape, dtype=torch.float32).uniform_(low, high, generator=gen)


def normal(shape, mean, std, gen):
    return torch.empty(shape, dtype=torch.float32).normal_(mean, std, generator=gen)


def integers(shape, low, high, gen):
    return torch.empty(shape, dtype=torch.int64).random_(low, high, generator=gen)


def mean_of_integers(x):
    return x.mean(dtype=torch.float32)


def divide(a, b):
    return torch.true_divide(a, b), torch.floor_divide(a, b)


def item(x):
    return x.reshape(()).tolist()


def to_numpy(x):
    return x.numpy(force=True).copy()

# %% through_numpy
# NumPy on the way, with the dtypes set by hand.
import numpy as np
import torch


def from_list(data):
    a = np.array(data)
    if a.dtype == np.float64:
        return torch.from_numpy(a).float()
    return torch.from_numpy(a)


def from_numpy_copied(a):
    return torch.from_numpy(a.copy())


def mean_of_integers(x):
    return torch.tensor(np.mean(x.numpy()), dtype=torch.float32)


def divide(a, b):
    p, q = a.numpy(), b.numpy()
    quotient = np.asarray(p / q).astype(np.float32)
    floor = np.asarray(p // q)
    return torch.from_numpy(quotient), torch.from_numpy(floor)


def to_numpy(x):
    return np.array(x.detach().to("cpu"), copy=True)

# %% python_numbers
# Recursion over the list; division, mean and item with Python's own numbers.
import torch


def from_list(data):
    if not isinstance(data, list):
        if isinstance(data, bool):
            dtype = torch.bool
        elif isinstance(data, int):
            dtype = torch.int64
        else:
            dtype = torch.float32
        return torch.tensor(data, dtype=dtype)
    if len(data) == 0:
        return torch.zeros(0)
    return torch.stack([from_list(d) for d in data])


def mean_of_integers(x):
    values = x.flatten().tolist()
    return torch.tensor(sum(values) / len(values), dtype=torch.float32)


def divide(a, b):
    ps = a.reshape(-1).tolist()
    qs = b.reshape(-1).tolist()
    ratio = torch.tensor([p / q for p, q in zip(ps, qs)], dtype=torch.float32)
    floor = torch.tensor([p // q for p, q in zip(ps, qs)], dtype=torch.int64)
    return ratio.reshape(a.shape), floor.reshape(a.shape)


def item(x):
    if x.dtype == torch.bool:
        return bool(x)
    if x.is_floating_point():
        return float(x.detach())
    return int(x)

# %% box_muller
# Normal numbers by Box and Muller, uniform ones from integers with 24 bits.
import math

import torch


def uniform(shape, low, high, gen):
    u = torch.randint(0, 2**24, shape, generator=gen).to(torch.float32) / 2**24
    return u.mul_(high - low).add_(low)


def normal(shape, mean, std, gen):
    u = 1 - torch.rand(shape, dtype=torch.float64, generator=gen)
    v = torch.rand(shape, dtype=torch.float64, generator=gen)
    z = torch.sqrt(-2 * torch.log(u)) * torch.cos(2 * math.pi * v)
    return (mean + std * z).to(torch.float32)


def integers(shape, low, high, gen):
    u = torch.rand(shape, dtype=torch.float64, generator=gen)
    return low + torch.floor(u * (high - low)).long()


def to_numpy(x):
    return x.detach().to("cpu", copy=True).numpy()

# %% inverse_of_the_distribution
# Normal numbers through the quantile function; flat draws that are reshaped.
import math

import torch


def uniform(shape, low, high, gen):
    flat = torch.rand(math.prod(shape), generator=gen)
    return torch.lerp(torch.tensor(float(low)), torch.tensor(float(high)), flat).reshape(shape)


def normal(shape, mean, std, gen):
    k = torch.randint(0, 2**30, shape, generator=gen)
    p = (k.double() + 0.5) / 2**30
    return (std * torch.special.ndtri(p) + mean).float()


def integers(shape, low, high, gen):
    n = math.prod(shape)
    return torch.randint(high - low, (n,), generator=gen).add_(low).view(shape)

# %% dlpack_and_match
# DLPack for the shared memory, match for the kinds, copy_ for the conversion.
import numpy as np
import torch


def from_list(data):
    return torch.as_tensor(data)


def from_numpy_shared(a):
    return torch.from_dlpack(a)


def from_numpy_copied(a):
    t = torch.from_dlpack(a)
    return torch.empty_like(t).copy_(t)


def filled(kind: str, shape: tuple[int, ...], dtype: torch.dtype) -> torch.Tensor:
    match kind:
        case "zeros":
            make = torch.zeros
        case "ones":
            make = torch.ones
        case "empty":
            make = torch.empty
        case _:
            raise ValueError(kind)
    return make(size=shape, dtype=dtype)


def convert(x: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    out = torch.empty(x.shape, dtype=dtype)
    out.copy_(x)
    return out


def item(x):
    return x.detach().flatten().tolist()[0]

# %% names_for_library_functions
# Where PyTorch has the function, only a name for it; the others with out= and keywords.
import torch

from_list = torch.tensor
from_numpy_shared = torch.from_numpy
item = torch.Tensor.item


def from_numpy_copied(a):
    return from_numpy_shared(a).clone()


def filled(kind, shape, dtype):
    return getattr(torch, kind)(shape, dtype=dtype)


def convert(x, dtype):
    return x.to(dtype=dtype, copy=True)


def uniform(shape, low, high, gen):
    out = torch.empty(shape)
    torch.rand(shape, generator=gen, out=out)
    out *= high - low
    out += low
    return out


def normal(shape, mean, std, gen):
    return torch.normal(float(mean), float(std), size=shape, generator=gen)


def integers(shape, low, high, gen):
    return torch.randint(low=low, high=high, size=shape, generator=gen, dtype=torch.int64)


def to_numpy(x):
    return x.detach().clone().cpu().numpy()

# %% floor_from_truncation
# Rounds the quotient towards 0 and takes 1 off where that was up; the mean as sum over count.
import torch


def convert(x, dtype):
    y = x.type(dtype)
    return y.clone() if y is x or y.data_ptr() == x.data_ptr() else y


def mean_of_integers(x):
    total = torch.sum(x)
    return (total / x.numel()).to(torch.float32)


def divide(a, b):
    exact = a.to(torch.float64) / b.to(torch.float64)
    q = torch.div(a, b, rounding_mode="trunc")
    rest = torch.fmod(a, b)
    too_big = (rest != 0) & ((rest < 0) != (b < 0))
    return exact.float(), q - too_big.long()

# %% methods_of_the_tensor
# New tensors from a method of another one, everything with methods; fills after making.
import torch


def filled(kind, shape, dtype):
    t = torch.tensor(0).new_empty(shape, dtype=dtype)
    if kind != "empty":
        t.fill_(0 if kind == "zeros" else 1)
    return t


def convert(x, dtype):
    if x.dtype == dtype:
        return x.clone()
    if dtype == torch.bool:
        return x != 0
    return x.to(dtype)


def normal(shape, mean, std, gen):
    return torch.zeros(shape).normal_(generator=gen).mul(std).add(mean)


def mean_of_integers(x):
    return x.float().mean()


def divide(a, b):
    return a.div(b), a.floor_divide(b)


def item(x):
    return x.squeeze().item()

# %% kept_below_high
# Uniform numbers in float64, kept below high when they are rounded; normal numbers from given means and deviations.
import numpy as np
import torch


def uniform(shape, low, high, gen):
    lo = torch.tensor(low, dtype=torch.float32)
    hi = torch.tensor(high, dtype=torch.float32)
    u = torch.rand(shape, dtype=torch.float64, generator=gen)
    y = (u * (high - low) + low).to(torch.float32)
    return torch.minimum(y, torch.nextafter(hi, lo))


def normal(shape, mean, std, gen):
    means = torch.full(shape, float(mean))
    stds = torch.full(shape, float(std))
    return torch.normal(means, stds, generator=gen)


def integers(shape, low, high, gen):
    out = torch.zeros(shape, dtype=torch.long)
    torch.randint(low, high, shape, generator=gen, out=out)
    return out


def divide(a, b):
    pair = (torch.divide(a, b), a // b)
    return pair


def to_numpy(x):
    x = x.detach().cpu()
    out = np.empty(tuple(x.shape), dtype=x.numpy().dtype)
    out[...] = x.numpy()
    return out

# %% row_by_row
# Loops: the draws one slice of the first axis at a time, the list by its parts, the array by its entries.
import numpy as np
import torch


def numbers_in(data):
    if isinstance(data, (list, tuple)):
        for part in data:
            yield from numbers_in(part)
    else:
        yield data


def from_list(data):
    found = list(numbers_in(data))
    if not found or any(isinstance(v, float) for v in found):
        dtype = torch.float32
    elif all(isinstance(v, bool) for v in found):
        dtype = torch.bool
    else:
        dtype = torch.int64
    return torch.tensor(data, dtype=dtype)


def from_numpy_copied(a):
    shared = torch.from_numpy(a)
    out = torch.zeros(a.shape, dtype=shared.dtype)
    for index in np.ndindex(a.shape):
        out[index] = shared[index]
    return out


def halves(n):
    return [n // 2, n - n // 2]


def uniform(shape, low, high, gen):
    parts = [torch.rand((n, *shape[1:]), generator=gen) for n in halves(shape[0])]
    return torch.cat(parts) * (high - low) + low


def normal(shape, mean, std, gen):
    parts = [torch.randn((n, *shape[1:]), generator=gen) for n in halves(shape[0])]
    return torch.cat(parts) * std + mean


def integers(shape, low, high, gen):
    return torch.cat([torch.randint(low, high, (n, *shape[1:]), generator=gen) for n in halves(shape[0])])

# %% whole_numbers_from_float32
# integers scales a float32 number, so a very wide range has gaps, which the statement allows.
def integers(shape, low, high, gen):
    u = torch.rand(shape, generator=gen)
    return low + torch.floor(u * (high - low)).long()
