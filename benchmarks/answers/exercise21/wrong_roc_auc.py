# %% auc_ties_lost
# AUC: a tie counts 0.
# like: numpy
# named: auc_ties_lost
def roc_auc(y, score):
    a, b = score[y == 1], score[y == 0]
    if len(a) == 0 or len(b) == 0:
        return float("nan")
    return (a.unsqueeze(1) > b.unsqueeze(0)).double().mean().item()

# %% auc_ties_won
# AUC: a tie counts 1.
# like: loops
# named: auc_ties_won
def roc_auc(y, score):
    positives = score[y.bool()]
    negatives = score[~y.bool()]
    n = len(positives) * len(negatives)
    if n == 0:
        return math.nan
    return sum((p >= negatives).sum().item() for p in positives) / n

# %% auc_plain_ranks
# AUC: ranks by position, ties are not shared.
# like: bincount
# named: auc_ties_by_position, auc_ties_by_position_falling
def roc_auc(y, score):
    ranks = torch.empty(len(y), dtype=torch.double)
    ranks[score.argsort(stable=True)] = torch.arange(1, len(y) + 1, dtype=torch.double)
    n1 = int((y == 1).sum())
    n0 = len(y) - n1
    if n1 == 0 or n0 == 0:
        return float("nan")
    u = ranks[y == 1].sum() - n1 * (n1 + 1) / 2
    return float(u / (n1 * n0))

# %% auc_half
# AUC of a single class is 0.5.
# like: onehot
# named: auc_one_class_half
def roc_auc(y, score):
    pos = score[y == 1].double()
    neg = score[y == 0].double()
    if pos.numel() * neg.numel() == 0:
        return 0.5
    diff = pos.view(-1, 1) - neg.view(1, -1)
    return ((torch.sign(diff) + 1) / 2).mean().item()

# %% auc_thresholded
# AUC: the scores are cut at 0.5 first.
# like: counts
# named: auc_thresholded
def roc_auc(y, score):
    guess = (score > 0.5).double()
    n_pos, n_neg = (y == 1).sum().item(), (y == 0).sum().item()
    if n_pos == 0 or n_neg == 0:
        return math.nan
    tpr = guess[y == 1].mean().item()
    fpr = guess[y == 0].mean().item()
    return (1 + tpr - fpr) / 2

# %% auc_reversed
# AUC: the curve is drawn from the lowest score up, giving 1 - AUC.
# like: numpy
# named: auc_reversed
def roc_auc(y, score):
    n1 = int((y == 1).sum())
    n0 = int((y == 0).sum())
    if n1 == 0 or n0 == 0:
        return float("nan")
    x, h = [0.0], [0.0]
    for t in np.unique(score.numpy()):
        sel = score.numpy() <= t
        x.append((sel & (y.numpy() == 0)).sum() / n0)
        h.append((sel & (y.numpy() == 1)).sum() / n1)
    return float(sum((x[i + 1] - x[i]) * (h[i + 1] + h[i]) / 2 for i in range(len(x) - 1)))

# %% auc_float32
# AUC: the scores are cast to float32.
# like: bincount
# named: auc_float32
def roc_auc(y, score):
    score = score.float()
    p, q = score[y == 1], score[y != 1]
    if p.nelement() == 0 or q.nelement() == 0:
        return float("nan")
    greater = (p[:, None] > q).sum()
    equal = (p[:, None] == q).sum()
    return (greater + equal / 2).item() / (len(p) * len(q))

# %% auc_steps
# AUC: the curve in rectangles, one sample at a time, after a sort with the highest first (a tie depends on the order).
# like: loops
# named: auc_ties_by_position, auc_ties_by_position_falling
def roc_auc(y, score):
    order = torch.argsort(score, descending=True, stable=True)
    n1 = int(y.sum())
    n0 = len(y) - n1
    if n1 * n0 == 0:
        return float("nan")
    height = area = 0
    for label in y[order].tolist():
        if label == 1:
            height += 1
        else:
            area += height
    return area / (n1 * n0)

