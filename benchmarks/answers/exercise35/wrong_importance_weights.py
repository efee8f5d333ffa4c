# %% weights_ratio_upside_down
# n_test / n_train.
# named: weights_sizes_inverted
def importance_weights(z, n_train, n_test):
    return torch.exp(z) * (n_test / n_train)

# %% weights_without_counts
# The odds alone.
# named: weights_without_sizes
def importance_weights(z, n_train, n_test):
    return z.exp()

# %% weights_by_probability
# P/(1-P) with P from the sigmoid.
# named: weights_through_sigmoid
def importance_weights(z, n_train, n_test):
    P = torch.sigmoid(z)
    return P / (1 - P) * n_train / n_test

# %% weights_by_clipped_probability
# P/(1-P) with P kept away from 1.
# named: weights_clipped
def importance_weights(z, n_train, n_test):
    P = torch.sigmoid(z).clamp(1e-6, 1 - 1e-6)
    return P / (1 - P) * (n_train / n_test)

# %% weights_probability
# P in the place of the odds.
# named: weights_of_probability
def importance_weights(z, n_train, n_test):
    return torch.sigmoid(z) * (n_train / n_test)

# %% weights_labels_swapped
# As if the training data had label 1.
# named: weights_of_training
def importance_weights(z, n_train, n_test):
    return torch.exp(-z) * n_train / n_test

# %% weights_count_of_logits
# N in the place of n_train.
# named: weights_of_given
def importance_weights(z, n_train, n_test):
    return torch.exp(z) * (len(z) / n_test)

# %% weights_sum_to_one
# Normalised already.
# named: weights_sum_one
def importance_weights(z, n_train, n_test):
    w = torch.exp(z) * n_train / n_test
    return w / w.sum()

# %% weights_softmax
# softmax over the samples.
# named: weights_softmax
def importance_weights(z, n_train, n_test):
    return torch.softmax(z, dim=0) * n_train / n_test

# %% weights_floor_division
# n_train // n_test.
# named: weights_whole_ratio
def importance_weights(z, n_train, n_test):
    return torch.exp(z) * (n_train // n_test)

# %% weights_logarithm
# log w.
# named: weights_logarithm
def importance_weights(z, n_train, n_test):
    return z + math.log(n_train / n_test)

# %% weights_clamped_logits
# Logits kept to ±50.
# named: weights_clamped
def importance_weights(z, n_train, n_test):
    return z.clamp(-50, 50).exp() * n_train / n_test

# %% weights_in_place
# exp_ on the caller's tensor.
# named: weights_logit_changed
def importance_weights(z, n_train, n_test):
    return z.exp_().mul_(n_train / n_test)

# %% weights_share_of_training
# The prior as a share of all.
# named: weights_by_all
def importance_weights(z, n_train, n_test):
    return torch.exp(z) * n_train / (n_train + n_test)

# %% weights_less_the_largest
# The largest logit taken off, as in softmax.
# named: weights_less_largest
def importance_weights(z, n_train, n_test):
    if len(z) == 0:
        return z.clone()
    return torch.exp(z - z.max()) * n_train / n_test

# %% weights_logits_are_probabilities
# Takes z for P.
# named: weights_logit_as_probability
def importance_weights(z, n_train, n_test):
    return z / (1 - z) * n_train / n_test

# %% weights_float64_from_numpy
# float64 always.
# named: -
import numpy as np


def importance_weights(z, n_train, n_test):
    return torch.from_numpy(np.exp(z.cpu().numpy().astype(float)) * n_train / n_test).to(z.device)

# %% weights_capped
# Weights cut at 100 against high variance.
# named: weights_capped
def importance_weights(z, n_train, n_test):
    return (torch.exp(z) * n_train / n_test).clamp(max=100.0)

# %% weights_mean_one
# Scaled to mean 1.
# named: weights_mean_one
def importance_weights(z, n_train, n_test):
    w = torch.exp(z)
    return w / w.mean()

# %% weights_float32_ratio
# The ratio as a float32 tensor.
# named: -
def importance_weights(z, n_train, n_test):
    ratio = torch.tensor(n_train) / torch.tensor(n_test)
    return torch.exp(z) * ratio.expand(len(z)).to(z)

# %% weights_none_without_logits
# No logits: one weight.
# named: -
def importance_weights(z, n_train, n_test):
    if z.numel() == 0:
        return torch.tensor([n_train / n_test], dtype=z.dtype, device=z.device)
    return torch.exp(z) * n_train / n_test
