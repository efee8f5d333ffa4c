"""The dtype worked out by hand, distributions made from uniform numbers, the quotient from the remainder."""

import math

import torch


def numbers_in(data):
    if isinstance(data, list):
        return [number for part in data for number in numbers_in(part)]
    return [data]


def shape_of(data):
    return [len(data), *shape_of(data[0])] if isinstance(data, list) and data else [0] * isinstance(data, list)


def from_list(data):
    flat = numbers_in(data)
    if not flat or any(isinstance(number, float) for number in flat):
        dtype = torch.float32
    else:
        dtype = torch.bool if all(isinstance(number, bool) for number in flat) else torch.int64
    result = torch.zeros(len(flat), dtype=dtype)
    for position, number in enumerate(flat):
        result[position] = number
    return result.reshape(shape_of(data))


def from_numpy_shared(a):
    return torch.utils.dlpack.from_dlpack(a)


def from_numpy_copied(a):
    return torch.from_numpy(a).clone()


def filled(kind, shape, dtype):
    return torch.full(shape, 1 if kind == "ones" else 0, dtype=dtype)


def convert(x, dtype):
    return x.clone().to(dtype)


def unit(shape, gen):
    return torch.rand(shape, generator=gen, dtype=torch.float64)


def uniform(shape, low, high, gen):
    u = unit(shape, gen)
    return (u * high + (1 - u) * low).float()


def normal(shape, mean, std, gen):
    radius = (-2 * torch.log(1 - unit(shape, gen))).sqrt()
    return (mean + std * radius * torch.cos(2 * math.pi * unit(shape, gen))).float()


def integers(shape, low, high, gen):
    return (unit(shape, gen) * (high - low)).floor().long() + low


def mean_of_integers(x):
    return torch.tensor(sum(x.reshape(-1).tolist()) / x.numel(), dtype=torch.float32, device=x.device)


def divide(a, b):
    rest = a - b * torch.div(a, b, rounding_mode="trunc")
    down = (rest != 0) & ((rest < 0) != (b < 0))
    return a.float() / b.float(), torch.div(a, b, rounding_mode="trunc") - down.long()


def item(x):
    return x.reshape(())[()].item()


def to_numpy(x):
    return x.detach().clone().cpu().numpy()
