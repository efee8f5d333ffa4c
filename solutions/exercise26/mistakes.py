"""What learners get wrong here, each as an edit of reference.py.

In the backward functions each gradient has its own: whoever makes an error in two of them gets both names.
"""

from __future__ import annotations

from grader.checks import edit

SHAPE = "n, c, height, width = x.shape"
CORNER = "top, left = i * stride, j * stride"

# --- conv2d

WINDOW = "padded[:, :, top : top + p, left : left + q]"

conv_flipped = edit("conv2d", {"window, w)": "window, w.flip(2, 3))"}).says(
    "the kernel is turned by 180°: that is the convolution of mathematics; here the kernel is laid on as it is"
)
conv_without_bias = edit("conv2d", {" + b": ""}).says("the bias b is missing")
conv_bias_per_channel = edit("conv2d", {" + b": " + c * b"}).says(
    "the bias is added once for every input channel; it counts once for each number of the result"
)
conv_last_channel = edit("conv2d", {"window, w)": "window[:, -1:], w[:, -1:])"}).says(
    "only the last input channel counts: the products of all channels add up (= for += in a loop?)"
)
conv_first_channel = edit("conv2d", {"window, w)": "window[:, :1], w[:, :1])"}).says(
    "only the first input channel counts: the products of all channels add up"
)
conv_last_position = edit("conv2d", {"window, w)": "window[:, :, -1:, -1:], w[:, :, -1:, -1:])"}).says(
    "only the last pixel of each window counts: the products of all of them add up (= for += in a loop?)"
)
conv_one_slice_for_all_channels = edit("conv2d", {"window, w)": "window, w[:, :1].expand_as(w))"}).says(
    "every input channel meets the kernel's slice for channel 0; each channel has a slice of its own"
)
conv_axes_of_kernels_swapped = edit("conv2d", {'"ncpq,ocpq->no"': '"ncpq,copq->no"'}).says(
    "the first two axes of w are taken for each other: w is [O, C, P, Q], output channels first"
)
conv_kernel_transposed = edit("conv2d", {'"ncpq,ocpq->no"': '"ncqp,ocpq->no"'}).says(
    "the kernel's rows meet the window's columns: rows and columns are exchanged in one of the two"
)
conv_mean = edit("conv2d", {"window, w)": "window, w) / (c * p * q)"}).says("the products are averaged; they add up")
conv_stride_forgotten = edit("conv2d", {CORNER: "top, left = i, j"}).says(
    "the result has the size for this stride, but its windows are one pixel apart: window (i, j) begins at "
    "(i·stride, j·stride)"
)
conv_stride_one = edit("conv2d", {SHAPE: f"stride = 1\n{SHAPE}"}).says(
    "the result is that for stride 1: window (i, j) begins at (i·stride, j·stride)"
)
conv_padding_ignored = edit("conv2d", {SHAPE: f"padding = 0\n{SHAPE}"}).says(
    "the result is that for padding 0: zeros belong on all four sides"
)
conv_padding_at_the_end = edit(
    "conv2d",
    {"padded[:, :, padding : padding + height, padding : padding + width] = x": "padded[:, :, :height, :width] = x"},
).says("all of the padding lies below and on the right of the image; it belongs on all four sides")
conv_padding_of_columns = edit("conv2d", {"height + 2 * padding": "height", "padding : padding + height": ":"}).says(
    "only columns are added, on the left and on the right; rows of zeros belong above and below, too"
)
conv_padding_counted_once = edit(
    "conv2d",
    {"padded.shape[2] - p": "padded.shape[2] - padding - p", "padded.shape[3] - q": "padded.shape[3] - padding - q"},
).says("the result is too small: the padding is on two sides, so that it counts twice in the size")
conv_padding_repeats_edges = edit(
    "conv2d",
    {
        "padded = x.new_zeros(n, c, height + 2 * padding, width + 2 * padding)": "down, right = (torch.arange("
        "-padding, size + padding).clamp(0, size - 1) for size in (height, width))\npadded = x[:, :, down][..., right]",
        "padded[:, :, padding : padding + height, padding : padding + width] = x": "",
    },
).says("the padding repeats the image's edge; it is zeros")
conv_last_windows_missing = edit(
    "conv2d", {"- p) // stride + 1": "- p) // stride", "- q) // stride + 1": "- q) // stride"}
).says("the last row and the last column are missing: the number of windows is that of the steps, plus 1")
conv_rounded_up = edit(
    "conv2d",
    {
        "padded = x.new_zeros(n, c, height + 2 * padding, width + 2 * padding)": "padded = x.new_zeros(n, c, height + "
        "2 * padding + stride, width + 2 * padding + stride)",
        "(padded.shape[2] - p) // stride": "-(-(padded.shape[2] - stride - p) // stride)",
        "(padded.shape[3] - q) // stride": "-(-(padded.shape[3] - stride - q) // stride)",
    },
).says("the size is rounded up: where the last window does not fit as a whole there is none")
conv_rows_for_columns = edit("conv2d", {"(padded.shape[3] - q) // stride": "(padded.shape[2] - p) // stride"}).says(
    "the result has as many columns as rows: its width follows from W and Q"
)
conv_kernel_taken_for_square = edit("conv2d", {"padded.shape[3] - q": "padded.shape[3] - p"}).says(
    "the kernel is taken for a square with P columns: the result's width follows from Q"
)
conv_images_second = edit("conv2d", {"return out": "return out.transpose(0, 1)"}).says(
    "the result is [O, N, H′, W′]: images and output channels have changed places"
)
conv_channels_last = edit("conv2d", {"return out": "return out.permute(0, 2, 3, 1)"}).says(
    "the result is [N, H′, W′, O]: the output channels are the second axis"
)

