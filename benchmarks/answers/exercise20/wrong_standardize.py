# %% standardize_n_minus_one
# torch.std as it is by default.
# named: standardize_sample_std
def standardize(train, other):
    mu = train.mean(dim=0)
    sigma = train.std(dim=0) if len(train) > 1 else torch.ones_like(mu)
    sigma[sigma == 0] = 1
    return (train - mu) / sigma, (other - mu) / sigma

# %% standardize_each_by_its_own
# other with its own mean and deviation.
# like: classes
# named: standardize_own
def standardize(train, other):
    return Scaler().fit(train).transform(train), Scaler().fit(other).transform(other)

# %% standardize_all_the_data
# Mean and deviation of both tables together.
# named: standardize_together
def standardize(train, other):
    every = torch.cat([train, other])
    mu = every.mean(dim=0)
    sigma = every.std(dim=0, correction=0)
    sigma[sigma == 0] = 1
    return (train - mu) / sigma, (other - mu) / sigma

# %% standardize_epsilon
# A small number added to every deviation.
# like: norms
# named: standardize_epsilon
def standardize(train, other):
    mu = train.mean(0)
    sigma = train.std(0, unbiased=False) + 1e-8
    return (train - mu) / sigma, (other - mu) / sigma

# %% standardize_one_mean
# One mean and one deviation for the whole table.
# named: standardize_all
def standardize(train, other):
    mu = train.mean()
    sigma = train.std(correction=0)
    if sigma == 0:
        sigma = torch.ones_like(sigma)
    return (train - mu) / sigma, (other - mu) / sigma

# %% standardize_rows
# Each row by its own mean and deviation.
# like: bernoulli
# named: standardize_rows
def standardize(train, other):
    out = []
    for t in (train, other):
        mean = t.mean(1, keepdim=True)
        std = t.std(1, unbiased=False, keepdim=True)
        out.append((t - mean) / torch.where(std == 0, torch.ones_like(std), std))
    return tuple(out)

# %% standardize_constant_is_nan
# Constant columns are divided by 0.
# named: standardize_constant
def standardize(train, other):
    mu = train.mean(dim=0)
    sigma = train.std(dim=0, correction=0)
    return (train - mu) / sigma, (other - mu) / sigma

# %% standardize_variance
# Divides by the variance.
# like: own_autograd
# named: standardize_variance
def standardize(train, other):
    centre = train.mean(0)
    spread = (train - centre).square().mean(0)
    spread = spread + (spread == 0)
    return (train - centre) / spread, (other - centre) / spread

# %% standardize_in_place
# train itself is centred.
# like: in_place_on_copies
# named: -
def standardize(train, other):
    mu = train.mean(0)
    sigma = train.std(0, correction=0)
    sigma[sigma == 0] = 1
    train -= mu
    train /= sigma
    return train, (other - mu) / sigma

# %% standardize_small_deviations_raised
# A deviation below 1e-6 counts as 0, so as 1.
# named: standardize_threshold
def standardize(train, other):
    mu = train.mean(dim=0)
    sigma = train.std(dim=0, correction=0)
    sigma = torch.where(sigma < 1e-6, torch.ones_like(sigma), sigma)
    return (train - mu) / sigma, (other - mu) / sigma

# %% standardize_clamped
# The deviation is at least 1e-8, for constant columns, too.
# like: float64_everywhere
# named: standardize_bounded
def standardize(train, other):
    mu = train.mean(0)
    sigma = train.std(0, correction=0).clamp(min=1e-8)
    return (train - mu) / sigma, (other - mu) / sigma

# %% standardize_constant_is_zero
# A constant column becomes 0 in both tables.
# like: binomial
# named: standardize_erased
def standardize(train, other):
    mu = train.mean(0)
    sigma = train.std(0, correction=0)
    factor = torch.where(sigma == 0, torch.zeros_like(sigma), 1 / sigma)
    return (train - mu) * factor, (other - mu) * factor

# %% standardize_constant_stays
# A constant column is not centred.
# named: standardize_constant_stays
def standardize(train, other):
    mu = train.mean(dim=0)
    sigma = train.std(dim=0, correction=0)
    mu[sigma == 0] = 0
    sigma[sigma == 0] = 1
    return (train - mu) / sigma, (other - mu) / sigma

# %% standardize_mean_of_squares
# The variance as a difference of two large numbers.
# like: einsum
# named: standardize_squares
def standardize(train, other):
    mu = train.mean(0)
    var = (train**2).mean(0) - mu**2
    sigma = torch.where((train == train[0]).all(0), torch.ones_like(var), var.clamp(min=0).sqrt())
    return (train - mu) / sigma, (other - mu) / sigma

# %% standardize_other_as_it_is
# The second table is not touched.
# named: standardize_other_as_it_is
def standardize(train, other):
    mu = train.mean(dim=0)
    sigma = train.std(dim=0, correction=0)
    sigma[sigma == 0] = 1
    return (train - mu) / sigma, other.clone()

# %% standardize_to_the_range
# Between 0 and 1 by minimum and maximum.
# like: numpy_inside
# named: standardize_range
def standardize(train, other):
    low, high = train.amin(0), train.amax(0)
    width = torch.where(high == low, torch.ones_like(low), high - low)
    return (train - low) / width, (other - low) / width

# %% standardize_not_centred
# Only divided.
# named: standardize_scaled
def standardize(train, other):
    sigma = train.std(dim=0, correction=0)
    sigma[sigma == 0] = 1
    return train / sigma, other / sigma

# %% standardize_mean_of_train_deviation_of_each
# The mean of train, but other's own deviation.
# like: bernoulli
# named: missing
def standardize(train, other):
    mean = train.mean(0, keepdim=True)
    out = []
    for t in (train, other):
        std = t.std(0, unbiased=False, keepdim=True) if len(t) else torch.ones_like(mean)
        out.append((t - mean) / torch.where(std == 0, torch.ones_like(std), std))
    return tuple(out)
