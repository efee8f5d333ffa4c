"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- describe

shape_as_a_list = edit("describe", {"x.shape": "list(x.shape)"}).says("the shape is a list; x.shape is a tuple")
sizes_added = edit("describe", {"x.numel()": "sum(x.shape)"}).says(
    "the sizes are added; to count the elements, multiply them"
)
elements_of_the_first_axis = edit("describe", {"x.numel()": "len(x)"}).says(
    "this is the length of the first axis, not the number of elements"
)
bytes_counted = edit("describe", {"numel()": "nbytes"}).says("these are bytes; a float64 takes eight of them")
memory_counted = edit("describe", {"x.numel": "len(x.untyped_storage()) // x.element_size"}).says(
    "this counts what lies in the memory; x may be only a part of it"
)
axes_by_the_first = edit("describe", {"x.dim()": "len(x)"}).says(
    "this is the length of the first axis, not the number of axes"
)
axes_by_the_first_if_any = edit("describe", {"x.dim()": "(x.shape or (0,))[0]"}).says(
    "this is the length of the first axis, not the number of axes"
)
at_least_one_axis = edit("describe", {", x.dim()": " or (1,), max(x.dim(), 1)"}).says(
    "a single number has no axis at all: its shape is the empty tuple"
)
counts_swapped = edit("describe", {"dim(), x.numel": "numel(), x.dim"}).says(
    "axis count and element count have changed places"
)

# --- as_view

reshape_for_view = edit("as_view", {".view": ".reshape"}).says(
    "where no view is possible this is a copy, made in silence: whoever writes into it changes nothing in x"
)
view_of_a_contiguous_copy = edit("as_view", {"x.": "x.contiguous()."}).says(
    "contiguous() copies what has gaps or another order, even where a view is possible"
)
view_cloned = edit("as_view", {"(shape)": "(shape).clone()"}).says("this is a copy: clone() makes new memory")
resized = edit("as_view", {".view": ".resize_"}).says(
    "resize_ gives x itself another shape, and reads its memory as if there were no gaps"
)
refusal_swallowed = edit(
    "as_view", {"return x.view(shape)": "try:\n    return x.view(shape)\nexcept RuntimeError:\n    return None"}
).says("the RuntimeError is caught, and None comes back: let it go on to whoever called")
every_gap_refused = edit(
    "as_view", {"return": "if not x.is_contiguous():\n    raise RuntimeError('x is not contiguous')\nreturn"}
).says("not every x with gaps in its memory has to be refused: some shapes are views of it all the same")

# --- as_shape

view_for_reshape = edit("as_shape", {"reshape": "view"}).says("view refuses where a copy is needed")
always_copied = edit("as_shape", {"(shape)": "(shape).clone()"}).says(
    "this is always a copy, even where a view is possible"
)
copied_if_not_contiguous = edit("as_shape", {"reshape": "contiguous().view"}).says(
    "contiguous() and flatten() copy more than they must: x may have gaps, and still a view of this shape"
)
column_by_column = edit("as_shape", {"x.": "x.T."}).says(
    "the numbers are taken column by column; their order is row by row"
)

# --- transpose, swap, channels_last

