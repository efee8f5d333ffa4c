# %% capital_letters_and_globals
# from_list: torch.Tensor, always float32. from_numpy_copied: shares the memory. uniform: high for the width. integers: includes high.
# mean_of_integers: a Python float.
# named: list_capital_t, copied_shared, uniform_width, integers_with_high, mean_item
import numpy as np
import torch


def from_list(data):
    return torch.Tensor(data)


def from_numpy_shared(a):
    return torch.from_numpy(a)


def from_numpy_copied(a):
    t = torch.from_numpy(a)
    return t


def filled(kind, shape, dtype):
    if kind == 'zeros':
        return torch.zeros(shape, dtype=dtype)
    elif kind == 'ones':
        return torch.ones(shape, dtype=dtype)
    elif kind == 'empty':
        return torch.empty(shape, dtype=dtype)


def convert(x, dtype):
    return x.clone().to(dtype)


def uniform(shape, low, high, gen):
    return torch.rand(shape, generator=gen) * high + low


def normal(shape, mean, std, gen):
    return torch.randn(shape, generator=gen) * std + mean


def integers(shape, low, high, gen):
    return torch.randint(low, high + 1, shape, generator=gen)


def mean_of_integers(x):
    return x.float().mean().item()


def divide(a, b):
    return a / b, a // b


def item(x):
    return x.item()


def to_numpy(x):
    return x.detach().cpu().numpy().copy()

# %% generator_not_understood
# uniform: seeds the global generator. normal: no generator; the variance for the standard deviation.
# convert: x itself if the dtype is the same. divide: rounds towards 0.
# named: uniform_starts_anew, normal_ignores_gen, normal_squared_std, convert_shared, divide_truncated
import torch


def convert(x, dtype):
    return x.to(dtype)


def uniform(shape, low, high, gen):
    torch.manual_seed(gen.initial_seed())
    return torch.rand(shape) * (high - low) + low


def normal(shape, mean, std, gen):
    return torch.randn(shape) * std ** 2 + mean


def divide(a, b):
    q = a / b
    return q, torch.div(a, b, rounding_mode='trunc')

# %% numpy_for_everything
# from_list: float64 for floats. from_numpy_shared: a copy. item: a NumPy number; fails in a graph. to_numpy: shares the memory.
# named: list_through_numpy, shared_copied, to_numpy_shared
import numpy as np
import torch


def from_list(data):
    a = np.array(data)
    return torch.from_numpy(a)


def from_numpy_shared(a):
    return torch.tensor(a)


def from_numpy_copied(a):
    b = a.copy()
    return torch.from_numpy(b)


def filled(kind, shape, dtype):
    t = torch.empty(shape, dtype=dtype)
    if kind == "zeros":
        t[...] = 0
    if kind == "ones":
        t[...] = 1
    return t


def mean_of_integers(x):
    return torch.tensor(np.mean(x.numpy())).float()


def item(x):
    return x.numpy().reshape(-1)[0]


def to_numpy(x):
    return x.detach().cpu().numpy()

# %% float32_by_default
# filled: dtype is ignored; the empty shape fails. from_numpy_copied: always float32. divide: the floor is taken of the float quotient.
# item: always a float.
# named: filled_default_dtype, copied_as_float32, divide_floor_of_float, item_always_float
import torch


def from_numpy_copied(a):
    return torch.from_numpy(a.copy()).float()


def filled(kind, shape, dtype):
    if kind == "zeros":
        return torch.zeros(*shape)
    if kind == "ones":
        return torch.ones(*shape)
    return torch.empty(*shape)


def integers(shape, low, high, gen):
    values = torch.randint(low, high, shape, generator=gen)
    return values


def divide(a, b):
    q = a.float() / b.float()
    return q, torch.floor(q).long()


def item(x):
    return float(x)

# %% half_open_confusions
# integers: cuts towards 0 after adding low. convert: rounds to the nearest; only positive numbers are True. mean_of_integers: rounded down.
# from_list: a single number becomes a list of one.
# named: integers_truncated, convert_rounded, convert_bool_of_positive, mean_floored, list_of_one
import torch


def from_list(data):
    if type(data) != list:
        data = [data]
    return torch.tensor(data)


def convert(x, dtype):
    if dtype == torch.bool:
        return x > 0
    if dtype in (torch.int8, torch.int16, torch.int32, torch.int64) and x.is_floating_point():
        return x.round().to(dtype)
    return x.to(dtype, copy=True)


def uniform(shape, low, high, gen):
    u = torch.rand(shape, generator=gen)
    return low + u * (high - low)


def integers(shape, low, high, gen):
    return uniform(shape, low, high, gen).to(torch.int64)


def mean_of_integers(x):
    n = x.numel()
    s = x.sum()
    return (s // n).to(torch.float32)

# %% views_and_flat_things
# from_numpy_shared: contiguous copies views. filled: an expanded number can't be written to. uniform: no low. normal: float64.
# to_numpy: flattened.
# named: shared_if_contiguous, filled_expanded, uniform_from_zero, normal_double
import torch


def from_numpy_shared(a):
    t = torch.as_tensor(a)
    return t.contiguous()


def from_numpy_copied(a):
    return torch.tensor(a)


def filled(kind, shape, dtype):
    if kind == "ones":
        return torch.ones((), dtype=dtype).expand(shape)
    return torch.zeros((), dtype=dtype).expand(shape)


def uniform(shape, low, high, gen):
    return torch.rand(shape, generator=gen) * (high - low)


def normal(shape, mean, std, gen):
    z = torch.randn(shape, generator=gen, dtype=torch.float64)
    return z * std + mean


def item(x):
    return x.flatten()[0].item()


def to_numpy(x):
    return x.detach().cpu().flatten().numpy().copy()
