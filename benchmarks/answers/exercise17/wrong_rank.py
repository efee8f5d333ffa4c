# %% rank_likely_first
# rank: the k largest probabilities are chosen first, only these are ordered by the product
# named: rank_likely_first
def rank(p, bid, k):
    best = p.argsort(descending=True)[:k]
    return best[(p[best] * bid[best]).argsort(descending=True)]

# %% rank_last_k
# rank: [-k:] gives all adverts for k = 0
# named: rank_zero_is_all
def rank(p, bid, k):
    order = torch.argsort(p * bid)
    return order[-k:].flip(0)

# %% rank_places
# rank: returns the places of the adverts, not their numbers (argsort of argsort)
# named: rank_places
def rank(p, bid, k):
    value = -(p * bid)
    return value.argsort().argsort()[:k]

# %% rank_topk
# rank: topk(k) with k > M raises
# named: -
def rank(p, bid, k):
    _, i = torch.topk(p * bid, k)
    return i

# %% rank_by_bid
# rank: ordered by bid only
# named: rank_by_bid
def rank(p, bid, k):
    return bid.argsort(descending=True)[:k]

# %% rank_smallest_first
# rank: smallest first among the k best
# named: rank_best_last
def rank(p, bid, k):
    k = min(k, p.numel())
    return (p * bid).argsort()[p.numel() - k:]

# %% rank_by_probability
# rank: the order of p alone.
# named: rank_by_probability
def rank(p, bid, k):
    return torch.argsort(p, descending=True)[:k]

# %% rank_values
# rank: the products themselves, not the numbers of the adverts.
# named: rank_values
def rank(p, bid, k):
    value = p * bid
    return torch.topk(value, min(k, len(value))).values

# %% rank_smallest
# rank: argsort goes upwards, so that the smallest products are returned.
# named: rank_rising
def rank(p, bid, k):
    return (p * bid).argsort()[:k]
