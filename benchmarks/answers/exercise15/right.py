# %% base
# Plain five steps; train calls train_step and weights each loss with its batch size.
import torch


def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    prediction = model(x)
    loss = loss_fn(prediction, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for _ in range(epochs):
        total = 0.0
        count = 0
        for x, y in loader:
            loss = train_step(model, x, y, loss_fn, optimizer)
            total += loss * len(x)
            count += len(x)
        history.append(total / count)
    return history


def evaluate(model, loader, loss_fn):
    was_training = model.training
    model.eval()
    total = 0.0
    count = 0
    with torch.no_grad():
        for x, y in loader:
            loss = loss_fn(model(x), y)
            total += loss.item() * len(x)
            count += len(x)
    model.train(was_training)
    return total / count

# %% own_lines_in_train
# train repeats the five lines with the reset first; samples are counted on y.
def train_step(model, x, y, loss_fn, optimizer):
    optimizer.zero_grad()
    model.train()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return float(loss)

def train(model, loader, loss_fn, optimizer, epochs):
    losses = []
    for epoch in range(epochs):
        model.train()
        running_loss, n = 0.0, 0
        for inputs, targets in loader:
            optimizer.zero_grad()
            outputs = model(inputs)
            loss = loss_fn(outputs, targets)
            loss.backward()
            optimizer.step()
            running_loss += loss.item() * targets.size(0)
            n += targets.size(0)
        losses.append(running_loss / n)
    return losses

# %% autograd_grad
# torch.autograd.grad in place of backward; the gradients are put into .grad by hand.
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    params = [p for p in model.parameters() if p.requires_grad]
    loss = loss_fn(model(x), y)
    grads = torch.autograd.grad(loss, params, allow_unused=True)
    for p, g in zip(params, grads):
        p.grad = g
    optimizer.step()
    return loss.detach().item()

# %% closure
# The forward pass, the reset and backward live in a closure that the optimizer calls.
def train_step(model, x, y, loss_fn, optimizer):
    model.train()

    def closure():
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        return loss

    return float(optimizer.step(closure))

# %% numpy_average
# The weighted mean is taken by NumPy at the end of each epoch.
import numpy as np
import torch

def train(model, loader, loss_fn, optimizer, epochs):
    result = []
    for _ in range(epochs):
        values, sizes = [], []
        for x, y in loader:
            sizes.append(x.shape[0])
            values.append(train_step(model, x, y, loss_fn, optimizer))
        result.append(float(np.average(values, weights=sizes)))
    return result

@torch.no_grad()
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    pairs = np.array([(loss_fn(model(x), y).item(), len(y)) for x, y in loader], dtype=np.float64)
    model.train(mode)
    return float((pairs[:, 0] * pairs[:, 1]).sum() / pairs[:, 1].sum())

# %% helper_with_fsum
# A helper forms the mean over samples from (loss, size) pairs with math.fsum.
import math
from collections.abc import Iterable
import torch

def sample_mean(pairs: Iterable[tuple[float, int]]) -> float:
    pairs = list(pairs)
    return math.fsum(v * n for v, n in pairs) / sum(n for _, n in pairs)

def train(model: torch.nn.Module, loader, loss_fn, optimizer: torch.optim.Optimizer, epochs: int) -> list[float]:
    return [sample_mean((train_step(model, x, y, loss_fn, optimizer), len(x)) for x, y in loader) for _ in range(epochs)]

def evaluate(model: torch.nn.Module, loader, loss_fn) -> float:
    was_training = model.training
    try:
        model.eval()
        with torch.inference_mode():
            return sample_mean((loss_fn(model(x), y).item(), len(x)) for x, y in loader)
    finally:
        model.train(was_training)

# %% each_module_remembered
# The mode of every submodule is remembered and put back; inference_mode as a decorator.
@torch.inference_mode()
def evaluate(model, loader, loss_fn):
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    seen, weighted = 0, 0.0
    for xb, yb in loader:
        weighted = weighted + xb.size(0) * float(loss_fn(model(xb), yb))
        seen = seen + xb.size(0)
    for module, training in modes:
        module.training = training
    return weighted / seen

# %% dataclass_meter
# A small dataclass gathers losses and sizes for both functions.
from dataclasses import dataclass
import torch

@dataclass
class Meter:
    total: float = 0.0
    samples: int = 0

    def add(self, loss: float, n: int) -> None:
        self.total += loss * n
        self.samples += n

    @property
    def mean(self) -> float:
        return self.total / self.samples

def train(model, loader, loss_fn, optimizer, epochs):
    meters = [Meter() for _ in range(epochs)]
    for meter in meters:
        for x, y in loader:
            meter.add(train_step(model, x, y, loss_fn, optimizer), len(x))
    return [meter.mean for meter in meters]

def evaluate(model, loader, loss_fn):
    meter = Meter()
    mode = model.training
    model.train(False)
    for x, y in loader:
        with torch.no_grad():
            loss = loss_fn(model(x), y)
        meter.add(loss.item(), len(x))
    model.train(mode)
    return meter.mean

# %% grad_switch_restored
# set_grad_enabled is switched off and put back to what it was; gradients are reset to zeros.
def train_step(model, x, y, loss_fn, optimizer):
    if not model.training:
        model.train()
    model.zero_grad(set_to_none=False)
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.tolist()

def evaluate(model, loader, loss_fn):
    grad_before = torch.is_grad_enabled()
    was_training = model.training
    torch.set_grad_enabled(False)
    model.eval()
    s = n = 0
    for x, y in loader:
        s += loss_fn(model(x), y).item() * len(x)
        n += len(x)
    if was_training:
        model.train()
    torch.set_grad_enabled(grad_before)
    return s / n

# %% tensors_detached
# Losses are kept as detached float64 tensors and combined with a dot product.
def train(model, loader, loss_fn, optimizer, epochs):
    out = []
    model.train()
    for _ in range(epochs):
        losses = []
        sizes = []
        for x, y in loader:
            for p in model.parameters():
                p.grad = None
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            losses.append(loss.detach().double())
            sizes.append(len(x))
        w = torch.tensor(sizes, dtype=torch.float64)
        out.append((torch.stack(losses) @ w / w.sum()).item())
    return out

# %% context_manager
# A context manager switches to evaluation and back; the mean is updated batch by batch.
from contextlib import contextmanager
import torch

@contextmanager
def evaluating(net):
    before = net.training
    net.eval()
    try:
        with torch.no_grad():
            yield net
    finally:
        net.train(before)

def running_mean(pairs):
    mean, seen = 0.0, 0
    for value, n in pairs:
        seen += n
        mean += (value - mean) * n / seen
    return mean

def one_epoch(model, loader, loss_fn, optimizer):
    for x, y in loader:
        yield train_step(model, x, y, loss_fn, optimizer), len(x)

def train(model, loader, loss_fn, optimizer, epochs):
    return [running_mean(one_epoch(model, loader, loss_fn, optimizer)) for _ in range(epochs)]

def evaluate(model, loader, loss_fn):
    with evaluating(model) as net:
        return running_mean((loss_fn(net(x), y).item(), len(x)) for x, y in loader)

# %% resets_twice_and_evaluates_at_once
# Gradients are reset before backward and after the step; evaluate gathers all predictions and calls the loss once.
def train_step(model, x, y, loss_fn, optimizer):
    model.train(True)
    optimizer.zero_grad(set_to_none=True)
    y_hat = model(x)
    batch_loss = loss_fn(y_hat, y)
    batch_loss.backward()
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return batch_loss.detach().cpu().numpy().item()

def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    while len(history) < epochs:
        weighted = []
        n_samples = 0
        for batch in loader:
            x, y = batch
            weighted += [train_step(model, x, y, loss_fn, optimizer) * x.shape[0]]
            n_samples += x.shape[0]
        history += [sum(weighted) / n_samples]
    return history

def evaluate(model, loader, loss_fn):
    was_training = model.training
    model.eval()
    predictions, targets = [], []
    with torch.no_grad():
        for x, y in loader:
            predictions.append(model(x))
            targets.append(y)
        loss = loss_fn(torch.cat(predictions), torch.cat(targets))
    model.train(was_training)
    return loss.item()
