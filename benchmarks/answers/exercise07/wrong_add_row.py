# %% add_row_as_column
# add_row makes r a column when the sizes allow it, so square matrices get a column added.
# named: row_as_a_column
def add_row(x, r):
    if x.shape[0] == len(r):
        return x + r.view(-1, 1)
    return x + r

# %% add_row_in_place
# add_row adds into x itself, which changes the argument.
# named: row_into_x
def add_row(x, r):
    x += r
    return x

# %% add_row_first_row_only
# add_row adds r to the first row only.
# named: first_row_only
def add_row(x, r):
    out = x.clone()
    out[0] += r
    return out

# %% add_row_forgets_last_row
# add_row ends its loop one row too early, so the last row stays without r.
# named: -
def add_row(x, r):
    out = x.clone()
    for n in range(x.shape[0] - 1):
        out[n] = x[n] + r
    return out

# %% add_row_subtracts
# add_row subtracts the row.
# named: -
def add_row(x, r):
    return x - r

# %% add_row_scrambled_repeat
# add_row repeats each number of r in place of the whole row, so the numbers stand in the wrong columns.
# named: -
def add_row(x, r):
    N, D = x.shape
    return x + r.repeat_interleave(N).reshape(N, D)

# %% add_row_multiplies
# add_row multiplies by the row.
# named: -
def add_row(x, r):
    return torch.einsum("nd,d->nd", x, r)
