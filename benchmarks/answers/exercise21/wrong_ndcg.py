# %% ndcg_ideal_of_top
# NDCG: the ideal sorts the k retrieved ones only.
# like: counts
# named: ndcg_ideal_of_found
def ndcg(relevance, score, k):
    top = relevance[torch.argsort(score, descending=True)][:k].double()
    w = 1 / torch.log2(torch.arange(len(top)).double() + 2)
    dcg = ((2**top - 1) * w).sum()
    idcg = ((2 ** top.sort(descending=True).values - 1) * w).sum()
    return (dcg / idcg).item() if idcg > 0 else 0.0

# %% ndcg_linear
# NDCG: linear gain.
# like: bincount
# named: ndcg_linear_gain
def ndcg(relevance, score, k):
    def dcg(rel):
        rel = rel[:k]
        return (rel / torch.log2(torch.arange(2, len(rel) + 2).double())).sum().item()

    a = dcg(relevance[score.argsort(descending=True)])
    b = dcg(relevance.sort(descending=True)[0])
    return a / b if b else 0.0

# %% ndcg_ascending
# NDCG: the lowest score first.
# like: numpy
# named: ndcg_rising
def ndcg(relevance, score, k):
    r = relevance.numpy().astype(float)
    first = r[np.argsort(score.numpy())][:k]
    ideal = np.sort(r)[::-1][:k]
    d = np.log2(np.arange(2, len(first) + 2))
    z = ((2**ideal - 1) / d).sum()
    return float(((2**first - 1) / d).sum() / z) if z > 0 else 0.0

# %% ndcg_ideal_uncut
# NDCG: the ideal is not cut at k.
# like: onehot
# named: ndcg_ideal_uncut
def ndcg(relevance, score, k):
    rel = relevance.double()
    discount = torch.log2(torch.arange(len(rel)).double() + 2)
    found = ((2 ** rel[score.argsort(descending=True)] - 1) / discount)[:k].sum()
    best = ((2 ** rel.sort(descending=True).values - 1) / discount).sum()
    if best == 0:
        return 0.0
    return (found / best).item()

# %% ndcg_nan
# NDCG: 0/0 gives nan where nothing is relevant.
# like: loops
# named: missing
def ndcg(relevance, score, k):
    n = min(k, len(score))
    d = torch.log2(torch.arange(n) + 2.0).double()
    rel = relevance.double()
    a = ((2 ** rel[score.argsort(descending=True)[:n]] - 1) / d).sum()
    b = ((2 ** rel.sort(descending=True).values[:n] - 1) / d).sum()
    return (a / b).item()

# %% ndcg_rank0
# NDCG: the discount starts one too late, log2(2 + r).
# like: numpy
# named: ndcg_rank_from_two
def ndcg(relevance, score, k):
    order = np.argsort(score.numpy())[::-1]
    rel = relevance.numpy().astype(np.float64)
    def total(v):
        v = v[:k]
        return sum((2 ** v[i] - 1) / np.log2(i + 3) for i in range(len(v)))
    best = total(np.sort(rel)[::-1])
    return float(total(rel[order]) / best) if best else 0.0

# %% ndcg_only_dcg
# NDCG: not divided by the ideal.
# like: bincount
# named: ndcg_dcg
def ndcg(relevance, score, k):
    found = relevance[score.argsort(descending=True)][:k].double()
    return ((2**found - 1) / torch.log2(torch.arange(2, len(found) + 2).double())).sum().item()

# %% ndcg_int_rel
# NDCG: the relevance is made an integer.
# like: numpy
# named: ndcg_whole_relevance
def ndcg(relevance, score, k):
    gains = 2 ** relevance.long() - 1
    k = min(k, len(gains))
    d = torch.log2(torch.arange(2, k + 2, dtype=torch.float64))
    top = (gains[score.argsort(descending=True)[:k]] / d).sum()
    best = (gains.sort(descending=True).values[:k] / d).sum()
    return float(top / best) if best > 0 else 0.0

# %% ndcg_k_minus_1
# NDCG: only k - 1 ranks, range(1, k).
# like: loops
# named: ndcg_one_rank_short
def ndcg(relevance, score, k):
    k = min(k, len(score))
    order = score.argsort(descending=True).tolist()
    best = relevance.sort(descending=True).values.tolist()
    top = ideal = 0.0
    for r in range(1, k):
        w = math.log2(1 + r)
        top += (2 ** relevance[order[r - 1]].item() - 1) / w
        ideal += (2 ** best[r - 1] - 1) / w
    return top / ideal if ideal else 0.0

