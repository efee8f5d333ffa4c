# %% generator_ignored
# make_data draws from the global generator and not from gen.
# named: generator_unused
import torch

def make_data(n, gen):
    x = torch.rand(n, 1)
    y = 3 * x + 0.8
    return x, y

# %% global_seed_set
# make_data seeds the global generator with the seed of gen, so global state changes and a second call gives the same data.
# named: global_generator_seeded, generator_seeded_again
def make_data(n, gen):
    torch.manual_seed(gen.initial_seed())
    x = torch.rand(n, 1)
    return x, 3 * x + 0.8

# %% generator_restarted
# make_data sets gen back to its seed first, so a second call with the same generator gives the same data.
# named: generator_seeded_again
def make_data(n, gen):
    gen.manual_seed(gen.initial_seed())
    x = torch.rand(n, 1, generator=gen)
    return x, 3 * x + 0.8

# %% vectors_for_columns
# make_data returns x and y of shape [n] and not [n, 1].
# named: flat_data
def make_data(n, gen):
    x = torch.rand(n, generator=gen)
    y = 3 * x + 0.8
    return x, y

# %% normal_numbers
# make_data draws x from the normal distribution and not uniformly.
# named: normal_inputs
def make_data(n, gen):
    x = torch.randn(n, 1, generator=gen)
    return x, x * 3 + 0.8

# %% noise_added
# make_data adds noise to y, which is then not on the line.
# named: noisy_targets
def make_data(n, gen):
    x = torch.rand(n, 1, generator=gen)
    y = 3 * x + 0.8 + 0.1 * torch.randn(n, 1, generator=gen)
    return x, y

# %% data_in_float64
# make_data returns float64.
# named: data_in_float64
def make_data(n, gen):
    x = torch.rand(n, 1, generator=gen, dtype=torch.float64)
    return x, 3 * x + 0.8

# %% slope_and_intercept_swapped
# make_data uses 0.8 as the slope and 3 as the intercept.
# named: swapped_line
def make_data(n, gen):
    x = torch.rand(n, 1, generator=gen)
    y = 0.8 * x + 3
    return x, y

# %% x_from_minus_one
# make_data draws x from [-1, 1) and not from [0, 1).
# named: centred_inputs
def make_data(n, gen):
    x = 2 * torch.rand(n, 1, generator=gen) - 1
    return x, 3 * x + 0.8

# %% evenly_spaced_x
# make_data spaces x evenly with linspace and does not use gen.
# named: even_inputs
def make_data(n, gen):
    x = torch.linspace(0, 1, n).reshape(n, 1)
    return x, 3 * x + 0.8

# %% one_number_for_all
# make_data draws one number and uses it for all samples.
# named: -
def make_data(n, gen):
    x = torch.rand(1, 1, generator=gen).repeat(n, 1)
    return x, 3 * x + 0.8

# %% eleven_values_only
# make_data draws tenths, so that x takes only the values 0, 0.1, ..., 0.9.
# named: -
def make_data(n, gen):
    x = torch.randint(0, 10, (n, 1), generator=gen).float() / 10
    return x, 3 * x + 0.8

# %% bias_forgotten
# predict leaves out b.
# named: predict_without_bias
def predict(x, w, b):
    return x * w

# %% w_and_b_swapped
# predict multiplies by b and adds w.
# named: predict_swapped
def predict(x, w, b):
    return x * b + w

# %% bias_before_the_product
# predict adds b to x before it multiplies by w.
# named: predict_bias_inside
def predict(x, w, b):
    return (x + b) * w

# %% bias_subtracted
# predict subtracts b.
# named: -
def predict(x, w, b):
    return torch.mm(x, w) - b

# %% flat_prediction
# predict flattens its result to [n].
# named: predict_flat
def predict(x, w, b):
    return (x @ w + b).flatten()

# %% prediction_overwrites_x
# predict works in place on x, so the caller's samples change.
# named: -
def predict(x, w, b):
    x *= w
    x += b
    return x

# %% prediction_without_gradients
# predict uses the number in w, so that no gradient reaches w.
# named: -
def predict(x, w, b):
    return x * w.item() + b

# %% prediction_in_float32
# predict converts x to float32 first, and a float64 result loses its precision.
# named: -
def predict(x, w, b):
    return (x.float() * w.float() + b.float()).to(x.dtype)

# %% strides_ignored
# predict reads x with stride 1, which gives other numbers for a strided x.
# named: -
def predict(x, w, b):
    flat = torch.as_strided(x, (x.shape[0], 1), (1, 1))
    return flat * w + b

# %% negative_values_cut
# predict sets negative values to zero.
# named: -
def predict(x, w, b):
    return torch.clamp(x * w + b, min=0)

# %% sum_of_squares
# loss takes the sum and not the mean.
# named: loss_sum
def loss(pred, y):
    return ((pred - y) ** 2).sum()

