# %% evaluate_in_training_mode
# evaluate never calls model.eval(), so dropout stays on if the model was in training mode.
# named: no_evaluation_mode
def evaluate(model, loader, loss_fn):
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            n += len(x)
    return total / n

# %% mode_not_restored
# evaluate leaves the model in evaluation mode.
# named: evaluation_mode_kept
def evaluate(model, loader, loss_fn):
    model.eval()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            n += len(x)
    return total / n

# %% always_training_afterwards
# evaluate puts the model in training mode at the end, even if it came in evaluation mode.
# named: always_training_mode
def evaluate(model, loader, loss_fn):
    model.eval()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            n += len(x)
    model.train()
    return total / n

# %% graph_built_in_evaluate
# evaluate predicts without no_grad, as if eval() switched off the graph.
# named: graph_built
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    total, n = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        total += loss.item() * len(x)
        n += len(x)
    model.train(mode)
    return total / n

# %% no_grad_around_the_loss_only
# evaluate puts only the loss under no_grad, so the forward pass still builds a graph.
# named: graph_built
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    total, n = 0.0, 0
    for x, y in loader:
        pred = model(x)
        with torch.no_grad():
            total += loss_fn(pred, y).item() * len(x)
            n += len(x)
    model.train(mode)
    return total / n

# %% evaluate_mean_of_batch_means
# evaluate averages the batch losses with equal weights.
# named: evaluate_mean_of_batch_means
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    losses = []
    with torch.no_grad():
        for x, y in loader:
            losses.append(loss_fn(model(x), y).item())
    model.train(mode)
    return sum(losses) / len(losses)

# %% evaluate_first_batch_only
# evaluate returns inside the loop, after the first batch.
# named: evaluate_first_batch_only
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            n += len(x)
            model.train(mode)
            return total / n

# %% gradients_off_for_good
# evaluate switches gradients off with set_grad_enabled(False) and never on again.
# named: gradients_left_off
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    torch.set_grad_enabled(False)
    total, n = 0.0, 0
    for x, y in loader:
        total += loss_fn(model(x), y).item() * len(x)
        n += len(x)
    model.train(mode)
    return total / n

# %% parameters_frozen
# evaluate sets requires_grad to False on all parameters and leaves them so.
# named: parameters_left_frozen
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    for p in model.parameters():
        p.requires_grad_(False)
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            n += len(x)
    model.train(mode)
    return total / n

# %% gradients_cleared_in_evaluate
# evaluate calls model.zero_grad(), so the gradients in .grad are lost.
# named: evaluate_resets_gradients
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    model.zero_grad()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            n += len(x)
    model.train(mode)
    return total / n

# %% backward_in_evaluate
# evaluate calls backward on each loss, so it builds graphs and adds to the stored gradients.
# named: evaluate_with_backward
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    total, n = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        loss.backward()
        total += loss.item() * len(x)
        n += len(x)
    model.train(mode)
    return total / n

# %% evaluate_returns_a_tensor
# evaluate returns a 0-d tensor instead of a Python float.
# named: evaluate_as_tensor
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y) * len(x)
            n += len(x)
    model.train(mode)
    return total / n

# %% evaluate_needs_len
# evaluate calls len(loader) to find the last batch, which fails for a loader without a length.
# named: -
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    total = 0.0
    seen = 0
    num_batches = len(loader)
    with torch.no_grad():
        for i, (x, y) in enumerate(loader):
            total += loss_fn(model(x), y).item() * len(x)
            seen += len(x)
            if i == num_batches - 1:
                break
    model.train(mode)
    return total / seen

# %% eval_flag_only_at_the_top
# evaluate sets model.training = False by hand, which does not reach dropout layers inside the model.
# named: no_evaluation_mode
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.training = False
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            n += len(x)
    model.training = mode
    return total / n

# %% only_the_top_flag_restored
# evaluate restores only model.training itself, so the layers inside stay in evaluation mode.
# named: top_flag_restored
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            n += len(x)
    model.training = mode
    return total / n

# %% evaluate_sum_over_samples
# evaluate returns the sum of the losses of all samples and never divides by their number.
# named: evaluate_sum_over_samples
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    total = 0.0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
    model.train(mode)
    return total

# %% divided_by_target_entries
# evaluate divides by the number of entries of y, which is not the number of samples when y has several columns.
# named: -
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            n += y.numel()
    model.train(mode)
    return total / n

# %% evaluate_arguments_swapped
# evaluate calls loss_fn(y, prediction), with the arguments in the wrong order.
# named: evaluate_swapped_arguments
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(y, model(x)).item() * len(x)
            n += len(x)
    model.train(mode)
    return total / n

# %% mode_restored_inside_the_loop
# evaluate restores the mode at the end of the loop body, so from the second batch on it predicts in training mode.
# named: mode_restored_early
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            n += len(x)
            model.train(mode)
    return total / n

# %% evaluate_steps_too
# evaluate takes a step of gradient descent on each batch, so the parameters move.
# named: -
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.eval()
    total, n = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        grads = torch.autograd.grad(loss, list(model.parameters()))
        with torch.no_grad():
            for p, g in zip(model.parameters(), grads):
                p -= 0.01 * g
        total += loss.item() * len(x)
        n += len(x)
    model.train(mode)
    return total / n