conv_reshaped = edit("conv2d", {"return out": "return out.permute(0, 2, 3, 1).reshape(out.shape)"}).says(
    "numbers in the order [N, H′, W′, O] were reshaped to [N, O, H′, W′]: reshape does not exchange axes"
)

# --- conv2d_backward: the images

DX = "dx = dpadded[:, :, padding : padded.shape[2] - padding, padding : padded.shape[3] - padding]"
TO_WINDOW = "dpadded[:, :, top : top + p, left : left + q]"

FULL = (
    "wide = torch.zeros(n, dout.shape[1], dout.shape[2] + 2 * {rows}, dout.shape[3] + 2 * {columns}).to(dout)\n"
    "wide[:, :, {rows} : {rows} + dout.shape[2], {columns} : {columns} + dout.shape[3]] = dout\n"
    "windows = wide.unfold(2, p, 1).unfold(3, q, 1)\n"
    'dx = torch.einsum("noijpq,ocpq->ncij", windows, w.flip(2, 3))'
)

dx_cut_minus_padding = edit("conv2d_backward", {DX: "dx = dpadded[:, :, padding:-padding, padding:-padding]"}).says(
    "dx is empty for padding 0: the slice 0:-0 is 0:0. Let it end at padding + H"
)
dx_cut_one = edit("conv2d_backward", {DX: "dx = dpadded[:, :, 1:-1, 1:-1]"}).says(
    "one row or column is cut off on each side, whatever the padding is"
)
dx_not_cut = edit("conv2d_backward", {DX: "dx = dpadded"}).says(
    "dx has the size of the padded image: the gradient of the padding has to be cut off"
)
dx_cut_at_the_end = edit("conv2d_backward", {DX: "dx = dpadded[:, :, :height, :width]"}).says(
    "dx begins in the padding: the image begins `padding` rows further down and `padding` columns further right"
)
dx_left_over_missing = edit(
    "conv2d_backward", {DX: "dx = dpadded[:, :, padding : top + p - padding, padding : left + q - padding]"}
).says("dx is smaller than x: rows and columns that are left over, in no window, belong to it, with the gradient 0")
dx_overwritten = edit("conv2d_backward", {f"{TO_WINDOW} +=": f"{TO_WINDOW} ="}).says(
    "a pixel keeps what came from the last of its windows: what comes from all of them adds up (+=)"
)
dx_stride_forgotten = edit("conv2d_backward", {f"{TO_WINDOW} +=": "dpadded[:, :, i : i + p, j : j + q] +="}).says(
    "in dx the windows are one pixel apart: window (i, j) begins at (i·stride, j·stride), as forwards"
)
dx_flipped = edit("conv2d_backward", {'"no,ocpq->ncpq", g, w)': '"no,ocpq->ncpq", g, w.flip(2, 3))'}).says(
    "in dx each window gets the kernel turned by 180°, not as it lies there (if dx is a convolution of dout, its "
    "kernel has to be turned)"
)
dx_axes_of_kernels_swapped = edit("conv2d_backward", {'"no,ocpq->ncpq"': '"nc,ocpq->nopq"'}).says(
    "in dx the first two axes of w are taken for each other: the sum runs over the output channels"
)
dx_last_kernel = edit("conv2d_backward", {'"no,ocpq->ncpq", g, w)': '"no,ocpq->ncpq", g[:, -1:], w[-1:])'}).says(
    "only the last output channel's share is in dx: the shares of all of them add up"
)
dx_divided_by_images = edit("conv2d_backward", {DX: f"{DX} / n"}).says(
    "dx is divided by the number of images: if the loss is a mean, dout has that factor already"
)
dx_padded_like_forwards = edit("conv2d_backward", {DX: FULL.format(rows="padding", columns="padding")}).says(
    "dx is a convolution of dout with the forward padding, right only if that happens to be (P − 1)/2 and (Q − 1)/2, "
    "with stride 1"
)
dx_not_spread = edit("conv2d_backward", {DX: FULL.format(rows="(p - 1 - padding)", columns="(q - 1 - padding)")}).says(
    "dx is a convolution of dout that knows no stride: the entries of dout lie `stride` pixels apart in the image"
)

