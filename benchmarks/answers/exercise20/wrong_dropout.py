# %% dropout_not_scaled
# The kept entries stay as they are.
# named: dropout_not_scaled
def dropout(x, p, training, gen):
    if not training:
        return x
    keep = (torch.rand(x.shape, generator=gen) >= p).to(x.dtype)
    return x * keep

# %% dropout_keeps_with_p
# Keeps with probability p, scaled by 1/(1-p).
# like: bernoulli
# named: dropout_the_other_way
def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    if p == 1:
        return x * 0
    mask = torch.bernoulli(torch.full(x.shape, p, dtype=x.dtype), generator=gen)
    return x * mask / (1 - p)

# %% dropout_p_is_the_share_kept
# p taken for the probability of keeping, in the draw and in the factor.
# like: classes
# named: dropout_keeps_p, dropout_the_other_way
def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    if p == 1:
        return torch.zeros_like(x)
    mask = torch.rand(x.shape, generator=gen) < p
    return x * mask / p

# %% dropout_scales_in_use
# The original form: nothing in training, times 1-p in use.
# named: dropout_not_scaled, dropout_scaled_outside
def dropout(x, p, training, gen):
    if not training:
        return x * (1 - p)
    return x * (torch.rand(x.shape, generator=gen) >= p)

# %% dropout_always
# `training` is not looked at.
# like: numpy_inside
# named: dropout_always
def dropout(x, p, training, gen):
    keep = torch.rand(x.shape, generator=gen) >= p
    scale = 1 / (1 - p) if p < 1 else 0.0
    return torch.where(keep, x * scale, torch.zeros_like(x))

# %% dropout_the_wrong_way_round
# Drops when not training.
# named: dropout_flag
def dropout(x, p, training, gen):
    if training or p == 0:
        return x
    if p == 1:
        return torch.zeros_like(x)
    return x * (torch.rand(x.shape, generator=gen) >= p) / (1 - p)

# %% dropout_exact_count
# Always round(p n) of them.
# like: index_of_the_kept
# named: dropout_exact_count
def dropout(x, p, training, gen):
    if not training or p == 0.0:
        return x.clone()
    flat = x.reshape(-1)
    kept = torch.randperm(flat.numel(), generator=gen)[round(p * flat.numel()) :]
    return torch.zeros_like(flat).index_put((kept,), flat[kept] / (1 - p)).reshape(x.shape)

# %% dropout_one_mask_for_all_rows
# One mask of the last axis for all rows.
# named: dropout_columns
def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand(x.shape[-1:], generator=gen) >= p
    return x * keep / (1 - p)

# %% dropout_whole_rows
# A whole row or none of it.
# like: float64_everywhere
# named: dropout_last_axis
def dropout(x, p, training, gen):
    if not training:
        return x
    if p == 1:
        return torch.zeros(x.shape, dtype=x.dtype)
    shape = (*x.shape[:-1], 1) if x.dim() else ()
    mask = torch.rand(shape, generator=gen, dtype=torch.float64).ge(p).to(x.dtype) / (1 - p)
    return x * mask

# %% dropout_nan_for_one
# p = 1 is 0/0.
# named: dropout_nan
def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    keep = torch.rand(x.shape, generator=gen) >= p
    return x * keep / (1 - p)

# %% dropout_divides_by_zero
# p = 1 ends in a ZeroDivisionError.
# like: einsum
# named: -
def dropout(x, p, training, gen):
    if not training:
        return x
    scale = 1.0 / (1.0 - p)
    return x * (torch.rand(x.shape, generator=gen) >= p) * scale

# %% dropout_global_generator
# gen is not given to rand.
# named: dropout_ignores_gen
def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    if p == 1:
        return torch.zeros_like(x)
    return x * (torch.rand(x.shape, dtype=x.dtype) >= p) / (1 - p)

# %% dropout_seeded_each_time
# The generator goes back to its seed before the draw.
# like: bernoulli
# named: dropout_starts_anew
def dropout(x, p, training, gen):
    if not training:
        return x.clone()
    if p == 1.0:
        return x * 0
    gen.manual_seed(gen.initial_seed())
    mask = torch.empty_like(x.detach()).bernoulli_(1 - p, generator=gen)
    return mask.div_(1 - p) * x

# %% dropout_seeds_the_global_one
# The global generator is seeded from gen, then drawn from.
# named: dropout_seeds_needlessly
def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    if p == 1:
        return torch.zeros_like(x)
    torch.manual_seed(int(torch.randint(2**31, (1,), generator=gen)))
    return x * (torch.rand(x.shape) >= p) / (1 - p)

# %% dropout_times_one_minus_p
# Scaled by 1-p in place of 1/(1-p).
# like: loops
# named: dropout_multiplied
def dropout(x, p, training, gen):
    if not training:
        return x
    keep = torch.rand(x.shape, generator=gen) >= p
    return x * keep * (1 - p)

# %% dropout_divided_by_p
# Scaled by 1/p.
# named: dropout_scaled_by_p
def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    if p == 1:
        return torch.zeros_like(x)
    return x * (torch.rand(x.shape, generator=gen) >= p) / p

# %% dropout_by_the_share_that_came_out
# Divides by the share of kept ones of this draw.
# like: own_autograd
# named: dropout_by_its_count
def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    keep = (torch.rand(x.shape, generator=gen) >= p).to(x.dtype)
    share = keep.mean()
    if x.numel() == 0 or share == 0:
        return x * 0
    return x * keep / share

# %% dropout_in_place
# x itself is changed.
# like: in_place_on_copies
# named: -
def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    gone = torch.rand(x.shape, generator=gen) < p
    with torch.no_grad():
        x[gone] = 0
    return x / (1 - p) if p < 1 else x

# %% dropout_without_history
# The data alone is multiplied: no gradient.
# like: norms
# named: dropout_detached
def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    mask = torch.rand(x.shape, generator=gen) >= p
    return x.detach() * mask / (1 - p) if p < 1 else torch.zeros_like(x)

# %% dropout_normal_draws
# randn in place of rand.
# named: dropout_normal
def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.randn(x.shape, generator=gen) >= p
    return x * keep / (1 - p)

# %% dropout_float32
# NumPy's draws make a float64 result.
# like: numpy_inside
# named: -
def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    if p == 1:
        return torch.zeros_like(x)
    mask = (torch.rand(x.shape, generator=gen, dtype=torch.float64) >= p).double() / (1 - p)
    return (x * mask).float()

# %% dropout_mask_kept
# The mask of a shape is drawn once and kept.
# named: dropout_reseeds, dropout_exact_count
MASKS = {}


def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    if p == 1:
        return torch.zeros_like(x)
    if (x.shape, p) not in MASKS:
        MASKS[x.shape, p] = torch.rand(x.shape, generator=gen) >= p
    return x * MASKS[x.shape, p] / (1 - p)

# %% dropout_straight_gradient
# The factor is left out of the graph.
# named: -
def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    if p == 1:
        return torch.zeros_like(x)
    kept = x * (torch.rand(x.shape, generator=gen) >= p)
    return kept + (kept / (1 - p) - kept).detach()
