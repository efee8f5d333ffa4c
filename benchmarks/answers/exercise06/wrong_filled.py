# %% dtype_ignored
# filled does not use dtype and always gives float32.
# named: filled_default_dtype
def filled(kind, shape, dtype):
    if kind == "zeros":
        return torch.zeros(shape)
    elif kind == "ones":
        return torch.ones(shape)
    return torch.empty(shape)

# %% one_number_expanded
# filled expands a single number, so all elements are the same memory and the result can't be written to.
# named: -
def filled(kind, shape, dtype):
    value = 1 if kind == "ones" else 0
    return torch.tensor(value, dtype=dtype).expand(shape)

# %% result_cached
# filled keeps each result and returns the same tensor again.
# named: -
_made = {}


def filled(kind, shape, dtype):
    key = (kind, shape, dtype)
    if key not in _made:
        _made[key] = getattr(torch, kind)(shape, dtype=dtype)
    return _made[key]

# %% shape_unpacked
# filled unpacks the shape, so that the empty shape raises an error.
# named: -
def filled(kind, shape, dtype):
    make = {"zeros": torch.zeros, "ones": torch.ones, "empty": torch.empty}[kind]
    return make(*shape, dtype=dtype)

# %% empty_without_elements
# filled takes "empty" for a tensor without elements.
# named: -
def filled(kind, shape, dtype):
    if kind == "empty":
        return torch.tensor([], dtype=dtype)
    if kind == "zeros":
        return torch.zeros(shape, dtype=dtype)
    return torch.ones(shape, dtype=dtype)

# %% everything_else_is_zero
# filled asks for "one", so "ones" gives zeros.
# named: -
def filled(kind, shape, dtype):
    if kind == "one":
        return torch.ones(shape, dtype=dtype)
    return torch.zeros(shape, dtype=dtype)

# %% leaf_that_needs_a_gradient
# filled asks for gradients, so the result can't be written to in place.
# named: -
def filled(kind, shape, dtype):
    t = getattr(torch, kind)(shape, dtype=dtype)
    if dtype.is_floating_point:
        t.requires_grad_()
    return t

# %% filled_always_two_axes
# filled uses the first and the last size only, so one or three axes come out wrong.
# named: -
def filled(kind, shape, dtype):
    make = getattr(torch, kind)
    if shape == ():
        return make((), dtype=dtype)
    return make((shape[0], shape[-1]), dtype=dtype)
