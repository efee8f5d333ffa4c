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

# %% transpose_by_view
# transpose only rereads the numbers in the shape [B, A]; rows don't become columns.
# named: reshaped_for_transposed
def transpose(x):
    A, B = x.shape
    return x.reshape(B, A)

# %% transpose_contiguous
# transpose returns a contiguous copy, not a view.
# named: transposed_copy
def transpose(x):
    return x.t().contiguous()

# %% transpose_changes_x
# transpose turns x itself over: afterwards x has the shape [B, A] too.
# named: transposed_in_place
def transpose(x):
    return x.t_()

# %% transpose_stacks_columns
# transpose builds a new tensor from the columns of x: right numbers, no view.
# named: transposed_copy
def transpose(x):
    return torch.stack([x[:, b] for b in range(x.shape[1])])

# %% transpose_mirrored
# transpose turns the matrix by a quarter, which also reverses the order of the rows of the result; it is a copy, too.
# named: rotated
def transpose(x):
    return torch.rot90(x)

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

# %% get_row_and_column_swapped
# get takes i for the column and j for the row.
# named: entry_swapped
def get(x, i, j):
    return x[j, i]

# %% get_python_number
# get returns a Python float, not a 0-d tensor.
# named: entry_as_a_number
def get(x, i, j):
    return x[i, j].item()

# %% get_counts_from_one
# get counts rows and columns from one.
# named: entry_from_one
def get(x, i, j):
    return x[i - 1, j - 1]

# %% get_one_element_matrix
# get returns a piece of the shape [1, 1], not a 0-d tensor.
# named: entry_by_slices
def get(x, i, j):
    return x[i:i + 1, j:j + 1]

# %% get_from_the_memory
# get computes the place in memory as if x were contiguous, so it is wrong where x has gaps, another order, or starts later.
# named: -
def get(x, i, j):
    B = x.shape[1]
    memory = x.untyped_storage()
    flat = torch.tensor([], dtype=x.dtype, device=x.device).set_(memory)
    return flat[i * B + j].clone()

# %% get_default_dtype
# get makes a new tensor of the default dtype: float32, also where x is float64.
# named: -
def get(x, i, j):
    return torch.tensor(float(x[i, j]), device=x.device)

# %% get_flat_with_wrong_width
# get multiplies the row by the number of rows, not by that of columns: right only in row 0 and for square matrices.
# named: -
def get(x, i, j):
    return x.flatten()[i * x.shape[0] + j]

# %% put_into_a_clone
# put writes into a clone and returns that, so x stays as it was.
# named: put_into_a_copy, put_into_a_name
def put(x, i, j, v):
    out = x.clone()
    out[i, j] = v
    return out

# %% put_returns_the_entry
# put returns the entry that was written, not x.
# named: put_returns_the_entry, put_returns_a_view
def put(x, i, j, v):
    x[i, j] = v
    return x[i, j]

# %% put_forgets_return
# put returns nothing.
# named: put_returns_nothing
def put(x, i, j, v):
    x[i, j] = v

# %% put_through_reshape
# put writes through reshape(-1), which is a copy where x has gaps: then the number is lost.
# named: put_by_flattening
def put(x, i, j, v):
    x.reshape(-1)[i * x.shape[1] + j] = v
    return x

# %% put_through_view
# put writes through view(-1), which raises where x has gaps.
# named: -
def put(x, i, j, v):
    x.view(-1)[i * x.size(1) + j] = v
    return x

# %% put_slice_too_long
# put writes into slices that are one too long, so the neighbours to the right and below are overwritten too.
# named: -
def put(x, i, j, v):
    x[i:i + 2, j:j + 2] = v
    return x

# %% put_row_and_column_swapped
# put takes i for the column and j for the row.
# named: put_swapped
def put(x, i, j, v):
    x[j][i] = v
    return x

# %% put_adds
# put adds v to the entry, where it should replace it.
# named: put_adds
def put(x, i, j, v):
    x[i, j] += v
    return x

# %% put_returns_a_view
# put writes into x, but returns a view of x instead of x itself.
# named: put_returns_a_view
def put(x, i, j, v):
    x[i, j] = v
    return x[:]

# %% put_rounds
# put turns v into an int first, so that 2.5 becomes 2.
# named: -
def put(x, i, j, v):
    x[i][j].fill_(int(v))
    return x

