# %% mean_rounded_down
# mean_of_integers divides without decimals.
# named: mean_floored
def mean_of_integers(x):
    return (x.sum() // x.numel()).float()

# %% mean_of_columns
# mean_of_integers takes the mean along the first axis only.
# named: mean_of_first_axis
def mean_of_integers(x):
    if x.dim() == 0:
        return x.float()
    return x.float().mean(dim=0)

# %% mean_in_float64
# mean_of_integers returns float64.
# named: mean_double
def mean_of_integers(x):
    return x.double().mean()

# %% mean_as_python_number
# mean_of_integers returns a Python float, not a tensor.
# named: mean_item
def mean_of_integers(x):
    return x.float().mean().item()

# %% divided_by_rows
# mean_of_integers divides the sum by the size of the first axis.
# named: mean_by_rows
def mean_of_integers(x):
    n = len(x) if x.dim() > 0 else 1
    return x.sum().float() / n

# %% mean_keeps_an_axis
# mean_of_integers returns a tensor with one axis.
# named: -
def mean_of_integers(x):
    return x.reshape(-1).float().mean(dim=0, keepdim=True)

# %% median_for_mean
# mean_of_integers returns the median.
# named: -
def mean_of_integers(x):
    return x.float().median()

# %% mean_without_float
# mean_of_integers calls mean on int64, which raises an error.
# named: -
def mean_of_integers(x):
    return x.mean()

# %% mean_in_half_precision
# mean_of_integers computes in float16, which has three digits and overflows beyond 65504.
# named: -
def mean_of_integers(x):
    return x.half().mean().float()
