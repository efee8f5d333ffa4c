# %% add_in_place_rebinds
# add_ binds the name x to a new tensor, so the old one stays as it was.
# named: add_rebinds
def add_(x, y):
    x = x + y
    return x

# %% add_in_place_returns_copy
# add_ writes into x, but returns a copy of it.
# named: add_returns_a_copy
def add_(x, y):
    x += y
    return x.clone()

# %% add_in_place_no_return
# add_ writes into x and returns nothing.
# named: add_returns_nothing
def add_(x, y):
    x.add_(y)

# %% add_in_place_colon
# add_ writes through x[:], which raises for a 0-d tensor.
# named: -
def add_(x, y):
    x[:] = x + y
    return x

# %% add_in_place_through_view
# add_ flattens with view(-1), which raises for an x with gaps.
# named: -
def add_(x, y):
    x.view(-1).add_(y.reshape(-1))
    return x

# %% add_in_place_through_flatten
# add_ writes into flatten(), which is a copy where x has gaps: then x stays as it was.
# named: add_into_a_copy
def add_(x, y):
    flat = x.flatten()
    flat += y.flatten()
    return x

# %% add_in_place_sets_data
# add_ gives x new memory through .data: x has the sum, but the larger tensor that it was part of stays as it was.
# named: add_new_data
def add_(x, y):
    x.data = x.data + y
    return x

# %% add_in_place_changes_y
# add_ collects the sum in y and then copies it into x, so y is changed too.
# named: -
def add_(x, y):
    y += x
    x.copy_(y)
    return x

# %% add_in_place_returns_view
# add_ returns a view of x, which is another tensor object, not x itself.
# named: add_returns_a_view
def add_(x, y):
    x.add_(y)
    return x[...]

# %% add_in_place_twice
# add_ adds y a second time in the return.
# named: -
def add_(x, y):
    x += y
    return x.add_(y)

# %% add_in_place_overwrites
# add_ copies y over x and adds nothing.
# named: -
def add_(x, y):
    x.copy_(y)
    return x

# %% add_in_place_dense_memory
# add_ walks the memory as if x had no gaps, so in a larger tensor other numbers are changed.
# named: -
def add_(x, y):
    steps = torch.empty(x.shape).stride()
    x.as_strided(x.shape, steps).add_(y)
    return x
