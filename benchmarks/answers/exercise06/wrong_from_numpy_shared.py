# %% shared_is_a_copy
# from_numpy_shared copies the array with torch.tensor.
# named: shared_copied
def from_numpy_shared(a):
    return torch.tensor(a)

# %% views_made_contiguous
# from_numpy_shared makes the tensor contiguous, which copies a transposed or strided array.
# named: shared_if_contiguous
def from_numpy_shared(a):
    return torch.from_numpy(a).contiguous()

# %% shared_as_float32
# from_numpy_shared converts to float32, so other dtypes are lost, and with them the shared memory.
# named: shared_as_float32
def from_numpy_shared(a):
    return torch.from_numpy(a).float()

# %% whole_base_of_a_view
# from_numpy_shared returns the array that a view was taken from, with its shape.
# named: -
def from_numpy_shared(a):
    if a.base is not None:
        a = a.base
    return torch.from_numpy(a)

# %% only_two_axes_shared
# from_numpy_shared always reads two sizes from the shape and fails for one or three axes.
# named: -
def from_numpy_shared(a):
    rows, columns = a.shape
    t = torch.from_numpy(a)
    return t[:rows, :columns]
