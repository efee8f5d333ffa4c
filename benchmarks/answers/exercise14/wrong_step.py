# %% old_gradient_counts
# step never resets .grad, so an older gradient is added.
# named: step_without_reset
def step(w, b, x, y, lr):
    l = loss(predict(x, w, b), y)
    l.backward()
    with torch.no_grad():
        w -= lr * w.grad
        b -= lr * b.grad
    return l.item()

# %% only_w_reset
# step resets the gradient of w but not that of b.
# named: step_bias_gradient_kept
def step(w, b, x, y, lr):
    w.grad = None
    l = loss(predict(x, w, b), y)
    l.backward()
    with torch.no_grad():
        w -= lr * w.grad
        b -= lr * b.grad
    return l.item()

# %% new_tensors_under_old_names
# step binds the names w and b to new tensors, and the caller's w and b do not move.
# named: step_without_effect
def step(w, b, x, y, lr):
    l = loss(predict(x, w, b), y)
    gw, gb = torch.autograd.grad(l, (w, b))
    w = w - lr * gw
    b = b - lr * gb
    return l.item()

# %% uphill
# step adds the gradient in place of subtracting it.
# named: step_uphill
def step(w, b, x, y, lr):
    l = loss(predict(x, w, b), y)
    gw, gb = torch.autograd.grad(l, (w, b))
    with torch.no_grad():
        w += lr * gw
        b += lr * gb
    return l.item()

# %% updated_while_recording
# step updates the leaves in place without no_grad, which raises.
# named: step_recorded
def step(w, b, x, y, lr):
    w.grad = None
    b.grad = None
    l = loss(predict(x, w, b), y)
    l.backward()
    w -= lr * w.grad
    b -= lr * b.grad
    return l.item()

# %% loss_after_the_step
# step returns the loss after the update and not before it.
# named: step_loss_after
def step(w, b, x, y, lr):
    l = loss(predict(x, w, b), y)
    gw, gb = torch.autograd.grad(l, (w, b))
    with torch.no_grad():
        w -= lr * gw
        b -= lr * gb
        return loss(predict(x, w, b), y).item()

# %% loss_as_a_tensor
# step returns a tensor and not a Python float.
# named: step_loss_as_tensor
def step(w, b, x, y, lr):
    l = loss(predict(x, w, b), y)
    gw, gb = torch.autograd.grad(l, (w, b))
    with torch.no_grad():
        w -= lr * gw
        b -= lr * gb
    return l.detach()

# %% bias_stays
# step updates w only.
# named: step_bias_stays
def step(w, b, x, y, lr):
    l = loss(predict(x, w, b), y)
    gw = torch.autograd.grad(l, w)[0]
    with torch.no_grad():
        w -= lr * gw
    return l.item()

# %% w_moves_before_the_gradient_of_b
# step moves w first and takes the gradient of b at the new w.
# named: step_one_by_one
def step(w, b, x, y, lr):
    l = loss(predict(x, w, b), y)
    gw, = torch.autograd.grad(l, w)
    with torch.no_grad():
        w -= lr * gw
    gb, = torch.autograd.grad(loss(predict(x, w, b), y), b)
    with torch.no_grad():
        b -= lr * gb
    return l.item()

# %% rate_forgotten
# step subtracts the gradients without the rate lr.
# named: step_without_rate
def step(w, b, x, y, lr):
    l = loss(predict(x, w, b), y)
    gw, gb = torch.autograd.grad(l, (w, b))
    with torch.no_grad():
        w -= gw
        b -= gb
    return l.item()

# %% factor_two_missing
# step uses formulas for the gradients without the factor 2.
# named: step_half
def step(w, b, x, y, lr):
    with torch.no_grad():
        e = predict(x, w, b) - y
        before = loss(predict(x, w, b), y).item()
        w -= lr * (e * x).mean()
        b -= lr * e.mean()
    return before

