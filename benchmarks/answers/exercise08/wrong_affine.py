# %% affine_adds_first
# affine adds c before it multiplies: a * (x + c).
# named: affine_sum_first
def affine(x, a, c):
    return a * (x + c)

# %% affine_numbers_swapped
# affine takes c for the factor and a for the summand.
# named: affine_swapped
def affine(x, a, c):
    return c * x + a

# %% affine_alpha_misread
# affine gives a as alpha, which multiplies the second summand: x + a * c.
# named: affine_alpha
def affine(x, a, c):
    return torch.add(x, c, alpha=a)

# %% affine_changes_x
# affine multiplies with mul_, so x itself becomes a * x.
# named: affine_into_x, affine_product_into_x
def affine(x, a, c):
    y = x.mul_(a)
    return y + c

# %% affine_rounds_factor
# affine puts a into a float32 tensor first, so that 0.1 has only seven digits.
# named: -
def affine(x, a, c):
    factor = torch.tensor(a, dtype=torch.float32, device=x.device)
    return factor * x + c

# %% affine_double
# affine computes in float64 and never goes back, so a float32 x gives a float64 result.
# named: affine_in_float64
def affine(x, a, c):
    return a * x.double() + c

# %% affine_constant_on_cpu
# affine makes a tensor of c's without device=, so it is on the CPU and can't be added to an x on another device.
# named: affine_filled_on_the_cpu
def affine(x, a, c):
    shift = torch.full(x.shape, c, dtype=x.dtype)
    return a * x + shift

# %% affine_without_c
# affine forgets c.
# named: -
def affine(x, a, c):
    return x.mul(a)

# %% affine_integer_factor
# affine turns a into an int: 0.1 becomes 0.
# named: -
def affine(x, a, c):
    return int(a) * x + c
