# %% item_always_float
# item returns a float for whole numbers and truth values, too.
# named: item_always_float
def item(x):
    return float(x.detach())

# %% item_always_int
# item returns an int, so floats lose their decimals.
# named: item_always_int
def item(x):
    return int(x.detach())

# %% item_as_list
# item returns a list if x has axes.
# named: item_list
def item(x):
    return x.tolist()

# %% item_as_tensor
# item returns a 0-d tensor, not a Python number.
# named: item_tensor
def item(x):
    return x.detach().reshape(-1)[0]

# %% item_as_numpy_number
# item returns a number of NumPy's, not of Python's.
# named: -
def item(x):
    return x.detach().numpy().reshape(-1)[0]

# %% item_fails_in_a_graph
# item goes through NumPy without detach and raises an error if x is part of a graph.
# named: -
def item(x):
    return x.numpy().item()

# %% item_by_sum
# item sums over the axes first, so a truth value becomes an int.
# named: -
def item(x):
    return x.sum().item()

# %% item_needs_an_axis
# item takes x[0] and fails for a 0-d tensor.
# named: -
def item(x):
    return x[0].item()

# %% item_cuts_the_graph
# item detaches the caller's x in place, so that x is no longer part of the graph.
# named: -
def item(x):
    x.detach_()
    return x.item()
