"""Kernels of 5×5, average pooling, leaky ReLU and tanh, two fully connected layers; RMSprop; stops early."""

import torch
from torch import nn


class Net(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Conv2d(1, 12, 5, padding=2),
            nn.LeakyReLU(),
            nn.Conv2d(12, 24, 5, padding=2),
            nn.LeakyReLU(),
            nn.AvgPool2d(2),
            nn.Flatten(),
            nn.Linear(384, 24),
            nn.Tanh(),
            nn.Linear(24, 10),
        )


def shift(x, gen):
    down = torch.randint(-1, 2, (len(x),), generator=gen)
    right = torch.randint(-1, 2, (len(x),), generator=gen)
    result = torch.empty_like(x)
    for d in (-1, 0, 1):
        for r in (-1, 0, 1):
            chosen = (down == d) & (right == r)
            moved = torch.roll(x[chosen], (d, r), dims=(2, 3))
            if d:
                moved[:, :, 0 if d > 0 else -1] = 0
            if r:
                moved[..., 0 if r > 0 else -1] = 0
            result[chosen] = moved
    return result


def evaluate(model, x, y):
    modes = [(part, part.training) for part in model.modules()]
    model.eval()
    with torch.no_grad():
        z = model(x).double()
    for part, mode in modes:
        part.training = mode
    loss = (torch.logsumexp(z, 1) - z.gather(1, y[:, None])[:, 0]).sum() / len(y)
    return loss.item(), (z.argmax(1) == y).double().mean().item()


def train(model, train, val, max_steps, gen):
    x, y = train
    optimizer = torch.optim.RMSprop(model.parameters())
    criterion = nn.CrossEntropyLoss(reduction="sum")
    steps, order = 0, torch.empty(0, dtype=torch.long)
    while steps < max_steps:
        if len(order) == 0:
            order = torch.randperm(len(x), generator=gen)
        rows, order = order[:60], order[60:]
        optimizer.param_groups[0]["lr"] = 0.003 * (1 - steps / max_steps)
        model.train(True)
        loss = criterion(model(shift(x[rows], gen)), y[rows]) / len(rows)
        for parameter in model.parameters():
            parameter.grad = None
        loss.backward()
        optimizer.step()
        steps += 1
        if steps > 450 and steps % 50 == 0 and evaluate(model, *val)[1] > 0.99:
            break
    report = dict(zip(("val_loss", "val_accuracy"), evaluate(model, *val), strict=True))
    return report | {"steps": steps, "train_loss": evaluate(model, x, y)[0], "more": "is allowed"}


def save(model, path):
    torch.save(dict(model.named_parameters()), path)


def load(path):
    model = Net()
    with torch.no_grad():
        values = torch.load(path, weights_only=True)
        for name, parameter in model.named_parameters():
            parameter.copy_(values[name])
    return model.train(False)
