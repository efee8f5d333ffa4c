# %% nan_precision
# Precision: 0/0 stays nan.
# like: onehot
# named: precision_nan
def precision(y, pred, C, average):
    c = confusion_matrix(y, pred, C)
    tp = torch.diagonal(c)
    predicted = c.sum(dim=0)
    if average == "micro":
        return (tp.sum() / predicted.sum()).float()
    p = tp / predicted
    if average == "macro":
        return p.mean()
    return p

# %% micro_weighted
# Micro precision is the mean weighted by support.
# like: bincount
# named: precision_micro_by_size
def precision(y, pred, C, average):
    cm = confusion_matrix(y, pred, C).float()
    per_class = cm.diag() / cm.sum(0).clamp(min=1)
    if average == "none":
        return per_class
    elif average == "macro":
        return per_class.mean()
    w = cm.sum(1)
    return (per_class * w).sum() / w.sum().clamp(min=1)


def recall(y, pred, C, average):
    cm = confusion_matrix(y, pred, C).float()
    if average == "micro":
        return cm.trace() / cm.sum().clamp(min=1)
    per_class = cm.diag() / cm.sum(1).clamp(min=1)
    return per_class.mean() if average == "macro" else per_class

# %% float64
# Precision in float64.
# like: bincount
# named: -
def precision(y, pred, C, average):
    cm = confusion_matrix(y, pred, C).double()
    a, b = cm.diag(), cm.sum(0)
    if average == "micro":
        a, b = a.sum(), b.sum()
    q = torch.where(b > 0, a / b, 0.0)
    return q.mean() if average == "macro" else q


def recall(y, pred, C, average):
    cm = confusion_matrix(y, pred, C).float()
    a, b = cm.diag(), cm.sum(1)
    if average == "micro":
        a, b = a.sum(), b.sum()
    q = torch.where(b > 0, a / b, torch.zeros(()))
    return q.mean() if average == "macro" else q

# %% micro_over_errors
# Micro precision: TP / (TP + FP) pooled with FP counted from FN as well (divided by tp + fp + fn).
# like: counts
# named: -
def precision(y, pred, C, average):
    n = _Counts(y, pred, C)
    if average == "micro":
        tp = n.hit.sum()
        wrong = (n.given - n.hit).sum() + (n.true - n.hit).sum()
        return (tp / (tp + wrong).clamp(min=1)).float()
    return _ratio(n.hit, n.given, average)

# %% precision_by_samples
# Precision is divided by the number of samples of the class.
# like: counts
# named: precision_by_row
def precision(y, pred, C, average):
    cm = confusion_matrix(y, pred, C)
    return _ratio(torch.diag(cm), cm.sum(dim=1), average)

# %% precision_over_n
# Precision divides the hits of a class by all N samples.
# like: counts
# named: precision_of_all
def precision(y, pred, C, average):
    n = _Counts(y, pred, C)
    hit = n.hit if average != "micro" else n.hit.sum()
    share = hit.float() / max(len(y), 1)
    return share.mean() if average == "macro" else share

# %% precision_one_vs_rest_accuracy
# Precision of a class is the accuracy of the class against the rest.
# like: onehot
# named: precision_accuracy
def precision(y, pred, C, average):
    if len(y) == 0:
        return torch.zeros(C) if average == "none" else torch.tensor(0.0)
    same = F.one_hot(y, C) == F.one_hot(pred, C)
    share = same.float().mean(0)
    return share if average == "none" else share.mean()

# %% precision_default_one
# Precision of a class that is never predicted is 1.
# like: loops
# named: precision_one
def precision(y, pred, C, average):
    tp = [((y == c) & (pred == c)).sum().item() for c in range(C)]
    n = [(pred == c).sum().item() for c in range(C)]
    if average == "micro":
        return torch.tensor(sum(tp) / sum(n) if sum(n) else 1.0)
    each = torch.tensor([a / b if b else 1.0 for a, b in zip(tp, n)])
    return each.mean() if average == "macro" else each

# %% precision_macro_over_true_classes
# Macro precision averages the classes that have samples in y.
# like: onehot
# named: precision_macro_of_labels
def precision(y, pred, C, average):
    cm = confusion_matrix(y, pred, C).float()
    hit, given = cm.diagonal(), cm.sum(0)
    if average == "micro":
        return hit.sum() / given.sum().clamp(min=1)
    each = hit / given.clamp(min=1)
    if average == "none":
        return each
    classes = y.unique()
    return each[classes].mean() if len(classes) else torch.tensor(0.0)