# --- conv2d_backward: the kernels

dw_overwritten = edit("conv2d_backward", {"dw += torch": "dw = torch"}).says(
    "only the last window counts in dw: a kernel collects from every window (+=)"
)
dw_stride_forgotten = edit("conv2d_backward", {f"g, {WINDOW}": "g, padded[:, :, i : i + p, j : j + q]"}).says(
    "in dw the windows are one pixel apart: window (i, j) begins at (i·stride, j·stride), as forwards"
)
dw_flipped = edit("conv2d_backward", {"return dx, dw,": "return dx, dw.flip(2, 3),"}).says(
    "dw is turned by 180°: the kernel is not flipped forwards either"
)
dw_last_image = edit("conv2d_backward", {f"g, {WINDOW}": f"g[-1:], {WINDOW}[-1:]"}).says(
    "only the last image counts in dw: a kernel collects from all images"
)
dw_divided_by_images = edit("conv2d_backward", {"return dx, dw,": "return dx, dw / n,"}).says(
    "dw is divided by the number of images: if the loss is a mean, dout has that factor already"
)
dw_transposed = edit("conv2d_backward", {"return dx, dw,": "return dx, dw.transpose(0, 1),"}).says(
    "the first two axes of dw have changed places: it has the shape of w, [O, C, P, Q]"
)
dw_padding_at_the_end = edit(
    "conv2d_backward",
    {"padded[:, :, padding : padding + height, padding : padding + width] = x": "padded[:, :, :height, :width] = x"},
).says("in dw the image lies in the upper left corner of the padded one: the padding belongs on all four sides")

# --- conv2d_backward: the biases, and the order

DB = "dout.sum(dim=(0, 2, 3))"

db_per_position = edit("conv2d_backward", {DB: "dout.sum(dim=0)"}).says(
    "db is summed over the images only: a bias is added at every position, too, and collects from all of them"
)
db_per_image = edit("conv2d_backward", {DB: "dout.sum(dim=(2, 3))"}).says(
    "db is not summed over the images: there is one number for each output channel"
)
db_last_image = edit("conv2d_backward", {DB: "dout[-1].sum(dim=(1, 2))"}).says(
    "only the last image counts in db: a bias collects from all images (= for += in a loop?)"
)
db_mean = edit("conv2d_backward", {DB: "dout.mean(dim=(0, 2, 3))"}).says("db is a mean; the entries of dout add up")
db_divided_by_images = edit("conv2d_backward", {DB: f"{DB} / n"}).says(
    "db is divided by the number of images: if the loss is a mean, dout has that factor already"
)
db_keeps_axes = edit("conv2d_backward", {DB: f"{DB[:-1]}, keepdim=True)"}).says(
    "db keeps axes of length 1; its shape is that of b, [O]"
)
db_wrong_axes = edit("conv2d_backward", {DB: "dout.sum(dim=(1, 2, 3))"}).says(
    "db is summed over the output channels and kept apart by image; it is to be the other way round"
)
db_total = edit("conv2d_backward", {DB: "dout.sum()"}).says(
    "db is a single number; there is one for each output channel"
)
db_last_position = edit("conv2d_backward", {DB: "g.sum(dim=0)"}).says(
    "only the last position counts in db: a bias collects from all of them (= for += in a loop?)"
)
kernels_before_images = edit("conv2d_backward", {"return dx, dw,": "return dw, dx,"}).says(
    "dw comes first: the order is dx, dw, db"
)

