# %% row_max_over_columns
# row_max takes the maximum over axis 0: that of each column.
# named: column_maxima
def row_max(x):
    values, where = x.max(dim=0)
    return values, where

# %% row_max_last_of_equals
# row_max compares with >=, so of several equal entries the last one's column is returned.
# named: last_of_equals
def row_max(x):
    best = x[:, 0].clone()
    where = torch.zeros(x.shape[0], dtype=torch.int64, device=x.device)
    for b in range(x.shape[1]):
        better = x[:, b] >= best
        best = torch.where(better, x[:, b], best)
        where[better] = b
    return best, where

# %% row_max_starts_at_zero
# row_max starts its search with 0, so a row of negative numbers gives 0.
# named: maximum_from_zero
def row_max(x):
    values, columns = [], []
    for row in x.tolist():
        m, k = 0.0, 0
        for j, v in enumerate(row):
            if v > m:
                m, k = v, j
        values.append(m)
        columns.append(k)
    return torch.tensor(values, dtype=x.dtype, device=x.device), torch.tensor(columns, device=x.device)

# %% row_max_keepdim
# row_max keeps the axis: both results are [A, 1].
# named: maxima_with_keepdim
def row_max(x):
    return x.max(dim=1, keepdim=True)

# %% row_max_swapped_results
# row_max returns the columns first and the values second.
# named: positions_first
def row_max(x):
    where = x.argmax(dim=1)
    return where, x[torch.arange(len(x), device=x.device), where]

# %% row_max_largest_magnitude
# row_max looks for the largest absolute value.
# named: -
def row_max(x):
    k = x.abs().argmax(dim=1)
    return x.gather(1, k[:, None])[:, 0], k

# %% row_max_int32
# row_max returns the columns as int32, not int64.
# named: -
def row_max(x):
    m, k = x.max(1)
    return m, k.int()

# %% row_max_writes_into_x
# row_max keeps the best so far in a view of column 0, so it overwrites that column of x.
# named: -
def row_max(x):
    best = x[:, 0]
    where = torch.zeros(x.shape[0], dtype=torch.int64, device=x.device)
    for b in range(1, x.shape[1]):
        larger = x[:, b] > best
        where[larger] = b
        best[larger] = x[larger, b]
    return best.clone(), where

# %% row_max_flat_index
# row_max returns the place in the flattened matrix, not the column.
# named: positions_in_the_matrix
def row_max(x):
    m, k = x.max(dim=1)
    return m, k + torch.arange(x.shape[0], device=x.device) * x.shape[1]

# %% row_max_minimum
# row_max returns the smallest entry: it sorts and takes the first.
# named: row_minima
def row_max(x):
    values, order = torch.sort(x, dim=1, stable=True)
    return values[:, 0].clone(), order[:, 0].clone()
