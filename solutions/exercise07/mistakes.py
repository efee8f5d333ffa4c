"""What learners get wrong here, one function each."""

from __future__ import annotations

import torch

from grader.checks import mistake

# --- describe


@mistake("describe", en="the shape is a list; x.shape is a tuple", zh="形状成了列表；x.shape 本来就是元组")
def shape_as_a_list(x):
    return list(x.shape), x.dim(), x.numel()


@mistake("describe", en="the sizes are added; to count the elements, multiply them",
         zh="把各个轴的大小加了起来；元素的个数要用乘的")  # fmt: skip
def sizes_added(x):
    return x.shape, x.dim(), sum(x.shape)


@mistake("describe", en="this is the length of the first axis, not the number of elements",
         zh="这是第一个轴的长度，不是元素的个数")  # fmt: skip
def elements_of_the_first_axis(x):
    return x.shape, x.dim(), len(x)


@mistake("describe", en="these are bytes; a float64 takes eight of them", zh="这是字节数；一个 float64 占八个字节")
def bytes_counted(x):
    return x.shape, x.dim(), x.nbytes


@mistake("describe", en="this counts what lies in the memory; x may be only a part of it",
         zh="数的是内存里有多少个数；x 可能只是其中一部分")  # fmt: skip
def memory_counted(x):
    return x.shape, x.dim(), len(x.untyped_storage()) // x.element_size()


@mistake(
    "describe", en="this is the length of the first axis, not the number of axes", zh="这是第一个轴的长度，不是轴的个数"
)
def axes_by_the_first(x):
    return x.shape, len(x), x.numel()


@mistake("describe", en="a single number has no axis at all: its shape is the empty tuple",
         zh="单独一个数一个轴也没有：它的形状是空元组")  # fmt: skip
def at_least_one_axis(x):
    return x.shape or (1,), max(x.dim(), 1), x.numel()


@mistake("describe", en="axis count and element count have changed places", zh="轴的个数和元素的个数写反了")
def counts_swapped(x):
    return x.shape, x.numel(), x.dim()


# --- as_view


@mistake(
    "as_view",
    en="reshape copies in silence where no view is possible: whoever writes into it changes nothing in x",
    zh="没有这样的视图时，reshape 会悄悄复制一份：往里面写，x 并不会变",
)
def reshape_for_view(x, shape):
    return x.reshape(shape)


@mistake("as_view", en="contiguous() copies what has gaps or another order, even where a view is possible",
         zh="内存里有间隔或次序不同时，contiguous() 会复制一份，哪怕视图是可能的")  # fmt: skip
def view_of_a_contiguous_copy(x, shape):
    return x.contiguous().view(shape)


@mistake("as_view", en="this is a copy: clone() makes new memory", zh="这是副本：clone() 会另开一块内存")
def view_cloned(x, shape):
    return x.view(shape).clone()


@mistake("as_view", en="resize_ gives x itself another shape, and reads its memory as if there were no gaps",
         zh="resize_ 会改掉 x 自己的形状，而且读内存时不管有没有间隔")  # fmt: skip
def resized(x, shape):
    return x.resize_(shape)


@mistake("as_view", en="the RuntimeError is caught, and None comes back: let it go on to whoever called",
         zh="RuntimeError 被截住了，返回的是 None：应当让调用的人收到它")  # fmt: skip
def refusal_swallowed(x, shape):
    try:
        return x.view(shape)
    except RuntimeError:
        return None


@mistake(
    "as_view",
    en="not every x with gaps in its memory has to be refused: some shapes are views of it all the same",
    zh="x 在内存里不连续，并不等于一定没有视图：有些形状照样可以",
)
def every_gap_refused(x, shape):
    if not x.is_contiguous():
        raise RuntimeError("x is not contiguous")
    return x.view(shape)


# --- as_shape


@mistake("as_shape", en="view refuses where a copy is needed", zh="需要复制的时候，view 会报错")
def view_for_reshape(x, shape):
    return x.view(shape)


@mistake("as_shape", en="this is always a copy, even where a view is possible", zh="总是复制了一份，哪怕视图是可能的")
def always_copied(x, shape):
    return x.reshape(shape).clone()


@mistake(
    "as_shape",
    en="contiguous() and flatten() copy more than they must: x may have gaps, and still a view of this shape",
    zh="contiguous() 和 flatten() 会多复制：x 在内存里有间隔，也可能有这种形状的视图",
)
def copied_if_not_contiguous(x, shape):
    return x.contiguous().view(shape)


