# %% transpose_by_view
# transpose only rereads the numbers in the shape [B, A]; rows don't become columns.
# named: reshaped_for_transposed
def transpose(x):
    A, B = x.shape
    return x.reshape(B, A)

# %% transpose_contiguous
# transpose returns a contiguous copy, not a view.
# named: transposed_copy
def transpose(x):
    return x.t().contiguous()

# %% transpose_changes_x
# transpose turns x itself over: afterwards x has the shape [B, A] too.
# named: transposed_in_place
def transpose(x):
    return x.t_()

# %% transpose_stacks_columns
# transpose builds a new tensor from the columns of x: right numbers, no view.
# named: transposed_copy
def transpose(x):
    return torch.stack([x[:, b] for b in range(x.shape[1])])

# %% transpose_mirrored
# transpose turns the matrix by a quarter, which also reverses the order of the rows of the result; it is a copy, too.
# named: rotated
def transpose(x):
    return torch.rot90(x)
