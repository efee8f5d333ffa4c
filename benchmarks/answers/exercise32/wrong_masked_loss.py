# %% loss_times_mask
# NaN * 0.
# named: loss_nan
def masked_loss(R, seen, p, lam):
    err = (R - predict(p)) * seen
    penalty = sum((p[k] ** 2).sum() for k in ("P", "Q", "bu", "bi"))
    return (err**2).sum() / seen.sum() + lam * penalty


# %% loss_where_after_the_square
# The trap: the gradient is NaN.
# like: boolean_index
# named: loss_gradient_nan
def masked_loss(R, seen, p, lam):
    e = torch.where(seen, (R - predict(p)) ** 2, 0)
    reg = p["P"].pow(2).sum() + p["Q"].pow(2).sum() + p["bu"].pow(2).sum() + p["bi"].pow(2).sum()
    return e.sum() / seen.sum() + lam * reg


# %% loss_nanmean
# nanmean of the squares: the gradient is NaN as well.
# like: optimizer
# named: loss_gradient_nan
def masked_loss(R, seen, p, lam):
    data = torch.nanmean((predict(p) - R) ** 2)
    return data + lam * sum(v.square().sum() for k, v in p.items() if k != "mu")


# %% loss_nan_to_num_late
# nan_to_num of the squares.
# named: loss_gradient_nan
def masked_loss(R, seen, p, lam):
    err = torch.nan_to_num((R - predict(p)) ** 2)
    penalty = sum((p[k] ** 2).sum() for k in ("P", "Q", "bu", "bi"))
    return err.sum() / seen.sum() + lam * penalty


# %% loss_mask_unused
# The NaN are left: the mean over everything.
# like: optimizer
# named: loss_nan
def masked_loss(R, seen, p, lam):
    data = F.mse_loss(predict(p), R)
    return data + lam * sum(v.square().sum() for k, v in p.items() if k != "mu")


# %% loss_over_all_entries
# Divided by U I.
# named: loss_over_all
def masked_loss(R, seen, p, lam):
    err = torch.where(seen, R, 0.0) - torch.where(seen, predict(p), 0.0)
    penalty = sum((p[k] ** 2).sum() for k in ("P", "Q", "bu", "bi"))
    return (err**2).mean() + lam * penalty


# %% loss_sum
# Not divided.
# like: model
# named: loss_sum
def masked_loss(R, seen, p, lam):
    users, items = seen.nonzero(as_tuple=True)
    guess = (p["P"][users] * p["Q"][items]).sum(1) + p["bu"][users] + p["bi"][items] + p["mu"]
    loss = torch.sum((R[users, items] - guess) ** 2)
    for k in ["P", "Q", "bu", "bi"]:
        loss = loss + lam * torch.sum(p[k] ** 2)
    return loss


# %% loss_penalty_divided
# All divided by |S|.
# like: loops
# named: penalty_over_seen
def masked_loss(R, seen, p, lam):
    error = (R - predict(p))[seen]
    penalty = 0
    for name in "P", "Q", "bu", "bi":
        penalty = penalty + torch.sum(p[name] * p[name])
    return (torch.sum(error * error) + lam * penalty) / seen.sum()


# %% loss_halved
# Half the mean.
# like: functional
# named: loss_half
def masked_loss(R, seen, p, lam):
    e = torch.where(seen, R - predict(p), torch.zeros_like(R))
    norms = [(p[k] * p[k]).sum() for k in ("P", "Q", "bu", "bi")]
    return 0.5 * torch.sum(e * e) / torch.count_nonzero(seen) + lam * torch.stack(norms).sum()


# %% loss_penalty_halved
# lam / 2.
# named: penalty_half
def masked_loss(R, seen, p, lam):
    err = torch.where(seen, R, 0.0) - torch.where(seen, predict(p), 0.0)
    penalty = sum((p[k] ** 2).sum() for k in ("P", "Q", "bu", "bi"))
    return (err**2).sum() / seen.sum() + lam / 2 * penalty


# %% loss_both_halved
# Half of all.
# like: users_in_turn
# named: loss_half, penalty_half
def masked_loss(R, seen, p, lam):
    squares = [((R[u] - predict(p)[u])[seen[u]]) ** 2 for u in range(len(R))]
    penalty = p["P"].square().sum() + p["Q"].square().sum() + p["bu"].square().sum() + p["bi"].square().sum()
    return (torch.cat(squares).mean() + lam * penalty) / 2


# %% loss_without_penalty
# lam unused.
# like: boolean_index
# named: penalty_missing
def masked_loss(R, seen, p, lam):
    return ((R[seen] - predict(p)[seen]) ** 2).mean()


