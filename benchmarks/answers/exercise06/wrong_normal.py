# %% std_squared
# normal multiplies by the variance, std * std.
# named: normal_squared_std
def normal(shape, mean, std, gen):
    return mean + std**2 * torch.randn(shape, generator=gen)

# %% std_taken_for_variance
# normal takes std for the variance and multiplies by its root.
# named: normal_root_of_std
def normal(shape, mean, std, gen):
    return mean + torch.randn(shape, generator=gen) * std**0.5

# %% mean_and_std_swapped
# normal multiplies by mean and adds std.
# named: normal_swapped
def normal(shape, mean, std, gen):
    return std + mean * torch.randn(shape, generator=gen)

# %% normal_without_generator
# normal forgets gen, so torch.normal draws from the global generator.
# named: normal_ignores_gen
def normal(shape, mean, std, gen):
    return torch.normal(float(mean), float(std), size=shape)

# %% rand_for_randn
# normal uses uniformly distributed numbers that have the right mean and standard deviation.
# named: normal_uniform_of_same_std
def normal(shape, mean, std, gen):
    u = torch.rand(shape, generator=gen)
    return mean + std * (u - 0.5) * 12**0.5

# %% one_row_repeated
# normal draws the last axis only and repeats it along the others.
# named: -
def normal(shape, mean, std, gen):
    row = mean + std * torch.randn(shape[-1], generator=gen)
    return row.expand(shape).clone()

# %% sample_standardised
# normal forces the mean and the standard deviation of the drawn numbers to be exact, and a single number becomes nan.
# named: -
def normal(shape, mean, std, gen):
    z = torch.randn(shape, generator=gen)
    z = (z - z.mean()) / z.std()
    return mean + std * z

# %% cut_off_at_two_std
# normal clamps everything beyond two standard deviations.
# named: -
def normal(shape, mean, std, gen):
    z = torch.randn(shape, generator=gen).clamp(-2, 2)
    return mean + std * z

# %% mean_scaled_too
# normal adds the mean before it multiplies by std.
# named: normal_shift_first
def normal(shape, mean, std, gen):
    return (torch.randn(shape, generator=gen) + mean) * std

# %% numpy_with_the_seed
# normal starts a NumPy generator from the seed of gen, so gen does not move on and a second draw repeats the first.
# named: normal_starts_anew
def normal(shape, mean, std, gen):
    rng = np.random.default_rng(gen.initial_seed())
    return torch.from_numpy(rng.normal(mean, std, shape)).float()

# %% normal_in_float64
# normal returns float64.
# named: normal_double
def normal(shape, mean, std, gen):
    return torch.empty(shape, dtype=torch.double).normal_(mean, std, generator=gen)
