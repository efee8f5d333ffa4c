# %% describe_shape_as_list
# describe returns the shape as a list, not as a tuple.
# named: shape_as_a_list
def describe(x):
    return list(x.shape), x.dim(), x.numel()

# %% describe_length_for_axes
# describe takes len(x), the size of the first axis, for the number of axes.
# named: axes_by_the_first, axes_by_the_first_if_any
def describe(x):
    try:
        axes = len(x)
    except TypeError:
        axes = 0
    return tuple(x.shape), axes, x.numel()

# %% describe_counts_whole_memory
# describe counts the numbers of the whole memory that x is a part of, not those of x.
# named: memory_counted
def describe(x):
    elements = x.untyped_storage().nbytes() // x.element_size()
    return tuple(x.shape), x.ndim, elements

# %% describe_sum_of_sizes
# describe adds the sizes up, where they have to be multiplied.
# named: sizes_added
def describe(x):
    shape = tuple(x.shape)
    return shape, len(shape), sum(shape)

# %% describe_elements_as_tensor
# describe returns the number of elements as a tensor, not as a Python int.
# named: -
def describe(x):
    return tuple(x.shape), x.dim(), torch.tensor(x.shape, dtype=torch.int64).prod()

# %% describe_fails_without_axes
# describe starts its product with the size of the first axis, so it raises IndexError for a 0-d tensor.
# named: -
def describe(x):
    n = x.shape[0]
    for s in x.shape[1:]:
        n *= s
    return tuple(x.shape), len(x.shape), n
