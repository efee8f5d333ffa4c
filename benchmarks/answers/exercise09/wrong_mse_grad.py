# %% mse_grad_without_two
# mse_grad lacks the factor 2 of the derivative of the square.
# named: mse_grad_without_two
def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    return (pred - y) / pred.numel()

# %% mse_grad_of_the_sum
# mse_grad is not divided by the number of elements.
# named: mse_grad_of_sum
def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    return 2 * (pred - y)

# %% mse_grad_downhill
# mse_grad has the wrong sign: it is the direction of descent, 2 (y - pred) / n.
# named: mse_grad_sign
def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    n = pred.numel()
    return 2 * (y - pred) / n

# %% mse_grad_no_shape_check
# mse_grad does not check the shapes: for (N, 1) and (N,) it returns an N x N matrix and raises no ValueError.
# named: mse_grad_broadcasts
def mse_grad(pred, y):
    error = pred - y
    return error * 2.0 / pred.numel()

# %% mse_grad_per_batch_row
# mse_grad divides by the number of rows, which is wrong from two axes on (and fails for 0-d inputs).
# named: mse_grad_over_rows
def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    return 2 / max(len(pred), 1) * (pred - y)

# %% mse_grad_averaged
# mse_grad returns one number, the mean of all slopes, and not one slope for each element.
# named: mse_grad_one_number
def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    return (2 * (pred - y)).mean()
