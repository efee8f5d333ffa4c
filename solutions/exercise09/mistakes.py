"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import torch
from reference import (
    binary_cross_entropy,
    binary_cross_entropy_grad,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_grad,
    cross_entropy,
    cross_entropy_grad,
    log_softmax,
    mse,
    mse_grad,
    softmax,
    softmax_vjp,
)

from grader.checks import mistake


def sigmoid(z):
    return 1 / (1 + torch.exp(-z))


def row_sum(values):
    return values.sum(dim=-1, keepdim=True)


def right_class(values, y):
    """Of each row the entry at its label: [N]."""
    return values[torch.arange(len(y)), y]


def two_logarithms(p, y):
    return y * torch.log(p) + (1 - y) * torch.log(1 - p)


def refuse_other_shapes(pred, y):
    mse(pred, y)


# --- mse


@mistake("mse", en="this is the sum; the loss is the mean", zh="这是求和；损失是平均")
def mse_sum(pred, y):
    return mse(pred, y) * pred.numel()


@mistake(
    "mse", en="this is the root of the mean; the mean squared error has none", zh="这里多开了平方根；均方误差不开根号"
)
def mse_root(pred, y):
    return mse(pred, y).sqrt()


@mistake(
    "mse",
    en="the sum is divided by the length of the first axis; the mean is over all elements",
    zh="除以的是第一个轴的长度；应当对所有元素求平均",
)
def mse_over_rows(pred, y):
    refuse_other_shapes(pred, y)
    return ((pred - y) ** 2).sum() / len(pred)


@mistake(
    "mse",
    en="shapes that differ are broadcast: (N, 1) minus (N,) is N×N differences, most of them between strangers",
    zh="形状不同时被广播了：(N, 1) 减 (N,) 得到 N×N 个差，大多数并不是同一个样本的",
)
def mse_broadcasts(pred, y):
    return ((pred - y) ** 2).mean()


@mistake(
    "mse",
    en="shapes that differ are made equal in silence; here that is an error to be raised",
    zh="形状不同时悄悄改成了相同的；这里应当抛出异常",
)
def mse_reshapes(pred, y):
    return ((pred.reshape(-1) - y.reshape(-1)) ** 2).mean()


# --- mse_grad


@mistake("mse_grad", en="the 2 from the square is missing", zh="少了平方求导带来的 2")
def mse_grad_without_two(pred, y):
    return mse_grad(pred, y) / 2


@mistake("mse_grad", en="the mean's 1/N is missing", zh="少了平均带来的 1/N")
def mse_grad_of_sum(pred, y):
    return mse_grad(pred, y) * pred.numel()


@mistake(
    "mse_grad",
    en="the sign is wrong: where the prediction is too large, the loss grows with it",
    zh="符号反了：预测值偏大时，继续增大预测值，损失会变大",
)
def mse_grad_sign(pred, y):
    return -mse_grad(pred, y)


@mistake(
    "mse_grad",
    en="divided by the length of the first axis; the mean is over all elements",
    zh="除以的是第一个轴的长度；应当对所有元素求平均",
)
def mse_grad_over_rows(pred, y):
    refuse_other_shapes(pred, y)
    return 2 * (pred - y) / len(pred)


@mistake(
    "mse_grad",
    en="all elements are averaged into one number; each prediction has a gradient of its own",
    zh="把所有元素平均成了一个数；每个预测值都有自己的梯度",
)
def mse_grad_one_number(pred, y):
    refuse_other_shapes(pred, y)
    return (2 * (pred - y)).mean()


@mistake(
    "mse_grad",
    en="shapes that differ are broadcast here; that is an error to be raised",
    zh="形状不同时被广播了；这里应当抛出异常",
)
def mse_grad_broadcasts(pred, y):
    return 2 * (pred - y) / pred.numel()


# --- binary_cross_entropy


@mistake("binary_cross_entropy", en="this is the sum; the loss is the mean", zh="这是求和；损失是平均")
def binary_sum(p, y):
    return binary_cross_entropy(p, y) * len(p)


@mistake(
    "binary_cross_entropy",
    en="the minus sign is missing: the logarithm of a probability is negative, the loss is not",
    zh="少了负号：概率的对数是负的，损失却不是",
)
def binary_sign(p, y):
    return -binary_cross_entropy(p, y)


@mistake(
    "binary_cross_entropy",
    en="only the term with y is there: for the label 0 nothing is counted",
    zh="只有带 y 的那一项：标签为 0 时什么也没算",
)
def binary_one_term(p, y):
    return binary_cross_entropy(p, y) + ((1 - y) * torch.log(1 - p).clamp(min=-100)).mean()


