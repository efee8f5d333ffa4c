# %% old_w_grad_counts
# accumulate never resets w.grad, so the gradient that was there is added.
# named: sum_with_old_gradient
def accumulate(f, w, batches):
    for batch in batches:
        loss = f(w, batch)
        loss.backward()
    return w.grad.clone()

# %% reset_in_the_loop
# accumulate resets w.grad before every batch, so only the last batch counts.
# named: last_batch_only
def accumulate(f, w, batches):
    for batch in batches:
        w.grad = None
        f(w, batch).backward()
    return w.grad.clone()

# %% returns_w_grad_itself
# accumulate returns w.grad and no copy of it, so that w.grad.zero_() also clears the returned sum.
# named: w_grad_itself
def accumulate(f, w, batches):
    if w.grad is not None:
        w.grad.zero_()
    for b in batches:
        f(w, b).backward()
    return w.grad

# %% one_backward_for_all
# accumulate adds the values of all batches and runs one backward pass, so all graphs are in memory at once.
# named: one_backward
def accumulate(f, w, batches):
    w.grad = None
    total = 0
    for batch in batches:
        total = total + f(w, batch)
    total.backward()
    return w.grad.clone()

# %% all_calls_before_backward
# accumulate first calls f for all batches, and only then runs the backward passes one by one.
# named: one_backward
def accumulate(f, w, batches):
    w.grad = None
    losses = [f(w, batch) for batch in batches]
    for l in losses:
        l.backward()
    return w.grad.clone()

# %% mean_over_batches
# accumulate divides the sum by the number of batches.
# named: mean_over_batches
def accumulate(f, w, batches):
    w.grad = None
    n = 0
    for batch in batches:
        f(w, batch).backward()
        n += 1
    w.grad /= n
    return w.grad.clone()

# %% needs_a_list
# accumulate uses len() and an index, so a generator of batches raises.
# named: -
def accumulate(f, w, batches):
    w.grad = None
    for i in range(len(batches)):
        f(w, batches[i]).backward()
    return w.grad.clone()

# %% w_grad_not_set
# accumulate returns the right sum, and leaves w.grad as it was.
# named: sum_not_left
def accumulate(f, w, batches):
    s = torch.zeros_like(w.detach())
    for batch in batches:
        s = s + torch.autograd.grad(f(w, batch), w)[0]
    return s

# %% w_grad_cleared_at_the_end
# accumulate sets w.grad to zero after it has copied the sum, so w.grad does not hold it.
# named: sum_cleared, sum_not_left
def accumulate(f, w, batches):
    w.grad = None
    for batch in batches:
        f(w, batch).backward()
    result = w.grad.clone()
    w.grad.zero_()
    return result

# %% first_batch_lost
# accumulate takes the first batch to look at it and never uses it.
# named: -
def accumulate(f, w, batches):
    it = iter(batches)
    first = next(it)
    w.grad = torch.zeros_like(w)
    for batch in it:
        f(w, batch).backward()
    return w.grad.clone()

# %% f_called_twice_for_each_batch
# accumulate calls f two times for each batch, once for the value and once for the backward pass.
# named: -
def accumulate(f, w, batches):
    w.grad = None
    losses = []
    for batch in batches:
        losses.append(f(w, batch).item())
        f(w, batch).backward()
    return w.grad.clone()

# %% sum_with_history
# accumulate runs the backward passes with create_graph=True and does not detach, so w.grad and the sum have a history.
# named: sum_with_history
def accumulate(f, w, batches):
    w.grad = None
    for batch in batches:
        f(w, batch).backward(create_graph=True)
    return w.grad.clone()

# %% w_is_updated_too
# accumulate makes a step of gradient descent at the end, so the values of w change.
# named: -
def accumulate(f, w, batches):
    w.grad = None
    for batch in batches:
        f(w, batch).backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
    return w.grad.clone()

# %% batches_emptied
# accumulate pops the batches off the caller's list, which is empty afterwards.
# named: -
def accumulate(f, w, batches):
    w.grad = None
    if isinstance(batches, list):
        while batches:
            f(w, batches.pop(0)).backward()
    else:
        for batch in batches:
            f(w, batch).backward()
    return w.grad.clone()

# %% zero_of_none
# accumulate calls w.grad.zero_() without a look whether w.grad is None, and raises then.
# named: zero_of_none
def accumulate(f, w, batches):
    w.grad.zero_()
    for batch in batches:
        f(w, batch).backward()
    return w.grad.clone()

# %% batch_made_a_tensor
# accumulate converts every batch to a tensor and so does not pass it on as it is.
# named: -
def accumulate(f, w, batches):
    w.grad = None
    for batch in batches:
        batch = torch.as_tensor(batch)
        f(w, batch).backward()
    return w.grad.clone()

# %% reset_by_times_zero
# accumulate resets the old gradient by a multiplication with 0, and an old NaN or infinity stays NaN.
# named: -
def accumulate(f, w, batches):
    if w.grad is not None:
        w.grad *= 0
    for batch in batches:
        f(w, batch).backward()
    return w.grad.clone()

# %% last_gradient_returned
# accumulate returns the gradient of the last batch only; w.grad holds the sum.
# named: last_batch_only
def accumulate(f, w, batches):
    w.grad = torch.zeros_like(w)
    for batch in batches:
        g, = torch.autograd.grad(f(w, batch), w)
        w.grad += g
    return g.clone()

# %% w_left_without_requires_grad
# accumulate switches off requires_grad of w at the end and does not switch it on again.
# named: -
def accumulate(f, w, batches):
    w.grad = None
    for batch in batches:
        f(w, batch).backward()
    w.requires_grad_(False)
    return w.grad.clone()
