# %% as_view_reshape
# as_view uses reshape, which silently copies where no view is possible, and raises nothing.
# named: reshape_for_view
def as_view(x, shape):
    return x.reshape(shape)

# %% as_view_contiguous_first
# as_view makes x contiguous first, so that a non-contiguous x is copied, and never refused.
# named: view_of_a_contiguous_copy, reshape_for_view
def as_view(x, shape):
    return x.contiguous().view(shape)

# %% as_view_refuses_all_gaps
# as_view refuses every x that is not contiguous, although some of them do have a view of that shape.
# named: every_gap_refused
def as_view(x, shape):
    if not x.is_contiguous():
        raise RuntimeError("x is not contiguous")
    return x.view(shape)

# %% as_view_value_error
# as_view raises ValueError, where the statement asks for RuntimeError.
# named: -
def as_view(x, shape):
    try:
        return x.view(shape)
    except RuntimeError as e:
        raise ValueError("no view of this shape") from e

# %% as_view_none_when_impossible
# as_view returns None where no view is possible, and raises nothing.
# named: refusal_swallowed
def as_view(x, shape):
    try:
        return x.view(shape)
    except RuntimeError:
        return None

# %% as_view_assumes_row_major_strides
# as_view walks the memory with the strides of a contiguous tensor, whatever the strides of x: for an x with gaps it reads other numbers.
# named: -
def as_view(x, shape):
    shape = list(shape)
    if -1 in shape:
        k = shape.index(-1)
        rest = 1
        for s in shape[:k] + shape[k + 1:]:
            rest *= s
        shape[k] = x.numel() // max(rest, 1)
    n = 1
    strides = []
    for s in reversed(shape):
        strides.insert(0, n)
        n *= max(s, 1)
    total = 1
    for s in shape:
        total *= s
    if total != x.numel():
        raise RuntimeError("wrong number of elements")
    return torch.as_strided(x, shape, strides)

# %% as_view_of_a_clone
# as_view returns a view of a clone: x and the result share no memory.
# named: view_cloned
def as_view(x, shape):
    y = x.clone()
    return y.view(shape)

# %% as_view_no_minus_one
# as_view can't work out a -1 in the shape: it multiplies it as if it were a size, and raises.
# named: -
def as_view(x, shape):
    n = 1
    for s in shape:
        n *= s
    if n != x.numel():
        raise RuntimeError(f"{x.numel()} elements don't fit into {shape}")
    return x.view(shape)
