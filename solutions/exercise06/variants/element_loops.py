"""One number after another, in Python."""

import torch


def product(shape):
    total = 1
    for size in shape:
        total *= size
    return total


def each(shape, make, dtype):
    return torch.tensor([make() for _ in range(product(shape))], dtype=dtype).reshape(shape)


def from_list(data):
    return torch.tensor(data)


def from_numpy_shared(a):
    return torch.from_numpy(a)


def from_numpy_copied(a):
    result = torch.empty_like(torch.from_numpy(a))
    result.copy_(torch.from_numpy(a))
    return result


def filled(kind, shape, dtype):
    if kind == "empty":
        return torch.empty(shape, dtype=dtype)
    return torch.zeros(shape, dtype=dtype) + torch.tensor(kind == "ones").to(dtype)


def convert(x, dtype):
    return torch.tensor(x.tolist(), dtype=dtype, device=x.device)


def uniform(shape, low, high, gen):
    u = torch.rand(product(shape), generator=gen).tolist()
    return torch.tensor([low + number * (high - low) for number in u]).reshape(shape)


def normal(shape, mean, std, gen):
    return torch.normal(mean, std, shape, generator=gen)


def integers(shape, low, high, gen):
    chances = torch.ones(high - low) if high - low < 100 else None
    if chances is None:
        return low + torch.randint(high - low, shape, generator=gen)
    drawn = torch.multinomial(chances, product(shape), replacement=True, generator=gen)
    return low + drawn.reshape(shape)


def mean_of_integers(x):
    total = torch.zeros((), dtype=torch.float32, device=x.device)
    for number in x.reshape(-1):
        total = total + number
    return total / x.numel()


def divide(a, b):
    pairs = list(zip(a.reshape(-1).tolist(), b.reshape(-1).tolist(), strict=True))
    quotients = torch.tensor([m / n for m, n in pairs], dtype=torch.float32, device=a.device)
    floors = torch.tensor([m // n for m, n in pairs], device=a.device)
    return quotients.reshape(a.shape), floors.reshape(a.shape)


def item(x):
    while x.dim() > 0:
        x = x[0]
    return x.item()


def to_numpy(x):
    return x.detach().cpu().clone().numpy()
