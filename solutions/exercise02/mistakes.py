"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import torch
from reference import fit, predict, update

from grader.checks import mistake

# --- predict


@mistake("predict", en="this is ≥: a point exactly on the line gives 0", zh="这里用的是 ≥：恰好在直线上的点应当回答 0")
def predict_greater_or_equal(X, w, b):
    return (X @ w + b >= 0).long()


@mistake(
    "predict",
    en="the bias is missing: the line would always go through the origin",
    zh="没有加偏置：这样直线永远过原点",
)
def predict_without_bias(X, w, b):
    return (X @ w > 0).long()


@mistake(
    "predict",
    en="the comparison is the other way round: 1 is for Xw + b above 0",
    zh="比较的方向反了：Xw + b 大于 0 时才是 1",
)
def predict_less(X, w, b):
    return (X @ w + b < 0).long()


@mistake(
    "predict",
    en="these are −1, 0 and 1, as sign gives them; the classes are 0 and 1",
    zh="sign 给出的是 −1、0、1；这里的类别是 0 和 1",
)
def predict_sign(X, w, b):
    return torch.sign(X @ w + b).long()


@mistake(
    "predict",
    en="½ is a threshold for probabilities; Xw + b is none, and its threshold is 0",
    zh="½ 是概率的阈值；Xw + b 不是概率，它的阈值是 0",
)
def predict_threshold_half(X, w, b):
    return (X @ w + b > 0.5).long()


@mistake(
    "predict", en="these are booleans; the classes are int64, 0 and 1", zh="这是布尔值；类别应当是 int64 类型的 0 和 1"
)
def predict_bool(X, w, b):
    return X @ w + b > 0


@mistake(
    "predict", en="these are floats; the classes are int64, 0 and 1", zh="这是浮点数；类别应当是 int64 类型的 0 和 1"
)
def predict_float(X, w, b):
    return (X @ w + b > 0).to(X.dtype)


@mistake("predict", en="w meets the columns of X; samples are its rows", zh="w 与 X 的列相乘了；样本是 X 的行")
def predict_columns(X, w, b):
    return (X.T @ w + b > 0).long()


@mistake(
    "predict",
    en="squeeze also drops the axis of a batch of one: the result is [N], also for N = 1",
    zh="只有一行时，squeeze 把样本轴也去掉了：即使 N = 1，结果的形状也是 [N]",
)
def predict_squeezed(X, w, b):
    return predict(X, w, b).squeeze()


# --- update


def moved(w, b, x, by):
    """w and b after a step of this size along x."""
    return w + by * x, b + by


@mistake(
    "update",
    en="the sign is wrong: w moves away from a row of class 1 that was missed, and towards one of class 0",
    zh="正负号反了：漏掉的第 1 类样本，w 应当向它靠近；被误认的第 0 类样本，w 应当远离它",
)
def update_sign(w, b, x, y, lr):
    return moved(w, b, x, lr * (int(x @ w + b > 0) - y))


@mistake(
    "update",
    en="the error is taken from z = xw + b itself; the perceptron's is y − ŷ, with ŷ 0 or 1",
    zh="误差是用 z = xw + b 本身算的；感知机的误差是 y − ŷ，其中 ŷ 是 0 或 1",
)
def update_by_z(w, b, x, y, lr):
    return moved(w, b, x, lr * (y - (x @ w + b)))


@mistake("update", en="the learning rate is missing", zh="没有乘学习率")
def update_without_lr(w, b, x, y, lr):
    return moved(w, b, x, y - int(x @ w + b > 0))


@mistake("update", en="b moves without the learning rate", zh="b 的那一步没有乘学习率")
def update_b_without_lr(w, b, x, y, lr):
    error = y - int(x @ w + b > 0)
    return w + lr * error * x, b + error


@mistake(
    "update",
    en="b stays as it was; it learns, too, by the ŷ of the old w (asked of the new w, the row may be right already)",
    zh="b 没有变；它也要学习，用的还是旧的 w 算出的 ŷ（如果用新的 w 再算一次，这一行也许已经答对了）",
)
def update_without_b(w, b, x, y, lr):
    return update(w, b, x, y, lr)[0], b.clone()


@mistake("update", en="w stays as it was", zh="w 没有变")
def update_without_w(w, b, x, y, lr):
    return w.clone(), update(w, b, x, y, lr)[1]


@mistake("update", en="w moves by lr·(y − ŷ) alone; its step is along x", zh="w 只加了 lr·(y − ŷ)；它应当沿着 x 移动")
def update_without_x(w, b, x, y, lr):
    error = y - int(x @ w + b > 0)
    return w + lr * error, b + lr * error


@mistake("update", en="ŷ is worked out without the bias", zh="计算 ŷ 时没有加偏置")
def update_decides_without_bias(w, b, x, y, lr):
    return moved(w, b, x, lr * (y - int(x @ w > 0)))


