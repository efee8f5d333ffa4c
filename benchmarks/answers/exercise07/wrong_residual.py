# %% residual_broadcasts
# residual subtracts [N] from [N, 1], which broadcasts to [N, N].
# named: all_pairs
def residual(pred, y):
    return pred - y

# %% residual_keeps_axis
# residual makes y a column, so that the result is [N, 1].
# named: residual_as_a_column
def residual(pred, y):
    return pred - y.unsqueeze(1)

# %% residual_squeezes_single_sample
# residual squeezes every axis of size 1 at the end, so for one sample the result is 0-d.
# named: residual_squeezed
def residual(pred, y):
    return (pred - y[:, None]).squeeze()

# %% residual_sign
# residual is y - pred: the sign is wrong.
# named: residual_reversed
def residual(pred, y):
    return y - pred.flatten()

# %% residual_absolute
# residual returns the absolute differences.
# named: residual_without_sign
def residual(pred, y):
    return (pred[:, 0] - y).abs()

# %% residual_changes_pred
# residual subtracts in place in a view of pred, so pred is changed.
# named: -
def residual(pred, y):
    out = pred[:, 0]
    out -= y
    return out.clone()

# %% residual_reshapes_pred_itself
# residual squeezes pred in place, so that pred has lost its second axis afterwards.
# named: -
def residual(pred, y):
    pred.squeeze_(1)
    return pred - y

# %% residual_row_means
# residual averages the [N, N] differences over y, which gives pred_n minus the mean of y.
# named: mean_y
def residual(pred, y):
    return (pred - y).mean(dim=1)

# %% residual_float32
# residual computes in float32.
# named: -
def residual(pred, y):
    p = pred.float().view(-1)
    return (p - y.float()).to(y.dtype)
