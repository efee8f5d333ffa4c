# %% get_row_and_column_swapped
# get takes i for the column and j for the row.
# named: entry_swapped
def get(x, i, j):
    return x[j, i]

# %% get_python_number
# get returns a Python float, not a 0-d tensor.
# named: entry_as_a_number
def get(x, i, j):
    return x[i, j].item()

# %% get_counts_from_one
# get counts rows and columns from one.
# named: entry_from_one
def get(x, i, j):
    return x[i - 1, j - 1]

# %% get_one_element_matrix
# get returns a piece of the shape [1, 1], not a 0-d tensor.
# named: entry_by_slices
def get(x, i, j):
    return x[i:i + 1, j:j + 1]

# %% get_from_the_memory
# get computes the place in memory as if x were contiguous, so it is wrong where x has gaps, another order, or starts later.
# named: -
def get(x, i, j):
    B = x.shape[1]
    memory = x.untyped_storage()
    flat = torch.tensor([], dtype=x.dtype, device=x.device).set_(memory)
    return flat[i * B + j].clone()

# %% get_default_dtype
# get makes a new tensor of the default dtype: float32, also where x is float64.
# named: -
def get(x, i, j):
    return torch.tensor(float(x[i, j]), device=x.device)

# %% get_flat_with_wrong_width
# get multiplies the row by the number of rows, not by that of columns: right only in row 0 and for square matrices.
# named: -
def get(x, i, j):
    return x.flatten()[i * x.shape[0] + j]
