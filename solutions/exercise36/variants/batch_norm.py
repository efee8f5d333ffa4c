"""Batch normalization and dropout; whole epochs from a DataLoader, SGD with momentum; evaluated in batches."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 12, 3, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(12)
        self.conv2 = nn.Conv2d(12, 24, 3, padding=1, stride=2, bias=False)
        self.norm2 = nn.BatchNorm2d(24)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(24 * 16, 10)

    def forward(self, x):
        x = torch.relu(self.norm1(self.conv1(x)))
        x = torch.relu(self.norm2(self.conv2(x)))
        return self.head(self.dropout(x.flatten(1)))


def shift(x, gen):
    result = torch.zeros_like(x)
    moves = torch.randint(-1, 2, (len(x), 2), generator=gen).tolist()
    for i, (down, right) in enumerate(moves):
        to_rows, from_rows = slice(max(down, 0), 8 + min(down, 0)), slice(max(-down, 0), 8 + min(-down, 0))
        to_columns, from_columns = slice(max(right, 0), 8 + min(right, 0)), slice(max(-right, 0), 8 + min(-right, 0))
        result[i, 0, to_rows, to_columns] = x[i, 0, from_rows, from_columns]
    return result


def evaluate(model, x, y):
    mode = model.training
    model.eval()
    total, correct = 0.0, 0
    with torch.inference_mode():
        for start in range(0, len(x), 100):
            logits, target = model(x[start : start + 100]), y[start : start + 100]
            total += nn.functional.cross_entropy(logits, target, reduction="sum").item()
            correct += int((logits.argmax(1) == target).sum())
    if mode:
        model.train()
    return total / len(x), correct / len(x)


def train(model, train, val, max_steps, gen):
    loader = DataLoader(TensorDataset(*train), batch_size=64, shuffle=True, generator=gen)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, nesterov=True, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, max_steps)
    loss_fn = nn.CrossEntropyLoss()
    steps = 0
    model.train()
    while steps < max_steps:
        for images, labels in loader:
            if steps == max_steps:
                break
            optimizer.zero_grad()
            loss_fn(model(shift(images, gen)), labels).backward()
            optimizer.step()
            schedule.step()
            steps += 1
    model.eval()
    train_loss, _ = evaluate(model, *train)
    val_loss, val_accuracy = evaluate(model, *val)
    return {"steps": steps, "train_loss": train_loss, "val_loss": val_loss, "val_accuracy": val_accuracy}


def save(model, path):
    torch.save({"version": 1, "state": model.state_dict()}, path)


def load(path):
    net = Net()
    net.load_state_dict(torch.load(path, map_location="cpu")["state"])
    net.eval()
    return net
