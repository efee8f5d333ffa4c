# %% d_halved
# The two terms averaged.
# named: d_half
def d_loss(real, fake):
    return (F.softplus(-real).mean() + F.softplus(fake).mean()) / 2

# %% d_sum
# Sums over the samples.
# like: frozen
# named: d_sums
def d_loss(real, fake):
    return -(logsigmoid(real).sum() + logsigmoid(-fake).sum())

# %% d_one_mean
# One mean over all samples, times two.
# like: cross_entropy
# named: d_pooled_twice
def d_loss(real, fake):
    logits = torch.cat([real, fake])
    labels = torch.cat([torch.ones_like(real), torch.zeros_like(fake)])
    return 2 * F.binary_cross_entropy_with_logits(logits, labels)

# %% d_mean_over_all
# One mean over all samples.
# like: cross_entropy
# named: d_pooled
def d_loss(real, fake):
    logits = torch.cat([real, fake])
    labels = torch.cat([torch.ones_like(real), torch.zeros_like(fake)])
    return F.binary_cross_entropy_with_logits(logits, labels)

# %% d_labels_swapped
# Real samples labelled 0, generated ones 1.
# like: cross_entropy
# named: d_kinds_swapped
def d_loss(real, fake):
    bce = F.binary_cross_entropy_with_logits
    return bce(real, torch.zeros_like(real)) + bce(fake, torch.ones_like(fake))

# %% d_without_minus
# The log-likelihood, without its minus.
# like: frozen
# named: d_negated
def d_loss(real, fake):
    return logsigmoid(real).mean() + logsigmoid(-fake).mean()

# %% d_log_of_sigmoid
# The logarithm of the sigmoid.
# named: d_log_of_sigmoid, d_overflow
def d_loss(real, fake):
    return -torch.log(torch.sigmoid(real)).mean() - torch.log(1 - torch.sigmoid(fake)).mean()

# %% d_epsilon
# A small number within the logarithm.
# named: d_epsilon
def d_loss(real, fake):
    eps = 1e-8
    p, q = torch.sigmoid(real), torch.sigmoid(fake)
    return -(torch.log(p + eps).mean() + torch.log(1 - q + eps).mean())

# %% d_exp
# log(1 + exp(x)) as written.
# named: d_overflow
def d_loss(real, fake):
    return torch.log(1 + torch.exp(-real)).mean() + torch.log(1 + torch.exp(fake)).mean()

# %% d_bce_of_probabilities
# Probabilities, and the cross-entropy that clamps the logarithm at -100.
# named: d_clamped
def d_loss(real, fake):
    p, q = torch.sigmoid(real), torch.sigmoid(fake)
    return F.binary_cross_entropy(p, torch.ones_like(p)) + F.binary_cross_entropy(q, torch.zeros_like(q))

# %% d_sigmoid_twice
# The sigmoid before a function that takes logits.
# like: cross_entropy
# named: d_sigmoid_first
def d_loss(real, fake):
    bce = F.binary_cross_entropy_with_logits
    p, q = real.sigmoid(), fake.sigmoid()
    return bce(p, torch.ones_like(p)) + bce(q, torch.zeros_like(q))

# %% d_both_real
# Generated samples labelled as real.
# named: d_fake_sign
def d_loss(real, fake):
    return F.softplus(-real).mean() + F.softplus(-fake).mean()

# %% d_real_sign
# softplus(+real).
# named: d_real_sign
def d_loss(real, fake):
    return F.softplus(real).mean() + F.softplus(fake).mean()

# %% d_fake_detached
# The generated logits without history, as "D alone is trained".
# named: d_detached_fake
def d_loss(real, fake):
    return F.softplus(-real).mean() + F.softplus(fake.detach()).mean()

# %% d_paired
# Sample by sample: needs as many real as generated ones.
# named: d_paired
def d_loss(real, fake):
    return (F.softplus(-real) + F.softplus(fake)).mean()

# %% d_difference
# The terms subtracted.
# named: d_difference
def d_loss(real, fake):
    return F.softplus(-real).mean() - F.softplus(fake).mean()

# %% d_real_only
# The generated samples forgotten.
# named: d_only_real
def d_loss(real, fake):
    return F.softplus(-real).mean()

# %% d_wasserstein
# The loss of a Wasserstein GAN.
# named: d_differences_of_means
def d_loss(real, fake):
    return fake.mean() - real.mean()

# %% d_least_squares
# The loss of a least-squares GAN.
# named: d_least_squares
def d_loss(real, fake):
    return ((real - 1) ** 2).mean() + (fake**2).mean()

# %% d_hinge
# The hinge loss.
# named: d_hinge
def d_loss(real, fake):
    return torch.relu(1 - real).mean() + torch.relu(1 + fake).mean()

# %% d_smoothed
# One-sided label smoothing.
# like: cross_entropy
# named: d_smoothed
def d_loss(real, fake):
    bce = F.binary_cross_entropy_with_logits
    return bce(real, torch.full_like(real, 0.9)) + bce(fake, torch.zeros_like(fake))

# %% d_clamped
# The logits clamped, so that exp does not overflow.
# named: missing
def d_loss(real, fake):
    r, f = real.clamp(-80, 80), fake.clamp(-80, 80)
    return torch.log(1 + torch.exp(-r)).mean() + torch.log(1 + torch.exp(f)).mean()

# %% d_relu_and_log1p
# max(x, 0) + log(1 + exp(-|x|)): the slope at 0 is that of relu.
# named: d_corner, d_corner_of_clamp
def _softplus(x):
    return torch.relu(x) + torch.log1p(torch.exp(-x.abs()))


def d_loss(real, fake):
    return _softplus(-real).mean() + _softplus(fake).mean()

# %% d_of_means
# softplus of the mean logit.
# named: d_softplus_of_means
def d_loss(real, fake):
    return F.softplus(-real.mean()) + F.softplus(fake.mean())

# %% d_float
# A Python float.
# named: -
def d_loss(real, fake):
    return (F.softplus(-real).mean() + F.softplus(fake).mean()).item()

# %% d_float32
# Computed in float32.
# named: -
def d_loss(real, fake):
    return (F.softplus(-real.float()).mean() + F.softplus(fake.float()).mean()).to(real.dtype)

# %% d_labels_on_the_cpu
# Labels made without a device.
# like: cross_entropy
# named: -
def d_loss(real, fake):
    ones = torch.ones(len(real), dtype=real.dtype)
    zeros = torch.zeros(len(fake), dtype=fake.dtype)
    bce = F.binary_cross_entropy_with_logits
    return bce(real, ones) + bce(fake, zeros)

# %% d_in_place
# Changes the sign of the caller's logits.
# named: -
def d_loss(real, fake):
    with torch.no_grad():
        real *= -1
    return F.softplus(real).mean() + F.softplus(fake).mean()
