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
