"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import numpy as np
from reference import batch_step, cost, gradient

from grader.checks import mistake


def errors(w, b, X, y):
    return X @ w + b - y.ravel()


def from_errors(X, e):
    """(dw, db) as they should be for these errors."""
    return 2 * X.T @ e / len(X), 2 * np.mean(e)


def steps(w, b, X, y, lr, batches):
    for rows in batches:
        w, b = batch_step(w, b, X[rows], y[rows], lr)
    return w, b


def slices(order, batch_size):
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


# --- cost


@mistake("cost", en="this is the sum of the squares; the mean is asked for", zh="这是平方和；要求的是平均")
def cost_sum(w, b, X, y):
    return np.sum(errors(w, b, X, y) ** 2)


@mistake(
    "cost", en="this is half of the mean: here the cost has no factor ½", zh="这是平均值的一半：这里的代价没有系数 ½"
)
def cost_half(w, b, X, y):
    return cost(w, b, X, y) / 2


@mistake(
    "cost",
    en="this is the mean of the absolute errors: they are to be squared",
    zh="这是误差绝对值的平均：误差应当平方",
)
def cost_absolute(w, b, X, y):
    return np.mean(np.abs(errors(w, b, X, y)))


@mistake(
    "cost",
    en="the mean is taken before the square, so that errors of opposite sign cancel",
    zh="先平均再平方，正负误差就互相抵消了",
)
def cost_square_of_mean(w, b, X, y):
    return np.mean(errors(w, b, X, y)) ** 2


@mistake(
    "cost",
    en="this is the root of the mean square; the mean square itself is asked for",
    zh="这是均方误差的平方根；要求的是均方误差本身",
)
def cost_root(w, b, X, y):
    return np.sqrt(cost(w, b, X, y))


@mistake("cost", en="the bias b is left out of the prediction", zh="预测值里漏了偏置 b")
def cost_without_bias(w, b, X, y):
    return cost(w, 0.0, X, y)


@mistake(
    "cost",
    en="the sum is divided by the number of inputs, D; it is a mean over the samples",
    zh="除以了输入的个数 D；应当对样本求平均",
)
def cost_divided_by_inputs(w, b, X, y):
    return np.sum(errors(w, b, X, y) ** 2) / X.shape[1]


@mistake(
    "cost",
    en="these are the squares sample by sample; one number, their mean, is asked for",
    zh="这是逐个样本的平方；要求的是一个数，即它们的平均",
)
def cost_per_sample(w, b, X, y):
    return errors(w, b, X, y) ** 2


@mistake(
    "cost",
    en="[m] minus [m, 1] is broadcast to [m, m]: every prediction meets every target. Give y one shape first",
    zh="[m] 减 [m, 1] 会广播成 [m, m]：每个预测值都减了每个目标值。先把 y 统一成一种形状",
)
def cost_column_broadcast(w, b, X, y):
    return np.mean((X @ w + b - y) ** 2)


@mistake(
    "cost",
    en="the prediction is made a column, and [m, 1] minus [m] is broadcast to [m, m]: y comes flat, too",
    zh="把预测值变成了一列，[m, 1] 减 [m] 会广播成 [m, m]：y 也可能是一维的",
)
def cost_flat_broadcast(w, b, X, y):
    return np.mean((X @ w.reshape(-1, 1) + b - y) ** 2)


# --- gradient


