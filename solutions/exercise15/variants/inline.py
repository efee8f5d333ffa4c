"""`train` repeats the step's lines and keeps the batches of one epoch in a list; NumPy takes the weighted mean."""

import numpy as np
import torch


def train_step(model, x, y, loss_fn, optimizer):
    if not model.training:
        model.train()
    optimizer.zero_grad()
    output = model(x)
    loss = loss_fn(output, y)
    loss.backward()
    optimizer.step()
    return loss.item()


def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    epoch = 0
    while epoch < epochs:
        model.train()
        batches = list(loader)
        losses, sizes = np.zeros(len(batches)), np.zeros(len(batches))
        for i, (x, y) in enumerate(batches):
            prediction = model(x)
            loss = loss_fn(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses[i], sizes[i] = loss.item(), y.numel()
        history.append(np.average(losses, weights=sizes))
        epoch += 1
    return history


def evaluate(model, loader, loss_fn):
    before, recording = model.training, torch.is_grad_enabled()
    model.eval()
    torch.set_grad_enabled(False)
    loss_sum = count = 0
    iterator = iter(loader)
    while True:
        try:
            x, y = next(iterator)
        except StopIteration:
            break
        loss_sum += loss_fn(model(x), y).item() * len(y)
        count += len(y)
    torch.set_grad_enabled(recording)
    model.train(before)
    return loss_sum / count