# --- max_pool2d

POOLED = "amax(dim=(2, 3))"

pool_padded_with_zeros = edit("max_pool2d", {"-torch.inf": "0.0"}).says(
    "at the border the padding counts as 0, which is larger than negative numbers: pad with −∞"
)
pool_mean = edit("max_pool2d", {POOLED: "mean(dim=(2, 3))"}).says("this is the mean of each window")
pool_smallest = edit("max_pool2d", {POOLED: "amin(dim=(2, 3))"}).says("this is the smallest number of each window")
pool_begins_at_zero = edit("max_pool2d", {POOLED: f"{POOLED}.clamp(min=0)"}).says(
    "negative numbers come out as 0: the largest of a window may be negative (a search for it begins at −∞, not at 0)"
)
pool_absolute = edit("max_pool2d", {"padding : padding + width] = x": "padding : padding + width] = x.abs()"}).says(
    "this is the largest absolute value; signs count"
)
pool_over_channels = edit("max_pool2d", {POOLED: "amax(dim=(1, 2, 3))[:, None]"}).says(
    "every channel has the largest number of all channels: each has its own"
)
pool_stride_is_kernel = edit("max_pool2d", {SHAPE: f"stride = kernel\n{SHAPE}"}).says(
    "the windows are `kernel` pixels apart, whatever the stride is"
)
pool_stride_forgotten = edit("max_pool2d", {CORNER: "top, left = i, j"}).says(
    "the result has the size for this stride, but its windows are one pixel apart: window (i, j) begins at "
    "(i·stride, j·stride)"
)
pool_stride_one = edit("max_pool2d", {SHAPE: f"stride = 1\n{SHAPE}"}).says(
    "the result is that for stride 1: window (i, j) begins at (i·stride, j·stride)"
)
pool_padding_ignored = edit("max_pool2d", {SHAPE: f"padding = 0\n{SHAPE}"}).says(
    "the result is that for padding 0: windows reach into the padding on all four sides"
)
pool_padding_counted_once = edit(
    "max_pool2d",
    {
        "padded.shape[2] - kernel": "padded.shape[2] - padding - kernel",
        "padded.shape[3] - kernel": "padded.shape[3] - padding - kernel",
    },
).says("the result is too small: the padding is on two sides, so that it counts twice in the size")
pool_last_windows_missing = edit(
    "max_pool2d",
    {
        "(padded.shape[2] - kernel) // stride + 1": "(padded.shape[2] - kernel) // stride",
        "(padded.shape[3] - kernel) // stride + 1": "(padded.shape[3] - kernel) // stride",
    },
).says("the last row and the last column are missing: the number of windows is that of the steps, plus 1")
pool_rounded_up = edit(
    "max_pool2d",
    {
        "(padded.shape[2] - kernel) // stride": "-(-(padded.shape[2] - kernel) // stride)",
        "(padded.shape[3] - kernel) // stride": "-(-(padded.shape[3] - kernel) // stride)",
    },
).says("the size is rounded up: where the last window does not fit as a whole there is none")
pool_rows_for_columns = edit(
    "max_pool2d", {"(padded.shape[3] - kernel) // stride": "(padded.shape[2] - kernel) // stride"}
).says("the result has as many columns as rows: its width follows from W")

# --- max_pool2d_backward

FIRST = "first = window.reshape(n, c, kernel * kernel).argmax(dim=2)"
TO_FIRST = "dpadded[image, channel, top + first // kernel, left + first % kernel] += dout[:, :, i, j]"
TO_ALL = "dpadded[:, :, top : top + kernel, left : left + kernel] += dout[:, :, i, j, None, None]"
CUT = "return dpadded[:, :, padding : padded.shape[2] - padding, padding : padded.shape[3] - padding]"
LARGEST = "largest = (window == window.amax(dim=(2, 3), keepdim=True)).to(x)"

