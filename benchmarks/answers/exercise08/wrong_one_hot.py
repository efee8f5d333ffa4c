# %% one_hot_arange_on_cpu
# one_hot makes arange(C) without device=, so labels on another device can't be compared with it.
# named: classes_on_the_cpu
def one_hot(y, C):
    return (y[:, None] == torch.arange(C)).float()

# %% one_hot_int64
# one_hot returns int64, not float32.
# named: hot_integers
def one_hot(y, C):
    out = torch.zeros(len(y), C, dtype=torch.int64, device=y.device)
    return out.scatter_(1, y[:, None], 1)

# %% one_hot_bool
# one_hot returns the comparison as it is, of dtype bool.
# named: hot_booleans
def one_hot(y, C):
    return y.unsqueeze(1) == torch.arange(C, device=y.device)

# %% one_hot_transposed
# one_hot has a column for each label: [C, N].
# named: a_row_per_class
def one_hot(y, C):
    return (torch.arange(C, device=y.device)[:, None] == y).float()

# %% one_hot_counts_from_one
# one_hot takes the labels for 1 ... C, so the 1 is one column too far to the left.
# named: labels_from_one_wrapped
def one_hot(y, C):
    out = torch.zeros(y.shape[0], C, device=y.device)
    rows = torch.arange(y.shape[0], device=y.device)
    out[rows, y - 1] = 1
    return out

# %% one_hot_all_rows
# one_hot indexes only the columns, so every row gets the 1 of every label.
# named: whole_columns
def one_hot(y, C):
    out = torch.zeros(len(y), C, device=y.device)
    out[:, y] = 1.0
    return out

# %% one_hot_width_from_labels
# one_hot takes the largest label for the width and ignores C.
# named: columns_from_the_labels
def one_hot(y, C):
    width = int(y.max()) + 1 if len(y) else C
    return torch.eye(width, device=y.device)[y]

# %% one_hot_wrong_scatter_axis
# one_hot scatters along axis 0, so y names the rows of column 0, and a label of N or more raises.
# named: -
def one_hot(y, C):
    out = torch.zeros(len(y), C, device=y.device)
    out.scatter_(0, y[:, None], 1.0)
    return out

# %% one_hot_fails_when_empty
# one_hot stacks a row for each label, which raises for an empty batch.
# named: -
def one_hot(y, C):
    rows = []
    for label in y:
        row = torch.zeros(C, device=y.device)
        row[label] = 1
        rows.append(row)
    return torch.stack(rows)

# %% one_hot_result_on_cpu
# one_hot looks the rows up in an identity matrix on the CPU, and doesn't bring the result to the device of y.
# named: hot_on_the_cpu
def one_hot(y, C):
    return torch.eye(C)[y.cpu()]

# %% one_hot_float64
# one_hot returns float64.
# named: -
def one_hot(y, C):
    return torch.eye(C, dtype=torch.float64, device=y.device)[y]

# %% one_hot_minus_one_elsewhere
# one_hot has -1 in the other columns, not 0.
# named: -
def one_hot(y, C):
    out = torch.full((len(y), C), -1.0, device=y.device)
    for n in range(len(y)):
        out[n, y[n]] = 1.0
    return out

# %% one_hot_label_value
# one_hot writes the label itself into its column, not a 1.
# named: -
def one_hot(y, C):
    out = torch.zeros(len(y), C, device=y.device)
    for n in range(len(y)):
        out[n, y[n]] = y[n]
    return out

# %% one_hot_up_to_the_label
# one_hot has ones in all columns up to the label.
# named: -
def one_hot(y, C):
    return (torch.arange(C, device=y.device) <= y[:, None]).float()
