"""What learners get wrong in linear regression with autograd, each function spoiled in one place."""

from __future__ import annotations

import torch
from reference import fit, loss, make_data, plot_fit, predict, step

from grader.checks import edit, mistake

# --- make_data


flat_data = edit("make_data", {"1, ": ""}).says("x and y are flat, [n]: each sample is a row, so the shape is [n, 1]")
generator_unused = edit("make_data", {", generator=gen": ""}).says(
    "the generator is not used: its seed does not decide on the data"
)


@mistake("make_data", "the generator is seeded anew in every call: its next numbers are to be others")
def generator_seeded_again(n, gen):
    return make_data(n, gen.manual_seed(gen.initial_seed()))


@mistake("make_data", "the seed of the generator is given to the global one, whose numbers all others use, too")
def global_generator_seeded(n, gen):
    torch.manual_seed(int(torch.randint(2**31, (), generator=gen)))
    x = torch.rand(n, 1)
    return x, 3 * x + 0.8


normal_inputs = edit("make_data", {"rand": "randn"}).says(
    "x is drawn from a normal distribution; a uniform one on [0, 1) is asked for"
)
centred_inputs = edit("make_data", {"torch.rand(n, 1, generator=gen)": "2 * torch.rand(n, 1, generator=gen) - 1"}).says(
    "x lies in [−1, 1); [0, 1) is asked for"
)
even_inputs = edit("make_data", {"rand(n, 1, generator=gen)": "linspace(0, 1, n + 1)[:n, None]"}).says(
    "the inputs are evenly spaced; they are to be drawn at random"
)


@mistake("make_data", "slope and intercept are swapped")
def swapped_line(n, gen):
    x, _ = make_data(n, gen)
    return x, 0.8 * x + 3


@mistake("make_data", "noise is added to y: here the samples lie exactly on the line")
def noisy_targets(n, gen):
    x, y = make_data(n, gen)
    return x, y + 0.1 * torch.randn(n, 1, generator=gen)


data_in_float64 = edit("make_data", {"=gen": "=gen, dtype=torch.float64"}).says(
    "the data are float64; float32, PyTorch's default, is asked for"
)


# --- predict


predict_without_bias = edit("predict", {"w + b": "w"}).says("the bias is missing")
predict_flat = edit("predict", {"x @ w + b": "(x @ w + b)[:, 0]"}).says(
    "this is flat, [n]: against a column y, [n, 1], it will be broadcast to [n, n]"
)
predict_swapped = edit("predict", {"@ w + b": "* b + w"}).says("weight and bias are swapped")
predict_bias_inside = edit("predict", {"x @ w + b": "(x + b) @ w"}).says(
    "the bias is multiplied, too: this is (x + b)·w"
)


# --- loss


loss_sum = edit("loss", {"mean": "sum"}).says(
    "this is the sum; without the mean, the step grows with the number of samples"
)
loss_halved = edit("loss", {"()": "() / 2"}).says("here the mean is halved: that is another convention")
loss_absolute = edit("loss", {"(pred - y) ** 2": "pred - y).abs("}).says(
    "the errors are not squared: the mean absolute error is something else"
)
loss_signed = edit("loss", {"(pred - y) ** 2": "pred - y"}).says(
    "errors of both signs cancel: they must be squared before the mean"
)
loss_square_of_mean = edit("loss", {"((pred - y) ** 2).mean()": "(pred - y).mean() ** 2"}).says(
    "the mean is squared; it is the squares whose mean is asked for"
)
loss_root = edit("loss", {"()": "().sqrt()"}).says("this is the root of the mean square")
loss_keeps_axis = edit("loss", {"()": "(0)"}).says(
    "the mean over the rows alone leaves an axis: [1]; a 0-d tensor is asked for"
)
loss_row_against_column = edit("loss", {"pred -": "pred[:, 0] -"}).says(
    "a row meets a column: all differences, [n, n], instead of n"
)
loss_as_number = edit("loss", {"()": "().item()"}).says("this is a number without a history: backward needs the tensor")


# --- step


def gradients_after(w, b, x, y, *, reset=True):
    """The loss before the step, a tensor; w.grad and b.grad are there."""
    if reset:
        w.grad = b.grad = None
    before = loss(predict(x, w, b), y)
    before.backward()
    return before


@mistake("step", "this goes along the gradient, uphill: the loss grows")
def step_uphill(w, b, x, y, lr):
    return step(w, b, x, y, -lr)


@mistake("step", "the learning rate is not used")
def step_without_rate(w, b, x, y, lr):
    return step(w, b, x, y, 1.0)


@mistake("step", "the gradients are never reset: backward adds to what is there")
def step_without_reset(w, b, x, y, lr):
    before = gradients_after(w, b, x, y, reset=False)
    with torch.no_grad():
        w -= lr * w.grad
        b -= lr * b.grad
    return before.item()


@mistake("step", "the gradients are reset after the step only: w and b may come with older ones")
def step_reset_at_the_end(w, b, x, y, lr):
    before = step_without_reset(w, b, x, y, lr)
    w.grad = b.grad = None
    return before


