# %% as_shape_only_view
# as_shape uses view, so it raises where it should copy.
# named: view_for_reshape
def as_shape(x, shape):
    return x.view(shape)

# %% as_shape_always_copies
# as_shape copies always, also where a view is possible.
# named: always_copied
def as_shape(x, shape):
    return x.clone().reshape(shape)

# %% as_shape_copies_if_not_contiguous
# as_shape copies every x that is not contiguous, also where a view would be possible.
# named: copied_if_not_contiguous
def as_shape(x, shape):
    if x.is_contiguous():
        return x.view(shape)
    return x.contiguous().view(shape)

# %% as_shape_memory_order
# as_shape, where no view is possible, takes the numbers in the order of the transpose: column by column, the first axis fastest.
# named: column_by_column
def as_shape(x, shape):
    try:
        return x.view(shape)
    except RuntimeError:
        return x.permute(*reversed(range(x.dim()))).reshape(shape)

# %% as_shape_resizes_x
# as_shape calls resize_, which changes the shape of x itself.
# named: -
def as_shape(x, shape):
    y = x.reshape(shape)
    if y.data_ptr() != x.data_ptr():
        return y
    return x.resize_(y.shape)
