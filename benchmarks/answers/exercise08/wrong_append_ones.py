# %% append_ones_on_cpu
# append_ones makes the column without device=, so it is on the CPU.
# named: ones_on_the_cpu
def append_ones(x):
    ones = torch.ones(x.shape[0], 1, dtype=x.dtype)
    return torch.cat([x, ones], dim=1)

# %% append_ones_left
# append_ones puts the column on the left.
# named: ones_at_the_left
def append_ones(x):
    return torch.cat([x.new_ones(x.shape[0], 1), x], dim=1)

# %% append_ones_row
# append_ones appends a row of ones at the bottom.
# named: ones_below
def append_ones(x):
    return torch.cat([x, x.new_ones(1, x.shape[1])], dim=0)

# %% append_ones_zeros
# append_ones appends a column of zeros.
# named: zeros_at_the_right
def append_ones(x):
    return torch.nn.functional.pad(x, (0, 1))

# %% append_ones_overwrites
# append_ones writes the ones into the last column of a clone, so there is no further column.
# named: -
def append_ones(x):
    out = x.clone()
    out[:, -1] = 1.0
    return out

# %% append_ones_float32
# append_ones fills a float32 tensor, also for a float64 x.
# named: made_without_dtype
def append_ones(x):
    out = torch.ones(x.shape[0], x.shape[1] + 1, device=x.device)
    out[:, :-1] = x
    return out

# %% append_ones_fails_when_empty
# append_ones builds the result from a list of its rows, and stack raises for an empty batch.
# named: rows_stacked
def append_ones(x):
    one = torch.ones(1, dtype=x.dtype, device=x.device)
    return torch.stack([torch.cat([row, one]) for row in x])

# %% append_ones_as_many_as_columns
# append_ones makes as many ones as x has columns, which raises for matrices that aren't square.
# named: -
def append_ones(x):
    ones = torch.ones(x.shape[1], 1, dtype=x.dtype, device=x.device)
    return torch.cat([x, ones], 1)

# %% append_ones_square_block
# append_ones appends a whole block of ones, as wide as x.
# named: a_block_of_ones
def append_ones(x):
    return torch.cat([x, torch.ones_like(x)], dim=1)

# %% append_ones_result_on_cpu
# append_ones computes with NumPy on the CPU and leaves the result there.
# named: appended_on_the_cpu
import numpy as np

def append_ones(x):
    a = x.detach().cpu().numpy()
    return torch.from_numpy(np.hstack([a, np.ones((len(a), 1), dtype=a.dtype)]))
