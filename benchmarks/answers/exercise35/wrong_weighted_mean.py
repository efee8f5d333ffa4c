# %% mean_flag_swapped
# True and False the wrong way round.
# named: mean_by_weights, mean_by_number
def weighted_mean(loss, w, self_normalised):
    total = (w * loss).sum()
    return total / len(w) if self_normalised else total / w.sum()

# %% mean_always_self_normalised
# The flag not looked at.
# named: mean_by_weights
def weighted_mean(loss, w, self_normalised):
    return (w * loss).sum() / w.sum()

# %% mean_never_self_normalised
# Divided by N always.
# named: mean_by_number
def weighted_mean(loss, w, self_normalised):
    return torch.mean(w * loss)

# %% mean_divided_twice
# A mean, then by the sum of the weights.
# named: mean_divided_twice
def weighted_mean(loss, w, self_normalised):
    if self_normalised:
        return (w * loss).mean() / w.sum()
    return (w * loss).mean()

# %% mean_sum
# Not divided where it is not self-normalised.
# named: mean_sum
def weighted_mean(loss, w, self_normalised):
    total = (w * loss).sum()
    if self_normalised:
        total = total / w.sum()
    return total

# %% mean_divisor_as_a_constant
# No gradient through the sum of the weights.
# named: mean_sum_cut
def weighted_mean(loss, w, self_normalised):
    divisor = w.sum().item() if self_normalised else len(w)
    return (w * loss).sum() / divisor

# %% mean_weights_as_constants
# No gradient to w.
# named: mean_weights_cut
def weighted_mean(loss, w, self_normalised):
    w = w.detach()
    return (w * loss).sum() / (w.sum() if self_normalised else len(w))

# %% mean_number_made_a_tensor
# item(), so no gradient at all.
# named: mean_cut
def weighted_mean(loss, w, self_normalised):
    total = (w * loss).sum().item()
    divisor = w.sum().item() if self_normalised else len(w)
    return torch.tensor(total / divisor, dtype=loss.dtype, device=loss.device)

# %% mean_over_weights_above_zero
# N counts the weights that are not 0.
# named: mean_of_positive, mean_of_positive_if_any
def weighted_mean(loss, w, self_normalised):
    total = (w * loss).sum()
    return total / (w.sum() if self_normalised else (w > 0).sum().clamp(min=1))

# %% mean_sum_kept_from_zero
# A small number added to the divisor.
# named: mean_with_epsilon
def weighted_mean(loss, w, self_normalised):
    divisor = w.sum() + 1e-8 if self_normalised else len(w)
    return (w * loss).sum() / divisor

# %% mean_of_products_of_means
# The means multiplied.
# named: mean_of_means
def weighted_mean(loss, w, self_normalised):
    if self_normalised:
        return (w * loss).sum() / w.sum()
    return w.mean() * loss.mean()

# %% mean_without_weights
# The plain mean of the losses where it is not self-normalised.
# named: mean_unweighted_by_number
def weighted_mean(loss, w, self_normalised):
    if self_normalised:
        return (w * loss).sum() / w.sum()
    return loss.mean()

# %% mean_weights_in_place
# w normalised in the caller's tensor.
# named: -
def weighted_mean(loss, w, self_normalised):
    if self_normalised:
        with torch.no_grad():
            w /= w.sum()
        return (w * loss).sum() / w.sum()
    return (w * loss).mean()

# %% mean_one_axis
# Shape [1].
# named: -
def weighted_mean(loss, w, self_normalised):
    total = (w * loss).sum(0, keepdim=True)
    return total / (w.sum() if self_normalised else len(w))

# %% mean_normalised_then_mean
# Weights that sum to 1, then the mean.
# named: mean_divided_twice
def weighted_mean(loss, w, self_normalised):
    if self_normalised:
        w = w / w.sum()
    return (w * loss).mean()

# %% mean_softmax_of_weights
# Softmax to normalise.
# named: mean_softmax
def weighted_mean(loss, w, self_normalised):
    if self_normalised:
        return (torch.softmax(w, dim=0) * loss).sum()
    return (w * loss).mean()

# %% mean_by_one_less
# N - 1.
# named: mean_by_one_less
def weighted_mean(loss, w, self_normalised):
    total = (w * loss).sum()
    return total / w.sum() if self_normalised else total / max(len(w) - 1, 1)

# %% mean_loss_as_a_constant
# No gradient to the losses.
# named: -
def weighted_mean(loss, w, self_normalised):
    fixed = torch.tensor(loss.tolist(), dtype=loss.dtype, device=loss.device)
    return (w * fixed).sum() / (w.sum() if self_normalised else len(w))
