"""Sums kept in tensors, in float32; the gradients reset right before backward, by the model, to zeros."""

import torch


def train_step(model, x, y, loss_fn, optimizer):
    model.train(True)
    prediction = model(x)
    loss = loss_fn(prediction, y)
    model.zero_grad(set_to_none=False)
    torch.autograd.backward(loss)
    optimizer.step()
    return loss.detach().cpu().item()


def train(model, loader, loss_fn, optimizer, epochs):
    history = torch.zeros(epochs)
    for epoch in range(epochs):
        total, samples = torch.tensor(0.0), torch.tensor(0)
        for x, y in loader:
            total += train_step(model, x, y, loss_fn, optimizer) * x.shape[0]
            samples += x.shape[0]
        history[epoch] = total / samples
    return history.tolist()


@torch.no_grad()
def evaluate(model, loader, loss_fn):
    total, samples = None, 0
    mode = model.training
    model.eval()
    for x, y in loader:
        part = loss_fn(model(x), y).float() * x.size(0)
        total = part if total is None else total + part
        samples += x.size(0)
    if mode:
        model.train()
    return (total / samples).item()