@mistake(
    "binary_cross_entropy",
    en="the labels are exchanged: y belongs to log p, 1 − y to log(1 − p)",
    zh="标签用反了：y 应当配 log p，1 − y 应当配 log(1 − p)",
)
def binary_labels_exchanged(p, y):
    return binary_cross_entropy(p, 1 - y)


@mistake(
    "binary_cross_entropy",
    en="the label only chooses between the two logarithms; a label in between takes its share of both",
    zh="标签只用来在两个对数里选一个；介于 0 和 1 之间的标签应当两个都占一份",
)
def binary_hard_labels(p, y):
    return binary_cross_entropy(p, (y > 0.5).to(p.dtype))


@mistake(
    "binary_cross_entropy",
    en="the logarithm of 0 is −inf, and 0·inf is NaN: nothing keeps the logarithms above −100",
    zh="0 的对数是 −inf，0·inf 是 NaN：没有让对数不低于 −100",
)
def binary_without_bound(p, y):
    return -two_logarithms(p, y).mean()


@mistake(
    "binary_cross_entropy",
    en="a small number is added inside the logarithm: that bounds it, but not by −100",
    zh="在对数里加了一个很小的数：对数确实有了下限，但不是 −100",
)
def binary_epsilon(p, y):
    return -(y * torch.log(p + 1e-12) + (1 - y) * torch.log(1 - p + 1e-12)).mean()


@mistake(
    "binary_cross_entropy",
    en="each sample's loss is bounded by 100; the bound is on each logarithm, before the label multiplies it",
    zh="限制的是每个样本的损失；应当在乘标签之前限制每个对数",
)
def binary_bounds_the_loss(p, y):
    return -(torch.xlogy(y, p) + torch.xlogy(1 - y, 1 - p)).clamp(min=-100).mean()


# --- binary_cross_entropy_grad


@mistake("binary_cross_entropy_grad", en="the mean's 1/N is missing", zh="少了平均带来的 1/N")
def binary_grad_of_sum(p, y):
    return binary_cross_entropy_grad(p, y) * len(p)


@mistake(
    "binary_cross_entropy_grad",
    en="the sign is wrong: for the label 1 the loss falls as p grows",
    zh="符号反了：标签为 1 时，p 越大损失越小",
)
def binary_grad_sign(p, y):
    return -binary_cross_entropy_grad(p, y)


@mistake(
    "binary_cross_entropy_grad",
    en="this is the gradient with respect to the logits; with respect to p it is steeper",
    zh="这是对 logits 的梯度；对 p 的梯度更陡",
)
def binary_grad_by_logits(p, y):
    return (p - y) / len(p)


@mistake(
    "binary_cross_entropy_grad",
    en="the inner derivative of 1 − p, which is −1, is missing",
    zh="少了 1 − p 的内层导数，也就是 −1",
)
def binary_grad_inner_derivative(p, y):
    return -(y / p + (1 - y) / (1 - p)) / len(p)


# --- binary_cross_entropy_with_logits


@mistake("binary_cross_entropy_with_logits", en="this is the sum; the loss is the mean", zh="这是求和；损失是平均")
def logits_sum(z, y):
    return binary_cross_entropy_with_logits(z, y) * len(z)


@mistake(
    "binary_cross_entropy_with_logits",
    en="z is taken for a probability; it is a logit, any number",
    zh="把 z 当成了概率；它是 logit，可以是任意数",
)
def logits_taken_for_probabilities(z, y):
    return binary_cross_entropy(z, y)


@mistake(
    "binary_cross_entropy_with_logits",
    en="the label has the wrong sign: for the label 1 the loss must fall as z grows",
    zh="标签的符号反了：标签为 1 时，z 越大损失应当越小",
)
def logits_sign_of_the_label(z, y):
    return binary_cross_entropy_with_logits(-z, y)


@mistake(
    "binary_cross_entropy_with_logits", en="the exponential overflows for large logits", zh="logits 很大时，指数上溢了"
)
def logits_overflow(z, y):
    return (torch.log(1 + torch.exp(z)) - y * z).mean()


@mistake(
    "binary_cross_entropy_with_logits",
    en="the sigmoid has rounded to 0 or 1 before the logarithm is taken, and the bound of −100 hides it: "
    "there is none here",
    zh="取对数之前，sigmoid 已经舍入成 0 或 1，而 −100 的下限掩盖了这一点；这里没有下限",
)
def logits_through_the_sigmoid(z, y):
    return binary_cross_entropy(sigmoid(z), y)


