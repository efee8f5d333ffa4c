# %% channels_last_swaps_one_and_three
# channels_last swaps the axes 1 and 3, which gives [N, W, H, C].
# named: height_and_width_swapped
def channels_last(x):
    return x.transpose(1, 3)

# %% channels_last_by_reshape
# channels_last only rereads the numbers in the shape [N, H, W, C].
# named: reshaped_for_permuted
def channels_last(x):
    N, C, H, W = x.shape
    return x.reshape(N, H, W, C)

# %% channels_last_inverse
# channels_last uses the permutation of the way back, from channels last to channels first.
# named: the_way_back
def channels_last(x):
    return x.permute(0, 3, 1, 2)

# %% channels_last_memory_format
# channels_last changes the memory format only: the shape stays [N, C, H, W].
# named: memory_format_only
def channels_last(x):
    return x.contiguous(memory_format=torch.channels_last)

# %% channels_last_copy
# channels_last ends with contiguous, which copies.
# named: permuted_copy
def channels_last(x):
    return torch.einsum("nchw->nhwc", x).contiguous()

# %% channels_last_half_way
# channels_last moves the channels only one axis back: [N, H, C, W].
# named: behind_the_height
def channels_last(x):
    return x.swapaxes(1, 2)