# %% half_the_mean
# loss divides by 2n in place of n.
# named: loss_halved
def loss(pred, y):
    n = y.shape[0]
    return ((pred - y) ** 2).sum() / (2 * n)

# %% absolute_errors
# loss takes the mean of the absolute errors.
# named: loss_absolute
def loss(pred, y):
    return (pred - y).abs().mean()

# %% root_of_the_mean
# loss takes the square root of the mean.
# named: loss_root
def loss(pred, y):
    return torch.sqrt(((pred - y) ** 2).mean())

# %% column_minus_row
# loss flattens y but not pred, and the difference broadcasts to [n, n].
# named: loss_row_against_column
def loss(pred, y):
    return ((pred - y.flatten()) ** 2).mean()

# %% loss_with_one_axis
# loss takes the mean over the first axis only, so its shape is [1] and not 0-d.
# named: loss_keeps_axis
def loss(pred, y):
    return ((pred - y) ** 2).mean(dim=0)

# %% loss_as_a_number
# loss returns a Python float and not a 0-d tensor, and the history is lost.
# named: loss_as_number
def loss(pred, y):
    return ((pred - y) ** 2).mean().item()

# %% square_of_the_mean_error
# loss squares the mean error and does not average the squared errors.
# named: loss_square_of_mean
def loss(pred, y):
    return (pred - y).mean() ** 2

# %% divided_by_n_minus_one
# loss divides by n - 1 in place of n.
# named: -
def loss(pred, y):
    return torch.sum((pred - y) ** 2) / (len(y) - 1)

# %% difference_of_squares
# loss averages pred^2 - y^2 in place of (pred - y)^2.
# named: -
def loss(pred, y):
    return (pred ** 2 - y ** 2).mean()

# %% pred_overwritten
# loss subtracts y from pred in place, so the caller's predictions change.
# named: -
def loss(pred, y):
    pred -= y
    return (pred ** 2).mean()

# %% large_errors_cut
# loss limits the errors to the range from -100 to 100, so large losses are too small.
# named: -
def loss(pred, y):
    error = torch.clamp(pred - y, -100, 100)
    return (error ** 2).mean()

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

# %% line_of_the_data
# plot_fit draws the line 3x + 0.8 and not the model.
# named: plot_true_line
def plot_fit(ax, x, y, w, b):
    ax.scatter(x.flatten(), y.flatten())
    ends = torch.stack([x.min(), x.max()])
    ax.plot(ends, 3 * ends + 0.8)

# %% samples_joined_by_a_line
# plot_fit draws the samples with a line between them.
# named: plot_samples_joined
def plot_fit(ax, x, y, w, b):
    ax.plot(x.flatten(), y.flatten(), marker="o")
    ends = torch.stack([x.min(), x.max()])
    ax.plot(ends, w.item() * ends + b.item())

# %% drawn_with_pyplot
# plot_fit draws with plt, on the current axes, which need not be ax.
# named: plot_on_other_axes
import matplotlib.pyplot as plt

def plot_fit(ax, x, y, w, b):
    plt.scatter(x.flatten(), y.flatten())
    ends = torch.stack([x.min(), x.max()])
    plt.plot(ends, w.item() * ends + b.item())

# %% line_from_zero_to_one
# plot_fit draws the line from 0 to 1 whatever the range of x is.
# named: plot_over_unit_interval
def plot_fit(ax, x, y, w, b):
    ax.scatter(x.flatten(), y.flatten())
    ax.plot([0, 1], [b.item(), w.item() + b.item()])

# %% predictions_as_points
# plot_fit draws the predictions as a second set of points and no line.
# named: plot_line_as_points, plot_without_line
def plot_fit(ax, x, y, w, b):
    ax.scatter(x.flatten(), y.flatten(), color="blue")
    ax.scatter(x.flatten(), (x * w.item() + b.item()).flatten(), color="red")

# %% line_with_markers
# plot_fit gives the line markers.
# named: plot_line_with_markers
def plot_fit(ax, x, y, w, b):
    ax.scatter(x.flatten(), y.flatten())
    ends = torch.stack([x.min(), x.max()])
    ax.plot(ends, w.item() * ends + b.item(), "o-")

# %% axes_swapped
# plot_fit draws the samples with y on the horizontal axis.
# named: plot_swapped_axes
def plot_fit(ax, x, y, w, b):
    ax.scatter(y.flatten(), x.flatten())
    ends = torch.stack([x.min(), x.max()])
    ax.plot(ends, w.item() * ends + b.item())

# %% first_to_last_sample
# plot_fit draws the line from the first to the last sample, which need not be the smallest and the largest x.
# named: plot_first_to_last
def plot_fit(ax, x, y, w, b):
    ax.plot(x.flatten(), y.flatten(), "o")
    ends = torch.stack([x[0, 0], x[-1, 0]])
    ax.plot(ends, w.item() * ends + b.item())

