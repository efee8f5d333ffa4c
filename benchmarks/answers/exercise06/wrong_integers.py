# %% high_included
# integers can also give high.
# named: integers_with_high
def integers(shape, low, high, gen):
    return torch.randint(low, high + 1, shape, generator=gen)

# %% low_left_out
# integers never gives low.
# named: integers_without_first
def integers(shape, low, high, gen):
    return torch.randint(low + 1, high, shape, generator=gen)

# %% cut_towards_zero
# integers cuts the decimals off after adding low, so below 0 the numbers move up and 0 comes too often.
# named: integers_truncated
def integers(shape, low, high, gen):
    u = torch.rand(shape, generator=gen)
    return (low + (high - low) * u).long()

# %% rounded_draws
# integers rounds to the nearest number, so low and high - 1 have another share than those between.
# named: integers_rounded
def integers(shape, low, high, gen):
    u = torch.rand(shape, generator=gen)
    return torch.round(low + (high - 1 - low) * u).long()

# %% integers_in_int32
# integers returns int32.
# named: -
def integers(shape, low, high, gen):
    return torch.randint(low, high, shape, generator=gen, dtype=torch.int32)

# %% integers_as_floats
# integers returns whole numbers in float32.
# named: integers_as_floats
def integers(shape, low, high, gen):
    return low + torch.floor(torch.rand(shape, generator=gen) * (high - low))

# %% from_zero
# integers draws from 0 to high - low - 1 and does not add low.
# named: integers_without_low
def integers(shape, low, high, gen):
    return torch.randint(0, high - low, shape, generator=gen)

# %% without_replacement
# integers takes permutations, so that in each run of high - low numbers every number occurs once.
# named: -
def integers(shape, low, high, gen):
    n = 1
    for s in shape:
        n *= s
    out = []
    while len(out) < n:
        out += torch.randperm(high - low, generator=gen).tolist()
    return torch.tensor(out[:n]).reshape(shape) + low

# %% global_seed_from_gen
# integers draws a seed from gen, and with it seeds and uses the global generator.
# named: -
def integers(shape, low, high, gen):
    seed = torch.randint(0, 2**31, (1,), generator=gen).item()
    torch.manual_seed(seed)
    return torch.randint(low, high, shape)

# %% state_put_back
# integers puts the state of gen back after drawing, so the next draw gives the same numbers.
# named: integers_starts_anew
def integers(shape, low, high, gen):
    state = gen.get_state()
    out = torch.randint(low, high, shape, generator=gen)
    gen.set_state(state)
    return out

# %% flat_shape
# integers returns all numbers along one axis.
# named: -
def integers(shape, low, high, gen):
    n = int(np.prod(shape))
    return torch.randint(low, high, (n,), generator=gen)