@mistake(
    "binary_cross_entropy_with_logits",
    en="the sigmoid has rounded to 0 or 1 before the logarithm is taken: log 0 is −inf",
    zh="取对数之前，sigmoid 已经舍入成 0 或 1：log 0 是 −inf",
)
def logits_log_of_the_sigmoid(z, y):
    return -two_logarithms(sigmoid(z), y).mean()


# --- binary_cross_entropy_with_logits_grad


@mistake("binary_cross_entropy_with_logits_grad", en="the mean's 1/N is missing", zh="少了平均带来的 1/N")
def logits_grad_of_sum(z, y):
    return binary_cross_entropy_with_logits_grad(z, y) * len(z)


@mistake(
    "binary_cross_entropy_with_logits_grad",
    en="the sign is wrong: for the label 1 the loss falls as z grows",
    zh="符号反了：标签为 1 时，z 越大损失越小",
)
def logits_grad_sign(z, y):
    return -binary_cross_entropy_with_logits_grad(z, y)


@mistake(
    "binary_cross_entropy_with_logits_grad",
    en="one factor σ(1 − σ) too many: it cancels against the slope of the logarithms",
    zh="多了一个因子 σ(1 − σ)：它会和对数的斜率约掉",
)
def logits_grad_extra_factor(z, y):
    return binary_cross_entropy_with_logits_grad(z, y) * sigmoid(z) * (1 - sigmoid(z))


@mistake(
    "binary_cross_entropy_with_logits_grad",
    en="the label is compared with the logit itself; take the probability",
    zh="标签是和 logit 本身相减的；应当和概率相减",
)
def logits_grad_without_sigmoid(z, y):
    return (z - y) / len(z)


@mistake(
    "binary_cross_entropy_with_logits_grad",
    en="inf/inf is NaN: eᶻ stands above and below the fraction bar and overflows for large z",
    zh="inf/inf 是 NaN：eᶻ 同时出现在分子和分母里，z 很大时会上溢",
)
def logits_grad_overflow(z, y):
    return (torch.exp(z) / (1 + torch.exp(z)) - y) / len(z)


# --- softmax


@mistake(
    "softmax",
    en="the sum is over the whole array; each row adds up to 1 by itself",
    zh="对整个数组求了和；应当每一行各自加起来等于 1",
)
def softmax_whole_array(z):
    power = torch.exp(z - z.max())
    return power / power.sum()


@mistake(
    "softmax",
    en="the sum runs over the samples, so that columns add up to 1; it must run over the classes",
    zh="求和是沿样本进行的，结果每一列加起来等于 1；应当沿类别求和",
)
def softmax_batch_axis(z):
    power = torch.exp(z - z.amax(dim=0))
    return power / power.sum(dim=0)


@mistake(
    "softmax",
    en="axis 1 is the last one only if there are two; count from the end",
    zh="只有两个轴时，第 1 轴才是最后一个；请从后往前数",
)
def softmax_axis_one(z):
    power = torch.exp(z - z.amax(dim=1, keepdim=True))
    return power / power.sum(dim=1, keepdim=True)


@mistake("softmax", en="the exponential overflows for large logits", zh="logits 很大时，指数上溢了")
def softmax_overflow(z):
    return torch.exp(z) / row_sum(torch.exp(z))


@mistake(
    "softmax",
    en="the largest logit of the whole array is subtracted: a row far below it underflows to 0/0",
    zh="减去的是整个数组里最大的 logit：远低于它的那一行会下溢成 0/0",
)
def softmax_global_maximum(z):
    power = torch.exp(z - z.max())
    return power / row_sum(power)


@mistake(
    "softmax",
    en="without keepdim the rows' maxima are lined up with the columns",
    zh="没有用 keepdim，各行的最大值对到列上去了",
)
def softmax_maximum_without_keepdim(z):
    power = torch.exp(z - z.amax(dim=-1))
    return power / row_sum(power)


@mistake(
    "softmax",
    en="divided by the length of the row as a vector; the numbers must add up to 1, not their squares",
    zh="除以的是这一行作为向量的长度；应当让各数之和为 1，而不是平方和为 1",
)
def softmax_euclidean(z):
    power = torch.exp(z - z.amax(dim=-1, keepdim=True))
    return power / row_sum(power**2).sqrt()


@mistake("softmax", en="z itself is changed by −=; subtract into a new tensor", zh="−= 改动了 z 本身；请把差放进新张量")
def softmax_changes_z(z):
    z -= z.amax(dim=-1, keepdim=True)
    return torch.exp(z) / row_sum(torch.exp(z))


# --- log_softmax


