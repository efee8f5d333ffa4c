# %% affine_in_place_adds_first
# affine_ adds c before it multiplies.
# named: affine_adds_first
def affine_(x, a, c):
    return x.add_(c).mul_(a)

# %% affine_in_place_rebinds
# affine_ binds x to a new tensor; the old one keeps its numbers.
# named: affine_rebinds
def affine_(x, a, c):
    x = a * x + c
    return x

# %% affine_in_place_half
# affine_ multiplies in place, but adds with a new tensor: the memory holds a * x only.
# named: affine_half_in_place
def affine_(x, a, c):
    x *= a
    x = x + c
    return x

# %% affine_in_place_loop_variable
# affine_ binds only the name of the loop variable, so nothing is written into x.
# named: -
def affine_(x, a, c):
    if x.dim() == 0:
        return x.mul_(a).add_(c)
    for row in x:
        row = a * row + c
    return x

# %% affine_in_place_rows_only
# affine_ loops over the rows, which raises for a 0-d tensor.
# named: -
def affine_(x, a, c):
    for row in x:
        row.mul_(a).add_(c)
    return x

# %% affine_in_place_set
# affine_ lets x refer to the memory of a new tensor with set_, so the larger tensor stays as it was.
# named: affine_new_data
def affine_(x, a, c):
    return x.set_(a * x + c)

# %% affine_in_place_numpy
# affine_ writes through x.numpy(), which raises for a tensor that is not on the CPU.
# named: -
def affine_(x, a, c):
    memory = x.numpy()
    memory *= a
    memory += c
    return x

# %% affine_in_place_no_return
# affine_ returns None.
# named: affine_returns_nothing
def affine_(x, a, c):
    x.mul_(a)
    x.add_(c)

# %% affine_in_place_whole_tensor
# affine_ changes the whole larger tensor that x is a view of, not x alone.
# named: -
def affine_(x, a, c):
    whole = x if x._base is None else x._base
    whole.mul_(a).add_(c)
    return x

# %% affine_in_place_minus
# affine_ subtracts c.
# named: -
def affine_(x, a, c):
    x.mul_(a)
    x.sub_(c)
    return x

# %% affine_in_place_numbers_swapped
# affine_ multiplies by c and adds a.
# named: affine_swapped_in_place
def affine_(x, a, c):
    x *= c
    x += a
    return x
