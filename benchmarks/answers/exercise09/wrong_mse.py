# %% mse_adds_up
# mse returns the sum of the squared differences in place of their mean.
# named: mse_sum
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shapes")
    diff = pred - y
    return (diff * diff).sum()

# %% mse_with_one_half
# mse has a factor 1/2 that the formula does not have.
# named: mse_half
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shapes")
    return 0.5 * torch.mean((y - pred) ** 2)

# %% mse_broadcasts
# mse does not check the shapes, so (N, 1) and (N,) give N x N differences and no ValueError.
# named: mse_broadcasts
def mse(pred, y):
    return torch.mean((pred - y) ** 2)

# %% mse_asserts_the_shape
# mse checks the shapes with assert, which raises an AssertionError and not a ValueError.
# named: -
def mse(pred, y):
    assert pred.shape == y.shape, "pred and y must have the same shape"
    return ((pred - y) ** 2).mean()

# %% mse_compares_only_numel
# mse compares only the numbers of elements, so there is no ValueError for (N, 1) and (N,) or for (2, 3) and (3, 2).
# named: mse_compares_sizes_alone
def mse(pred, y):
    if pred.numel() != y.numel():
        raise ValueError("not the same size")
    return ((pred.flatten() - y.flatten()) ** 2).mean()

# %% mse_compares_only_ndim
# mse compares only the numbers of axes, so (3,) with (1,) or (3, 1) with (3, 3) broadcasts without a ValueError.
# named: -
def mse(pred, y):
    if pred.dim() != y.dim():
        raise ValueError(f"{pred.dim()} axes and {y.dim()} axes")
    return (pred - y).pow(2).mean()

# %% mse_is_a_float
# mse returns a Python float and not a 0-d tensor.
# named: -
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("mse needs equal shapes")
    return ((pred - y) ** 2).mean().item()

# %% mse_float32_result
# mse builds its result from a Python number without the dtype, so that it is float32 for float64 inputs.
# named: -
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("mse needs equal shapes")
    total = 0.0
    for a, b in zip(pred.flatten().tolist(), y.flatten().tolist()):
        total += (a - b) ** 2
    return torch.tensor(total / pred.numel())

# %% mse_absolute
# mse returns the mean of the absolute differences; they are not squared.
# named: mse_absolute
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    return (pred - y).abs().mean()

# %% mse_with_root
# mse takes the root of the mean square: it returns the RMSE.
# named: mse_root
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    return torch.sqrt(((pred - y) ** 2).mean())

# %% mse_square_of_mean
# mse squares the mean of the differences, where the mean of the squares is asked.
# named: mse_square_of_mean
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    return (pred - y).mean() ** 2

# %% mse_changes_pred
# mse subtracts y from pred in place, so that the caller's predictions are changed.
# named: -
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    pred -= y
    return (pred ** 2).mean()

# %% mse_over_rows
# mse divides by the number of rows and not by the number of elements: wrong from two axes on, and 0-d inputs fail.
# named: mse_over_rows
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    n = pred.shape[0]
    return ((pred - y) ** 2).sum() / n
