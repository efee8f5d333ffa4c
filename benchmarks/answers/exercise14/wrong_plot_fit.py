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