@mistake("step", "only w.grad is reset, not b.grad")
def step_bias_gradient_kept(w, b, x, y, lr):
    w.grad = None
    return step_without_reset(w, b, x, y, lr)


@mistake("step", "only b.grad is reset, not w.grad")
def step_weight_gradient_kept(w, b, x, y, lr):
    b.grad = None
    return step_without_reset(w, b, x, y, lr)


@mistake(
    "step",
    "w and b stay where they were: `w = w − …` only gives an old name to a new tensor; and after a reset between "
    "backward and the update there is nothing left to move by",
)
def step_without_effect(w, b, x, y, lr):
    return gradients_after(w, b, x, y).item()


@mistake(
    "step",
    "a leaf that requires gradients can't be changed in place while autograd records: put the update under no_grad",
)
def step_recorded(w, b, x, y, lr):
    before = gradients_after(w, b, x, y)
    w -= lr * w.grad
    b -= lr * b.grad
    return before.item()


@mistake("step", "prediction and loss stand under no_grad, too: there is no graph to go back through")
def step_all_under_no_grad(w, b, x, y, lr):
    with torch.no_grad():
        return step(w, b, x, y, lr)


@mistake("step", "this is the loss after the step; the one before is asked for")
def step_loss_after(w, b, x, y, lr):
    step(w, b, x, y, lr)
    return loss(predict(x, w, b), y).item()


@mistake("step", "the loss is returned as a tensor, with its whole graph: take the number out of it")
def step_loss_as_tensor(w, b, x, y, lr):
    before = loss(predict(x, w, b), y)
    step(w, b, x, y, lr)
    return before


@mistake("step", "the loss is not returned")
def step_returns_nothing(w, b, x, y, lr):
    step(w, b, x, y, lr)


@mistake("step", "b does not move")
def step_bias_stays(w, b, x, y, lr):
    before = gradients_after(w, b, x, y)
    with torch.no_grad():
        w -= lr * w.grad
    return before.item()


@mistake("step", "w does not move")
def step_weight_stays(w, b, x, y, lr):
    before = gradients_after(w, b, x, y)
    with torch.no_grad():
        b -= lr * b.grad
    return before.item()


@mistake("step", "b's gradient is taken after w has moved: one backward, then move both")
def step_one_by_one(w, b, x, y, lr):
    before = gradients_after(w, b, x, y).item()
    with torch.no_grad():
        w -= lr * w.grad
    gradients_after(w, b, x, y)
    with torch.no_grad():
        b -= lr * b.grad
    return before


@mistake("step", "the loss stands where the gradient belongs: it is one number, and has no direction")
def step_by_the_loss(w, b, x, y, lr):
    before = gradients_after(w, b, x, y).item()
    with torch.no_grad():
        w -= lr * before
        b -= lr * before
    return before


@mistake("step", "after the step w and b don't require gradients any more: nobody can learn on with them")
def step_requires_no_more(w, b, x, y, lr):
    before = step(w.requires_grad_(), b.requires_grad_(), x, y, lr)
    w.requires_grad_(False)
    b.requires_grad_(False)
    return before


# --- fit


def zeros(x):
    return (torch.zeros(shape, dtype=x.dtype, device=x.device, requires_grad=True) for shape in ((1, 1), ()))


@mistake("fit", "there is one step too many")
def fit_step_too_many(x, y, lr, steps):
    return fit(x, y, lr, steps + 1)


@mistake("fit", "there is one step too few")
def fit_step_too_few(x, y, lr, steps):
    return fit(x, y, lr, steps - 1)


@mistake("fit", "only the last loss is returned; a list of all is asked for")
def fit_last_loss(x, y, lr, steps):
    w, b, losses = fit(x, y, lr, steps)
    return w, b, losses[-1] if losses else 0.0


@mistake("fit", "the losses are those after the steps; those before are asked for")
def fit_losses_after(x, y, lr, steps):
    w, b, losses = fit(x, y, lr, steps)
    return w, b, [*losses[1:], loss(predict(x, w, b), y).item()] if losses else []


@mistake("fit", "the losses come as one tensor; a list of Python floats is asked for")
def fit_losses_as_tensor(x, y, lr, steps):
    w, b, losses = fit(x, y, lr, steps)
    return w, b, torch.tensor(losses)


@mistake("fit", "the losses are not returned")
def fit_without_losses(x, y, lr, steps):
    return fit(x, y, lr, steps)[:2]


@mistake("fit", "w and b are made anew in every step: nothing is kept of the one before")
def fit_starts_again(x, y, lr, steps):
    runs = [fit(x, y, lr, 1) for _ in range(steps)]
    return *(runs[-1] if runs else fit(x, y, lr, 0))[:2], [losses[0] for _, _, losses in runs]


@mistake("fit", "w and b start at 1, not at 0")
def fit_from_ones(x, y, lr, steps):
    w, b = (torch.ones_like(tensor, requires_grad=True) for tensor in zeros(x))
    return w, b, [step(w, b, x, y, lr) for _ in range(steps)]


