# %% swap_counts_from_one
# swap takes i and j for axes counted from 1, and subtracts 1 from both.
# named: swapped_from_one
def swap(x, i, j):
    return x.transpose(i - 1, j - 1)

# %% swap_moves_one_axis
# swap moves axis i to place j, and the axes between them move up; right only for neighbouring axes.
# named: axis_moved
def swap(x, i, j):
    return torch.movedim(x, i, j)

# %% swap_negative_ignored
# swap compares the axes with i and j as given; the last axis never equals -1, so it stands twice in the order, and permute raises.
# named: -
def swap(x, i, j):
    order = []
    for k in range(x.dim()):
        if k == i:
            order.append(j)
        elif k == j:
            order.append(i)
        else:
            order.append(k)
    return x.permute(order)

# %% swap_by_reshape
# swap only swaps the two sizes in the shape, and rereads the numbers in that shape.
# named: reshaped_for_swapped
def swap(x, i, j):
    shape = list(x.shape)
    shape[i], shape[j] = shape[j], shape[i]
    return x.reshape(shape)

# %% swap_last_two
# swap always swaps the last two axes, whatever i and j are.
# named: always_the_last_two
def swap(x, i, j):
    if x.dim() < 2:
        return x.transpose(i, j)
    return x.transpose(-2, -1)

# %% swap_same_axis_raises
# swap raises when i and j are the same axis.
# named: -
def swap(x, i, j):
    n = x.dim()
    i, j = i % n, j % n
    return torch.movedim(x, (i, j), (j, i))

# %% swap_copies
# swap returns a contiguous copy.
# named: swapped_copy, swapped_contiguous
def swap(x, i, j):
    return x.swapaxes(i, j).clone()
