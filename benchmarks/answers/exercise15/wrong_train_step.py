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
# named: step_on_nothing, step_before_backward
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