# %% slope_and_offset_swapped_in_the_plot
# plot_fit draws bx + w in place of xw + b.
# named: -
def plot_fit(ax, x, y, w, b):
    ax.scatter(x.flatten(), y.flatten())
    ends = torch.stack([x.min(), x.max()])
    ax.plot(ends, b.item() * ends + w.item())

# %% no_bias_in_the_plot
# plot_fit draws xw and leaves out b.
# named: plot_without_bias
def plot_fit(ax, x, y, w, b):
    ax.scatter(x.flatten(), y.flatten())
    ends = torch.stack([x.min(), x.max()])
    ax.plot(ends, w.item() * ends)

# %% plot_without_detach
# plot_fit hands predictions that require gradients to Matplotlib, which raises.
# named: plot_not_detached
def plot_fit(ax, x, y, w, b):
    ax.scatter(x.flatten(), y.flatten())
    ax.plot(x.flatten(), (x * w + b).flatten())

# %% training_ends_with_the_plot
# plot_fit switches requires_grad of w and b off, so they can't be trained any more.
# named: plot_ends_learning
def plot_fit(ax, x, y, w, b):
    w.requires_grad_(False)
    b.requires_grad_(False)
    ax.scatter(x.flatten(), y.flatten())
    ends = torch.stack([x.min(), x.max()])
    ax.plot(ends, w[0, 0] * ends + b)

# %% second_line_for_the_truth
# plot_fit draws a second line, the true one, beside the model.
# named: plot_true_line_too
def plot_fit(ax, x, y, w, b):
    ax.scatter(x.flatten(), y.flatten())
    ends = torch.stack([x.min(), x.max()])
    ax.plot(ends, w.item() * ends + b.item())
    ax.plot(ends, 3 * ends + 0.8, "--")

# %% line_in_pieces
# plot_fit draws the model as many separate lines, one between each two neighbours, and not as one line.
# named: -
def plot_fit(ax, x, y, w, b):
    ax.scatter(x.flatten(), y.flatten())
    xs = sorted(x.flatten().tolist())
    for left, right in zip(xs, xs[1:]):
        ax.plot([left, right], [w.item() * left + b.item(), w.item() * right + b.item()], "r-")

# %% x_sorted_without_y
# plot_fit sorts x but not y, so the points are at wrong places.
# named: plot_x_sorted_alone
def plot_fit(ax, x, y, w, b):
    xs = x.flatten().sort().values
    ax.scatter(xs, y.flatten())
    ax.plot(xs, w.item() * xs + b.item())

# %% line_sorted_without_predictions
# plot_fit draws the sorted x against the unsorted predictions, which gives a zigzag.
# named: plot_line_sorted_alone
def plot_fit(ax, x, y, w, b):
    ax.scatter(x.flatten(), y.flatten())
    pred = (x * w.item() + b.item()).flatten()
    ax.plot(x.flatten().sort().values, pred)

# %% polyfit_in_place_of_the_model
# plot_fit draws the least-squares line of the samples and not xw + b.
# named: -
import numpy as np

def plot_fit(ax, x, y, w, b):
    xs, ys = x.flatten().numpy(), y.flatten().numpy()
    ax.scatter(xs, ys)
    c = np.polyfit(xs, ys, 1)
    ax.plot([xs.min(), xs.max()], np.polyval(c, [xs.min(), xs.max()]))

# %% arange_misses_the_end
# plot_fit draws the line over arange, which stops before the largest x.
# named: -
import numpy as np

def plot_fit(ax, x, y, w, b):
    ax.scatter(x.flatten(), y.flatten())
    lo, hi = x.min().item(), x.max().item()
    t = np.arange(lo, hi, (hi - lo) / 10 + 1e-3)
    ax.plot(t, w.item() * t + b.item())

# %% points_on_the_model
# plot_fit draws the points at the predictions and not at y.
# named: plot_predictions_as_points
def plot_fit(ax, x, y, w, b):
    pred = (x * w.item() + b.item()).flatten()
    ax.scatter(x.flatten(), pred)
    ends = torch.stack([x.min(), x.max()])
    ax.plot(ends, w.item() * ends + b.item())

# %% first_ten_samples_only
# plot_fit draws only the first ten samples.
# named: -
def plot_fit(ax, x, y, w, b):
    ax.scatter(x[:10].flatten(), y[:10].flatten())
    ends = torch.stack([x.min(), x.max()])
    ax.plot(ends, w.item() * ends + b.item())

# %% rounded_parameters
# plot_fit rounds w and b to one digit before it draws the line.
# named: -
def plot_fit(ax, x, y, w, b):
    k, d = round(w.item(), 1), round(b.item(), 1)
    ax.scatter(x.flatten(), y.flatten())
    ends = torch.stack([x.min(), x.max()])
    ax.plot(ends, k * ends + d, label=f"y = {k}x + {d}")
