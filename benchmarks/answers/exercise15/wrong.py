# %% no_reset
# train_step never resets the gradients, so every backward adds to the old ones.
# named: no_zero_grad
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()

# %% reset_between_backward_and_step
# train_step resets between backward and step, so the step finds no gradient and nothing moves.
# named: zero_grad_before_step
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    pred = model(x)
    loss = loss_fn(pred, y)
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
    return loss.item()

# %% reset_only_after_step
# train_step resets only after the step, so gradients that the model already holds count in the first step.
# named: zero_grad_only_afterwards
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()

# %% mode_not_set
# train_step does not call model.train(), so a model left in evaluation mode trains in evaluation mode.
# named: no_training_mode
def train_step(model, x, y, loss_fn, optimizer):
    optimizer.zero_grad()
    out = model(x)
    loss = loss_fn(out, y)
    loss.backward()
    optimizer.step()
    return loss.item()

# %% eval_mode_in_step
# train_step puts the model in evaluation mode before the forward pass.
# named: evaluation_mode, no_training_mode
def train_step(model, x, y, loss_fn, optimizer):
    model.eval()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()

# %% mode_set_after_forward
# train_step calls model.train() only after the forward pass, too late for this batch.
# named: no_training_mode
def train_step(model, x, y, loss_fn, optimizer):
    pred = model(x)
    loss = loss_fn(pred, y)
    model.train()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()

# %% training_flag_only_at_the_top
# train_step sets model.training = True by hand, which does not reach the layers inside.
# named: no_training_mode
def train_step(model, x, y, loss_fn, optimizer):
    model.training = True
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()

# %% step_before_backward
# train_step takes the step before backward, right after the reset, so no step ever sees a gradient.
# named: step_on_nothing
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    optimizer.step()
    loss = loss_fn(model(x), y)
    loss.backward()
    return loss.item()

# %% step_uses_previous_gradient
# train_step steps before it computes the gradients, so each step uses those of the previous batch.
# named: step_before_backward
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.step()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    return loss.item()

# %% step_missing
# train_step computes the gradients but never calls optimizer.step().
# named: no_step
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    return loss.item()

# %% prediction_detached
# train_step detaches the prediction from the graph, so no gradient reaches the parameters.
# named: no_backward
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    pred = model(x).detach().requires_grad_()
    loss = loss_fn(pred, y)
    loss.backward()
    optimizer.step()
    return loss.item()

# %% arguments_swapped
# train_step calls loss_fn(y, prediction), with the arguments in the wrong order.
# named: swapped_arguments
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    pred = model(x)
    loss = loss_fn(y, pred)
    loss.backward()
    optimizer.step()
    return loss.item()

# %% tensor_returned
# train_step returns the loss as a tensor with its graph, not as a Python float.
# named: loss_as_tensor
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss

# %% loss_after_the_step
# train_step returns the loss of the batch after the parameters have moved.
# named: loss_after_the_step
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        new_loss = loss_fn(model(x), y)
    return new_loss.item()

# %% second_forward_for_the_report
# train_step runs the model a second time before the step to get the number that it returns.
# named: loss_of_another_forward
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss_fn(model(x), y).backward()
    value = loss_fn(model(x), y).item()
    optimizer.step()
    return value

# %% loss_times_batch_size_returned
# train_step returns the sum of the losses of the samples, not the mean loss of the batch.
# named: loss_summed
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item() * len(x)

# %% loss_divided_by_batch_size_again
# train_step divides the mean loss by the batch size once more before backward, so the gradients are too small.
# named: divided_twice
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    (loss / x.shape[0]).backward()
    optimizer.step()
    return loss.item()

# %% gradients_clipped
# train_step clips the gradient norm to 1, which nobody asked for.
# named: -
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return loss.item()

# %% prediction_squeezed
# train_step squeezes the prediction, so (N, 1) becomes (N,) and no longer fits the shape of y.
# named: -
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    pred = model(x).squeeze()
    loss = loss_fn(pred, y)
    loss.backward()
    optimizer.step()
    return loss.item()