@mistake(
    "update",
    en="ŷ is 1 here for a row exactly on the line (≥); there it is 0",
    zh="对恰好在直线上的行，这里的 ŷ 是 1（用了 ≥）；应当是 0",
)
def update_greater_or_equal(w, b, x, y, lr):
    return moved(w, b, x, lr * (y - int(x @ w + b >= 0)))


@mistake(
    "update",
    en="nothing is subtracted when a row of class 0 is taken for class 1",
    zh="把第 0 类的行错认成第 1 类时，没有做减法",
)
def update_class_1_only(w, b, x, y, lr):
    return moved(w, b, x, lr * y * (1 - int(x @ w + b > 0)))


@mistake(
    "update",
    en="a row of class 1 is added even when it was recognised; only mistakes move anything",
    zh="第 1 类的行即使答对了也会被加上；只有答错时才移动",
)
def update_adds_recognised(w, b, x, y, lr):
    return moved(w, b, x, lr if y == 1 else -lr * int(x @ w + b > 0))


@mistake(
    "update",
    en="w and b themselves are changed (+= works in place); return new tensors",
    zh="改动了传进来的 w 和 b（+= 是原地运算）；应当返回新张量",
)
def update_in_place(w, b, x, y, lr):
    error = y - int(x @ w + b > 0)
    w += lr * error * x
    b += lr * error
    return w, b


@mistake(
    "update",
    en="the results are float64 whatever w and b are; they should keep their dtype",
    zh="无论 w 和 b 是什么类型，结果都是 float64；应当保持它们的 dtype",
)
def update_double(w, b, x, y, lr):
    return tuple(tensor.double() for tensor in update(w, b, x, y, lr))


# --- fit


def zeros(X):
    return X.new_zeros(X.shape[1]), X.new_zeros(())


def pass_over(X, y, w, b, lr):
    """One epoch: w, b, and each row's error y − ŷ."""
    errors = []
    for x, label in zip(X, y.tolist(), strict=True):
        errors.append(label - int(x @ w + b > 0))
        w, b = moved(w, b, x, lr * errors[-1])
    return w, b, errors


