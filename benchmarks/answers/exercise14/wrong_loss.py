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
