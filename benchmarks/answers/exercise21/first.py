# %% first_1
# three errors: F1 is nan where P + R is 0 (none and macro and micro); AUC: a tie counts 0; NDCG: linear gain
# like: loops
# named: f1_nan, f1_nan_without_samples, auc_ties_lost, ndcg_linear_gain
def f1(y, pred, C, average):
    if average == "micro":
        p, r = precision(y, pred, C, "micro"), recall(y, pred, C, "micro")
    else:
        p, r = precision(y, pred, C, "none"), recall(y, pred, C, "none")
    f = 2 * p * r / (p + r)
    return f.mean() if average == "macro" else f


def roc_auc(y, score):
    pos = score[y == 1]
    neg = score[y == 0]
    count = 0
    for p in pos:
        for n in neg:
            if p > n:
                count += 1
    if len(pos) * len(neg) == 0:
        return float("nan")
    return count / (len(pos) * len(neg))


def ndcg(relevance, score, k):
    rel = relevance[torch.argsort(score, descending=True)].tolist()[:k]
    ideal = sorted(relevance.tolist(), reverse=True)[:k]
    dcg = sum(x / math.log2(i + 2) for i, x in enumerate(rel))
    idcg = sum(x / math.log2(i + 2) for i, x in enumerate(ideal))
    return dcg / idcg if idcg else 0.0

# %% first_2
# three errors: the confusion matrix is transposed, so that precision and recall (built on it) are exchanged too (1); macro F1 is the F1 of the macros (2); MSE is a tensor (3)
# like: onehot
# named: matrix_transposed, f1_macro_of_means
def confusion_matrix(y, pred, C):
    cm = torch.zeros(C, C, dtype=torch.int64)
    for t, p in zip(y, pred):
        cm[p, t] += 1
    return cm


def precision(y, pred, C, average):
    cm = confusion_matrix(y, pred, C).float()
    tp, n = cm.diag(), cm.sum(dim=0)
    if average == "micro":
        tp, n = tp.sum(), n.sum()
    out = tp / n.clamp(min=1)
    return out.mean() if average == "macro" else out


def recall(y, pred, C, average):
    cm = confusion_matrix(y, pred, C).float()
    tp, n = cm.diag(), cm.sum(dim=1)
    if average == "micro":
        tp, n = tp.sum(), n.sum()
    out = tp / n.clamp(min=1)
    return out.mean() if average == "macro" else out


def f1(y, pred, C, average):
    p = precision(y, pred, C, average)
    r = recall(y, pred, C, average)
    return torch.nan_to_num(2 * p * r / (p + r))


def mse(pred, y):
    return ((pred - y) ** 2).mean()

# %% first_3
# three errors: macro precision averages the classes that are predicted only; AUC of one class is 0; NDCG: the ideal is that of the retrieved ones
# like: bincount
# named: precision_macro_without_gaps, auc_one_class_zero, ndcg_ideal_of_found
def precision(y, pred, C, average):
    cm = confusion_matrix(y, pred, C).float()
    tp, n = cm.diag(), cm.sum(0)
    if average == "micro":
        return tp.sum() / n.sum().clamp(min=1)
    p = tp / n.clamp(min=1)
    if average == "macro":
        used = n > 0
        return p[used].mean() if used.any() else torch.tensor(0.0)
    return p


def recall(y, pred, C, average):
    cm = confusion_matrix(y, pred, C).float()
    tp, n = cm.diag(), cm.sum(1)
    if average == "micro":
        return tp.sum() / n.sum().clamp(min=1)
    r = tp / n.clamp(min=1)
    return r.mean() if average == "macro" else r


def roc_auc(y, score):
    n1, n0 = int((y == 1).sum()), int((y == 0).sum())
    if n1 == 0 or n0 == 0:
        return 0.0
    total = 0.0
    for s in score[y == 1]:
        total += (s > score[y == 0]).sum().item() + 0.5 * (s == score[y == 0]).sum().item()
    return total / (n1 * n0)