@mistake("fit", "b is [1]; a 0-d tensor is asked for")
def fit_bias_with_axis(x, y, lr, steps):
    w, _ = zeros(x)
    b = torch.zeros(1, dtype=x.dtype, device=x.device, requires_grad=True)
    return w, b, [step(w, b, x, y, lr) for _ in range(steps)]


@mistake(
    "fit",
    "nobody can learn on with this w and b: a detached tensor requires no gradient, and the result of an operation, "
    "such as a clone, is no leaf",
)
def fit_detached(x, y, lr, steps):
    w, b, losses = fit(x, y, lr, steps)
    return w.detach(), b.detach(), losses


@mistake("fit", "w and b are float32 whatever x is: they are to have x's dtype")
def fit_in_float32(x, y, lr, steps):
    w, b = (tensor.float().detach().requires_grad_() for tensor in zeros(x))
    return w, b, [step(w, b, x, y, lr) for _ in range(steps)]


@mistake("fit", "the learning rate is a fixed one; lr is the caller's to choose")
def fit_fixed_rate(x, y, lr, steps):
    return fit(x, y, 0.01, steps)


# --- plot_fit


def line_between(ax, x, w, b, low, high, style="-"):
    ends = torch.tensor([[low], [high]], dtype=x.dtype)
    ax.plot(ends, predict(ends, w, b).detach(), style)


def model_line(ax, x, w, b):
    line_between(ax, x, w, b, x.min(), x.max())


plot_on_other_axes = edit("plot_fit", "return None").says(
    "nothing is drawn on this ax: plt.plot and the like draw on axes of their own"
)


@mistake("plot_fit", "the samples are not drawn, only the line")
def plot_without_points(ax, x, y, w, b):
    model_line(ax, x, w, b)


@mistake("plot_fit", "the points lie on the line: they are the model's values, not the samples")
def plot_predictions_as_points(ax, x, y, w, b):
    plot_fit(ax, x, predict(x, w, b).detach(), w, b)


@mistake("plot_fit", "x and y of the samples are swapped")
def plot_swapped_axes(ax, x, y, w, b):
    ax.scatter(y, x)
    model_line(ax, x, w, b)


@mistake("plot_fit", "the samples are joined by a line: ax.plot draws one unless told to draw markers alone")
def plot_samples_joined(ax, x, y, w, b):
    ax.plot(x, y)
    model_line(ax, x, w, b)


@mistake("plot_fit", "the line's ends are drawn as points, too: they are no samples")
def plot_line_with_markers(ax, x, y, w, b):
    ax.scatter(x, y)
    line_between(ax, x, w, b, x.min(), x.max(), "o-")


@mistake("plot_fit", "the axes are returned; nothing is to be returned")
def plot_returns_axes(ax, x, y, w, b):
    plot_fit(ax, x, y, w, b)
    return ax


@mistake("plot_fit", "the line is missing")
def plot_without_line(ax, x, y, w, b):
    ax.scatter(x, y)


@mistake("plot_fit", "the model's values are drawn as points; a line is asked for")
def plot_line_as_points(ax, x, y, w, b):
    ax.scatter(x, y)
    ax.scatter(x, predict(x, w, b).detach())


@mistake("plot_fit", "the line runs from the first sample to the last; their x need not be smallest and largest")
def plot_first_to_last(ax, x, y, w, b):
    ax.scatter(x, y)
    line_between(ax, x, w, b, x[0, 0], x[-1, 0])


@mistake("plot_fit", "the line is drawn over [0, 1], wherever the samples are")
def plot_over_unit_interval(ax, x, y, w, b):
    ax.scatter(x, y)
    line_between(ax, x, w, b, 0.0, 1.0)


@mistake("plot_fit", "the line starts at 0; it is to reach from the smallest x to the largest")
def plot_from_zero(ax, x, y, w, b):
    ax.scatter(x, y)
    line_between(ax, x, w, b, 0.0, x.max())


@mistake("plot_fit", "this is the line that the data were made from, 3x + 0.8; the model's own is asked for")
def plot_true_line(ax, x, y, w, b):
    plot_fit(ax, x, y, torch.full_like(w, 3.0), torch.full_like(b, 0.8))


@mistake("plot_fit", "the line leaves out the bias")
def plot_without_bias(ax, x, y, w, b):
    plot_fit(ax, x, y, w, torch.zeros_like(b))


@mistake("plot_fit", "the model's values still have a history: Matplotlib takes no tensor that requires gradients")
def plot_not_detached(ax, x, y, w, b):
    ax.scatter(x, y)
    ends = torch.stack([x.min(), x.max()]).reshape(2, 1)
    ax.plot(ends, predict(ends, w, b))


@mistake("plot_fit", "w and b themselves no longer require gradients, so they can learn no more: detach a result")
def plot_ends_learning(ax, x, y, w, b):
    plot_fit(ax, x, y, w.requires_grad_(False), b.requires_grad_(False))