@mistake(
    "as_shape", en="the numbers are taken column by column; their order is row by row", zh="按列取数了；应当按行取"
)
def column_by_column(x, shape):
    return x.T.reshape(shape)


# --- transpose, swap, channels_last


@mistake("transpose", en="another shape is no transpose: the numbers keep their order, and rows stay side by side",
         zh="改变形状不是转置：数的先后次序没有变，行还是行")  # fmt: skip
def reshaped_for_transposed(x):
    return x.reshape(x.shape[1], x.shape[0])


@mistake(
    "transpose",
    en="the values are right, but this is a copy of them: contiguous() and clone() make new memory",
    zh="数值没错，但这是副本：contiguous() 和 clone() 会另开一块内存",
)
def transposed_copy(x):
    return x.T.contiguous()


@mistake(
    "transpose",
    en="axes are counted from 0: a matrix has axes 0 and 1, and no axis 2",
    zh="轴从 0 数起：矩阵只有第 0 轴和第 1 轴，没有第 2 轴",
)
def transposed_from_one(x):
    return x.transpose(1, 2)


@mistake("transpose", en="t_ and transpose_ change x's own shape", zh="t_ 和 transpose_ 会改掉 x 自己的形状")
def transposed_in_place(x):
    return x.t_()


@mistake(
    "transpose",
    en="this turns the matrix by a quarter; a transpose mirrors it at the diagonal",
    zh="这是把矩阵旋转了四分之一圈；转置是沿对角线翻转",
)
def rotated(x):
    return torch.rot90(x)


@mistake(
    "transpose",
    en="the steps through the memory are those of an x in one piece: x.stride() tells the real ones",
    zh="这里的步长只适用于内存连续的 x：实际的步长要看 x.stride()",
)
def steps_of_one_piece(x):
    rows, columns = x.shape
    return x.as_strided((columns, rows), (1, columns))


@mistake("swap", en="axes are counted from 0, here from 1", zh="轴从 0 数起，这里从 1 数了")
def swapped_from_one(x, i, j):
    return x.transpose(i - 1, j - 1)


@mistake(
    "swap",
    en="movedim puts one axis elsewhere and shifts those between; here two change places",
    zh="movedim 把一个轴挪走，中间的轴跟着移位；这里要的是两个轴互换",
)
def axis_moved(x, i, j):
    return x.movedim(i, j)


@mistake(
    "swap",
    en="the shape is right and the numbers are not: reshape and view keep them in their order",
    zh="形状对了，数却不对：reshape 和 view 不会改变数的先后次序",
)
def reshaped_for_swapped(x, i, j):
    shape = list(x.shape)
    shape[i], shape[j] = shape[j], shape[i]
    return x.reshape(shape)


@mistake(
    "swap",
    en="all axes are turned round; those besides i and j stay where they are",
    zh="所有的轴都颠倒了；除了 i 和 j，别的轴应当不动",
)
def all_axes_reversed(x, i, j):
    return x.permute(*range(x.dim() - 1, -1, -1))


@mistake(
    "swap", en="i and j play no part: these are always the last two axes", zh="没有用到 i 和 j：换的总是最后两个轴"
)
def always_the_last_two(x, i, j):
    return x.mT


@mistake(
    "swap",
    en="these are rows i and j of the first axis; axes i and j were meant",
    zh="换的是第一个轴上的第 i 行和第 j 行；要换的是第 i 轴和第 j 轴",
)
def rows_swapped(x, i, j):
    order = list(range(len(x)))
    order[i], order[j] = order[j], order[i]
    return x[order]


@mistake(
    "swap",
    en="the values are right, but this is a copy of them: contiguous() and clone() make new memory",
    zh="数值没错，但这是副本：contiguous() 和 clone() 会另开一块内存",
)
def swapped_copy(x, i, j):
    return x.transpose(i, j).contiguous()


@mistake(
    "channels_last",
    en="the shape is right and the numbers are not: view and reshape mix channels and pixels",
    zh="形状对了，数却不对：view 和 reshape 把通道和像素混在了一起",
)
def reshaped_for_permuted(x):
    n, c, h, w = x.shape
    return x.reshape(n, h, w, c)


@mistake(
    "channels_last",
    en="swapping two axes is not enough: height and width have changed places as well",
    zh="只交换两个轴是不够的：高和宽也跟着换了位置",
)
def height_and_width_swapped(x):
    return x.transpose(1, 3)


