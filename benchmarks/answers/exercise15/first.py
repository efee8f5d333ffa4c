# %% first_forgetful
# train_step: no reset of the gradients, no model.train(). train: mean of the batch means. evaluate: the mode is not restored.
# named: no_zero_grad, no_training_mode, mean_of_batch_means, evaluation_mode_kept
import torch

def train_step(model, x, y, loss_fn, optimizer):
    pred = model(x)
    loss = loss_fn(pred, y)
    loss.backward()
    optimizer.step()
    return loss.item()

def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        losses = []
        for x, y in loader:
            losses.append(train_step(model, x, y, loss_fn, optimizer))
        history.append(sum(losses) / len(losses))
    return history

def evaluate(model, loader, loss_fn):
    model.eval()
    total = 0
    n = 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            n += len(x)
    return total / n

# %% first_tensors_everywhere
# train_step: returns a tensor with its graph. train: keeps these graphs and returns a list of tensors.
# evaluate: no no_grad, returns a tensor.
# named: loss_as_tensor, entries_as_tensors, sum_as_tensor, graph_built, evaluate_as_tensor
import torch

def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss

def train(model, loader, loss_fn, optimizer, epochs):
    losses = []
    for epoch in range(epochs):
        total = 0
        count = 0
        for x, y in loader:
            total = total + train_step(model, x, y, loss_fn, optimizer) * len(x)
            count = count + len(x)
        losses.append(total / count)
    return losses

def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    total = 0
    count = 0
    for x, y in loader:
        total = total + loss_fn(model(x), y) * len(x)
        count = count + len(x)
    model.train(was)
    return total / count

# %% first_wrong_order
# train_step: zero_grad between backward and step, loss_fn(y, prediction). train: records the loss of the last batch.
# evaluate: always in training mode afterwards.
# named: zero_grad_before_step, swapped_arguments, last_batch_only, always_training_mode
import torch

def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    y_pred = model(x)
    loss = loss_fn(y, y_pred)
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
    return loss.item()

def train(model, loader, loss_fn, optimizer, epochs):
    out = []
    for i in range(epochs):
        for x, y in loader:
            loss = train_step(model, x, y, loss_fn, optimizer)
        out.append(loss)
    return out

def evaluate(model, loader, loss_fn):
    model.eval()
    with torch.no_grad():
        s = 0.0
        n = 0
        for x, y in loader:
            s += loss_fn(model(x), y).item() * x.shape[0]
            n += x.shape[0]
    model.train()
    return s / n

# %% first_len_of_loader
# train: divides by len(loader), runs one epoch too few with range(1, epochs).
# evaluate: divides by len(loader), never calls model.eval().
# named: mean_of_batch_means, one_epoch_less, evaluate_mean_of_batch_means, no_evaluation_mode
import torch

def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()

def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(1, epochs):
        running_loss = 0.0
        for x, y in loader:
            running_loss += train_step(model, x, y, loss_fn, optimizer)
        history.append(running_loss / len(loader))
    return history

def evaluate(model, loader, loss_fn):
    running_loss = 0.0
    with torch.no_grad():
        for x, y in loader:
            running_loss += loss_fn(model(x), y).item()
    return running_loss / len(loader)

# %% first_loss_afterwards
# train_step: resets only after the step, returns the loss after the step.
# train: total and count are never set back to 0 for a new epoch. evaluate: clears the gradients with model.zero_grad().
# named: zero_grad_only_afterwards, loss_after_the_step, never_reset, evaluate_resets_gradients
import torch

def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    with torch.no_grad():
        return loss_fn(model(x), y).item()

def train(model, loader, loss_fn, optimizer, epochs):
    total, count, history = 0.0, 0, []
    for _ in range(epochs):
        for x, y in loader:
            total += train_step(model, x, y, loss_fn, optimizer) * len(x)
            count += len(x)
        history.append(total / count)
    return history

def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    model.zero_grad()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            count += len(x)
    model.train(mode)
    return total / count

# %% first_own_sgd
# train_step: moves the parameters by lr * grad itself instead of optimizer.step(), divides the loss by the batch size again.
# train: returns the list of all steps. evaluate: sums over the batches without a division, switches gradients off for good.
# named: own_sgd, divided_twice, entry_per_batch, evaluate_sum_of_batches, gradients_left_off
import torch

def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y) / len(x)
    loss.backward()
    lr = optimizer.param_groups[0]["lr"]
    with torch.no_grad():
        for p in model.parameters():
            p -= lr * p.grad
    return loss.item()

def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for _ in range(epochs):
        for x, y in loader:
            history.append(train_step(model, x, y, loss_fn, optimizer))
    return history

def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    torch.set_grad_enabled(False)
    total = 0.0
    for x, y in loader:
        total += loss_fn(model(x), y).item()
    model.train(mode)
    return total