@mistake(
    "fit",
    en="every row of an epoch is judged by the weights from before the epoch; w and b change after each row",
    zh="一轮中的每一行都用这一轮开始时的权重来判断；其实每看一行，w 和 b 就可能变",
)
def fit_all_rows_at_once(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        errors = y - (X @ w + b > 0).long()
        if not errors.any():
            return w, b, epoch, True
        w, b = w + lr * (errors.to(X.dtype) @ X), b + lr * errors.sum().to(X.dtype)
    return w, b, max_epochs, False


@mistake(
    "fit",
    en="the epochs are counted from 0: the one without mistakes counts, too",
    zh="轮数是从 0 数起的：没有错误的那一轮也要算",
)
def fit_counts_from_0(X, y, lr, max_epochs):
    w, b, epochs, converged = fit(X, y, lr, max_epochs)
    return w, b, epochs - converged, converged


@mistake(
    "fit",
    en="it stops when all rows are right after an epoch; asked for is an epoch without a mistake, which is one later",
    zh="一轮之后全部答对就停下了；要求的是有一整轮没有错误，那是再下一轮",
)
def fit_tests_after_the_epoch(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        w, b, _ = pass_over(X, y, w, b, lr)
        if torch.equal((X @ w + b > 0).long(), y):
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake(
    "fit",
    en="each row is judged after its own update, when it is often right already; ask for its answer before",
    zh="每一行是在它自己更新之后才判断的，这时往往已经答对了；应当在更新之前看它的回答",
)
def fit_judges_after_the_update(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        mistakes = 0
        for x, label in zip(X, y.tolist(), strict=True):
            w, b = update(w, b, x, label, lr)
            mistakes += int(x @ w + b > 0) != label
        if mistakes == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake(
    "fit",
    en="b has the shape [1], because torch.zeros(1) makes an axis of length 1; torch.zeros(()) makes a 0-d tensor",
    zh="b 的形状是 [1]：torch.zeros(1) 会有一个长度为 1 的轴；torch.zeros(()) 得到的才是 0 维张量",
)
def fit_b_with_an_axis(X, y, lr, max_epochs):
    w, b, epochs, converged = fit(X, y, lr, max_epochs)
    return w, b.reshape(1), epochs, converged


@mistake(
    "fit",
    en="True comes back even when there was no epoch without mistakes",
    zh="即使没有出现过无错误的一轮，也返回了 True",
)
def fit_always_converged(X, y, lr, max_epochs):
    return (*fit(X, y, lr, max_epochs)[:3], True)


@mistake(
    "fit",
    en="it goes on to max_epochs, though an epoch passed without mistakes before",
    zh="已经有一轮没有错误了，却还一直走到 max_epochs",
)
def fit_never_stops(X, y, lr, max_epochs):
    w, b, _, converged = fit(X, y, lr, max_epochs)
    return w, b, max_epochs, converged


@mistake(
    "fit",
    en="mistakes of both kinds cancel: +1 and −1 add up to 0. Count them, whatever their sign",
    zh="两种错误相互抵消了：+1 和 −1 相加得 0。不管正负，都要计数",
)
def fit_errors_cancel(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        w, b, errors = pass_over(X, y, w, b, lr)
        if sum(errors) == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake(
    "fit",
    en="w and b may come back to where they were within an epoch, in spite of mistakes: count the mistakes",
    zh="一轮之内即使有错误，w 和 b 也可能转一圈又回到原处：要数的是错误",
)
def fit_weights_unchanged(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        before = w, b
        w, b, _ = pass_over(X, y, w, b, lr)
        if torch.equal(w, before[0]) and torch.equal(b, before[1]):
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake(
    "fit",
    en="only the last row of the epoch decides: each row overwrites what was noted of the rows before",
    zh="只看了一轮里的最后一行：每一行都把前面几行的记录覆盖掉了",
)
def fit_last_row_decides(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        w, b, errors = pass_over(X, y, w, b, lr)
        if errors[-1] == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake(
    "fit",
    en="the mistakes of earlier epochs are still counted: begin every epoch at 0",
    zh="以前各轮的错误还留在计数里：每一轮都要从 0 数起",
)
def fit_count_never_reset(X, y, lr, max_epochs):
    w, b = zeros(X)
    mistakes = 0
    for epoch in range(1, max_epochs + 1):
        w, b, errors = pass_over(X, y, w, b, lr)
        mistakes += sum(map(abs, errors))
        if mistakes == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake(
    "fit",
    en="the first epoch is the only one: the return stands inside the loop over the epochs",
    zh="只走了一轮：return 写进了外层循环里",
)
def fit_one_epoch(X, y, lr, max_epochs):
    return fit(X, y, lr, 1)


@mistake("fit", en="there is one epoch more than max_epochs", zh="比 max_epochs 多走了一轮")
def fit_one_epoch_more(X, y, lr, max_epochs):
    w, b, epochs, converged = fit(X, y, lr, max_epochs + 1)
    return w, b, epochs if converged else max_epochs, converged


@mistake(
    "fit",
    en="the first epoch is never looked at: it may be the one without mistakes already",
    zh="没有检查第一轮：它可能已经没有错误了",
)
def fit_skips_the_first_epoch(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        w, b, errors = pass_over(X, y, w, b, lr)
        if epoch > 1 and not any(errors):
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake(
    "fit", en="it learns with the learning rate 1, whichever was handed in", zh="无论传入的学习率是多少，用的都是 1"
)
def fit_without_lr(X, y, lr, max_epochs):
    return fit(X, y, 1.0, max_epochs)


@mistake("fit", en="w and b start from 1, not from 0", zh="w 和 b 是从 1 开始的，而不是从 0 开始")
def fit_from_ones(X, y, lr, max_epochs):
    w, b = (start + 1 for start in zeros(X))
    for epoch in range(1, max_epochs + 1):
        w, b, errors = pass_over(X, y, w, b, lr)
        if not any(errors):
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake("fit", en="b is never learned: it stays 0", zh="b 没有参与学习：一直是 0")
def fit_without_b(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        mistakes = 0
        for x, label in zip(X, y.tolist(), strict=True):
            mistakes += int(x @ w + b > 0) != label
            w, _ = moved(w, b, x, lr * (label - int(x @ w + b > 0)))
        if mistakes == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False


def fit_from_float32(X, y, lr, max_epochs, answer):
    w, b = torch.zeros(X.shape[1]), torch.zeros(())
    for epoch in range(1, max_epochs + 1):
        mistakes = 0
        for x, label in zip(X, y.tolist(), strict=True):
            mistakes += int(answer(x, w, b)) != label
            w, b = update(w, b, x, label, lr)
        if mistakes == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake(
    "fit",
    en="without a dtype torch.zeros makes float32; let w and b have that of X",
    zh="不写 dtype 时，torch.zeros 得到的是 float32；让 w 和 b 与 X 的 dtype 相同",
)
def fit_from_float32_zeros(X, y, lr, max_epochs):
    return fit_from_float32(X, y, lr, max_epochs, lambda x, w, b: predict(x[None], w, b))


@mistake(
    "fit",
    en="w is float32, because torch.zeros was given no dtype, and X may be float64: let w and b have the dtype of X",
    zh="torch.zeros 没有写 dtype，所以 w 是 float32，而 X 可能是 float64：让 w 和 b 与 X 的 dtype 相同",
)
def fit_float32_dot(X, y, lr, max_epochs):
    return fit_from_float32(X, y, lr, max_epochs, lambda x, w, b: x @ w + b > 0)


@mistake(
    "fit",
    en="w and b are float64 whatever X is; let them have the dtype of X",
    zh="无论 X 是什么类型，w 和 b 都是 float64；让它们与 X 的 dtype 相同",
)
def fit_double(X, y, lr, max_epochs):
    w, b, epochs, converged = fit(X.double(), y, lr, max_epochs)
    return w, b, epochs, converged