# %% auc_no_origin
# AUC: trapezoids, the point (0, 0) is missing.
# like: loops
# named: auc_without_origin
def roc_auc(y, score):
    n1, n0 = int((y == 1).sum()), int((y == 0).sum())
    if not n1 or not n0:
        return math.nan
    xs, hs = [], []
    for t in sorted(set(score.tolist()), reverse=True):
        on = score >= t
        xs.append(int((on & (y == 0)).sum()) / n0)
        hs.append(int((on & (y == 1)).sum()) / n1)
    return sum((xs[i] - xs[i - 1]) * (hs[i] + hs[i - 1]) / 2 for i in range(1, len(xs)))

# %% auc_sigmoid
# AUC: sigmoid over the scores first.
# like: bincount
# named: auc_saturated
def roc_auc(y, score):
    prob = torch.sigmoid(score)
    a, b = prob[y == 1], prob[y == 0]
    d = a[:, None] - b[None]
    return (torch.heaviside(d, torch.tensor(0.5, dtype=d.dtype))).double().mean().item()

# %% auc_rank0
# AUC: Mann-Whitney with ranks from 0 and the correction for ranks from 1.
# like: numpy
# named: auc_ranks_from_zero
def roc_auc(y, score):
    n1 = int(y.sum()); n0 = len(y) - n1
    if n1 == 0 or n0 == 0:
        return float("nan")
    s = score.numpy()
    rank = np.array([(s < v).sum() + ((s == v).sum() - 1) / 2 for v in s])
    return float((rank[y.numpy() == 1].sum() - n1 * (n1 + 1) / 2) / (n1 * n0))

# %% auc_isclose
# AUC: scores closer than 1e-8 (isclose) count as a tie.
# like: onehot
# named: auc_float32
def roc_auc(y, score):
    p, n = score[y == 1].unsqueeze(1), score[y == 0].unsqueeze(0)
    if p.numel() == 0 or n.numel() == 0:
        return float("nan")
    tie = torch.isclose(p, n)
    win = (p > n) & ~tie
    return (win.double() + 0.5 * tie.double()).mean().item()

# %% auc_rounded
# AUC: the scores are rounded to four digits.
# like: counts
# named: auc_float32
def roc_auc(y, score):
    s = [round(v, 4) for v in score.tolist()]
    p = [a for a, t in zip(s, y.tolist()) if t]; n = [a for a, t in zip(s, y.tolist()) if not t]
    if not p or not n:
        return math.nan
    return sum((a > b) + 0.5 * (a == b) for a in p for b in n) / len(p) / len(n)

# %% inplace
# AUC: sorts y and score in place.
# like: numpy
# named: -
def roc_auc(y, score):
    order = score.argsort()
    score[:] = score[order].clone(); y[:] = y[order].clone()
    p, n = score[y == 1], score[y == 0]
    return ((p[:, None] > n).double().mean() + (p[:, None] == n).double().mean() / 2).item()

# %% auc_at_least_half
# Roc_auc below one half is turned around.
# like: counts
# named: auc_folded
def roc_auc(y, score):
    pos, neg = score[y == 1], score[y == 0]
    if len(pos) == 0 or len(neg) == 0:
        return math.nan
    d = pos[:, None] - neg
    a = ((d > 0).sum() + (d == 0).sum() / 2).item() / d.numel()
    return max(a, 1 - a)

# %% auc_all_pairs
# Roc_auc divides by N squared.
# like: numpy
# named: auc_of_all_pairs
def roc_auc(y, score):
    pos, neg = score[y == 1].numpy(), score[y == 0].numpy()
    if len(pos) == 0 or len(neg) == 0:
        return float("nan")
    wins = (pos[:, None] > neg).sum() + 0.5 * (pos[:, None] == neg).sum()
    return float(wins / len(y) ** 2)

# %% auc_hundred_thresholds
# Roc_auc looks at 101 thresholds between 0 and 1 only.
# like: onehot
# named: auc_on_a_grid
def roc_auc(y, score):
    P, N = (y == 1).sum().item(), (y == 0).sum().item()
    if P * N == 0:
        return float("nan")
    tpr, fpr = [], []
    for i in range(100, -1, -1):
        chosen = score >= i / 100
        tpr.append((chosen & (y == 1)).sum().item() / P)
        fpr.append((chosen & (y == 0)).sum().item() / N)
    return sum((fpr[i] - fpr[i - 1]) * (tpr[i] + tpr[i - 1]) / 2 for i in range(1, 101))
