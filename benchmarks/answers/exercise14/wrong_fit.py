# %% one_step_short
# fit starts its range at 1 and makes one step too few.
# named: fit_step_too_few
def fit(x, y, lr, steps):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    losses = []
    for i in range(1, steps):
        losses.append(step(w, b, x, y, lr))
    return w, b, losses

# %% random_start
# fit starts from random numbers and not from zero.
# named: fit_from_ones
def fit(x, y, lr, steps):
    w = torch.randn(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    losses = []
    for i in range(steps):
        losses.append(step(w, b, x, y, lr))
    return w, b, losses

# %% start_at_one
# fit starts with w = 1.
# named: fit_from_ones, fit_weight_from_one
def fit(x, y, lr, steps):
    w = torch.ones((1, 1), dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    losses = [step(w, b, x, y, lr) for _ in range(steps)]
    return w, b, losses

# %% fit_in_float32
# fit makes w and b in float32 also for a float64 x.
# named: fit_in_float32
def fit(x, y, lr, steps):
    w = torch.zeros(1, 1, requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    losses = [step(w, b, x, y, lr) for _ in range(steps)]
    return w, b, losses

# %% bias_with_an_axis
# fit returns b with shape [1] in place of 0-d.
# named: fit_bias_with_axis
def fit(x, y, lr, steps):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros(1, dtype=x.dtype, requires_grad=True)
    losses = [step(w, b, x, y, lr) for _ in range(steps)]
    return w, b, losses

# %% detached_result
# fit returns detached w and b, which do not require gradients.
# named: fit_detached
def fit(x, y, lr, steps):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    losses = [step(w, b, x, y, lr) for _ in range(steps)]
    return w.detach(), b.detach(), losses

# %% result_not_leaves
# fit returns clones of w and b, which have a history and are not leaves.
# named: fit_detached
def fit(x, y, lr, steps):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    losses = [step(w, b, x, y, lr) for _ in range(steps)]
    return w.clone(), b.clone(), losses

# %% list_as_default_value
# fit keeps its losses in a default argument, so a second fit adds to the list of the first.
# named: -
def fit(x, y, lr, steps, losses=[]):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    for _ in range(steps):
        losses.append(step(w, b, x, y, lr))
    return w, b, losses

# %% parameters_shared_by_all_fits
# fit keeps w and b for each dtype in a dictionary, so a second fit goes on with the same tensors.
# named: -
PARAMETERS = {}

def fit(x, y, lr, steps):
    if x.dtype not in PARAMETERS:
        PARAMETERS[x.dtype] = (torch.zeros(1, 1, dtype=x.dtype, requires_grad=True), torch.zeros((), dtype=x.dtype, requires_grad=True))
    w, b = PARAMETERS[x.dtype]
    losses = [step(w, b, x, y, lr) for _ in range(steps)]
    return w, b, losses

# %% final_loss_appended
# fit also appends the loss after the last step, so the list is one too long.
# named: fit_final_loss_too
def fit(x, y, lr, steps):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    losses = []
    for _ in range(steps):
        losses.append(step(w, b, x, y, lr))
    losses.append(loss(predict(x, w, b), y).item())
    return w, b, losses

# %% only_the_last_loss
# fit returns the last loss and not the list of all losses.
# named: fit_last_loss
def fit(x, y, lr, steps):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    last = 0.0
    for _ in range(steps):
        last = step(w, b, x, y, lr)
    return w, b, last

# %% zero_steps_raise
# fit prints the loss of the last step after the loop; it does not exist when steps is 0, so fit raises.
# named: -
def fit(x, y, lr, steps):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    losses = []
    for i in range(steps):
        current = step(w, b, x, y, lr)
        losses.append(current)
    print("last loss", current)
    return w, b, losses

# %% stops_when_it_looks_good
# fit stops before all steps are done when the loss hardly changes.
# named: -
def fit(x, y, lr, steps):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    losses = []
    for _ in range(steps):
        losses.append(step(w, b, x, y, lr))
        if len(losses) > 1 and abs(losses[-1] - losses[-2]) < 1e-2:
            break
    return w, b, losses

# %% rate_falls
# fit lowers the rate by one percent after every step.
# named: -
def fit(x, y, lr, steps):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    losses = []
    for _ in range(steps):
        losses.append(step(w, b, x, y, lr))
        lr = lr * 0.99
    return w, b, losses

# %% sample_after_sample
# fit uses one sample in each step, one after the other, and not all samples.
# named: -
def fit(x, y, lr, steps):
    w = torch.zeros(1, 1, dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    losses = []
    for i in range(steps):
        k = i % len(x)
        losses.append(step(w, b, x[k:k + 1], y[k:k + 1], lr))
    return w, b, losses