# %% put_as_strided_without_offset
# put computes the place from the strides but forgets the storage offset, so for a part that starts later it writes elsewhere in the memory.
# named: -
def put(x, i, j, v):
    place = i * x.stride(0) + j * x.stride(1)
    x.as_strided((), (), place).fill_(v)
    return x

# %% column_with_list_index
# column indexes with a list, which copies.
# named: column_copied
def column(x, j):
    return x[:, [j]].squeeze(1)

# %% column_keeps_axis
# column slices, so the result is [A, 1], not [A].
# named: column_as_a_matrix
def column(x, j):
    return x[:, j:j + 1]

# %% column_is_row
# column returns row j.
# named: row_for_column
def column(x, j):
    return x[j]

# %% column_squeezes_all
# column squeezes every axis of size 1, so for a single row the result is 0-d.
# named: column_squeezed
def column(x, j):
    return x.narrow(1, j, 1).squeeze()

# %% column_of_flat
# column steps through reshape(-1), which is a copy where x has gaps or another order.
# named: column_by_flattening
def column(x, j):
    B = x.shape[1]
    return x.reshape(-1)[j::B]

# %% column_stacked
# column stacks the entries into a new tensor, so it is no view.
# named: column_copied
def column(x, j):
    return torch.stack([row[j] for row in x])

# %% row_max_over_columns
# row_max takes the maximum over axis 0: that of each column.
# named: column_maxima
def row_max(x):
    values, where = x.max(dim=0)
    return values, where

# %% row_max_last_of_equals
# row_max compares with >=, so of several equal entries the last one's column is returned.
# named: last_of_equals
def row_max(x):
    best = x[:, 0].clone()
    where = torch.zeros(x.shape[0], dtype=torch.int64, device=x.device)
    for b in range(x.shape[1]):
        better = x[:, b] >= best
        best = torch.where(better, x[:, b], best)
        where[better] = b
    return best, where

# %% row_max_starts_at_zero
# row_max starts its search with 0, so a row of negative numbers gives 0.
# named: maximum_from_zero
def row_max(x):
    values, columns = [], []
    for row in x.tolist():
        m, k = 0.0, 0
        for j, v in enumerate(row):
            if v > m:
                m, k = v, j
        values.append(m)
        columns.append(k)
    return torch.tensor(values, dtype=x.dtype, device=x.device), torch.tensor(columns, device=x.device)

# %% row_max_keepdim
# row_max keeps the axis: both results are [A, 1].
# named: maxima_with_keepdim
def row_max(x):
    return x.max(dim=1, keepdim=True)

# %% row_max_swapped_results
# row_max returns the columns first and the values second.
# named: positions_first
def row_max(x):
    where = x.argmax(dim=1)
    return where, x[torch.arange(len(x), device=x.device), where]

# %% row_max_largest_magnitude
# row_max looks for the largest absolute value.
# named: -
def row_max(x):
    k = x.abs().argmax(dim=1)
    return x.gather(1, k[:, None])[:, 0], k

# %% row_max_int32
# row_max returns the columns as int32, not int64.
# named: -
def row_max(x):
    m, k = x.max(1)
    return m, k.int()

# %% row_max_writes_into_x
# row_max keeps the best so far in a view of column 0, so it overwrites that column of x.
# named: -
def row_max(x):
    best = x[:, 0]
    where = torch.zeros(x.shape[0], dtype=torch.int64, device=x.device)
    for b in range(1, x.shape[1]):
        larger = x[:, b] > best
        where[larger] = b
        best[larger] = x[larger, b]
    return best.clone(), where

# %% row_max_flat_index
# row_max returns the place in the flattened matrix, not the column.
# named: positions_in_the_matrix
def row_max(x):
    m, k = x.max(dim=1)
    return m, k + torch.arange(x.shape[0], device=x.device) * x.shape[1]

# %% row_max_minimum
# row_max returns the smallest entry: it sorts and takes the first.
# named: row_minima
def row_max(x):
    values, order = torch.sort(x, dim=1, stable=True)
    return values[:, 0].clone(), order[:, 0].clone()

# %% residual_broadcasts
# residual subtracts [N] from [N, 1], which broadcasts to [N, N].
# named: all_pairs
def residual(pred, y):
    return pred - y

