# %% transposed
# Confusion matrix: rows are predictions, columns the truth (precision and recall do not use it).
# like: numpy
# named: matrix_transposed
def confusion_matrix(y, pred, C):
    out = torch.zeros((C, C), dtype=torch.int64)
    for truth, guess in zip(y, pred):
        out[guess, truth] += 1
    return out


def _counts(y, pred, C):
    hit = np.array([int(((y == c) & (pred == c)).sum()) for c in range(C)])
    return hit, np.array([int((y == c).sum()) for c in range(C)]), np.array([int((pred == c).sum()) for c in range(C)])


def precision(y, pred, C, average):
    hit, true, given = _counts(y, pred, C)
    return _average(hit, given, average)


def recall(y, pred, C, average):
    hit, true, given = _counts(y, pred, C)
    return _average(hit, true, average)


def f1(y, pred, C, average):
    hit, true, given = _counts(y, pred, C)
    return _average(2 * hit, true + given, average)

# %% no_accumulate
# Confusion matrix: indexed assignment counts a repeated pair once.
# like: bincount
# named: matrix_counts_once
def confusion_matrix(y, pred, C):
    matrix = torch.zeros(C, C, dtype=torch.long)
    matrix[y, pred] += 1
    return matrix

# %% no_minlength
# Confusion matrix: bincount without minlength, the reshape fails.
# like: onehot
# named: -
def confusion_matrix(y, pred, C):
    flat = C * y + pred
    return torch.bincount(flat).reshape(C, C)

# %% labels_seen
# Precision: only the classes in y or pred, as many numbers as occur.
# like: loops
# named: matrix_of_classes_seen
def confusion_matrix(y, pred, C):
    present = sorted(set(y.tolist()) | set(pred.tolist()))
    return torch.tensor([[int(((y == a) & (pred == b)).sum()) for b in present] for a in present], dtype=torch.int64)


def _pr(y, pred, C, average, which):
    hits = [int(((y == c) & (pred == c)).sum()) for c in range(C)]
    totals = [int(((pred if which == "p" else y) == c).sum()) for c in range(C)]
    if average == "micro":
        return torch.tensor(_safe(sum(hits), sum(totals)))
    v = [_safe(h, t) for h, t in zip(hits, totals)]
    return torch.tensor(sum(v) / C) if average == "macro" else torch.tensor(v, dtype=torch.float32)
