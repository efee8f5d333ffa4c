# %% g_saturating
# The opposite of D's loss.
# named: g_saturating
def g_loss(fake):
    return -F.softplus(fake).mean()

# %% g_saturating_by_sigmoid
# mean log(1 - sigmoid(fake)), as in the first paper.
# named: g_saturating
def g_loss(fake):
    return F.logsigmoid(-fake).mean()

# %% g_labels_zero
# The label of generated samples is 0.
# like: cross_entropy
# named: g_sign
def g_loss(fake):
    return F.binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))

# %% g_without_minus
# logsigmoid without its minus.
# like: frozen
# named: g_negated
def g_loss(fake):
    return logsigmoid(fake).mean()

# %% g_sum
# A sum.
# named: g_sum
def g_loss(fake):
    return F.softplus(-fake).sum()

# %% g_log_of_sigmoid
# The logarithm of the sigmoid.
# named: g_overflow
def g_loss(fake):
    return -torch.log(torch.sigmoid(fake)).mean()

# %% g_epsilon
# A small number within the logarithm.
# named: g_epsilon, g_smaller_epsilon
def g_loss(fake):
    return -(torch.sigmoid(fake) + 1e-12).log().mean()

# %% g_exp
# log(1 + exp(x)) as written.
# named: g_overflow
def g_loss(fake):
    return torch.log1p(torch.exp(-fake)).mean()

# %% g_bce_of_probabilities
# Probabilities, and the cross-entropy that clamps the logarithm at -100.
# named: g_clamped
def g_loss(fake):
    p = torch.sigmoid(fake)
    return F.binary_cross_entropy(p, torch.ones_like(p))

# %% g_sigmoid_twice
# The sigmoid before softplus.
# named: g_sigmoid_first
def g_loss(fake):
    return F.softplus(-torch.sigmoid(fake)).mean()

# %% g_detached
# No history.
# named: g_detached
def g_loss(fake):
    return F.softplus(-fake.detach()).mean()

# %% g_wasserstein
# The mean logit.
# named: g_mean_of_logits
def g_loss(fake):
    return -fake.mean()

# %% g_of_mean
# softplus of the mean logit.
# named: g_softplus_of_mean
def g_loss(fake):
    return F.softplus(-fake.mean())

# %% g_one_axis
# Shape [1].
# named: -
def g_loss(fake):
    return F.softplus(-fake).mean(dim=0, keepdim=True)

# %% g_per_sample
# No mean.
# named: -
def g_loss(fake):
    return F.softplus(-fake)

# %% g_probability
# 1 - probability.
# named: g_probability
def g_loss(fake):
    return (1 - torch.sigmoid(fake)).mean()

# %% g_clamped
# The probability clamped before the logarithm.
# named: missing
def g_loss(fake):
    p = torch.sigmoid(fake).clamp(min=1e-7)
    return -p.log().mean()

# %% g_least_squares
# The loss of a least-squares GAN.
# named: g_least_squares
def g_loss(fake):
    return ((fake - 1) ** 2).mean()

# %% g_both_terms
# Both terms, as for D.
# named: -
def g_loss(fake):
    return F.softplus(-fake).mean() + F.softplus(fake).mean()

# %% g_halved
# Half of it, as of a mean of two terms.
# named: g_half
def g_loss(fake):
    return 0.5 * F.softplus(-fake).mean()

# %% g_clamp_and_log1p
# max(x, 0) + log(1 + exp(-|x|)): the slope at 0 is that of clamp.
# named: g_corner, g_corner_of_clamp
def g_loss(fake):
    return (torch.clamp(-fake, min=0) + torch.log1p(torch.exp(-fake.abs()))).mean()

# %% g_where
# Two branches; at exactly 0 the slope is that of the one chosen and of |x|.
# named: g_corner, g_corner_of_clamp
def g_loss(fake):
    x = -fake
    return (torch.where(x > 0, x, 0) + torch.log1p(torch.exp(-x.abs()))).mean()
