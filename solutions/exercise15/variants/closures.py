"""The step as a closure that the optimiser calls itself; the gradients are reset at its start."""

from torch import inference_mode


def train_step(model, x, y, loss_fn, optimizer):
    def closure():
        optimizer.zero_grad(set_to_none=False)
        loss = loss_fn(model(x), y)
        loss.backward()
        return loss

    return float(model.train() and optimizer.step(closure).detach())


def mean_over_samples(pairs):
    pairs = list(pairs)
    return sum(loss * n for loss, n in pairs) / sum(n for _, n in pairs)


def train(model, loader, loss_fn, optimizer, epochs):
    def epoch():
        return mean_over_samples((train_step(model, *batch, loss_fn, optimizer), len(batch[1])) for batch in loader)

    return [epoch() for _ in range(epochs)]


def evaluate(model, loader, loss_fn):
    training = model.training
    try:
        model.train(False)
        with inference_mode():
            return mean_over_samples((loss_fn(model(x), y).item(), len(y)) for x, y in loader)
    finally:
        model.train(training)