# %% input_flattened
# train_step flattens x to (N, -1) with view before the model, which changes 1-d and image inputs and fails on some strided ones.
# named: -
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    x = x.view(x.shape[0], -1)
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()

# %% inputs_scaled_in_place
# train_step divides x by its largest absolute value in place, so it trains on other inputs and changes the batch.
# named: -
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    x /= x.abs().max()
    pred = model(x)
    loss = loss_fn(pred, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()

# %% hand_written_sgd
# train_step moves the parameters by lr * grad itself, which is right for plain SGD only and ignores momentum and Adam.
# named: own_sgd
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    with torch.no_grad():
        for group in optimizer.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    p -= group["lr"] * p.grad
    return loss.item()

# %% backward_twice
# train_step calls backward twice, so every gradient is doubled.
# named: -
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward(retain_graph=True)
    loss.backward()
    optimizer.step()
    return loss.item()

# %% two_steps_per_batch
# train_step calls optimizer.step() twice on the same gradients.
# named: two_steps
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    optimizer.step()
    return loss.item()

# %% only_weights_reset
# train_step resets only the parameters with two axes, so all others, such as biases, keep adding up their gradients.
# named: -
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    for p in model.parameters():
        if p.dim() == 2:
            p.grad = None
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()

# %% loss_rounded
# train_step rounds the loss to four digits after the point.
# named: -
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return round(loss.item(), 4)

# %% one_step_per_sample
# train_step takes one step for each sample instead of one for the batch.
# named: -
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    total = 0.0
    for i in range(len(x)):
        optimizer.zero_grad()
        loss = loss_fn(model(x[i:i+1]), y[i:i+1])
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(x)

# %% large_losses_skipped
# train_step skips backward and step when the loss is above 100, taking it for an exploded one.
# named: -
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    if loss.item() > 100:
        return loss.item()
    loss.backward()
    optimizer.step()
    return loss.item()

# %% weight_penalty_added
# train_step adds 0.01 times the sum of the squared parameters to the loss before backward.
# named: -
def train_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    reg = sum((p ** 2).sum() for p in model.parameters())
    (loss + 0.01 * reg).backward()
    optimizer.step()
    return loss.item()

# %% epoch_mean_of_batch_means
# train averages the batch losses with equal weights, so a short last batch counts too much.
# named: mean_of_batch_means
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        losses = []
        for x, y in loader:
            losses.append(train_step(model, x, y, loss_fn, optimizer))
        history.append(sum(losses) / len(losses))
    return history

# %% len_of_the_dataset
# train divides by len(loader.dataset), an attribute that a loader need not have.
# named: -
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        total = 0.0
        for x, y in loader:
            total += train_step(model, x, y, loss_fn, optimizer) * x.size(0)
        history.append(total / len(loader.dataset))
    return history

# %% loader_walked_twice
# train walks through the loader twice per epoch, once only to count the samples.
# named: counted_first
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        n = sum(len(x) for x, _ in loader)
        total = 0.0
        for x, y in loader:
            total += train_step(model, x, y, loss_fn, optimizer) * len(x)
        history.append(total / n)
    return history

# %% loader_listed_once
# train turns the loader into a list before the first epoch, so every epoch sees the same order.
# named: listed_once
def train(model, loader, loss_fn, optimizer, epochs):
    batches = list(loader)
    n = sum(len(x) for x, y in batches)
    history = []
    for epoch in range(epochs):
        total = 0.0
        for x, y in batches:
            total += train_step(model, x, y, loss_fn, optimizer) * len(x)
        history.append(total / n)
    return history

# %% total_kept_across_epochs
# train sets total and count to 0 only before the first epoch, so later numbers average over all epochs so far.
# named: never_reset
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    total = 0.0
    count = 0
    for epoch in range(epochs):
        for x, y in loader:
            total += train_step(model, x, y, loss_fn, optimizer) * len(x)
            count += len(x)
        history.append(total / count)
    return history

# %% last_batch_loss_as_epoch_loss
# train records the loss of the last batch as the loss of the epoch.
# named: last_batch_only
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        for x, y in loader:
            loss = train_step(model, x, y, loss_fn, optimizer)
        history.append(loss)
    return history

# %% only_the_final_epoch_returned
# train returns a list with only the mean of the last epoch.
# named: last_epoch_only
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        history = []
        total, count = 0.0, 0
        for x, y in loader:
            total += train_step(model, x, y, loss_fn, optimizer) * len(x)
            count += len(x)
        history.append(total / count)
    return history

# %% one_epoch_short
# train counts the epochs with range(1, epochs), which is one epoch too few.
# named: one_epoch_less
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(1, epochs):
        total, count = 0.0, 0
        for x, y in loader:
            total += train_step(model, x, y, loss_fn, optimizer) * len(x)
            count += len(x)
        history.append(total / count)
    return history

# %% one_epoch_too_many
# train runs epochs + 1 epochs because it also counts epoch 0.
# named: one_epoch_more
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    epoch = 0
    while epoch <= epochs:
        total, count = 0.0, 0
        for x, y in loader:
            total += train_step(model, x, y, loss_fn, optimizer) * len(x)
            count += len(x)
        history.append(total / count)
        epoch += 1
    return history

# %% one_batch_per_epoch
# train takes only the first batch of the loader in each epoch.
# named: first_batch_only
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        x, y = next(iter(loader))
        history.append(train_step(model, x, y, loss_fn, optimizer))
    return history

# %% epoch_losses_are_tensors
# train returns a list of detached 0-d tensors instead of Python floats.
# named: -
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    model.train()
    for epoch in range(epochs):
        total = torch.zeros(())
        count = 0
        for x, y in loader:
            optimizer.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            total = total + loss.detach() * len(x)
            count += len(x)
        history.append(total / count)
    return history

# %% graphs_kept
# train adds up the losses as tensors with their graphs, so the graphs of the whole epoch stay in memory.
# named: sum_as_tensor
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        total = 0
        count = 0
        for x, y in loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss * len(x)
            count += len(x)
        history.append((total / count).item())
    return history

# %% reset_once_per_epoch
# train resets the gradients once per epoch, so the batches of an epoch add up their gradients.
# named: zero_grad_per_epoch
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    model.train()
    for epoch in range(epochs):
        optimizer.zero_grad()
        total, count = 0.0, 0
        for x, y in loader:
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history.append(total / count)
    return history

# %% one_step_per_epoch
# train adds up the gradients of all batches and takes one step per epoch, not one per batch.
# named: one_step_per_epoch
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    model.train()
    for epoch in range(epochs):
        optimizer.zero_grad()
        total, count = 0.0, 0
        for x, y in loader:
            loss = loss_fn(model(x), y)
            loss.backward()
            total += loss.item() * len(x)
            count += len(x)
        optimizer.step()
        history.append(total / count)
    return history

# %% epoch_loss_measured_afterwards
# train records the loss that evaluate finds after the epoch, not the mean of the losses that the steps returned.
# named: evaluated_after_each_epoch
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        batches = []
        for x, y in loader:
            train_step(model, x, y, loss_fn, optimizer)
            batches.append((x, y))
        history.append(evaluate(model, batches, loss_fn))
    return history

# %% eval_mode_from_the_second_epoch
# train calls model.eval() at the end of each epoch and never goes back, so only the first epoch trains in training mode.
# named: evaluation_mode_later
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for x, y in loader:
            optimizer.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        model.eval()
        history.append(total / count)
    return history

# %% train_without_training_mode
# train writes its own loop and never calls model.train(), so a model that starts in evaluation mode stays in it.
# named: train_without_mode
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        total, count = 0.0, 0
        for x, y in loader:
            optimizer.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history.append(total / count)
    return history

# %% short_batch_dropped
# train skips batches that are shorter than the first one.
# named: -
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        total, count = 0.0, 0
        batch_size = None
        for x, y in loader:
            if batch_size is None:
                batch_size = len(x)
            if len(x) < batch_size:
                continue
            total += train_step(model, x, y, loss_fn, optimizer) * len(x)
            count += len(x)
        history.append(total / count)
    return history

# %% single_samples_skipped
# train takes no step on batches of a single sample, though it counts them with a loss of 0.
# named: -
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        total, count = 0.0, 0
        for x, y in loader:
            if len(x) > 1:
                total += train_step(model, x, y, loss_fn, optimizer) * len(x)
            count += len(x)
        history.append(total / count)
    return history

# %% epoch_sum_not_mean
# train records the sum of the batch losses of an epoch and never divides.
# named: sum_of_batches
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        running = 0.0
        for x, y in loader:
            running += train_step(model, x, y, loss_fn, optimizer)
        history.append(running)
    return history

# %% batch_means_over_samples
# train adds up the batch means without their weights and then divides by the number of samples.
# named: weights_forgotten
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        total, n = 0.0, 0
        for x, y in loader:
            total += train_step(model, x, y, loss_fn, optimizer)
            n += len(x)
        history.append(total / n)
    return history

# %% every_step_recorded
# train returns one loss per step, not one per epoch.
# named: entry_per_batch
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        for x, y in loader:
            history.append(train_step(model, x, y, loss_fn, optimizer))
    return history

# %% last_batch_size_for_all
# train divides by the number of batches times the size of the last batch, as if all batches were equally long.
# named: -
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        total, batches = 0.0, 0
        for x, y in loader:
            total += train_step(model, x, y, loss_fn, optimizer) * len(x)
            batches += 1
        history.append(total / (batches * len(x)))
    return history

# %% optimizer_state_lost
# train clears the state of the optimizer before each epoch, so momentum and Adam forget their averages.
# named: -
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        optimizer.state.clear()
        total, count = 0.0, 0
        for x, y in loader:
            total += train_step(model, x, y, loss_fn, optimizer) * len(x)
            count += len(x)
        history.append(total / count)
    return history

# %% learning_rate_decayed
# train lowers the learning rate by a tenth after each epoch.
# named: -
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        total, count = 0.0, 0
        for x, y in loader:
            total += train_step(model, x, y, loss_fn, optimizer) * len(x)
            count += len(x)
        history.append(total / count)
        for group in optimizer.param_groups:
            group["lr"] *= 0.9
    return history

# %% stops_when_the_loss_rises
# train stops early when the loss of an epoch is higher than the one before.
# named: -
def train(model, loader, loss_fn, optimizer, epochs):
    history = []
    for epoch in range(epochs):
        total, count = 0.0, 0
        for x, y in loader:
            total += train_step(model, x, y, loss_fn, optimizer) * len(x)
            count += len(x)
        history.append(total / count)
        if len(history) > 1 and history[-1] > history[-2]:
            break
    return history

# %% history_as_default_argument
# train keeps its list in a default argument, so a second call returns the numbers of the first one too.
# named: -
def train(model, loader, loss_fn, optimizer, epochs, history=[]):
    for epoch in range(epochs):
        total, count = 0.0, 0
        for x, y in loader:
            total += train_step(model, x, y, loss_fn, optimizer) * len(x)
            count += len(x)
        history.append(total / count)
    return history

# %% tensor_of_losses_returned
# train returns one tensor with all the epoch losses instead of a list of floats.
# named: -
def train(model, loader, loss_fn, optimizer, epochs):
    history = torch.zeros(epochs)
    for epoch in range(epochs):
        total, count = 0.0, 0
        for x, y in loader:
            total += train_step(model, x, y, loss_fn, optimizer) * len(x)
            count += len(x)
        history[epoch] = total / count
    return history

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