@mistake(
    "channels_last",
    en="this is the way back, to channels first: permute names, for each axis of the result, the axis it comes from",
    zh="这是反方向的变换，把通道从最后移到前面：permute 要为结果的每个轴写出它来自 x 的哪个轴",
)
def the_way_back(x):
    return x.permute(0, 3, 1, 2)


@mistake(
    "channels_last",
    en="the values are right, but this is a copy of them: contiguous() and clone() make new memory",
    zh="数值没错，但这是副本：contiguous() 和 clone() 会另开一块内存",
)
def permuted_copy(x):
    return x.permute(0, 2, 3, 1).contiguous()


@mistake(
    "channels_last",
    en="memory_format changes how the numbers lie in memory; the axes of x keep their order",
    zh="memory_format 改变的是数在内存里的排法；轴的次序并没有变",
)
def memory_format_only(x):
    return x.contiguous(memory_format=torch.channels_last)


# --- get, put, column


@mistake("get", en="rows and columns are counted from 0, here from 1", zh="行和列从 0 数起，这里从 1 数了")
def entry_from_one(x, i, j):
    return x[i - 1, j - 1]


@mistake("get", en="this is row j, column i: the row comes first", zh="这是第 j 行第 i 列：应当行在前")
def entry_swapped(x, i, j):
    return x[j, i]


@mistake(
    "get", en=".item() makes a Python number; a 0-d tensor is wanted", zh=".item() 得到的是 Python 数；要的是 0 维张量"
)
def entry_as_a_number(x, i, j):
    return x[i, j].item()


@mistake(
    "get",
    en="a slice keeps its axis, even if only one entry is left: this has the shape [1, 1]",
    zh="切片会保留轴，哪怕只剩一个元素：得到的形状是 [1, 1]",
)
def entry_by_slices(x, i, j):
    return x[i : i + 1, j : j + 1]


@mistake(
    "get",
    en="a list of indices picks rows i and j; a pair, x[i, j], one entry",
    zh="下标写成列表，取的是第 i 行和第 j 行；写成一对 x[i, j]，取的才是一个元素",
)
def entry_by_a_list(x, i, j):
    return x[[i, j]]


@mistake("put", en="this writes into a copy; x itself keeps its old number", zh="写进了副本里；x 里还是原来的数")
def put_into_a_copy(x, i, j, v):
    x = x.clone()
    x[i, j] = v
    return x


@mistake(
    "put",
    en="x keeps its old number: after e = x[i, j], e = v only gives the name e to something else",
    zh="x 里还是原来的数：先写 e = x[i, j]，再写 e = v，只是让名字 e 改指别的东西",
)
def put_into_a_name(x, i, j, v):
    return x


@mistake("put", en="x[i] = v fills the whole row", zh="x[i] = v 会把整行都填上")
def put_into_the_row(x, i, j, v):
    x[i] = v
    return x


@mistake("put", en="this is row j, column i: the row comes first", zh="这是第 j 行第 i 列：应当行在前")
def put_swapped(x, i, j, v):
    x[j, i] = v
    return x


@mistake("put", en="rows and columns are counted from 0, here from 1", zh="行和列从 0 数起，这里从 1 数了")
def put_from_one(x, i, j, v):
    x[i - 1, j - 1] = v
    return x


@mistake("put", en="v is added to the entry; it is to take its place", zh="把 v 加到了原来的数上；应当用 v 取代它")
def put_adds(x, i, j, v):
    x[i, j] += v
    return x


@mistake("put", en="x has changed, but nothing comes back", zh="x 已经改了，但什么也没有返回")
def put_returns_nothing(x, i, j, v):
    x[i, j] = v


@mistake(
    "put",
    en="x has changed, but what comes back is a copy of it: return x",
    zh="x 已经改了，但返回的是它的副本：应当返回 x",
)
def put_returns_a_copy(x, i, j, v):
    x[i, j] = v
    return x.clone()


@mistake(
    "put",
    en="flatten() and reshape(-1) copy where x is a part of a larger tensor: v went into the copy",
    zh="x 是更大张量的一部分时，flatten() 和 reshape(-1) 得到的是副本：v 写进了副本里",
)
def put_by_flattening(x, i, j, v):
    x.flatten()[i * x.shape[1] + j] = v
    return x


@mistake(
    "column",
    en="this is row j; x[:][j] is too, since x[:] is all of x",
    zh="这是第 j 行；x[:][j] 也是，因为 x[:] 就是整个 x",
)
def row_for_column(x, j):
    return x[j]


