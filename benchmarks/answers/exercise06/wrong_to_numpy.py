# %% array_shares_memory
# to_numpy does not copy, so the array shares the memory of x.
# named: to_numpy_shared
def to_numpy(x):
    return x.detach().cpu().numpy()

# %% detach_forgotten
# to_numpy does not detach and raises an error for a tensor in a graph.
# named: -
def to_numpy(x):
    return x.cpu().numpy().copy()

# %% cpu_forgotten
# to_numpy does not move x to the CPU and raises an error for a tensor on another device.
# named: -
def to_numpy(x):
    return x.detach().numpy().copy()

# %% array_dtype_from_list
# to_numpy goes through a list, so float32 becomes float64.
# named: to_numpy_through_lists
def to_numpy(x):
    return np.array(x.tolist()).reshape(tuple(x.shape))

# %% array_in_float32
# to_numpy converts every dtype to float32.
# named: to_numpy_float32
def to_numpy(x):
    return x.detach().cpu().float().numpy().copy()

# %% list_for_array
# to_numpy returns a nested list, not an array.
# named: to_numpy_list
def to_numpy(x):
    return x.detach().cpu().tolist()

# %% array_flattened
# to_numpy returns an array with one axis.
# named: -
def to_numpy(x):
    return x.detach().cpu().numpy().flatten()

# %% array_squeezed
# to_numpy drops the axes of size 1.
# named: -
def to_numpy(x):
    return x.detach().cpu().squeeze().numpy().copy()

# %% gradient_switched_off
# to_numpy switches requires_grad of the caller's x off.
# named: -
def to_numpy(x):
    if x.is_leaf:
        x.requires_grad_(False)
    return x.detach().cpu().numpy().copy()