def ndcg(relevance, score, k):
    rel = relevance[score.argsort(descending=True)][:k].double()
    d = torch.log2(torch.arange(2, len(rel) + 2).double())
    a = ((2**rel - 1) / d).sum()
    b = ((2 ** rel.sort(descending=True).values - 1) / d).sum()
    return (a / b).item() if b > 0 else 0.0

# %% first_4
# the matrix counts a pair once; recall of an absent class is nan; roc_auc thresholds at one half; mse is a sum
# like: loops
# named: matrix_counts_once, recall_nan, auc_thresholded, mse_sum
def confusion_matrix(y, pred, C):
    m = torch.zeros(C, C, dtype=torch.int64)
    m[y, pred] = m[y, pred] + 1
    return m


def recall(y, pred, C, average):
    hit = torch.tensor([((y == c) & (pred == c)).sum() for c in range(C)])
    n = torch.tensor([(y == c).sum() for c in range(C)])
    if average == "micro":
        return hit.sum() / n.sum()
    out = hit / n
    return out.mean() if average == "macro" else out


def roc_auc(y, score):
    s = (score >= 0.5).long()
    pos, neg = s[y == 1].tolist(), s[y == 0].tolist()
    if not pos or not neg:
        return float("nan")
    return sum((a > b) + 0.5 * (a == b) for a in pos for b in neg) / (len(pos) * len(neg))


def mse(pred, y):
    return ((pred - y) ** 2).sum().item()

# %% first_5
# recall macro leaves absent classes out; f1 is the arithmetic mean; ndcg has the lowest score first and a mean absolute error stands for mse
# like: counts
# named: recall_macro_without_gaps, f1_arithmetic, mse_absolute, ndcg_rising
def recall(y, pred, C, average):
    n = _Counts(y, pred, C)
    if average == "macro":
        there = n.true > 0
        return (n.hit[there] / n.true[there]).mean() if there.any() else torch.tensor(0.0)
    return _ratio(n.hit, n.true, average)


def f1(y, pred, C, average):
    mode = "micro" if average == "micro" else "none"
    out = (precision(y, pred, C, mode) + recall(y, pred, C, mode)) / 2
    return out.mean() if average == "macro" else out


def mse(pred, y):
    return float((pred - y).abs().mean())


def ndcg(relevance, score, k):
    def dcg(order):
        return sum((2 ** relevance[i].item() - 1) / math.log2(r + 2) for r, i in enumerate(order[:k]))

    best = dcg(sorted(range(len(relevance)), key=lambda i: -relevance[i]))
    return dcg(sorted(range(len(relevance)), key=lambda i: score[i])) / best if best else 0.0

# %% first_6
# precision divides by the samples of the class; micro f1 is the macro one; an auc of one class is 0.5 and a tie wins; ndcg has no division by the ideal
# like: onehot
# named: precision_by_row, f1_micro_is_macro, auc_one_class_half, auc_ties_won, ndcg_dcg
def precision(y, pred, C, average):
    cm = confusion_matrix(y, pred, C).float()
    hit, n = cm.diagonal(), cm.sum(dim=1)
    if average == "micro":
        return hit.sum() / n.sum().clamp(min=1)
    each = hit / n.clamp(min=1)
    return each.mean() if average == "macro" else each


def f1(y, pred, C, average):
    p, r = precision(y, pred, C, "none"), recall(y, pred, C, "none")
    out = 2 * p * r / (p + r + 1e-12)
    return out if average == "none" else out.mean()


def roc_auc(y, score):
    pos, neg = score[y == 1], score[y == 0]
    if len(pos) == 0 or len(neg) == 0:
        return 0.5
    return (pos[:, None] >= neg[None, :]).double().mean().item()


def ndcg(relevance, score, k):
    rel = relevance[score.argsort(descending=True)][:k].double()
    return ((2**rel - 1) / torch.log2(torch.arange(len(rel)).double() + 2)).sum().item()