reshaped_for_transposed = edit("transpose", {"x.T": "x.reshape(x.shape[1], x.shape[0])"}).says(
    "another shape is no transpose: the numbers keep their order, and rows stay side by side"
)
transposed_copy = edit("transpose", {"x.T": "x.T.contiguous()"}).says(
    "the values are right, but this is a copy of them: contiguous(), clone() and stack() make new memory"
)
transposed_from_one = edit("transpose", {"x.T": "x.transpose(1, 2)"}).says(
    "axes are counted from 0: a matrix has axes 0 and 1, and no axis 2"
)
transposed_in_place = edit("transpose", {"x.T": "x.t_()"}).says("t_ and transpose_ change x's own shape")
rotated = edit("transpose", {"x.T": "torch.rot90(x)"}).says(
    "this turns the matrix by a quarter; a transpose mirrors it at the diagonal"
)
steps_of_one_piece = edit(
    "transpose", {"return x.T": "rows, columns = x.shape\nreturn x.as_strided((columns, rows), (1, columns))"}
).says("the steps through the memory are those of an x in one piece: x.stride() tells the real ones")
swapped_from_one = edit("swap", {"i, j": "i - 1, j - 1"}).says("axes are counted from 0, here from 1")
axis_moved = edit("swap", {"transpose": "movedim"}).says(
    "movedim puts one axis elsewhere and shifts those between; here two change places"
)
reshaped_for_swapped = edit(
    "swap", "shape = list(x.shape)\nshape[i], shape[j] = shape[j], shape[i]\nreturn x.reshape(shape)"
).says("the shape is right and the numbers are not: reshape and view keep them in their order")
all_axes_reversed = edit("swap", {"transpose(i, j)": "permute(*range(x.dim() - 1, -1, -1))"}).says(
    "all axes are turned round; those besides i and j stay where they are"
)
always_the_last_two = edit("swap", {"x.transpose(i, j)": "x.mT if x.dim() > 1 else x"}).says(
    "i and j play no part: these are always the last two axes"
)
rows_swapped = edit(
    "swap", "order = list(range(len(x)))\norder[i], order[j] = order[j], order[i]\nreturn x[order]"
).says("these are rows i and j of the first axis; axes i and j were meant")
swapped_copy = edit("swap", {"(i, j)": "(i, j).clone()"}).says(
    "the values are right, but this is a copy of them: contiguous() and clone() make new memory"
)
swapped_contiguous = edit("swap", {"(i, j)": "(i, j).contiguous()"}).says(
    "the values are right, but this is a copy of them: contiguous() and clone() make new memory"
)
reshaped_for_permuted = edit(
    "channels_last", {"return x.permute(0, 2, 3, 1)": "n, c, h, w = x.shape\nreturn x.reshape(n, h, w, c)"}
).says("the shape is right and the numbers are not: view and reshape mix channels and pixels")
height_and_width_swapped = edit("channels_last", {"permute(0, 2, 3, 1)": "transpose(1, 3)"}).says(
    "swapping two axes is not enough: height and width have changed places as well"
)
behind_the_height = edit("channels_last", {"permute(0, 2, 3, 1)": "transpose(1, 2)"}).says(
    "the channels stand behind the height; they are to stand behind the width too"
)
the_way_back = edit("channels_last", {"2, 3, 1": "3, 1, 2"}).says(
    "this is the way back, to channels first: permute names, for each axis of the result, the axis it comes from"
)
permuted_copy = edit("channels_last", {"1)": "1).contiguous()"}).says(
    "the values are right, but this is a copy of them: contiguous() and clone() make new memory"
)
memory_format_only = edit(
    "channels_last", {"permute(0, 2, 3, 1)": "contiguous(memory_format=torch.channels_last)"}
).says("memory_format changes how the numbers lie in memory; the axes of x keep their order")

# --- get, put, column

