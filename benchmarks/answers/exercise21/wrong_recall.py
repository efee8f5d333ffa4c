# %% macro_present
# Macro recall: mean over the classes that occur only.
# like: loops
# named: recall_macro_without_gaps
def recall(y, pred, C, average):
    cm = confusion_matrix(y, pred, C).to(torch.float64)
    found = cm.diag()
    support = cm.sum(1)
    if average == "micro":
        return (found.sum() / support.sum().clamp(min=1)).float()
    r = torch.where(support > 0, found / support.clamp(min=1), 0.0)
    if average == "none":
        return r.float()
    seen = r[support > 0]
    return seen.mean().float() if len(seen) else torch.tensor(0.0)

# %% micro_is_macro
# "micro" of recall returns the macro mean.
# like: numpy
# named: recall_micro_is_macro
def recall(y, pred, C, average):
    values = []
    for c in range(C):
        of_c = y == c
        n = of_c.sum().item()
        values.append((pred[of_c] == c).sum().item() / n if n > 0 else 0.0)
    values = torch.tensor(values)
    if average == "none":
        return values
    return values.mean()

# %% recall_specificity
# Recall is the specificity TN/(TN + FP).
# like: numpy
# named: recall_specificity
def recall(y, pred, C, average):
    m = confusion_matrix(y, pred, C).numpy()
    tn = m.sum() - m.sum(0) - m.sum(1) + np.diag(m)
    return _average(tn, tn + m.sum(0) - np.diag(m), average)

# %% recall_by_predictions
# Recall is divided by the number of predictions of the class.
# like: counts
# named: recall_by_column
def recall(y, pred, C, average):
    cm = confusion_matrix(y, pred, C)
    return _ratio(torch.diag(cm), cm.sum(dim=0), average)

# %% recall_macro_over_seen
# Macro recall averages the classes that occur in y or in pred, as sklearn does without labels.
# like: numpy
# named: recall_macro_of_seen
def recall(y, pred, C, average):
    m = confusion_matrix(y, pred, C).numpy()
    if average == "macro":
        seen = sorted(set(y.tolist()) | set(pred.tolist()))
        if not seen:
            return torch.tensor(0.0)
        m = m[np.ix_(seen, seen)]
    return _average(np.diag(m), m.sum(axis=1), average)

# %% recall_no_guard
# Recall of a class without samples is nan.
# like: bincount
# named: recall_nan
def recall(y, pred, C, average):
    cm = confusion_matrix(y, pred, C).double()
    tp, n = cm.diagonal(), cm.sum(1)
    if average == "micro":
        return (tp.sum() / n.sum()).float()
    out = (tp / n).float()
    return out.mean() if average == "macro" else out

# %% recall_micro_nan_without_samples
# Micro recall is the mean of y == pred, nan where there are no samples.
# like: onehot
# named: missing
def recall(y, pred, C, average):
    if average == "micro":
        return (y == pred).float().mean()
    Y, P = F.one_hot(y, C).float(), F.one_hot(pred, C).float()
    share = (Y * P).sum(0) / Y.sum(0).clamp(min=1)
    return share.mean() if average == "macro" else share

# %% recall_over_n
# Recall divides the hits of a class by all N samples.
# like: loops
# named: recall_of_all
def recall(y, pred, C, average):
    n = len(y)
    each = torch.tensor([_safe(((y == c) & (pred == c)).sum().item(), n) for c in range(C)])
    if average == "micro":
        return each.sum()
    return each.mean() if average == "macro" else each

# %% recall_macro_weighted
# Macro recall weights each class by its samples.
# like: numpy
# named: recall_macro_is_micro
def recall(y, pred, C, average):
    m = confusion_matrix(y, pred, C).numpy()
    n = m.sum(axis=1)
    if average == "macro":
        each = np.diag(m) / np.maximum(n, 1)
        return torch.tensor(float((each * n).sum() / max(n.sum(), 1)))
    return _average(np.diag(m), n, average)