ties_to_all = edit("max_pool2d_backward", {FIRST: LARGEST, TO_FIRST: f"{TO_ALL} * largest"}).says(
    "where several numbers are equally large, each of them gets the whole gradient; only the first one gets it"
)
ties_shared = edit(
    "max_pool2d_backward", {FIRST: LARGEST, TO_FIRST: f"{TO_ALL} * largest / largest.sum(dim=(2, 3), keepdim=True)"}
).says("where several numbers are equally large, they share the gradient; the first one gets all of it")
ties_to_last = edit(
    "max_pool2d_backward",
    {FIRST: "first = kernel * kernel - 1 - window.reshape(n, c, kernel * kernel).flip(2).argmax(dim=2)"},
).says("where several numbers are equally large, the last one gets the gradient (>= for >?); the first one gets it")
ties_by_columns = edit(
    "max_pool2d_backward",
    {
        FIRST: "first = window.mT.reshape(n, c, kernel * kernel).argmax(dim=2)",
        "top + first // kernel, left + first % kernel": "top + first % kernel, left + first // kernel",
    },
).says("of several equally large numbers the first is sought column by column; it is to be row by row")
pooled_overwritten = edit("max_pool2d_backward", {TO_FIRST: TO_FIRST.replace("+=", "=")}).says(
    "a pixel keeps what came from the last window in which it is the largest: what comes from several adds up (+=)"
)
pooled_windows_overwritten = edit(
    "max_pool2d_backward", {FIRST: LARGEST, TO_FIRST: f"{TO_ALL.replace('+=', '=')} * largest"}
).says(
    "each window writes over what the windows before it have left, and writes zeros, too: what comes from several "
    "windows adds up (+=)"
)
pooled_to_all = edit("max_pool2d_backward", {TO_FIRST: TO_ALL}).says(
    "every number of the window gets the gradient; the others did not count forwards, and get nothing"
)
pooled_evenly = edit("max_pool2d_backward", {TO_FIRST: f"{TO_ALL} / kernel**2"}).says(
    "the gradient is spread evenly over the window, as for a mean; the largest number alone gets it"
)
pooled_ones = edit("max_pool2d_backward", {"+= dout[:, :, i, j]": "+= 1"}).says(
    "this counts the windows that a pixel wins; each brings the gradient that came to it from dout"
)
pooled_largest_size = edit("max_pool2d_backward", {"window.reshape": "window.nan_to_num(neginf=0).abs().reshape"}).says(
    "the gradient goes to the largest absolute value; signs count"
)
pooled_smallest = edit("max_pool2d_backward", {".argmax(dim=2)": ".argmin(dim=2)", "-torch.inf": "torch.inf"}).says(
    "the gradient goes to the smallest number of each window"
)
pooled_padded_with_zeros = edit("max_pool2d_backward", {"-torch.inf": "0.0"}).says(
    "at the border the gradient goes to the padding, since negative numbers are smaller than 0: pad with −∞"
)
pooled_row_for_column = edit(
    "max_pool2d_backward",
    {"top + first // kernel, left + first % kernel": "top + first % kernel, left + first // kernel"},
).says(
    "the gradient comes to the mirrored place: the number in the window, divided by kernel, gives the row, and the "
    "rest gives the column"
)
pooled_at_the_corner = edit("max_pool2d_backward", {"top + first // kernel, left + first % kernel": "top, left"}).says(
    "the gradient comes to the upper left corner of each window; it belongs to the largest number"
)
pooled_in_the_first_window = edit(
    "max_pool2d_backward", {"top + first // kernel, left + first % kernel": "first // kernel, first % kernel"}
).says("all gradients come to the first window: the place in a window counts from the window's own corner")
pooled_cut_minus_padding = edit(
    "max_pool2d_backward", {CUT: "return dpadded[:, :, padding:-padding, padding:-padding]"}
).says("dx is empty for padding 0: the slice 0:-0 is 0:0. Let it end at padding + H")
pooled_cut_one = edit("max_pool2d_backward", {CUT: "return dpadded[:, :, 1:-1, 1:-1]"}).says(
    "one row or column is cut off on each side, whatever the padding is"
)
pooled_not_cut = edit("max_pool2d_backward", {CUT: "return dpadded"}).says(
    "dx has the size of the padded image: the padding has to be cut off"
)
pooled_left_over_missing = edit(
    "max_pool2d_backward",
    {CUT: "return dpadded[:, :, padding : top + kernel - padding, padding : left + kernel - padding]"},
).says("dx is smaller than x: rows and columns that are left over, in no window, belong to it, with the gradient 0")
pooled_stride_forgotten = edit("max_pool2d_backward", {CORNER: "top, left = i, j"}).says(
    "the windows are one pixel apart: window (i, j) begins at (i·stride, j·stride), as forwards"
)
