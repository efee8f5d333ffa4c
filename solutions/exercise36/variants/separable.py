"""Depthwise and pointwise convolutions, an image doubled in size; batches of 128 and half as many steps."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.ModuleList(
            [
                nn.Conv2d(1, 24, 3, padding=1),
                nn.Conv2d(24, 24, 3, padding=1, groups=24),
                nn.Conv2d(24, 32, 1),
                nn.Conv2d(32, 32, 3, padding=1, groups=32),
                nn.Conv2d(32, 32, 1),
            ]
        )
        self.register_buffer("mean", torch.full((1,), 0.3))
        self.head = nn.Linear(32 * 16, 10)

    def forward(self, images):
        h = images - self.mean
        for i, layer in enumerate(self.body):
            h = layer(h)
            if i in (0, 2, 4):
                h = nn.functional.gelu(h)
        return self.head(nn.functional.adaptive_max_pool2d(h, 4).flatten(start_dim=1))


def shift(x, gen):
    rows = torch.arange(8) - torch.randint(-1, 2, (len(x), 1), generator=gen)
    columns = torch.arange(8) - torch.randint(-1, 2, (len(x), 1), generator=gen)
    inside = ((rows >= 0) & (rows < 8))[:, :, None] & ((columns >= 0) & (columns < 8))[:, None, :]
    place = rows.clamp(0, 7)[:, :, None] * 8 + columns.clamp(0, 7)[:, None, :]
    return (x.flatten(1).gather(1, place.flatten(1)).reshape(-1, 8, 8) * inside)[:, None]


def evaluate(model, x, y):
    was = model.training
    model.eval()
    with torch.no_grad():
        out = model(x)
        loss = nn.CrossEntropyLoss()(out, y).item()
    if was:
        model.train()
    return loss, torch.count_nonzero(out.argmax(-1) == y).item() / y.numel()


def train(model, train, val, max_steps, gen):
    images, labels = train
    steps = (max_steps + 1) // 2
    size = 64 * max_steps // steps
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: (1 - step / steps) ** 0.9)

    def closure():
        optimizer.zero_grad(set_to_none=False)
        rows = torch.multinomial(torch.ones(len(images)), size, replacement=True, generator=gen)
        loss = nn.functional.cross_entropy(model(shift(images[rows], gen)), labels[rows])
        loss.backward()
        return loss

    for _ in range(steps):
        model.train()
        optimizer.step(closure)
        schedule.step()
    result = {"steps": steps}
    result["train_loss"] = evaluate(model, images, labels)[0]
    result["val_loss"], result["val_accuracy"] = evaluate(model, *val)
    return result


def save(model, path):
    torch.save(tuple(model.state_dict().values()), path)


def load(path):
    model = Net()
    names = model.state_dict().keys()
    model.load_state_dict(dict(zip(names, torch.load(path, weights_only=True), strict=True)))
    model.eval()
    return model
