# %% recommend_seen_too
# The seen ones are not left out.
# like: boolean_index
# named: recommend_seen_too
def recommend(p, seen, n):
    return torch.argsort(predict(p), dim=1, descending=True)[:, :n]


# %% recommend_lowest
# The lowest first.
# named: recommend_worst
def recommend(p, seen, n):
    return predict(p).masked_fill(seen, float("inf")).topk(n, dim=1, largest=False).indices


# %% recommend_seen_first_ascending
# argsort ascending with -inf: the seen come first.
# like: boolean_index
# named: recommend_seen_too, recommend_upwards
def recommend(p, seen, n):
    scores = predict(p).detach().clone()
    scores[seen] = -torch.inf
    return torch.argsort(scores, dim=1)[:, :n]


# %% recommend_times_mask
# Seen ones become 0.
# named: recommend_seen_as_zero
def recommend(p, seen, n):
    return (predict(p) * ~seen).topk(n, dim=1).indices


# %% recommend_minus_one
# Seen ones become -1.
# like: weight_decay
# named: recommend_seen_as_zero
def recommend(p, seen, n):
    return predict(p).masked_fill(seen, -1).topk(n).indices


# %% recommend_minus_1000
# Seen ones become -1000.
# like: numpy
# named: recommend_seen_as_minus_5000, recommend_seen_as_zero
def recommend(p, seen, n):
    x = predict(p).detach().cpu().numpy()
    x = np.where(seen.cpu().numpy(), -1000.0, x)
    return torch.from_numpy(np.argsort(-x, axis=1)[:, :n].copy()).to(seen.device)


# %% recommend_1000_taken_off
# 1000 is taken off the seen ones.
# named: recommend_seen_as_minus_5000, recommend_seen_as_zero, missing
def recommend(p, seen, n):
    return (predict(p) - 1000 * seen).topk(n, dim=1).indices


# %% recommend_infinity_times_mask
# seen * inf: NaN where it is not seen.
# named: recommend_unseen_are_nan
def recommend(p, seen, n):
    return (predict(p) - seen * float("inf")).topk(n, dim=1).indices


# %% recommend_numbers_among_unseen
# The numbers count the unseen items alone.
# like: functional
# named: recommend_among_unseen
def recommend(p, seen, n):
    s = predict(p)
    return torch.stack([s[u, ~seen[u]].topk(n).indices for u in range(s.shape[0])])


# %% recommend_values
# The predictions, not the numbers.
# named: -
def recommend(p, seen, n):
    return predict(p).masked_fill(seen, float("-inf")).topk(n, dim=1).values


# %% recommend_int32
# int32.
# named: -
def recommend(p, seen, n):
    return predict(p).masked_fill(seen, float("-inf")).topk(n, dim=1).indices.int()


# %% recommend_best_last
# The n best, the best last.
# like: numpy
# named: recommend_best_last
def recommend(p, seen, n):
    x = predict(p).detach().cpu().numpy()
    x = np.where(seen.cpu().numpy(), -np.inf, x)
    return torch.from_numpy(np.argsort(x, axis=1)[:, -n:].copy()).to(seen.device)


# %% recommend_by_number
# The n best in the order of their numbers.
# named: recommend_by_number
def recommend(p, seen, n):
    return predict(p).masked_fill(seen, float("-inf")).topk(n, dim=1).indices.sort(dim=1).values


# %% recommend_seen_only
# The mask the wrong way round.
# named: recommend_seen_only
def recommend(p, seen, n):
    return predict(p).masked_fill(~seen, float("-inf")).topk(n, dim=1).indices


# %% recommend_users_for_items
# topk along the users.
# named: recommend_users, recommend_along_users, recommend_along_users_topk
def recommend(p, seen, n):
    return predict(p).masked_fill(seen, float("-inf")).topk(n, dim=0).indices


# %% recommend_from_one
# Items are counted from 1.
# like: optimizer
# named: recommend_from_one
def recommend(p, seen, n):
    x = torch.where(seen, torch.full_like(predict(p), -torch.inf), predict(p))
    return torch.sort(x, dim=-1, descending=True)[1][..., :n] + 1


# %% recommend_best_then_unseen
# Of the n best those that are unseen.
# like: own_function
# named: -
def recommend(p, seen, n):
    order = predict(p).topk(n, dim=1).indices
    rows = [[i for i in row if not s[i]] for row, s in zip(order.tolist(), seen.tolist())]
    return torch.tensor(rows, device=seen.device)


# %% recommend_one_list_for_all
# The items with the best mean prediction.
# like: ranks
# named: recommend_popular
def recommend(p, seen, n):
    popular = predict(p).mean(0).expand_as(seen)
    return popular.masked_fill(seen, float("-inf")).topk(n, dim=1).indices


# %% recommend_factors_only
# By P Q alone.
# like: model
# named: recommend_by_factors
def recommend(p, seen, n):
    return (p["P"] @ p["Q"].T).masked_fill(seen, float("-inf")).topk(n, dim=1).indices


# %% recommend_item_bias_only
# By bi alone.
# named: recommend_popular
def recommend(p, seen, n):
    return p["bi"].expand_as(seen).masked_fill(seen, float("-inf")).topk(n, dim=1).indices


# %% recommend_absolute
# By the size.
# named: recommend_worst, missing
def recommend(p, seen, n):
    return predict(p).abs().masked_fill(seen, float("-inf")).topk(n, dim=1).indices


# %% recommend_one_is_squeezed
# n = 1 loses its axis.
# like: optimizer
# named: -
def recommend(p, seen, n):
    x = torch.where(seen, torch.full_like(predict(p), -torch.inf), predict(p))
    return torch.sort(x, dim=-1, descending=True)[1][..., :n].squeeze()


# %% recommend_always_one
# argmax: n is not looked at.
# named: -
def recommend(p, seen, n):
    return predict(p).masked_fill(seen, float("-inf")).argmax(dim=1, keepdim=True)


# %% recommend_tiny_positive
# Seen ones get the smallest positive number.
# like: augmented
# named: recommend_seen_as_zero
def recommend(p, seen, n):
    x = predict(p)
    smallest = torch.finfo(x.dtype).tiny
    return x.where(~seen, torch.tensor(smallest, dtype=x.dtype, device=x.device)).topk(n, 1, True, True)[1]


# %% recommend_lowest_score_for_seen
# Seen ones get the lowest prediction, which an unseen one may have.
# named: recommend_seen_as_zero, missing
def recommend(p, seen, n):
    s = predict(p)
    return torch.where(seen, s.min(), s).topk(n).indices


# %% recommend_minus_9999
# Seen ones become -9999.
# like: in_place
# named: recommend_seen_as_minus_5000, recommend_seen_as_zero
def recommend(p, seen, n):
    scores = predict(p).detach()
    scores[seen] = -9999
    return scores.topk(n).indices
