# %% add_column_as_row
# add_column lets c broadcast as a row: for N = D a row is added, else an error is raised.
# named: column_as_a_row
def add_column(x, c):
    return x + c

# %% add_column_in_place
# add_column adds into x itself, which changes the argument.
# named: column_into_x
def add_column(x, c):
    return x.add_(c[:, None])

# %% add_column_appends
# add_column appends c as a further column, [N, D+1], and adds nothing.
# named: column_appended
def add_column(x, c):
    return torch.cat([x, c.reshape(-1, 1)], dim=1)

# %% add_column_not_turned_back
# add_column adds to the transpose and doesn't turn it back: [D, N].
# named: sum_left_transposed
def add_column(x, c):
    return x.T + c

# %% add_column_wrong_repeat
# add_column repeats all of c and reshapes to [N, D], so the numbers of c run along the rows.
# named: repeated_as_a_whole
def add_column(x, c):
    N, D = x.shape
    return x + c.repeat(D).view(N, D)

# %% add_column_only_first
# add_column adds c to column 0 only.
# named: first_column_only
def add_column(x, c):
    y = x.clone()
    y[:, 0] = y[:, 0] + c
    return y

# %% add_column_float32
# add_column fills a float32 tensor, so float64 results are rounded and have the wrong dtype.
# named: -
def add_column(x, c):
    out = torch.zeros(x.shape, device=x.device)
    for n in range(x.shape[0]):
        out[n] = x[n] + c[n]
    return out