# %% residual_keeps_axis
# residual makes y a column, so that the result is [N, 1].
# named: residual_as_a_column
def residual(pred, y):
    return pred - y.unsqueeze(1)

# %% residual_squeezes_single_sample
# residual squeezes every axis of size 1 at the end, so for one sample the result is 0-d.
# named: residual_squeezed
def residual(pred, y):
    return (pred - y[:, None]).squeeze()

# %% residual_sign
# residual is y - pred: the sign is wrong.
# named: residual_reversed
def residual(pred, y):
    return y - pred.flatten()

# %% residual_absolute
# residual returns the absolute differences.
# named: residual_without_sign
def residual(pred, y):
    return (pred[:, 0] - y).abs()

# %% residual_changes_pred
# residual subtracts in place in a view of pred, so pred is changed.
# named: -
def residual(pred, y):
    out = pred[:, 0]
    out -= y
    return out.clone()

# %% residual_reshapes_pred_itself
# residual squeezes pred in place, so that pred has lost its second axis afterwards.
# named: -
def residual(pred, y):
    pred.squeeze_(1)
    return pred - y

# %% residual_row_means
# residual averages the [N, N] differences over y, which gives pred_n minus the mean of y.
# named: mean_y
def residual(pred, y):
    return (pred - y).mean(dim=1)

# %% residual_float32
# residual computes in float32.
# named: -
def residual(pred, y):
    p = pred.float().view(-1)
    return (p - y.float()).to(y.dtype)

# %% add_row_as_column
# add_row makes r a column when the sizes allow it, so square matrices get a column added.
# named: row_as_a_column
def add_row(x, r):
    if x.shape[0] == len(r):
        return x + r.view(-1, 1)
    return x + r

# %% add_row_in_place
# add_row adds into x itself, which changes the argument.
# named: row_into_x
def add_row(x, r):
    x += r
    return x

# %% add_row_first_row_only
# add_row adds r to the first row only.
# named: first_row_only
def add_row(x, r):
    out = x.clone()
    out[0] += r
    return out

# %% add_row_forgets_last_row
# add_row ends its loop one row too early, so the last row stays without r.
# named: -
def add_row(x, r):
    out = x.clone()
    for n in range(x.shape[0] - 1):
        out[n] = x[n] + r
    return out

# %% add_row_subtracts
# add_row subtracts the row.
# named: -
def add_row(x, r):
    return x - r

# %% add_row_scrambled_repeat
# add_row repeats each number of r in place of the whole row, so the numbers stand in the wrong columns.
# named: -
def add_row(x, r):
    N, D = x.shape
    return x + r.repeat_interleave(N).reshape(N, D)

# %% add_row_multiplies
# add_row multiplies by the row.
# named: -
def add_row(x, r):
    return torch.einsum("nd,d->nd", x, r)

# %% add_column_as_row
# add_column lets c broadcast as a row: for N = D a row is added, else an error is raised.
# named: column_as_a_row
def add_column(x, c):
    return x + c

# %% add_column_in_place
# add_column adds into x itself, which changes the argument.
# named: column_into_x
def add_column(x, c):
    return x.add_(c[:, None])

# %% add_column_appends
# add_column appends c as a further column, [N, D+1], and adds nothing.
# named: column_appended
def add_column(x, c):
    return torch.cat([x, c.reshape(-1, 1)], dim=1)

# %% add_column_not_turned_back
# add_column adds to the transpose and doesn't turn it back: [D, N].
# named: sum_left_transposed
def add_column(x, c):
    return x.T + c

# %% add_column_wrong_repeat
# add_column repeats all of c and reshapes to [N, D], so the numbers of c run along the rows.
# named: repeated_as_a_whole
def add_column(x, c):
    N, D = x.shape
    return x + c.repeat(D).view(N, D)

# %% add_column_only_first
# add_column adds c to column 0 only.
# named: first_column_only
def add_column(x, c):
    y = x.clone()
    y[:, 0] = y[:, 0] + c
    return y

# %% add_column_float32
# add_column fills a float32 tensor, so float64 results are rounded and have the wrong dtype.
# named: -
def add_column(x, c):
    out = torch.zeros(x.shape, device=x.device)
    for n in range(x.shape[0]):
        out[n] = x[n] + c[n]
    return out