@mistake(
    "log_softmax",
    en="the sum runs over the samples; it must run over the classes",
    zh="求和是沿样本进行的；应当沿类别求和",
)
def log_softmax_batch_axis(z):
    shifted = z - z.amax(dim=0)
    return shifted - torch.log(torch.exp(shifted).sum(dim=0))


@mistake(
    "log_softmax",
    en="a probability that has underflowed to 0 has the logarithm −inf; take the logarithm of the sum alone",
    zh="概率已经下溢成 0，对数就是 −inf；请只对那个和取对数",
)
def log_softmax_of_probabilities(z):
    return torch.log(softmax(z))


@mistake(
    "log_softmax",
    en="the logarithm of the softmax with a small number added: small probabilities become larger",
    zh="给 softmax 加上一个很小的数再取对数：小的概率就变大了",
)
def log_softmax_epsilon(z):
    return torch.log(softmax(z) + 1e-8)


@mistake("log_softmax", en="the exponential overflows for large logits", zh="logits 很大时，指数上溢了")
def log_softmax_overflow(z):
    return z - torch.log(row_sum(torch.exp(z)))


@mistake("log_softmax", en="the sum is subtracted, not its logarithm", zh="减去的是和，而不是和的对数")
def log_softmax_without_log(z):
    shifted = z - z.amax(dim=-1, keepdim=True)
    return shifted - row_sum(torch.exp(shifted))


# --- softmax_vjp


@mistake(
    "softmax_vjp",
    en="this is the diagonal of the Jacobian alone; raising one logit also lowers the other probabilities",
    zh="这里只有雅可比矩阵的对角线；一个 logit 变大，其他类别的概率也会变小",
)
def softmax_vjp_diagonal(z, v):
    return v * softmax(z) * (1 - softmax(z))


@mistake(
    "softmax_vjp",
    en="the term that couples the classes is missing: v·p is not all",
    zh="少了把各类别联系起来的那一项：只有 v·p 还不够",
)
def softmax_vjp_one_term(z, v):
    return v * softmax(z)


@mistake(
    "softmax_vjp",
    en="the sign between the two terms is wrong: off its diagonal the Jacobian is negative",
    zh="两项之间的符号错了：雅可比矩阵对角线以外是负的",
)
def softmax_vjp_sign(z, v):
    return softmax(z) * (v + row_sum(softmax(z) * v))


@mistake(
    "softmax_vjp",
    en="the sum runs over the samples; each row is a function of its own",
    zh="求和是沿样本进行的；每一行各是一个独立的函数",
)
def softmax_vjp_batch_axis(z, v):
    p = softmax(z)
    return p * (v - (p * v).sum(dim=0))


@mistake(
    "softmax_vjp",
    en="the sum is over v alone; in the Jacobian each vᵢ meets its own pᵢ",
    zh="求和的只有 v；雅可比矩阵里，每个 vᵢ 都要乘上自己的 pᵢ",
)
def softmax_vjp_sum_without_p(z, v):
    return softmax(z) * (v - row_sum(v))


# --- log_softmax_vjp


@mistake(
    "log_softmax_vjp",
    en="p is subtracted as it is, as if the upstream gradients of each row added up to 1",
    zh="直接减去了 p，相当于假定每行的上游梯度之和为 1",
)
def log_softmax_vjp_sum_of_one(z, v):
    return v - softmax(z)


@mistake(
    "log_softmax_vjp",
    en="each entry subtracts its own v·p alone; every upstream gradient of the row reaches every logit",
    zh="每个元素只减去了自己的 v·p；一行里的每个上游梯度都会传到每个 logit",
)
def log_softmax_vjp_elementwise(z, v):
    return v - softmax(z) * v


@mistake(
    "log_softmax_vjp",
    en="this is J·v; the product asked for is vᵀ·J, with the sum over the Jacobian's rows, and this J is not symmetric",
    zh="这是 J·v；要的是 vᵀ·J，也就是对雅可比矩阵的行求和，而这个 J 并不对称",
)
def log_softmax_vjp_transposed(z, v):
    return v - row_sum(softmax(z) * v)


@mistake(
    "log_softmax_vjp",
    en="this is the product for softmax; the logarithm's slope, 1/p, is missing",
    zh="这是 softmax 的积；少了对数的斜率 1/p",
)
def log_softmax_vjp_is_softmax_vjp(z, v):
    return softmax_vjp(z, v)


@mistake(
    "log_softmax_vjp",
    en="the sum runs over the samples; each row is a function of its own",
    zh="求和是沿样本进行的；每一行各是一个独立的函数",
)
def log_softmax_vjp_batch_axis(z, v):
    return v - softmax(z) * v.sum(dim=0)