entry_from_one = edit("get", {"i, j": "i - 1, j - 1"}).says("rows and columns are counted from 0, here from 1")
entry_swapped = edit("get", {"i, j": "j, i"}).says("this is row j, column i: the row comes first")
entry_as_a_number = edit("get", {"[i, j]": "[i, j].item()"}).says("this is a Python number; a 0-d tensor is wanted")
entry_by_slices = edit("get", {"i, j": "i : i + 1, j : j + 1"}).says(
    "a slice keeps its axis, even if only one entry is left: this has the shape [1, 1]"
)
entry_by_a_list = edit("get", {"i, j": "[i, j]"}).says(
    "a list of indices picks rows i and j; a pair, x[i, j], one entry"
)
put_into_a_copy = edit("put", {"x[i, j] = v": "x = x.clone()\nx[i, j] = v"}).says(
    "what comes back has v, and x itself keeps its old number: v went into a copy"
)
put_into_a_name = edit("put", {"x[i, j] = v": ""}).says(
    "x keeps its old number: v was not written into its memory, but into a copy, or given to a name"
)
put_into_the_row = edit("put", {"i, j": "i"}).says("x[i] = v fills the whole row")
put_swapped = edit("put", {"i, j": "j, i"}).says("this is row j, column i: the row comes first")
put_from_one = edit("put", {"i, j": "i - 1, j - 1"}).says("rows and columns are counted from 0, here from 1")
put_adds = edit("put", {"= v": "+= v"}).says("v is added to the entry; it is to take its place")
put_returns_nothing = edit("put", {"return x": ""}).says("x has changed, but nothing comes back")
put_returns_a_copy = edit("put", {"return x": "return x.clone()"}).says(
    "x has changed, but what comes back is a copy of it: return x"
)
put_returns_a_view = edit("put", {"return x": "return x.view_as(x)"}).says(
    "x has changed, but what comes back is another tensor on the same memory: return x itself"
)
put_returns_the_entry = edit("put", {"return x": "return x[i, j]"}).says(
    "x has changed, but what comes back is the entry alone: return x"
)
put_by_flattening = edit("put", {"[i, j]": ".flatten()[i * x.shape[1] + j]"}).says(
    "where x is a part of a larger tensor v went into a copy, as flatten() and reshape(-1) make one"
)
row_for_column = edit("column", {":, j": "j"}).says("this is row j; x[:][j] is too, since x[:] is all of x")
column_as_a_matrix = edit("column", {":, j": ":, j : j + 1"}).says(
    "a slice or a list of one index keeps the axis: this has the shape [A, 1]"
)
column_squeezed = edit("column", {"x[:, j]": "x[:, j].squeeze()"}).says(
    "the axis of the rows is missing where there is only one: squeeze() takes away every axis of size 1"
)
column_copied = edit("column", {"[:, j]": "[:, j].clone()"}).says(
    "the values are right, but this is a copy of them: clone(), stack(), index_select and lists of indices copy"
)
column_by_flattening = edit("column", {"[:, j]": ".reshape(-1)[j :: x.shape[1]]"}).says(
    "where x has gaps this is a part of a copy, as flatten() and reshape(-1) make one"
)
column_from_one = edit("column", {":, j": ":, j - 1"}).says("columns are counted from 0, here from 1")
column_by_the_width = edit(
    "column", {"[:, j]": ".as_strided((x.shape[0],), (x.shape[1],), x.storage_offset() + j)"}
).says("the step from row to row is not always the number of columns: x.stride(0) tells it")

# --- row_max

column_maxima = edit("row_max", "return x.max(dim=0)").says(
    "these are the largest of each column: dim is the axis that disappears"
)
values_alone = edit("row_max", "return x.amax(dim=1)").says("the positions are missing: two tensors are wanted")
positions_first = edit(
    "row_max", {"largest, where =": "values, positions =", "return largest, where": "return positions, values"}
).says("the values come first, the positions second")
maxima_with_keepdim = edit("row_max", "return x.max(dim=1, keepdim=True)").says(
    "keepdim leaves an axis of size 1: the results are to have the shape [A]"
)
row_minima = edit("row_max", "return x.min(dim=1)").says("these are the smallest entries")
one_maximum = edit("row_max", "return x.max(), x.argmax()").says(
    "this is the largest entry of the whole matrix; every row has its own"
)
positions_in_the_matrix = edit(
    "row_max", {"return largest, where": "return largest, where + x.shape[1] * torch.arange(len(x), device=x.device)"}
).says("the positions are counted through the whole matrix; count them within each row")
maximum_from_zero = edit(
    "row_max", {"return largest, where": "return largest.clamp(min=0), torch.where(largest > 0, where, 0)"}
).says("the search starts from 0, and a row of negative numbers has nothing above it")
last_of_equals = edit("row_max", "return x.amax(dim=1), x.shape[1] - 1 - x.flip(1).argmax(dim=1)").says(
    "of equal entries this takes the last; the first one counts"
)
every_position = edit(
    "row_max", {"return largest, where": "return largest, (x == largest[:, None]).nonzero()[:, 1]"}
).says("a row whose largest entry occurs twice has two positions here; one per row is wanted")
maxima_squeezed = edit(
    "row_max", {"dim=1": "dim=1, keepdim=True", "return largest, where": "return largest.squeeze(), where.squeeze()"}
).says("the axis of the rows is missing where there is only one: squeeze() takes away every axis of size 1")
maxima_in_float64 = edit("row_max", "return x.double().max(dim=1)").says(
    "float32 comes back as float64: the values keep x's dtype"
)

