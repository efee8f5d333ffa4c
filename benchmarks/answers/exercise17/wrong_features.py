# %% features_numbers_first
# features: numbers come before the one-hot blocks
# named: features_numbers_first
def features(rows, categories, numeric):
    cols = list(numeric) + [(c, v) for c in categories for v in categories[c]]
    T = torch.zeros(len(rows), len(cols))
    for i, r in enumerate(rows):
        for j, col in enumerate(cols):
            if isinstance(col, tuple):
                T[i, j] = float(r.get(col[0]) == col[1])
            else:
                T[i, j] = r.get(col) or 0
    return T

# %% features_index_minus_one
# features: an unknown or missing value sets the last column of the block (index -1)
# named: features_unknown_last
def features(rows, categories, numeric):
    blocks = []
    for name, values in categories.items():
        lookup = {v: i for i, v in enumerate(values)}
        block = torch.zeros(len(rows), len(values))
        for i, row in enumerate(rows):
            block[i, lookup.get(row.get(name), -1)] = 1
        blocks.append(block)
    for name in numeric:
        blocks.append(torch.tensor([float(row.get(name) or 0) for row in rows]).reshape(len(rows), 1))
    return torch.cat(blocks, dim=1)

# %% features_one_vocabulary
# features: one dict from value to column for all categories, a shared value overwrites the earlier column
# named: features_last_category
def features(rows, categories, numeric):
    vocab = {}
    n = 0
    for values in categories.values():
        for v in values:
            vocab[v] = n
            n += 1
    X = torch.zeros((len(rows), n + len(numeric)), dtype=torch.float32)
    for i, r in enumerate(rows):
        for c in categories:
            v = r.get(c)
            if v in categories[c]:
                X[i, vocab[v]] = 1
        for j, c in enumerate(numeric):
            X[i, n + j] = r[c] if r.get(c) is not None else 0.0
    return X

# %% features_nan
# features: a number that is absent or None becomes NaN
# named: features_missing_nan
import numpy as np


def features(rows, categories, numeric):
    T = []
    for row in rows:
        x = [float(v == row.get(c)) for c, vs in categories.items() for v in vs]
        x.extend(np.nan if row.get(n) is None else row[n] for n in numeric)
        T.append(x)
    return torch.from_numpy(np.array(T, dtype=np.float32).reshape(len(rows), sum(map(len, categories.values())) + len(numeric)))

# %% features_only_used
# features: a column only for the values that occur in rows
# named: features_only_used
def features(rows, categories, numeric):
    seen = {c: [v for v in vals if any(r.get(c) == v for r in rows)] for c, vals in categories.items()}
    T = [[float(r.get(c) == v) for c in seen for v in seen[c]] + [float(r.get(n) or 0) for n in numeric] for r in rows]
    return torch.tensor(T).reshape(len(rows), sum(map(len, seen.values())) + len(numeric))

# %% features_codes
# features: one column of integer codes per category
# named: features_codes
def features(rows, categories, numeric):
    T = torch.zeros(len(rows), len(categories) + len(numeric))
    for i, r in enumerate(rows):
        for j, (c, vals) in enumerate(categories.items()):
            if r.get(c) in vals:
                T[i, j] = vals.index(r[c])
        for j, n in enumerate(numeric):
            T[i, len(categories) + j] = r.get(n) or 0
    return T

# %% features_none_is_first
# features: a missing category counts as the first value
# named: features_none_first
def features(rows, categories, numeric):
    T = []
    for r in rows:
        x = []
        for c, vals in categories.items():
            v = r.get(c)
            if v is None:
                v = vals[0]
            x += [float(v == u) for u in vals]
        T.append(x + [float(r.get(n) or 0) for n in numeric])
    return torch.tensor(T).reshape(len(rows), sum(map(len, categories.values())) + len(numeric))

# %% features_no_rows
# features: 0-d/1-d table for no rows (torch.tensor([]))
# named: features_no_rows_no_columns
def features(rows, categories, numeric):
    return torch.tensor([[float(r.get(c) == v) for c, vs in categories.items() for v in vs]
                         + [0.0 if r.get(n) is None else float(r[n]) for n in numeric] for r in rows])

# %% features_get_with_default
# features: row.get(n, 0) gives None where the value is None
# named: -
def features(rows, categories, numeric):
    T = torch.zeros(len(rows), sum(len(v) for v in categories.values()) + len(numeric))
    for i, r in enumerate(rows):
        T[i] = torch.tensor([float(r.get(c) == v) for c, vs in categories.items() for v in vs] + [r.get(n, 0) for n in numeric])
    return T

# %% features_any_key
# features: strips the shared value: any(row value == v) over all keys of the row
# named: features_any_category
def features(rows, categories, numeric):
    values = [v for vs in categories.values() for v in vs]
    T = [[float(v in r.values()) for v in values] + [float(r.get(n) or 0) for n in numeric] for r in rows]
    return torch.tensor(T).reshape(len(rows), len(values) + len(numeric))

# %% features_other_column
# features: the unknown value adds an extra column 'other' per block
# named: features_other_column
from torch import nn


def features(rows, categories, numeric):
    parts = [torch.zeros(len(rows), 0)]
    for c, vals in categories.items():
        idx = torch.tensor([vals.index(r[c]) if r.get(c) in vals else len(vals) for r in rows], dtype=torch.long)
        parts.append(nn.functional.one_hot(idx, len(vals) + 1).float())
    for n in numeric:
        parts.append(torch.tensor([[float(r.get(n) or 0)] for r in rows]).reshape(-1, 1))
    return torch.cat(parts, 1)

# %% features_standardised
# features: numbers standardised
# named: missing
def features(rows, categories, numeric):
    T = torch.tensor([[float(r.get(c) == v) for c, vs in categories.items() for v in vs] for r in rows]).reshape(len(rows), sum(map(len, categories.values())))
    Q = torch.tensor([[float(r.get(n) or 0) for n in numeric] for r in rows]).reshape(len(rows), len(numeric))
    if len(rows):
        Q = (Q - Q.mean(0)) / (Q.std(0, unbiased=False) + 1e-8)
    return torch.cat([T, Q], 1)

# %% features_seen_sorted
# features: the columns are the sorted values that occur in the rows.
# named: features_values_seen_sorted
def features(rows, categories, numeric):
    values = {name: sorted({row[name] for row in rows if row.get(name) is not None}) for name in categories}
    table = [
        [float(row.get(name) == value) for name in categories for value in values[name]]
        + [float(row.get(name) or 0) for name in numeric]
        for row in rows
    ]
    return torch.tensor(table).reshape(len(rows), sum(map(len, values.values())) + len(numeric))

# %% features_row_order
# features: the blocks and the numbers come in the order in which the row has its keys.
# named: missing
def features(rows, categories, numeric):
    width = sum(map(len, categories.values())) + len(numeric)
    table = torch.zeros(len(rows), width)
    for i, row in enumerate(rows):
        blocks, numbers = [], []
        for key, value in row.items():
            if key in categories:
                blocks += [float(value == each) for each in categories[key]]
            elif key in numeric:
                numbers.append(float(value or 0))
        line = blocks + numbers
        table[i, : len(line)] = torch.tensor(line)
    return table
