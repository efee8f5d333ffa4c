"""What learners get wrong here, each as an edit of reference.py; what no edit can say is a function with @mistake."""

from __future__ import annotations

from reference import fit

from grader.checks import edit, mistake

# --- make_data

flat_data = edit("make_data", {"1, ": ""}).says("x and y are flat, [n]: each sample is a row, so the shape is [n, 1]")
generator_unused = edit("make_data", {", generator=gen": ""}).says(
    "the generator is not used, as in torch.rand(n, 1, generator=gen): its seed does not decide on the data"
)
generator_seeded_again = edit("make_data", {"x = torch": "gen.manual_seed(gen.initial_seed())\nx = torch"}).says(
    "every call begins again with the generator's seed: a second one is to give other numbers"
)
global_generator_seeded = edit(
    "make_data",
    {
        "x = torch": "torch.manual_seed(int(torch.randint(2**31, (), generator=gen)))\nx = torch",
        "1, generator=gen": "1",
    },
).says("the seed of the generator is given to the global one, whose numbers all others use, too")
normal_inputs = edit("make_data", {"rand": "randn"}).says(
    "x is drawn from a normal distribution; a uniform one on [0, 1) is asked for"
)
centred_inputs = edit("make_data", {"torch.rand(n, 1, generator=gen)": "2 * torch.rand(n, 1, generator=gen) - 1"}).says(
    "x lies in [−1, 1); [0, 1) is asked for"
)
even_inputs = edit("make_data", {"rand(n, 1, generator=gen)": "linspace(0, 1, n)[:, None]"}).says(
    "the inputs are evenly spaced; they are to be drawn at random"
)
swapped_line = edit("make_data", {"3 * x + 0.8": "0.8 * x + 3"}).says("slope and intercept are swapped")
noisy_targets = edit("make_data", {"+ 0.8": "+ 0.8 + 0.1 * torch.randn(n, 1, generator=gen)"}).says(
    "noise is added to y: here the samples lie exactly on the line"
)
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

step_uphill = edit("step", {"w -=": "w +=", "b -=": "b +="}).says(
    "this goes along the gradient, uphill: the loss grows"
)
step_without_rate = edit("step", {"w -= lr *": "w -=", "b -= lr *": "b -="}).says("the learning rate is not used")
step_half = edit("step", {"w -= lr": "w -= lr / 2", "b -= lr": "b -= lr / 2"}).says(
    "the step is half as long as it should be: the derivative of a square has a factor 2"
)
step_without_reset = edit("step", {"w.grad = b.grad = None": ""}).says(
    "the gradients are not reset before backward, which adds to what is there (None at first)"
)
step_reset_at_the_end = edit("step", {"w.grad = b.grad = None": "", "return": "w.grad = b.grad = None\nreturn"}).says(
    "the gradients are reset after the step only: w and b may come with older ones"
)
step_bias_gradient_kept = edit("step", {"w.grad = b.grad": "w.grad"}).says("only w.grad is reset, not b.grad")
step_weight_gradient_kept = edit("step", {"w.grad = b.grad": "b.grad"}).says("only b.grad is reset, not w.grad")
step_without_effect = edit("step", {"w -= lr": "w = w - lr", "b -= lr": "b = b - lr"}).says(
    "w and b stay where they were: `w = w − …` only gives an old name to a new tensor; and gradients that are emptied "
    "between backward and the update move nothing"
)
step_recorded = edit("step", {"torch.no_grad()": "torch.enable_grad()"}).says(
    "a leaf that requires gradients can't be changed in place while autograd records: put the update under no_grad"
)
step_all_under_no_grad = edit(
    "step", {"before = loss(predict(x, w, b), y)": "with torch.no_grad():\n    before = loss(predict(x, w, b), y)"}
).says("prediction and loss stand under no_grad, too: there is no graph to go back through")
step_loss_after = edit("step", {"before.item()": "loss(predict(x, w, b), y).item()"}).says(
    "this is the loss after the step; the one before is asked for"
)
step_loss_as_tensor = edit("step", {"before.item()": "before"}).says(
    "the loss is returned as a tensor: take the number out of it"
)
step_returns_nothing = edit("step", {"return before.item()": ""}).says("the loss is not returned")
step_bias_stays = edit("step", {"b -= lr * b.grad": ""}).says("b does not move")
step_weight_stays = edit("step", {"w -= lr * w.grad": ""}).says("w does not move")
step_one_by_one = edit(
    "step",
    {
        "b -= lr * b.grad": "",
        "return": "b.grad = torch.autograd.grad(loss(predict(x, w, b), y), b)[0]\nb.data -= lr * b.grad\nreturn",
    },
).says("b's gradient is taken after w has moved: one backward, then move both")
step_by_the_loss = edit("step", {"lr * w.grad": "lr * before", "lr * b.grad": "lr * before"}).says(
    "the loss stands where the gradient belongs: it is one number, and has no direction"
)
step_requires_no_more = edit(
    "step",
    {
        "w.grad = b.grad = None": "w.requires_grad_().grad = b.requires_grad_().grad = None",
        "return": "w.requires_grad_(False), b.requires_grad_(False)\nreturn",
    },
).says("after the step w and b don't require gradients any more: nobody can learn on with them")

# --- fit