# --- residual, add_row, add_column

all_pairs = edit("residual", {".squeeze(1)": ""}).says(
    "[N, 1] and [N] broadcast to [N, N]: every prediction is compared with every y"
)
residual_reversed = edit("residual", {"pred.squeeze(1) - y": "y - pred[:, 0]"}).says("this is y − pred")
residual_as_a_column = edit("residual", {".squeeze(1) - y": " - y[:, None]"}).says(
    "the differences are right, in the shape [N, 1]; it is to be [N]"
)
first_y = edit("residual", {"pred.squeeze(1) - y": "(pred - y)[:, 0]"}).says(
    "all samples are compared with the first y: this is column 0 of [N, N]"
)
mean_y = edit("residual", {"pred.squeeze(1) - y": "(pred - y).mean(dim=1)"}).says(
    "all samples are compared with the mean of y: this averages [N, N]"
)
residual_without_sign = edit("residual", {"pred.squeeze(1) - y": "(pred[:, 0] - y).abs()"}).says(
    "the sign is lost: a residual is negative where pred is below y"
)
residual_squeezed = edit("residual", {"pred.squeeze(1) - y": "(pred - y[:, None]).squeeze()"}).says(
    "the axis of the samples is missing where there is only one: squeeze() takes away every axis of size 1"
)
row_as_a_column = edit("add_row", {"+ r": "+ (r[:, None] if len(r) == len(x) else r)"}).says(
    "r became a column, and is added to every column"
)
row_into_x = edit("add_row", {"return x + r": "x += r\nreturn x"}).says("x itself is changed: += writes into x")
row_appended = edit("add_row", {"x + r": "torch.cat([x, r[None]])"}).says(
    "r is put below x as another row; it is to be added to each row"
)
first_row_only = edit("add_row", {"return x + r": "out = x.clone()\nout[0] += r\nreturn out"}).says(
    "only the first row has had r added"
)
row_in_float64 = edit("add_row", {"x +": "x.double() +"}).says(
    "float32 comes back as float64: the result keeps x's dtype"
)
column_as_a_row = edit("add_column", {"[:, None]": ""}).says(
    "broadcasting pairs the last axes: x + c adds c as a row, or fails if N and D differ"
)
whatever_fits = edit("add_column", {"+ c": "+ c if len(c) == x.shape[1] else x + c"}).says(
    "x + c where it fits: with as many rows as columns it always fits, and adds c as a row"
)
sum_left_transposed = edit("add_column", {"x + c[:, None]": "x.T + c"}).says("the sum is right, and transposed: [D, N]")
repeated_as_a_whole = edit("add_column", {"[:, None]": ".repeat(x.shape[1]).reshape(x.shape)"}).says(
    "repeat puts the whole of c after itself; filled into [N, D], its numbers are in the wrong rows"
)
column_appended = edit("add_column", {"x + c[:, None]": "torch.cat([x, c[:, None]], dim=1)"}).says(
    "c is put beside x as another column; it is to be added to each column"
)
first_column_only = edit("add_column", {"return x + c[:, None]": "out = x.clone()\nout[:, 0] += c\nreturn out"}).says(
    "only the first column has had c added"
)
column_into_x = edit("add_column", {"return x + c[:, None]": "x += c[:, None]\nreturn x"}).says(
    "x itself is changed: += writes into x"
)
column_in_float64 = edit("add_column", {"x +": "x.double() +"}).says(
    "float32 comes back as float64: the result keeps x's dtype"
)
