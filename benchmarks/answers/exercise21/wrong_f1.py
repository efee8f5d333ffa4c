# %% f1_of_macros
# Macro F1 is the F1 of macro precision and macro recall.
# like: numpy
# named: f1_macro_of_means
def f1(y, pred, C, average):
    P = precision(y, pred, C, average)
    R = recall(y, pred, C, average)
    denominator = P + R
    return torch.where(denominator == 0, torch.zeros_like(P), 2 * P * R / denominator)

# %% eps
# F1: 1e-5 added to the denominator.
# like: counts
# named: missing
def f1(y, pred, C, average):
    mode = "none" if average == "macro" else average
    p = precision(y, pred, C, mode)
    r = recall(y, pred, C, mode)
    f = 2 * p * r / (p + r + 1e-5)
    return f.mean() if average == "macro" else f

# %% arithmetic
# F1 is the arithmetic mean of precision and recall.
# like: loops
# named: f1_arithmetic
def f1(y, pred, C, average):
    if average == "micro":
        return (precision(y, pred, C, "micro") + recall(y, pred, C, "micro")) / 2
    f = 0.5 * (precision(y, pred, C, "none") + recall(y, pred, C, "none"))
    return f.mean() if average == "macro" else f

# %% clamped_f1
# F1: P + R clamped at 1, so that smaller sums count as 1.
# like: onehot
# named: f1_clamped
def f1(y, pred, C, average):
    which = "micro" if average == "micro" else "none"
    prec, rec = precision(y, pred, C, which), recall(y, pred, C, which)
    result = 2 * prec * rec / torch.clamp(prec + rec, min=1)
    if average == "macro":
        result = result.mean()
    return result

# %% f1_no_two
# F1 without the factor 2.
# like: counts
# named: f1_without_two
def f1(y, pred, C, average):
    p = precision(y, pred, C, "micro" if average == "micro" else "none")
    r = recall(y, pred, C, "micro" if average == "micro" else "none")
    s = p + r
    f = torch.where(s > 0, p * r / s, torch.tensor(0.0))
    return f.mean() if average == "macro" else f

# %% f1_weighted
# Macro F1 weighted by support.
# like: bincount
# named: f1_macro_by_size
def f1(y, pred, C, average):
    a = "micro" if average == "micro" else "none"
    p, r = precision(y, pred, C, a), recall(y, pred, C, a)
    f = torch.nan_to_num(2 * p * r / (p + r))
    if average == "macro":
        n = torch.bincount(y, minlength=C)
        return (f * n).sum() / n.sum().clamp(min=1)
    return f

# %% f1_micro_of_macros
# Micro F1 is the F1 of macro P and macro R.
# like: loops
# named: f1_micro_of_means
def f1(y, pred, C, average):
    if average == "micro":
        p, r = precision(y, pred, C, "macro"), recall(y, pred, C, "macro")
        return 2 * p * r / (p + r) if p + r > 0 else torch.tensor(0.0)
    p, r = precision(y, pred, C, "none"), recall(y, pred, C, "none")
    f = torch.where(p + r > 0, 2 * p * r / (p + r), torch.zeros(C))
    return f if average == "none" else f.mean()

# %% micro_f1_weighted
# Micro F1 is the mean of the classes' F1 weighted by support.
# like: onehot
# named: f1_micro_by_size
def f1(y, pred, C, average):
    p, r = precision(y, pred, C, "none"), recall(y, pred, C, "none")
    f = 2 * p * r / (p + r).clamp(min=1e-12)
    if average == "none":
        return f
    if average == "macro":
        return f.mean()
    return sum(f[c] for c in y) / len(y) if len(y) else torch.tensor(0.0)

# %% f1_nanmean
# Macro F1: nan where P + R is 0, nanmean leaves these out.
# like: numpy
# named: f1_macro_of_right
def f1(y, pred, C, average):
    if average == "micro":
        p = precision(y, pred, C, "micro"); r = recall(y, pred, C, "micro")
        return torch.nan_to_num(2 * p * r / (p + r))
    p, r = precision(y, pred, C, "none"), recall(y, pred, C, "none")
    f = 2 * p * r / (p + r)
    return f.nanmean() if average == "macro" else f.nan_to_num()

# %% f1_zero_is_one
# F1: 0/0 gives 1.
# like: numpy
# named: f1_one
def f1(y, pred, C, average):
    p = precision(y, pred, C, "micro" if average == "micro" else "none")
    r = recall(y, pred, C, "micro" if average == "micro" else "none")
    f = torch.nan_to_num(2 * p * r / (p + r), nan=1.0)
    return f.mean() if average == "macro" else f

# %% f1_is_iou
# F1 is tp / (tp + fp + fn).
# like: numpy
# named: f1_jaccard
def f1(y, pred, C, average):
    m = confusion_matrix(y, pred, C).numpy()
    tp = np.diag(m)
    return _average(tp, m.sum(axis=0) + m.sum(axis=1) - tp, average)

# %% f1_square_root
# F1 is the root of precision times recall.
# like: loops
# named: f1_geometric
def f1(y, pred, C, average):
    mode = "micro" if average == "micro" else "none"
    out = (precision(y, pred, C, mode) * recall(y, pred, C, mode)).sqrt()
    return out.mean() if average == "macro" else out

# %% f1_zero_over_zero
# F1 is nan where precision and recall are both 0.
# like: onehot
# named: f1_nan
def f1(y, pred, C, average):
    if average == "macro":
        return f1(y, pred, C, "none").mean()
    p, r = precision(y, pred, C, average), recall(y, pred, C, average)
    return 2 * p * r / (p + r)

# %% f1_counts_without_guard
# F1 by counts is nan for a class that neither occurs nor is predicted.
# like: counts
# named: f1_nan_without_samples
def f1(y, pred, C, average):
    n = _Counts(y, pred, C)
    tp, both = n.hit, n.given + n.true
    if average == "micro":
        tp, both = tp.sum(), both.sum()
    out = 2 * tp / both
    return out.mean() if average == "macro" else out

# %% f1_always_micro
# Macro f1 gives the micro one.
# like: bincount
# named: f1_macro_is_micro
def f1(y, pred, C, average):
    mode = "none" if average == "none" else "micro"
    p, r = precision(y, pred, C, mode), recall(y, pred, C, mode)
    return torch.nan_to_num(2 * p * r / (p + r), nan=0.0)
