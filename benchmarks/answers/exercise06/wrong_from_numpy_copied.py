# %% copied_is_shared
# from_numpy_copied uses torch.as_tensor, which shares the memory.
# named: copied_shared
def from_numpy_copied(a):
    return torch.as_tensor(a)

# %% slice_taken_for_a_copy
# from_numpy_copied slices the array, which copies a list but not an array.
# named: copied_shared
def from_numpy_copied(a):
    copy = a[:]
    return torch.from_numpy(copy)

# %% contiguous_taken_for_a_copy
# from_numpy_copied uses contiguous, which copies only views and shares the memory of all other arrays.
# named: copied_if_strided
def from_numpy_copied(a):
    return torch.from_numpy(a).contiguous()

# %% copy_in_float32
# from_numpy_copied uses torch.FloatTensor, so every dtype becomes float32.
# named: copied_as_float32
def from_numpy_copied(a):
    return torch.FloatTensor(a.tolist()).reshape(a.shape)

# %% dtype_inferred_from_list
# from_numpy_copied goes through a list, so PyTorch infers a new dtype: float64 becomes float32.
# named: copied_inferred
def from_numpy_copied(a):
    return torch.tensor(a.tolist()).reshape(a.shape)

# %% copy_flattened
# from_numpy_copied flattens the array.
# named: -
def from_numpy_copied(a):
    return torch.from_numpy(a.flatten())

# %% array_locked
# from_numpy_copied makes the caller's array read-only.
# named: -
def from_numpy_copied(a):
    t = torch.tensor(a)
    a.setflags(write=False)
    return t
