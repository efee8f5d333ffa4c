# %% generator_ignored
# make_data draws from the global generator and not from gen.
# named: generator_unused
import torch

def make_data(n, gen):
    x = torch.rand(n, 1)
    y = 3 * x + 0.8
    return x, y

# %% global_seed_set
# make_data seeds the global generator with the seed of gen, so global state changes and a second call gives the same data.
# named: global_generator_seeded, generator_seeded_again
def make_data(n, gen):
    torch.manual_seed(gen.initial_seed())
    x = torch.rand(n, 1)
    return x, 3 * x + 0.8

# %% generator_restarted
# make_data sets gen back to its seed first, so a second call with the same generator gives the same data.
# named: generator_seeded_again
def make_data(n, gen):
    gen.manual_seed(gen.initial_seed())
    x = torch.rand(n, 1, generator=gen)
    return x, 3 * x + 0.8

# %% vectors_for_columns
# make_data returns x and y of shape [n] and not [n, 1].
# named: flat_data
def make_data(n, gen):
    x = torch.rand(n, generator=gen)
    y = 3 * x + 0.8
    return x, y

# %% normal_numbers
# make_data draws x from the normal distribution and not uniformly.
# named: normal_inputs
def make_data(n, gen):
    x = torch.randn(n, 1, generator=gen)
    return x, x * 3 + 0.8

# %% noise_added
# make_data adds noise to y, which is then not on the line.
# named: noisy_targets
def make_data(n, gen):
    x = torch.rand(n, 1, generator=gen)
    y = 3 * x + 0.8 + 0.1 * torch.randn(n, 1, generator=gen)
    return x, y

# %% data_in_float64
# make_data returns float64.
# named: data_in_float64
def make_data(n, gen):
    x = torch.rand(n, 1, generator=gen, dtype=torch.float64)
    return x, 3 * x + 0.8

# %% slope_and_intercept_swapped
# make_data uses 0.8 as the slope and 3 as the intercept.
# named: swapped_line
def make_data(n, gen):
    x = torch.rand(n, 1, generator=gen)
    y = 0.8 * x + 3
    return x, y

# %% x_from_minus_one
# make_data draws x from [-1, 1) and not from [0, 1).
# named: centred_inputs
def make_data(n, gen):
    x = 2 * torch.rand(n, 1, generator=gen) - 1
    return x, 3 * x + 0.8

# %% evenly_spaced_x
# make_data spaces x evenly with linspace and does not use gen.
# named: even_inputs
def make_data(n, gen):
    x = torch.linspace(0, 1, n).reshape(n, 1)
    return x, 3 * x + 0.8

# %% one_number_for_all
# make_data draws one number and uses it for all samples.
# named: -
def make_data(n, gen):
    x = torch.rand(1, 1, generator=gen).repeat(n, 1)
    return x, 3 * x + 0.8

# %% eleven_values_only
# make_data draws tenths, so that x takes only the values 0, 0.1, ..., 0.9.
# named: -
def make_data(n, gen):
    x = torch.randint(0, 10, (n, 1), generator=gen).float() / 10
    return x, 3 * x + 0.8
