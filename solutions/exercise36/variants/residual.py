"""A residual network that ends in the mean over all places; AdamW with warm-up; the best state is kept."""

import copy
import math

import torch
import torch.nn.functional as F
from torch import nn


class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        return x + self.second(F.relu(self.first(F.relu(x))))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(1, 16, 3, padding=1)
        self.block = Block(16)
        self.down = nn.Conv2d(16, 32, 3, stride=2, padding=1)
        self.last = nn.Conv2d(32, 32, 3, padding=1)
        self.head = nn.Linear(32, 10)

    def forward(self, x):
        x = F.relu(self.down(self.block(self.stem(2 * x - 0.6))))
        return self.head(F.relu(self.last(x)).mean(dim=(2, 3)))


def shift(x, gen):
    n = x.shape[0]
    wide = x.new_zeros(n, 1, 10, 10)
    wide[:, :, 1:9, 1:9] = x
    windows = wide.unfold(2, 8, 1).unfold(3, 8, 1)  # [n, 1, 3, 3, 8, 8]
    place = torch.randint(9, (n,), generator=gen)
    return windows.reshape(n, 9, 8, 8)[torch.arange(n), place][:, None].clone()


@torch.no_grad()
def evaluate(model, x, y):
    before = model.training
    try:
        scores = F.log_softmax(model.eval()(x), dim=-1)
    finally:
        model.train(before)
    return float(-scores[torch.arange(len(y)), y].mean()), float(torch.mean(scores.max(dim=1).indices.eq(y).float()))


def train(model, train, val, max_steps, gen):
    x, y = train
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01, weight_decay=0.01)
    warm = max(1, max_steps // 10)
    best, best_state = math.inf, None
    for step in range(max_steps):
        for group in optimizer.param_groups:
            group["lr"] = 0.01 * min((step + 1) / warm, (max_steps - step) / max_steps)
        rows = torch.randperm(len(x), generator=gen)[:64]
        model.train()
        loss = F.cross_entropy(model(shift(x[rows], gen)), y[rows], label_smoothing=0.02)
        model.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        if (step + 1) % 25 == 0 or step + 1 == max_steps:
            now, _ = evaluate(model, *val)
            if now <= best:
                best, best_state = now, copy.deepcopy(model.state_dict())
    model.load_state_dict(best_state)
    loss, accuracy = evaluate(model, *val)
    return {"val_accuracy": accuracy, "val_loss": loss, "train_loss": evaluate(model, x, y)[0], "steps": step + 1}


def save(model, path):
    with open(path, "wb") as file:
        torch.save([(name, value) for name, value in model.state_dict().items()], file)


def load(path):
    with open(path, "rb") as file:
        state = dict(torch.load(file, weights_only=True))
    model = Net().eval()
    model.load_state_dict(state, strict=True)
    return model