@mistake(
    "gradient",
    en="both gradients are half of what they should be: the derivative of a square has a factor 2",
    zh="两个梯度都只有一半：平方求导会出来系数 2",
)
def gradient_half(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return dw / 2, db / 2


@mistake(
    "gradient",
    en="both gradients are m times too large: the cost is a mean, and so is its gradient",
    zh="两个梯度都是正确值的 m 倍：代价是平均，梯度也是平均",
)
def gradient_sum(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return dw * len(X), db * len(X)


@mistake(
    "gradient",
    en="both are sums of error times input: the mean and the factor 2 are missing",
    zh="两个梯度只是“误差乘输入”之和：没有求平均，也少了系数 2",
)
def gradient_half_of_sum(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return dw * len(X) / 2, db * len(X) / 2


@mistake("gradient", en="dw is a mean over the samples, but db is their sum", zh="dw 对样本求了平均，db 却是求和")
def gradient_bias_sum(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return dw, db * len(X)


@mistake("gradient", en="db is a mean over the samples, but dw is their sum", zh="db 对样本求了平均，dw 却是求和")
def gradient_weights_sum(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return dw * len(X), db


@mistake("gradient", en="the factor 2 is missing in db", zh="db 少了系数 2")
def gradient_bias_half(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return dw, db / 2


@mistake(
    "gradient",
    en="both signs are the other way round: the gradient points to where the cost grows",
    zh="两个梯度的符号都反了：梯度指向代价增大的方向",
)
def gradient_sign(w, b, X, y):
    return from_errors(X, -errors(w, b, X, y))


@mistake("gradient", en="the bias b is left out of the prediction", zh="预测值里漏了偏置 b")
def gradient_without_bias(w, b, X, y):
    return gradient(w, 0.0, X, y)


@mistake(
    "gradient",
    en="the sums are divided by the number of inputs, D; they are means over the samples",
    zh="除以了输入的个数 D；应当对样本求平均",
)
def gradient_divided_by_inputs(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return dw * len(X) / X.shape[1], db * len(X) / X.shape[1]


@mistake(
    "gradient",
    en="the errors are squared: the derivative of a square contains the error itself, once",
    zh="误差被平方了：平方的导数里，误差只出现一次",
)
def gradient_of_squares(w, b, X, y):
    return from_errors(X, errors(w, b, X, y) ** 2)


@mistake(
    "gradient",
    en="X is not transposed: that has a shape that fits where m = D only. dw sums over the samples",
    zh="X 没有转置：只有 m = D 时形状才凑巧对得上。dw 要对样本求和",
)
def gradient_untransposed(w, b, X, y):
    e = errors(w, b, X, y)
    return 2 * X @ e / len(X), 2 * np.mean(e)


@mistake(
    "gradient",
    en="dw lacks the inputs: each error counts with the sample's own x",
    zh="dw 里没有输入：每个误差都要乘上该样本自己的 x",
)
def gradient_without_inputs(w, b, X, y):
    db = gradient(w, b, X, y)[1]
    return np.full_like(w, db), db


@mistake(
    "gradient",
    en="db is not summed up: there is one for each sample, and a single number is asked for",
    zh="db 没有对样本求平均：每个样本各有一个，要求的是一个数",
)
def gradient_bias_per_sample(w, b, X, y):
    return gradient(w, b, X, y)[0], 2 * errors(w, b, X, y) / len(X)


@mistake(
    "gradient",
    en="[m] minus [m, 1] is broadcast to [m, m]: every prediction meets every target. Give y one shape first",
    zh="[m] 减 [m, 1] 会广播成 [m, m]：每个预测值都减了每个目标值。先把 y 统一成一种形状",
)
def gradient_column_broadcast(w, b, X, y):
    return from_errors(X, X @ w + b - y)


@mistake(
    "gradient",
    en="error and target are broadcast to [m, m], and the means run over all of that: give y one shape first",
    zh="误差被广播成了 [m, m]，平均也就取遍了这 m·m 个数：先把 y 统一成一种形状",
)
def gradient_column_broadcast_by_input(w, b, X, y):
    e = X @ w + b - y
    return np.array([np.mean(2 * e * X[:, j]) for j in range(X.shape[1])]), 2 * np.mean(e)


@mistake(
    "gradient",
    en="the prediction is made a column, and [m, 1] minus [m] is broadcast to [m, m]: y comes flat, too",
    zh="把预测值变成了一列，[m, 1] 减 [m] 会广播成 [m, m]：y 也可能是一维的",
)
def gradient_flat_broadcast(w, b, X, y):
    e = X @ w.reshape(-1, 1) + b - y
    return np.array([np.mean(2 * e * X[:, j : j + 1]) for j in range(X.shape[1])]), 2 * np.mean(e)


@mistake(
    "gradient",
    en="all is made columns, so that dw comes out as [D, 1] and db as [1]: dw has the shape of w, db is a number",
    zh="全都变成了列，结果 dw 是 [D, 1]、db 是 [1]：dw 的形状应与 w 相同，db 是一个数",
)
def gradient_as_columns(w, b, X, y):
    e = errors(w, b, X, y)[:, None]
    return 2 * X.T @ e / len(X), 2 * np.mean(e, axis=0)


@mistake(
    "gradient",
    en="squeeze removes every axis of length 1, so that with D = 1 dw is no array any more",
    zh="squeeze 会去掉所有长度为 1 的轴，D = 1 时 dw 就不再是数组了",
)
def gradient_squeezed(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return np.squeeze(dw)[()], db


# --- batch_step


@mistake(
    "batch_step", en="this goes along the gradient, uphill: the cost grows", zh="这是顺着梯度走，也就是上坡：代价会增大"
)
def step_uphill(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    return w + lr * dw, b + lr * db


@mistake("batch_step", en="the learning rate is not used", zh="没有用到学习率")
def step_without_rate(w, b, X, y, lr):
    return batch_step(w, b, X, y, 1.0)


@mistake("batch_step", en="b does not move: it is a parameter, too", zh="b 没有更新：它也是参数")
def step_bias_stays(w, b, X, y, lr):
    return batch_step(w, b, X, y, lr)[0], b


@mistake("batch_step", en="w does not move: the new one is not used", zh="w 没有更新：算出的新值没有用上")
def step_weights_stay(w, b, X, y, lr):
    return w.copy(), batch_step(w, b, X, y, lr)[1]


@mistake(
    "batch_step",
    en="b's gradient is taken after w has moved: both belong to one point, the old w and b",
    zh="b 的梯度是在 w 更新之后才算的：两个梯度要在同一个点上求，即更新前的 w 和 b",
)
def step_bias_from_new_weights(w, b, X, y, lr):
    w = w - lr * gradient(w, b, X, y)[0]
    return w, b - lr * gradient(w, b, X, y)[1]


@mistake(
    "batch_step",
    en="w's gradient is taken after b has moved: both belong to one point, the old w and b",
    zh="w 的梯度是在 b 更新之后才算的：两个梯度要在同一个点上求，即更新前的 w 和 b",
)
def step_weights_from_new_bias(w, b, X, y, lr):
    b = b - lr * gradient(w, b, X, y)[1]
    return w - lr * gradient(w, b, X, y)[0], b


@mistake(
    "batch_step",
    en="the entries of w move one after another, each by a new gradient: all move together, by one gradient",
    zh="w 的各个分量是逐个更新的，每次都重新算梯度：应当用同一个梯度，全部一起更新",
)
def step_one_by_one(w, b, X, y, lr):
    w = w.copy()
    for j in range(len(w)):
        w[j] -= lr * gradient(w, b, X, y)[0][j]
    return w, b - lr * gradient(w, b, X, y)[1]


@mistake(
    "batch_step",
    en="w −= … writes into the array that was handed in: make a new one",
    zh="w −= … 改动了传进来的数组：应当新建一个",
)
def step_in_place(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    w -= lr * dw
    return w, b - lr * db


@mistake(
    "batch_step",
    en="the cost stands where the gradient belongs: it is one number, and has no direction",
    zh="该用梯度的地方用了代价：代价只是一个数，没有方向",
)
def step_by_cost(w, b, X, y, lr):
    c = cost(w, b, X, y)
    return w - lr * c, b - lr * c


@mistake(
    "batch_step",
    en="the gradient is divided by m once more: it is a mean already",
    zh="梯度又除以了一次 m：它已经是平均了",
)
def step_divided_twice(w, b, X, y, lr):
    return batch_step(w, b, X, y, lr / len(X))


@mistake(
    "batch_step",
    en="the errors are worked out with y as it is: a column of targets is broadcast against [m]",
    zh="算误差时直接用了 y：y 是一列时，会和 [m] 广播",
)
def step_column_broadcast(w, b, X, y, lr):
    dw, db = from_errors(X, X @ w + b - y)
    return w - lr * (dw if y.ndim == 1 else dw[:, 0]), b - lr * db


# --- minibatch_epoch


@mistake(
    "minibatch_epoch",
    en="the short last batch is divided by batch_size: its mean is over the samples that it has",
    zh="最后一个较小的小批量也除以了 batch_size：应当除以它自己的样本数",
)
def epoch_divided_by_batch_size(w, b, X, y, lr, batch_size, order):
    for rows in slices(order, batch_size):
        w, b = batch_step(w, b, X[rows], y[rows], lr * len(rows) / batch_size)
    return w, b


@mistake("minibatch_epoch", en="the short last batch is left out", zh="最后一个较小的小批量被丢掉了")
def epoch_without_rest(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, [rows for rows in slices(order, batch_size) if len(rows) == batch_size])


@mistake(
    "minibatch_epoch",
    en="the rows are taken as they lie in X: `order` says which come first",
    zh="按 X 里原来的次序取行了：先用哪些行，由 order 决定",
)
def epoch_without_order(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, slices(np.arange(len(X)), batch_size))


@mistake(
    "minibatch_epoch",
    en="X is put in order, y is not: every row meets another row's target",
    zh="X 按 order 重排了，y 却没有：每一行都配上了别的行的目标值",
)
def epoch_targets_not_reordered(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X[order], y, lr, slices(np.arange(len(X)), batch_size))


@mistake(
    "minibatch_epoch",
    en="`order` is read the wrong way round: order[k] is the row whose turn comes at place k",
    zh="order 读反了：order[k] 是第 k 个轮到的行的行号",
)
def epoch_inverse_order(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, slices(np.argsort(order, kind="stable"), batch_size))


@mistake(
    "minibatch_epoch",
    en="all batches take their gradient at the point where the epoch began: each step starts where the last one ended",
    zh="所有小批量的梯度都在一轮开始的那个点上求：每一步应当从上一步到达的点出发",
)
def epoch_from_one_point(w, b, X, y, lr, batch_size, order):
    new_w, new_b = w, b
    for rows in slices(order, batch_size):
        dw, db = gradient(w, b, X[rows], y[rows])
        new_w, new_b = new_w - lr * dw, new_b - lr * db
    return new_w, new_b


@mistake(
    "minibatch_epoch",
    en="every step uses all samples instead of its batch",
    zh="每一步都用了全部样本，而不是自己的小批量",
)
def epoch_of_full_steps(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, [order] * len(slices(order, batch_size)))


@mistake(
    "minibatch_epoch",
    en="only the first batch is used: the return stands inside the loop",
    zh="只用了第一个小批量：return 写进了循环体里",
)
def epoch_return_in_loop(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, slices(order, batch_size)[:1])


@mistake(
    "minibatch_epoch",
    en="only the last batch counts: every step starts again from the first w and b",
    zh="只有最后一个小批量起了作用：每一步都从最初的 w、b 重新出发",
)
def epoch_last_batch_only(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, slices(order, batch_size)[-1:])


@mistake(
    "minibatch_epoch",
    en="every batch reaches one row into the next: the end of a slice is not part of it",
    zh="每个小批量都多取了一行：切片不包含它的终点",
)
def epoch_overlapping(w, b, X, y, lr, batch_size, order):
    starts = range(0, len(order), batch_size)
    return steps(w, b, X, y, lr, [order[start : start + batch_size + 1] for start in starts])


@mistake("minibatch_epoch", en="batch_size is taken for the number of batches", zh="把 batch_size 当成了小批量的个数")
def epoch_number_of_batches(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, [rows for rows in np.array_split(order, batch_size) if len(rows)])


@mistake(
    "minibatch_epoch",
    en="a mask picks every row once: a row that is named twice in a batch counts twice",
    zh="用布尔数组取行，每行只取到一次：在一个小批量里出现两次的行，应当算两次",
)
def epoch_by_mask(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, [np.isin(np.arange(len(X)), rows) for rows in slices(order, batch_size)])


@mistake(
    "minibatch_epoch",
    en="the errors are worked out with y as it is: a column of targets is broadcast against the batch",
    zh="算误差时直接用了 y：y 是一列时，会和小批量的预测值广播",
)
def epoch_column_broadcast(w, b, X, y, lr, batch_size, order):
    for rows in slices(order, batch_size):
        dw, db = from_errors(X[rows], X[rows] @ w + b - y[rows])
        w, b = w - lr * (dw if y.ndim == 1 else dw[:, 0]), b - lr * db
    return w, b


# --- sgd_epoch


@mistake(
    "sgd_epoch",
    en="the rows are taken as they lie in X: `order` says which comes first",
    zh="按 X 里原来的次序取行了：先用哪一行，由 order 决定",
)
def sgd_without_order(w, b, X, y, lr, order):
    return steps(w, b, X, y, lr, slices(np.arange(len(X)), 1))


@mistake("sgd_epoch", en="the order is walked through from its end", zh="从后往前走了一遍 order")
def sgd_backwards(w, b, X, y, lr, order):
    return steps(w, b, X, y, lr, slices(order[::-1], 1))


@mistake(
    "sgd_epoch",
    en="all gradients are taken at the point where the epoch began: each step starts where the last one ended",
    zh="所有梯度都在一轮开始的那个点上求：每一步应当从上一步到达的点出发",
)
def sgd_from_one_point(w, b, X, y, lr, order):
    dw, db = gradient(w, b, X[order], y[order])
    return w - lr * len(order) * dw, b - lr * len(order) * db


@mistake(
    "sgd_epoch",
    en="this is one step with all samples; one step per sample is asked for",
    zh="这是用全部样本更新一步；要求的是每个样本更新一步",
)
def sgd_one_step(w, b, X, y, lr, order):
    return batch_step(w, b, X[order], y[order], lr)


@mistake(
    "sgd_epoch",
    en="only the first sample is used: the return stands inside the loop",
    zh="只用了第一个样本：return 写进了循环体里",
)
def sgd_return_in_loop(w, b, X, y, lr, order):
    return steps(w, b, X, y, lr, slices(order, 1)[:1])


@mistake(
    "sgd_epoch",
    en="every single step is divided by m: it is a mean over its one sample",
    zh="每一步又除以了 m：只有一个样本，平均就是它自己",
)
def sgd_divided_by_all(w, b, X, y, lr, order):
    return steps(w, b, X, y, lr / len(X), slices(order, 1))