# %% recording_left_off
# step switches recording off for the update and never on again, so later gradients are not recorded.
# named: -
def step(w, b, x, y, lr):
    torch.set_grad_enabled(True)
    l = loss(predict(x, w, b), y)
    gw, gb = torch.autograd.grad(l, (w, b))
    torch.set_grad_enabled(False)
    w -= lr * gw
    b -= lr * gb
    return l.item()

# %% leaves_without_requires_grad
# step switches requires_grad of w and b off for the update and leaves it off.
# named: step_requires_no_more
def step(w, b, x, y, lr):
    w.requires_grad_(True)
    b.requires_grad_(True)
    l = loss(predict(x, w, b), y)
    gw, gb = torch.autograd.grad(l, (w, b))
    w.requires_grad_(False)
    b.requires_grad_(False)
    w -= lr * gw
    b -= lr * gb
    return l.item()

# %% loss_used_as_gradient
# step subtracts lr times the loss in place of lr times the gradient.
# named: step_by_the_loss
def step(w, b, x, y, lr):
    with torch.no_grad():
        l = loss(predict(x, w, b), y)
        w -= lr * l
        b -= lr * l
    return l.item()

# %% reset_before_the_update
# step sets the gradients to zero between backward and the update, so nothing moves.
# named: step_without_effect
def step(w, b, x, y, lr):
    w.grad = None
    b.grad = None
    l = loss(predict(x, w, b), y)
    l.backward()
    w.grad.zero_()
    b.grad.zero_()
    with torch.no_grad():
        w -= lr * w.grad
        b -= lr * b.grad
    return l.item()

# %% reset_of_none
# step calls zero_() on w.grad and b.grad, which raises when they are None.
# named: -
def step(w, b, x, y, lr):
    w.grad.zero_()
    b.grad.zero_()
    l = loss(predict(x, w, b), y)
    l.backward()
    with torch.no_grad():
        w -= lr * w.grad
        b -= lr * b.grad
    return l.item()

# %% one_sample_only
# step uses the first sample and not all of them for the gradient.
# named: -
def step(w, b, x, y, lr):
    before = loss(predict(x, w, b), y).item()
    l = loss(predict(x[:1], w, b), y[:1])
    gw, gb = torch.autograd.grad(l, (w, b))
    with torch.no_grad():
        w -= lr * gw
        b -= lr * gb
    return before

# %% gradients_clipped
# step limits the gradients to the range from -1 to 1.
# named: -
def step(w, b, x, y, lr):
    l = loss(predict(x, w, b), y)
    gw, gb = torch.autograd.grad(l, (w, b))
    with torch.no_grad():
        w -= lr * gw.clamp(-1, 1)
        b -= lr * gb.clamp(-1, 1)
    return l.item()

# %% loss_rounded
# step rounds the loss that it returns to four digits, so small losses become 0.
# named: -
def step(w, b, x, y, lr):
    l = loss(predict(x, w, b), y)
    gw, gb = torch.autograd.grad(l, (w, b))
    with torch.no_grad():
        w -= lr * gw
        b -= lr * gb
    return round(l.item(), 4)

# %% small_loss_stops
# step makes no update when the loss is below 1e-3.
# named: -
def step(w, b, x, y, lr):
    l = loss(predict(x, w, b), y)
    if l.item() < 1e-3:
        return l.item()
    gw, gb = torch.autograd.grad(l, (w, b))
    with torch.no_grad():
        w -= lr * gw
        b -= lr * gb
    return l.item()

# %% hook_left_behind
# step registers hooks that apply the rate to the gradient and does not remove them, so later gradients of w and b are scaled.
# named: -
def step(w, b, x, y, lr):
    w.grad = None
    b.grad = None
    w.register_hook(lambda g: lr * g)
    b.register_hook(lambda g: lr * g)
    l = loss(predict(x, w, b), y)
    l.backward()
    with torch.no_grad():
        w -= w.grad
        b -= b.grad
    return l.item()