@mistake(
    "log_softmax_vjp",
    en="v is divided by probabilities that may have underflowed to 0; simplify before you compute",
    zh="v 除以了可能已经下溢成 0 的概率；请先化简再计算",
)
def log_softmax_vjp_divides(z, v):
    return softmax_vjp(z, v / softmax(z))


# --- cross_entropy


@mistake("cross_entropy", en="this is the sum over the samples; the loss is the mean", zh="这是对样本求和；损失是平均")
def cross_entropy_sum(z, y):
    return cross_entropy(z, y) * len(y)


@mistake(
    "cross_entropy",
    en="the sum is divided by N·C; one term per sample has been added, so divide by N",
    zh="除以了 N·C；每个样本只加了一项，应当除以 N",
)
def cross_entropy_over_everything(z, y):
    return cross_entropy(z, y) / z.shape[1]


@mistake(
    "cross_entropy",
    en="the minus sign is missing: the logarithm of a probability is negative, the loss is not",
    zh="少了负号：概率的对数是负的，损失却不是",
)
def cross_entropy_sign(z, y):
    return -cross_entropy(z, y)


@mistake("cross_entropy", en="the probability is there, but its logarithm is missing", zh="取出了概率，却没有取对数")
def cross_entropy_without_log(z, y):
    return -right_class(softmax(z), y).mean()


@mistake(
    "cross_entropy",
    en="the logit is taken for the log-probability; the softmax is missing",
    zh="把 logit 当成了对数概率；少了 softmax",
)
def cross_entropy_of_logits(z, y):
    return -right_class(z, y).mean()


@mistake("cross_entropy", en="the softmax is taken twice", zh="softmax 做了两次")
def cross_entropy_twice(z, y):
    return cross_entropy(softmax(z), y)


@mistake(
    "cross_entropy",
    en="[:, y] takes all columns in y from every row; one entry per row is wanted",
    zh="[:, y] 会从每一行取出 y 里的所有列；每行只要一个元素",
)
def cross_entropy_all_columns(z, y):
    return -log_softmax(z)[:, y].mean()


@mistake(
    "cross_entropy",
    en="a probability that has underflowed to 0 has the logarithm −inf; pick from log_softmax",
    zh="概率已经下溢成 0，对数就是 −inf；请从 log_softmax 里取",
)
def cross_entropy_of_probabilities(z, y):
    return -torch.log(right_class(softmax(z), y)).mean()


# --- cross_entropy_grad


@mistake("cross_entropy_grad", en="the mean's 1/N is missing", zh="少了平均带来的 1/N")
def cross_entropy_grad_of_sum(z, y):
    return cross_entropy_grad(z, y) * len(y)


@mistake(
    "cross_entropy_grad",
    en="divided by N·C; the loss is a mean over N samples",
    zh="除以了 N·C；损失是对 N 个样本的平均",
)
def cross_entropy_grad_over_everything(z, y):
    return cross_entropy_grad(z, y) / z.shape[1]


@mistake(
    "cross_entropy_grad",
    en="the sign is wrong: raising the right class's logit lowers the loss",
    zh="符号反了：正确类别的 logit 变大，损失会变小",
)
def cross_entropy_grad_sign(z, y):
    return -cross_entropy_grad(z, y)


@mistake(
    "cross_entropy_grad",
    en="the labels do not take part: nothing is subtracted at the right class",
    zh="没有用到标签：正确类别处没有减去任何东西",
)
def cross_entropy_grad_without_labels(z, y):
    return softmax(z) / len(y)


@mistake(
    "cross_entropy_grad",
    en="[:, y] −= 1 subtracts in every row at all columns in y; one entry per row is meant",
    zh="[:, y] −= 1 在每一行、y 里的每一列都减了；每行只应当减一处",
)
def cross_entropy_grad_all_columns(z, y):
    delta = softmax(z)
    delta[:, y] -= 1
    return delta / len(y)


@mistake(
    "cross_entropy_grad",
    en="at the right class 1/N comes in twice; subtract 1 there, then divide everything by N",
    zh="正确类别处多除以了一次 N：那里应当减 1，然后整体除以 N",
)
def cross_entropy_grad_label_divided_twice(z, y):
    delta = softmax(z)
    delta[torch.arange(len(y)), y] -= 1 / len(y)
    return delta / len(y)


@mistake(
    "cross_entropy_grad",
    en="one factor p(1 − p) too many: it cancels against the slope of the logarithm",
    zh="多了一个因子 p(1 − p)：它会和对数的斜率约掉",
)
def cross_entropy_grad_extra_factor(z, y):
    p = softmax(z)
    return cross_entropy_grad(z, y) * p * (1 - p)