# %% ndcg_argsort_twice
# NDCG: argsort().argsort() taken for the order.
# like: onehot
# named: ndcg_order_as_ranks
def ndcg(relevance, score, k):
    place = score.argsort(descending=True).argsort()
    n = min(k, len(score))
    d = torch.log2(torch.arange(n).double() + 2)
    g = 2.0 ** relevance.double() - 1
    best = (g.sort(descending=True).values[:n] / d).sum()
    return ((g[place[:n]] / d).sum() / best).item() if best > 0 else 0.0

# %% ndcg_exp
# NDCG: e to the relevance in the place of 2.
# like: numpy
# named: -
def ndcg(relevance, score, k):
    g = np.expm1(relevance.numpy().astype(float))
    w = 1 / np.log2(np.arange(2, len(g) + 2))
    o = np.argsort(-score.numpy())
    best = (np.sort(g)[::-1][:k] * w[:k]).sum()
    return float((g[o][:k] * w[:k]).sum() / best) if best > 0 else 0.0

# %% ndcg_sum_discount
# NDCG: gain divided by the ideal per rank, then the mean.
# like: bincount
# named: -
def ndcg(relevance, score, k):
    k = min(k, len(score))
    g = 2.0 ** relevance.double() - 1
    best = g.sort(descending=True).values[:k]
    got = g[score.argsort(descending=True)][:k]
    return torch.where(best > 0, got / best, 0.0).mean().item()

# %% ndcg_power_only
# Ndcg has the gain 2**rel.
# like: counts
# named: ndcg_without_minus_one
def ndcg(relevance, score, k):
    rel = relevance[score.argsort(descending=True)].tolist()
    best = sorted(rel, reverse=True)
    if best[0] == 0:
        return 0.0
    n = min(k, len(rel))
    top = sum(2 ** rel[i] / math.log2(i + 2) for i in range(n))
    return top / sum(2 ** best[i] / math.log2(i + 2) for i in range(n))

# %% ndcg_first_two_alike
# Ndcg divides by log2(r) from the second rank on.
# like: loops
# named: ndcg_old_discount
def ndcg(relevance, score, k):
    def dcg(order):
        rels = relevance[order][:k].tolist()
        return sum((2**rel - 1) / (1 if r < 2 else math.log2(r)) for r, rel in enumerate(rels, 1))

    ideal = dcg(relevance.argsort(descending=True))
    return dcg(score.argsort(descending=True)) / ideal if ideal else 0.0

# %% ndcg_no_discount
# Ndcg does not discount.
# like: bincount
# named: ndcg_without_discount
def ndcg(relevance, score, k):
    gain = torch.pow(2.0, relevance.double()) - 1
    best = gain.sort(descending=True).values[:k].sum()
    if best == 0:
        return 0.0
    return (gain[score.argsort(descending=True)[:k]].sum() / best).item()

# %% ndcg_as_given
# Ndcg takes the samples in the order given.
# like: onehot
# named: ndcg_unsorted
def ndcg(relevance, score, k):
    def dcg(rel):
        rel = rel[:k].double()
        return ((2**rel - 1) / torch.log2(torch.arange(len(rel)).double() + 2)).sum().item()

    best = dcg(relevance.sort(descending=True).values)
    return dcg(relevance) / best if best > 0 else 0.0

# %% ndcg_k_forgotten
# Ndcg never cuts at k.
# like: numpy
# named: ndcg_uncut
def ndcg(relevance, score, k):
    gains = np.exp2(relevance.numpy().astype(np.float64)) - 1
    weights = 1 / np.log2(np.arange(len(gains)) + 2)
    ideal = np.sum(np.sort(gains)[::-1] * weights)
    return float(np.sum(gains[np.argsort(-score.numpy())] * weights) / ideal) if ideal else 0.0

# %% ndcg_int_zero
# Ndcg returns the int 0 where the ideal is 0.
# like: loops
# named: -
def ndcg(relevance, score, k):
    pairs = sorted(zip(score.tolist(), relevance.tolist()), reverse=True)
    got = [rel for _, rel in pairs][:k]
    best = sorted(relevance.tolist(), reverse=True)[:k]
    ideal = sum((2**rel - 1) / math.log2(r + 2) for r, rel in enumerate(best))
    if ideal == 0:
        return 0
    return sum((2**rel - 1) / math.log2(r + 2) for r, rel in enumerate(got)) / ideal