@mistake(
    "column",
    en="a slice or a list of one index keeps the axis: this has the shape [A, 1]",
    zh="切片，或者只有一个下标的列表，会保留轴：得到的形状是 [A, 1]",
)
def column_as_a_matrix(x, j):
    return x[:, j : j + 1]


@mistake(
    "column",
    en="the values are right, but this is a copy of them: clone(), index_select and lists of indices copy",
    zh="数值没错，但这是副本：clone()、index_select、用列表索引都会复制",
)
def column_copied(x, j):
    return x[:, j].clone()


@mistake("column", en="columns are counted from 0, here from 1", zh="列从 0 数起，这里从 1 数了")
def column_from_one(x, j):
    return x[:, j - 1]


@mistake(
    "column",
    en="the step from row to row is not always the number of columns: x.stride(0) tells it",
    zh="从一行到下一行的步长不一定等于列数：要看 x.stride(0)",
)
def column_by_the_width(x, j):
    return x.as_strided((x.shape[0],), (x.shape[1],), x.storage_offset() + j)


# --- row_max


@mistake(
    "row_max",
    en="these are the largest of each column: dim is the axis that disappears",
    zh="这是每一列的最大值：dim 指的是要消去的那个轴",
)
def column_maxima(x):
    return x.max(dim=0)


@mistake("row_max", en="the positions are missing: two tensors are wanted", zh="少了位置：要返回两个张量")
def values_alone(x):
    return x.amax(dim=1)


@mistake("row_max", en="the values come first, the positions second", zh="次序反了：先是最大值，后是位置")
def positions_first(x):
    values, positions = x.max(dim=1)
    return positions, values


@mistake(
    "row_max",
    en="keepdim leaves an axis of size 1: the results are to have the shape [A]",
    zh="keepdim 留下了一个大小为 1 的轴：结果的形状应当是 [A]",
)
def maxima_with_keepdim(x):
    return x.max(dim=1, keepdim=True)


@mistake("row_max", en="these are the smallest entries", zh="这是最小的元素")
def row_minima(x):
    return x.min(dim=1)


@mistake(
    "row_max",
    en="this is the largest entry of the whole matrix; every row has its own",
    zh="这是整个矩阵里最大的元素；每一行都有自己的最大值",
)
def one_maximum(x):
    return x.max(), x.argmax()


@mistake(
    "row_max",
    en="the positions are counted through the whole matrix; count them within each row",
    zh="位置是在整个矩阵里数的；应当在每一行里数",
)
def positions_in_the_matrix(x):
    values, positions = x.max(dim=1)
    return values, positions + x.shape[1] * torch.arange(len(x), device=x.device)


@mistake(
    "row_max",
    en="the search starts from 0, and a row of negative numbers has nothing above it",
    zh="寻找最大值时从 0 开始比较，而全是负数的行里没有比 0 大的",
)
def maximum_from_zero(x):
    values, positions = x.new_zeros(len(x)), torch.zeros(len(x), dtype=torch.int64, device=x.device)
    for column, numbers in enumerate(x.T):
        larger = numbers > values
        values = torch.where(larger, numbers, values)
        positions = torch.where(larger, column, positions)
    return values, positions


@mistake(
    "row_max",
    en="of equal entries this takes the last; the first one counts",
    zh="有几个相等的最大值时，取了最后一个；应当取第一个",
)
def last_of_equals(x):
    return x.amax(dim=1), x.shape[1] - 1 - x.flip(1).argmax(dim=1)


@mistake(
    "row_max",
    en="a row whose largest entry occurs twice has two positions here; one per row is wanted",
    zh="一行里最大值出现两次，这里就给出两个位置；每行只要一个",
)
def every_position(x):
    values = x.amax(dim=1)
    return values, (x == values[:, None]).nonzero()[:, 1]


@mistake(
    "row_max",
    en="squeeze() takes away every axis of size 1, also that of the rows if there is only one",
    zh="squeeze() 会去掉所有大小为 1 的轴；只有一行时，行的那个轴也没了",
)
def maxima_squeezed(x):
    values, positions = x.max(dim=1, keepdim=True)
    return values.squeeze(), positions.squeeze()


@mistake(
    "row_max",
    en="float32 comes back as float64: the values keep x's dtype",
    zh="输入 float32，返回的却是 float64：最大值应保持 x 的 dtype",
)
def maxima_in_float64(x):
    return x.double().max(dim=1)


# --- residual, add_row, add_column


