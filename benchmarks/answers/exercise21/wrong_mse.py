# %% mse_tensor
# MSE: returns a tensor.
# like: loops
# named: -
def mse(pred, y):
    error = pred - y
    return (error * error).mean()

# %% rmse
# MSE: the root of it.
# like: counts
# named: mse_root
def mse(pred, y):
    return math.sqrt(((pred - y) ** 2).mean())

# %% mse_half
# MSE: with a factor one half.
# like: numpy
# named: mse_half
def mse(pred, y):
    residual = (pred - y).numpy()
    return float(0.5 * (residual**2).mean())

# %% mse_float32
# MSE: inputs cast to float32.
# like: numpy
# named: missing
def mse(pred, y):
    e = pred.float() - y.float()
    return e.square().mean().item()

# %% mse_n_minus_1
# MSE: divided by N - 1.
# like: onehot
# named: missing
def mse(pred, y):
    r = pred - y
    return (r @ r / max(len(r) - 1, 1)).item()

# %% mse_mean_first
# Mse is the square of the mean difference.
# like: bincount
# named: mse_square_of_mean
def mse(pred, y):
    return (pred - y).mean().item() ** 2

# %% mse_np_var
# Mse is the variance of the differences.
# like: numpy
# named: mse_variance
def mse(pred, y):
    return float(np.var(pred.numpy() - y.numpy()))
