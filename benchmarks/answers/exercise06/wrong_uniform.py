# %% high_taken_for_the_width
# uniform scales by high, not by high - low.
# named: uniform_width
def uniform(shape, low, high, gen):
    return low + high * torch.rand(shape, generator=gen)

# %% low_not_added
# uniform scales by the width but does not add low.
# named: uniform_from_zero
def uniform(shape, low, high, gen):
    return (high - low) * torch.rand(shape, generator=gen)

# %% uniform_without_generator
# uniform draws from the global generator.
# named: uniform_ignores_gen
def uniform(shape, low, high, gen):
    return low + (high - low) * torch.rand(shape)

# %% global_seed_set
# uniform seeds the global generator with the seed of gen and draws from it.
# named: uniform_starts_anew
def uniform(shape, low, high, gen):
    torch.manual_seed(gen.initial_seed())
    return torch.rand(shape) * (high - low) + low

# %% uniform_in_float64
# uniform returns float64.
# named: uniform_double
def uniform(shape, low, high, gen):
    u = torch.rand(shape, generator=gen, dtype=torch.float64)
    return low + (high - low) * u

# %% u_clamped
# uniform clamps numbers from [0, 1) to the range and does not scale them.
# named: uniform_of_unit
def uniform(shape, low, high, gen):
    return torch.rand(shape, generator=gen).clamp(low, high)

# %% generator_seeded_again
# uniform sets gen back to its seed before drawing, so a second draw gives the same numbers.
# named: uniform_starts_anew
def uniform(shape, low, high, gen):
    gen.manual_seed(gen.initial_seed())
    return torch.rand(shape, generator=gen) * (high - low) + low

# %% bell_between_the_bounds
# uniform draws normal numbers around the middle and clamps them to the range.
# named: -
def uniform(shape, low, high, gen):
    z = torch.randn(shape, generator=gen)
    middle = (low + high) / 2
    return (middle + z * (high - low) / 6).clamp(low, high)

# %% symmetric_about_zero
# uniform spreads over -high to high, which is right only if low is -high.
# named: -
def uniform(shape, low, high, gen):
    return (2 * torch.rand(shape, generator=gen) - 1) * high

# %% coarse_grid_with_high
# uniform draws from 101 equally spaced values, and high is one of them.
# named: -
def uniform(shape, low, high, gen):
    steps = torch.randint(0, 101, shape, generator=gen)
    return low + (high - low) * steps.float() / 100