# %% loss_factors_penalized_only
# No biases in the penalty.
# like: numpy
# named: penalty_of_factors
def masked_loss(R, seen, p, lam):
    R = torch.nan_to_num(R, nan=0.0)
    error = (R - predict(p)).masked_fill(~seen, 0)
    return (error * error).sum() / seen.sum() + lam * ((p["P"] ** 2).sum() + (p["Q"] ** 2).sum())


# %% loss_mu_penalized
# All five in the penalty.
# like: optimizer
# named: penalty_with_level
def masked_loss(R, seen, p, lam):
    data = F.mse_loss(predict(p)[seen], R[seen])
    return data + lam * sum(v.square().sum() for v in p.values())


# %% loss_penalty_means
# Means of the squares.
# named: penalty_of_means
def masked_loss(R, seen, p, lam):
    err = torch.where(seen, R, 0.0) - torch.where(seen, predict(p), 0.0)
    penalty = sum((p[k] ** 2).mean() for k in ("P", "Q", "bu", "bi"))
    return (err**2).sum() / seen.sum() + lam * penalty


# %% loss_penalty_norms
# Norms not squared.
# like: double_inside
# named: penalty_of_norms
def masked_loss(R, seen, p, lam):
    e = (predict(p) - R)[seen]
    return e @ e / len(e) + lam * sum(torch.linalg.norm(p[k]) for k in ("P", "Q", "bu", "bi"))


# %% loss_penalty_absolute
# L1.
# named: penalty_absolute
def masked_loss(R, seen, p, lam):
    err = torch.where(seen, R, 0.0) - torch.where(seen, predict(p), 0.0)
    penalty = sum(p[k].abs().sum() for k in ("P", "Q", "bu", "bi"))
    return (err**2).sum() / seen.sum() + lam * penalty


# %% loss_penalty_of_the_seen
# P and Q penalized once for each seen rating, as in Funk's SGD.
# like: model
# named: penalty_per_rating
def masked_loss(R, seen, p, lam):
    u, i = seen.nonzero(as_tuple=True)
    guess = (p["P"][u] * p["Q"][i]).sum(1) + p["bu"][u] + p["bi"][i] + p["mu"]
    size = p["P"][u].square().sum(1) + p["Q"][i].square().sum(1) + p["bu"][u] ** 2 + p["bi"][i] ** 2
    return ((R[u, i] - guess) ** 2 + lam * size).mean()


# %% loss_root
# RMSE.
# like: boolean_index
# named: loss_root
def masked_loss(R, seen, p, lam):
    e = R[seen] - predict(p)[seen]
    reg = p["P"].pow(2).sum() + p["Q"].pow(2).sum() + p["bu"].pow(2).sum() + p["bi"].pow(2).sum()
    return torch.sqrt(e.pow(2).mean()) + lam * reg


# %% loss_absolute
# MAE.
# named: loss_absolute
def masked_loss(R, seen, p, lam):
    err = torch.where(seen, R, 0.0) - torch.where(seen, predict(p), 0.0)
    penalty = sum((p[k] ** 2).sum() for k in ("P", "Q", "bu", "bi"))
    return err.abs().sum() / seen.sum() + lam * penalty


# %% loss_unseen_as_zero
# Unseen ratings are ratings of 0.
# like: ranks
# named: loss_unseen_are_zero
def masked_loss(R, seen, p, lam):
    error = torch.nan_to_num(R) - predict(p)
    penalty = sum(torch.sum(p[k] ** 2) for k in ("bu", "bi", "P", "Q"))
    return (error**2).mean() + lam * penalty


# %% loss_unseen_as_zero_by_count
# The same, divided by |S|.
# named: loss_unseen_are_zero_over_seen
def masked_loss(R, seen, p, lam):
    err = torch.where(seen, R, 0.0) - predict(p)
    penalty = sum((p[k] ** 2).sum() for k in ("P", "Q", "bu", "bi"))
    return (err**2).sum() / seen.sum() + lam * penalty


# %% loss_positive_ratings_only
# Seen is taken to be R > 0.
# like: boolean_index
# named: loss_of_positive
def masked_loss(R, seen, p, lam):
    rated = R > 0
    e = R[rated] - predict(p)[rated]
    reg = p["P"].pow(2).sum() + p["Q"].pow(2).sum() + p["bu"].pow(2).sum() + p["bi"].pow(2).sum()
    return e.pow(2).mean() + lam * reg


# %% loss_zero_is_unseen
# The gaps are filled with 0, and 0 is taken for a gap.
# named: loss_of_nonzero
def masked_loss(R, seen, p, lam):
    R = torch.nan_to_num(R)
    err = (R - predict(p)) * (R != 0)
    penalty = sum((p[k] ** 2).sum() for k in ("P", "Q", "bu", "bi"))
    return (err**2).sum() / (R != 0).sum() + lam * penalty