@mistake(
    "residual",
    en="[N, 1] and [N] broadcast to [N, N]: every prediction is compared with every y",
    zh="[N, 1] 和 [N] 会广播成 [N, N]：每个预测都与每个 y 相减了",
)
def all_pairs(pred, y):
    return pred - y


@mistake("residual", en="this is y − pred", zh="这是 y − pred")
def residual_reversed(pred, y):
    return y - pred[:, 0]


@mistake(
    "residual",
    en="the differences are right, in the shape [N, 1]; it is to be [N]",
    zh="差没有错，但形状是 [N, 1]；应当是 [N]",
)
def residual_as_a_column(pred, y):
    return pred - y[:, None]


@mistake(
    "residual",
    en="all samples are compared with the first y: this is column 0 of [N, N]",
    zh="每个样本都减去了第一个 y：这是 [N, N] 的第 0 列",
)
def first_y(pred, y):
    return (pred - y)[:, 0]


@mistake(
    "residual",
    en="all samples are compared with the mean of y: this averages [N, N]",
    zh="每个样本都减去了 y 的均值：这是对 [N, N] 求了平均",
)
def mean_y(pred, y):
    return (pred - y).mean(dim=1)


@mistake(
    "residual",
    en="the sign is lost: a residual is negative where pred is below y",
    zh="符号丢了：pred 小于 y 时，残差是负的",
)
def residual_without_sign(pred, y):
    return (pred[:, 0] - y).abs()


@mistake(
    "residual",
    en="squeeze() takes away every axis of size 1, also that of the samples if there is only one",
    zh="squeeze() 会去掉所有大小为 1 的轴；只有一个样本时，样本的那个轴也没了",
)
def residual_squeezed(pred, y):
    return (pred - y[:, None]).squeeze()


@mistake("add_row", en="r became a column, and is added to every column", zh="r 被变成了一列，加到了每一列上")
def row_as_a_column(x, r):
    return x + r[:, None]


@mistake("add_row", en="x itself is changed: += writes into x", zh="x 本身被改动了：+= 会写进 x")
def row_into_x(x, r):
    x += r
    return x


@mistake(
    "add_row",
    en="r is put below x as another row; it is to be added to each row",
    zh="r 作为新的一行接在了 x 下面；应当把它加到每一行上",
)
def row_appended(x, r):
    return torch.cat([x, r[None]])


@mistake("add_row", en="only the first row has had r added", zh="只有第一行加上了 r")
def first_row_only(x, r):
    out = x.clone()
    out[0] += r
    return out


@mistake(
    "add_row",
    en="float32 comes back as float64: the result keeps x's dtype",
    zh="输入 float32，返回的却是 float64：结果应保持 x 的 dtype",
)
def row_in_float64(x, r):
    return x.double() + r


@mistake(
    "add_column",
    en="broadcasting pairs the last axes: x + c adds c as a row, or fails if N and D differ",
    zh="广播从最后一个轴开始配对：x + c 把 c 当成一行来加，N 和 D 不等时就报错",
)
def column_as_a_row(x, c):
    return x + c


@mistake(
    "add_column",
    en="x + c where it fits: with as many rows as columns it always fits, and adds c as a row",
    zh="形状合得上就写 x + c：行数和列数相等时总是合得上，却把 c 当成一行加了",
)
def whatever_fits(x, c):
    return x + c if len(c) == x.shape[1] else x + c[:, None]


@mistake("add_column", en="the sum is right, and transposed: [D, N]", zh="和没有错，但被转置了：形状是 [D, N]")
def sum_left_transposed(x, c):
    return x.T + c


@mistake(
    "add_column",
    en="repeat puts the whole of c after itself; filled into [N, D], its numbers are in the wrong rows",
    zh="repeat 是把整个 c 首尾相接；再排成 [N, D]，数就落在了别的行里",
)
def repeated_as_a_whole(x, c):
    return x + c.repeat(x.shape[1]).reshape(x.shape)


@mistake(
    "add_column",
    en="c is put beside x as another column; it is to be added to each column",
    zh="c 作为新的一列接在了 x 右边；应当把它加到每一列上",
)
def column_appended(x, c):
    return torch.cat([x, c[:, None]], dim=1)


@mistake("add_column", en="x itself is changed: += writes into x", zh="x 本身被改动了：+= 会写进 x")
def column_into_x(x, c):
    x += c[:, None]
    return x


@mistake(
    "add_column",
    en="float32 comes back as float64: the result keeps x's dtype",
    zh="输入 float32，返回的却是 float64：结果应保持 x 的 dtype",
)
def column_in_float64(x, c):
    return x.double() + c[:, None]