fit_step_too_many = edit("fit", {"range(steps)": "range(steps + 1)"}).says("there is one step too many")
fit_step_too_few = edit("fit", {"range(steps)": "range(steps - 1)"}).says("there is one step too few")
fit_last_loss = edit("fit", {"b, losses": "b, losses[-1] if losses else 0.0"}).says(
    "only the last loss is returned; a list of all is asked for"
)
fit_losses_after = edit(
    "fit", {"b, losses": "b, [*losses[1:], loss(predict(x, w, b), y).item()] if losses else []"}
).says("the losses are those after the steps; those before are asked for")
fit_final_loss_too = edit("fit", {"b, losses": "b, [*losses, loss(predict(x, w, b), y).item()]"}).says(
    "there is one loss too many: that after the last step does not belong to the list"
)
fit_losses_as_tensor = edit("fit", {"b, losses": "b, torch.tensor(losses)"}).says(
    "the losses come as one tensor; a list of Python floats is asked for"
)
fit_without_losses = edit("fit", {"b, losses": "b"}).says("the losses are not returned")


@mistake("fit", "w and b are made anew in every step: nothing is kept of the one before")
def fit_starts_again(x, y, lr, steps):
    runs = [fit(x, y, lr, 1) for _ in range(steps)]
    return *(runs[-1] if runs else fit(x, y, lr, 0))[:2], [losses[0] for _, _, losses in runs]


fit_from_ones = edit("fit", {"w = x.new_zeros": "w = x.new_ones", "b = x.new_zeros": "b = x.new_ones"}).says(
    "training does not start at w = 0, b = 0"
)
fit_weight_from_one = edit("fit", {"w = x.new_zeros": "w = x.new_ones"}).says("training does not start at w = 0, b = 0")
fit_bias_with_axis = edit("fit", {"(()": "(1"}).says("b is [1]; a 0-d tensor is asked for")
fit_detached = edit("fit", {"return w, b": "return w.detach(), b.detach()"}).says(
    "nobody can learn on with this w and b: a detached tensor requires no gradient, and the result of an operation, "
    "such as a clone, is no leaf"
)
fit_in_float32 = edit(
    "fit",
    {"1, 1, requires": "1, 1, dtype=torch.float32, requires", "(), requires": "(), dtype=torch.float32, requires"},
).says("w and b are float32 whatever x is: they are to have x's dtype")
fit_fixed_rate = edit("fit", {"y, lr)": "y, 0.01)"}).says(
    "the learning rate is a fixed one; lr is the caller's to choose"
)

# --- plot_fit

plot_on_other_axes = edit("plot_fit", "return None").says(
    "nothing is drawn on this ax: plt.plot and the like draw on axes of their own"
)
plot_without_points = edit("plot_fit", {"ax.scatter(x, y)": ""}).says("the samples are not drawn, only the line")
plot_predictions_as_points = edit("plot_fit", {"scatter(x, y)": "scatter(x, predict(x, w, b).detach())"}).says(
    "the points lie on the line: they are the model's values, not the samples"
)
plot_swapped_axes = edit("plot_fit", {"(x, y)": "(y, x)"}).says("x and y of the samples are swapped")
plot_x_sorted_alone = edit("plot_fit", {"scatter(x": "scatter(x.sort(dim=0).values"}).says(
    "the x of the samples are sorted without their y: each gets the y of another sample"
)
plot_samples_joined = edit("plot_fit", {"scatter": "plot"}).says(
    "the samples are joined by a line: ax.plot draws one unless told to draw markers alone"
)
plot_line_with_markers = edit("plot_fit", {"detach())": "detach(), 'o-')"}).says(
    "the line's ends are drawn as points, too: they are no samples"
)
plot_returns_axes = edit("plot_fit", {"detach())": "detach())\nreturn ax"}).says(
    "the axes are returned; nothing is to be returned"
)
plot_without_line = edit("plot_fit", {"ax.plot(ends, predict(ends, w, b).detach())": ""}).says("the line is missing")
plot_line_as_points = edit("plot_fit", {"plot(ends, predict(ends": "scatter(x, predict(x"}).says(
    "the model's values are drawn as points; a line is asked for"
)
plot_first_to_last = edit("plot_fit", {"x.min(), x.max()": "x[0, 0], x[-1, 0]"}).says(
    "the line runs from the first sample to the last; their x need not be smallest and largest"
)
plot_over_unit_interval = edit(
    "plot_fit", {"torch.stack([x.min(), x.max()]).reshape(2, 1)": "torch.tensor([[0.0], [1.0]], dtype=x.dtype)"}
).says("the line is drawn over [0, 1], wherever the samples are")
plot_from_zero = edit("plot_fit", {"x.min()": "x.new_zeros(())"}).says(
    "the line starts at 0; it is to reach from the smallest x to the largest"
)
plot_true_line = edit("plot_fit", {"predict(ends, w, b).detach()": "3 * ends + 0.8"}).says(
    "this is the line that the data were made from, 3x + 0.8; the model's own is asked for"
)
plot_true_line_too = edit("plot_fit", {".detach())": ".detach())\nax.plot(ends, 3 * ends + 0.8)"}).says(
    "there are two lines: the one that the data were made from, 3x + 0.8, is not to be drawn"
)
plot_line_sorted_alone = edit("plot_fit", {"ends, predict(ends": "x.sort(dim=0).values, predict(x"}).says(
    "x is sorted, and the model's values are not: they belong to other x, and the line runs zigzag"
)
plot_without_bias = edit("plot_fit", {"w, b)": "w, torch.zeros_like(b))"}).says("the line leaves out the bias")
plot_not_detached = edit("plot_fit", {".detach()": ""}).says(
    "the model's values still have a history: Matplotlib takes no tensor that requires gradients"
)
plot_ends_learning = edit(
    "plot_fit", {"ax.scatter": "w.requires_grad_(False), b.requires_grad_(False)\nax.scatter"}
).says("w and b themselves no longer require gradients, so they can learn no more: detach a result")