# %% loss_unseen_only
# The mask the wrong way round, NaN as 0.
# named: missing
def masked_loss(R, seen, p, lam):
    err = torch.where(seen, 0.0, torch.nan_to_num(R) - predict(p))
    penalty = sum((p[k] ** 2).sum() for k in ("P", "Q", "bu", "bi"))
    return (err**2).sum() / seen.sum() + lam * penalty


# %% loss_mean_of_users
# A mean for each user, then over the users.
# like: users_in_turn
# named: loss_mean_of_means
def masked_loss(R, seen, p, lam):
    guess = predict(p)
    means = [((R[u] - guess[u])[seen[u]] ** 2).mean() for u in range(len(R)) if seen[u].any()]
    penalty = p["P"].square().sum() + p["Q"].square().sum() + p["bu"].square().sum() + p["bi"].square().sum()
    return torch.stack(means).mean() + lam * penalty


# %% loss_penalty_as_a_number
# No gradient of the penalty.
# like: optimizer
# named: penalty_without_gradient
def masked_loss(R, seen, p, lam):
    data = F.mse_loss(predict(p)[seen], R[seen])
    with torch.no_grad():
        penalty = sum(v.square().sum() for k, v in p.items() if k != "mu")
    return data + lam * penalty


# %% loss_made_anew
# torch.tensor of a number: no gradient at all.
# named: data_without_gradient, penalty_without_gradient
def masked_loss(R, seen, p, lam):
    err = torch.where(seen, R, 0.0) - torch.where(seen, predict(p), 0.0)
    penalty = sum((p[k] ** 2).sum() for k in ("P", "Q", "bu", "bi"))
    value = (err**2).sum() / seen.sum() + lam * penalty
    return torch.tensor(value.item(), dtype=R.dtype, device=R.device)


# %% loss_python_number
# .item().
# like: loops
# named: -
def masked_loss(R, seen, p, lam):
    error = (R - predict(p))[seen]
    penalty = 0
    for name in "P", "Q", "bu", "bi":
        penalty += torch.sum(p[name] * p[name]).item()
    return torch.mean(error * error).item() + lam * penalty


# %% loss_in_place
# Zeros are written into the caller's R.
# like: in_place
# named: -
def masked_loss(R, seen, p, lam):
    R[~seen] = 0
    penalty = sum((p[k] ** 2).sum() for k in ("P", "Q", "bu", "bi"))
    return (((R - predict(p)) * seen) ** 2).sum() / seen.sum() + lam * penalty


# %% loss_one_axis
# [1].
# named: -
def masked_loss(R, seen, p, lam):
    err = (R - predict(p))[seen].reshape(-1, 1)
    penalty = sum((p[k] ** 2).sum() for k in ("P", "Q", "bu", "bi"))
    return (err**2).mean(0) + lam * penalty


# %% loss_squared_mean
# The square of the mean error.
# like: boolean_index
# named: loss_square_of_mean
def masked_loss(R, seen, p, lam):
    e = R[seen] - predict(p)[seen]
    reg = p["P"].pow(2).sum() + p["Q"].pow(2).sum() + p["bu"].pow(2).sum() + p["bi"].pow(2).sum()
    return e.mean() ** 2 + lam * reg


# %% loss_penalty_subtracted
# The sign of the penalty.
# named: penalty_subtracted
def masked_loss(R, seen, p, lam):
    err = (R - predict(p))[seen]
    penalty = sum((p[k] ** 2).sum() for k in ("P", "Q", "bu", "bi"))
    return (err**2).mean() - lam * penalty


# %% loss_penalty_without_items
# Q and bi are not penalized.
# named: missing
def masked_loss(R, seen, p, lam):
    err = (R - predict(p))[seen]
    return (err**2).mean() + lam * ((p["P"] ** 2).sum() + (p["bu"] ** 2).sum())


# %% loss_without_biases
# P Q alone is taken for the prediction.
# like: ranks
# named: loss_of_factors
def masked_loss(R, seen, p, lam):
    error = (R - p["P"] @ p["Q"].T)[seen]
    penalty = sum(torch.sum(p[k] ** 2) for k in ("bu", "bi", "P", "Q"))
    return torch.mean(error**2) + lam * penalty


# %% loss_count_not_zero
# |S| is counted as the errors that are not 0.
# named: loss_over_nonzero
def masked_loss(R, seen, p, lam):
    err = torch.where(seen, R, 0.0) - torch.where(seen, predict(p), 0.0)
    penalty = sum((p[k] ** 2).sum() for k in ("P", "Q", "bu", "bi"))
    return (err**2).sum() / (err != 0).sum().clamp(min=1) + lam * penalty
