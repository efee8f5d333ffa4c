"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import numpy as np
from reference import backward, forward, loss

from grader.checks import mistake


def hidden(params, x):
    return np.maximum(x @ params["W1"].T + params["b1"], 0)


def output(params, h):
    return h @ params["W2"].T + params["b2"]


def one_hot(logits, y):
    return np.eye(logits.shape[1])[y]


def softmax(logits):
    power = np.exp(logits - logits.max(axis=1, keepdims=True))
    return power / power.sum(axis=1, keepdims=True)


def logits_gradient(cache, y):
    """∂loss/∂logits, as it should be."""
    logits = cache[2]
    return (softmax(logits) - one_hot(logits, y)) / len(y)


def back_to_z(params, cache, dlogits):
    """∂loss/∂(pre-activations), as it should be."""
    return (dlogits @ params["W2"]) * (cache[1] > 0)


def parameter_gradients(cache, dlogits, dz):
    x, h, _ = cache
    return {"W1": dz.T @ x, "b1": dz.sum(axis=0), "W2": dlogits.T @ h, "b2": dlogits.sum(axis=0)}


def from_dlogits(params, cache, dlogits):
    return parameter_gradients(cache, dlogits, back_to_z(params, cache, dlogits))


# --- forward


@mistake("forward", en="b1 is never added: the hidden layer has a bias, too", zh="b1 没有加上：隐藏层也有偏置")
def forward_without_b1(params, x):
    h = np.maximum(x @ params["W1"].T, 0)
    return output(params, h), (x, h, output(params, h))


@mistake("forward", en="b2 is never added: the output layer has a bias, too", zh="b2 没有加上：输出层也有偏置")
def forward_without_b2(params, x):
    h = hidden(params, x)
    return h @ params["W2"].T, (x, h, h @ params["W2"].T)


@mistake("forward", en="neither bias is added", zh="两个偏置都没有加上")
def forward_without_biases(params, x):
    h = np.maximum(x @ params["W1"].T, 0)
    return h @ params["W2"].T, (x, h, h @ params["W2"].T)


@mistake(
    "forward",
    en="the ReLU between the layers is missing: without it two layers are no more than one",
    zh="两层之间少了 ReLU：没有它，两层合起来也只相当于一层",
)
def forward_without_relu(params, x):
    z = x @ params["W1"].T + params["b1"]
    return output(params, z), (x, z, output(params, z))


@mistake(
    "forward",
    en="b1 is added after the ReLU; it belongs to the pre-activation, inside",
    zh="b1 加在了 ReLU 之后；它属于预激活值，应当加在 ReLU 里面",
)
def forward_b1_after_relu(params, x):
    h = np.maximum(x @ params["W1"].T, 0) + params["b1"]
    return output(params, h), (x, h, output(params, h))


@mistake(
    "forward",
    en="the output layer has a ReLU, too: logits may be negative, the ReLU stands between the layers only",
    zh="输出层也套上了 ReLU：logits 可以是负数，ReLU 只放在两层之间",
)
def forward_relu_on_output(params, x):
    h = hidden(params, x)
    logits = np.maximum(output(params, h), 0)
    return logits, (x, h, logits)


@mistake(
    "forward",
    en="these are probabilities; `forward` returns the logits, and the softmax is the loss's affair",
    zh="这里返回的是概率；forward 应当返回 logits，softmax 留给 loss 去做",
)
def forward_softmax(params, x):
    h = hidden(params, x)
    return softmax(output(params, h)), (x, h, output(params, h))


@mistake(
    "forward",
    en="W1 is [H, D], and x @ W1 fits only where H = D: the transpose is missing",
    zh="W1 的形状是 [H, D]，x @ W1 只有在 H = D 时才凑巧能算：少了转置",
)
def forward_w1_untransposed(params, x):
    h = np.maximum(x @ params["W1"] + params["b1"], 0)
    return output(params, h), (x, h, output(params, h))


@mistake(
    "forward",
    en="W2 is [C, H], and h @ W2 fits only where C = H: the transpose is missing",
    zh="W2 的形状是 [C, H]，h @ W2 只有在 C = H 时才凑巧能算：少了转置",
)
def forward_w2_untransposed(params, x):
    h = hidden(params, x)
    logits = h @ params["W2"] + params["b2"]
    return logits, (x, h, logits)


@mistake(
    "forward",
    en="every call hands out one and the same cache object, so a later forward pass overwrites an earlier one's "
    "values: make a new one in each call",
    zh="每次调用返回的都是同一个缓存对象，后一次前向传播会覆盖前一次的值：每次调用都要新建一个",
)
def forward_one_cache_for_all(params, x, cache=[None, None, None]):  # noqa: B006 - that is the mistake
    logits, cache[:] = forward(params, x)
    return logits, cache


# --- loss


@mistake("loss", en="this is the sum over the batch; the mean is asked for", zh="这是整个批量的和；要求的是平均值")
def loss_sum(logits, y):
    return loss(logits, y) * len(y)


@mistake(
    "loss",
    en="the sign is missing: log p is never positive, a loss never negative",
    zh="少了负号：log p 不会是正数，损失不会是负数",
)
def loss_sign(logits, y):
    return -loss(logits, y)


@mistake(
    "loss",
    en="the sum is divided by N·C, the number of all logits; it is a mean over the samples that is asked for",
    zh="除以了 N·C，也就是 logits 的元素个数；要求的是对样本求平均",
)
def loss_mean_over_classes(logits, y):
    return loss(logits, y) / logits.shape[1]


@mistake(
    "loss",
    en="the softmax runs over the batch: each row, not each column, must add up to 1",
    zh="softmax 沿批量的方向计算了：应当让每一行之和为 1，而不是每一列",
)
def loss_softmax_over_batch(logits, y):
    return float(-np.log(softmax(logits.T).T[np.arange(len(y)), y]).mean())


@mistake(
    "loss",
    en="the softmax is divided by the sum over the whole batch; each row has a sum of its own",
    zh="softmax 除以了整个批量的和；每一行要除以自己的和",
)
def loss_softmax_over_everything(logits, y):
    power = np.exp(logits - logits.max())
    return float(-np.log((power / power.sum())[np.arange(len(y)), y]).mean())


@mistake(
    "loss",
    en="exp overflows for large logits, and inf/inf is NaN: subtract each row's largest logit first",
    zh="logits 很大时 exp 会上溢，inf/inf 得到 NaN：先减去每一行最大的 logit",
)
def loss_overflow(logits, y):
    power = np.exp(logits)
    return float(-np.log((power / power.sum(axis=1, keepdims=True))[np.arange(len(y)), y]).mean())


@mistake(
    "loss",
    en="exp overflows for large logits, and so does the logarithm of their sum: subtract each row's largest logit "
    "before exp, and see by how much that changes the result",
    zh="logits 很大时 exp 会上溢，求和再取对数仍是无穷大：取指数之前先减去每一行的最大值，再想想结果因此差了多少",
)
def loss_log_sum_overflow(logits, y):
    return float((np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(y)), y]).mean())


@mistake(
    "loss",
    en="the probability underflows to 0 and its logarithm is infinite: write log softmax as a difference, "
    "and never take the logarithm of a probability",
    zh="概率下溢成 0，取对数得到无穷大：把 log softmax 写成差的形式，不要对概率取对数",
)
def loss_log_of_zero(logits, y):
    return float(-np.log(softmax(logits)[np.arange(len(y)), y]).mean())


@mistake(
    "loss",
    en="a small number keeps the logarithm finite, and wrong: the loss of a confident error is cut off. "
    "Write log softmax as a difference",
    zh="给概率加上一个很小的数，对数虽然有限了，却不对：模型很有把握却答错时，损失被截断。把 log softmax 写成差的形式",
)
def loss_epsilon(logits, y):
    return float(-np.log(softmax(logits)[np.arange(len(y)), y] + 1e-12).mean())


@mistake(
    "loss",
    en="one maximum for the whole batch: a row far below it underflows to 0/0. Each row needs its own",
    zh="整个批量只减了同一个最大值：远小于它的行会下溢成 0/0。每一行要减自己的最大值",
)
def loss_one_maximum(logits, y):
    power = np.exp(logits - logits.max())
    return float(-np.log((power / power.sum(axis=1, keepdims=True))[np.arange(len(y)), y]).mean())


@mistake(
    "loss",
    en="one maximum for the whole batch: a row far below it underflows to log 0. Each row needs its own",
    zh="整个批量只减了同一个最大值：远小于它的行会下溢成 log 0。每一行要减自己的最大值",
)
def loss_one_maximum_in_log_sum(logits, y):
    shifted = logits - logits.max()
    return float((np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]).mean())


@mistake(
    "loss",
    en="the maximum is subtracted in one of the two terms only: subtract it in both, or add it back",
    zh="两项里只有一项减去了最大值：要么两项都减，要么最后加回来",
)
def loss_shifted_once(logits, y):
    log_sum = np.log(np.exp(logits - logits.max(axis=1, keepdims=True)).sum(axis=1))
    return float((log_sum - logits[np.arange(len(y)), y]).mean())


@mistake(
    "loss",
    en="this is the mean probability of the right class; its negative logarithm is asked for",
    zh="这是正确类别的平均概率；要求的是它的负对数",
)
def loss_without_log(logits, y):
    return float(softmax(logits)[np.arange(len(y)), y].mean())


@mistake(
    "loss",
    en="the mean is taken before the logarithm: average the losses of the samples, not their probabilities",
    zh="先求了平均再取对数：应当对各样本的损失求平均，而不是对概率求平均",
)
def loss_log_of_mean(logits, y):
    return float(-np.log(softmax(logits)[np.arange(len(y)), y].mean()))


# --- backward: the gradient of the logits


@mistake(
    "backward",
    en="the gradients are N times too large: the loss is a mean over the batch, so 1/N belongs to its gradient",
    zh="梯度是正确值的 N 倍：损失是对批量求平均，它的梯度里也该有 1/N",
)
def backward_not_divided(params, cache, y):
    return from_dlogits(params, cache, logits_gradient(cache, y) * len(y))


@mistake(
    "backward",
    en="1/N comes in twice, in all four gradients: it belongs to the gradient of the logits, and nowhere else",
    zh="四个梯度都多除以了一次 N：1/N 只该在 logits 的梯度里出现，别处都不用再除",
)
def backward_divided_twice(params, cache, y):
    return from_dlogits(params, cache, logits_gradient(cache, y) / len(y))


@mistake(
    "backward",
    en="1/N comes in a second time in the first layer; it has come along with the gradient from above",
    zh="第一层又除以了一次 N；从上面传下来的梯度里已经有 1/N 了",
)
def backward_first_layer_divided_twice(params, cache, y):
    found = backward(params, cache, y)
    return {**found, "W1": found["W1"] / len(y), "b1": found["b1"] / len(y)}


@mistake(
    "backward",
    en="this divides by the number of classes; the loss is a mean over the samples",
    zh="这里除以了类别数；损失是对样本求平均的",
)
def backward_divided_by_classes(params, cache, y):
    return from_dlogits(params, cache, logits_gradient(cache, y) * len(y) / cache[2].shape[1])


@mistake(
    "backward",
    en="the labels are missing: the probabilities alone are not the gradient of the logits",
    zh="没有用到标签：光有概率，还不是 logits 的梯度",
)
def backward_labels_forgotten(params, cache, y):
    return from_dlogits(params, cache, softmax(cache[2]) / len(y))


@mistake(
    "backward",
    en="delta[:, y] is whole columns: 1 is taken from every row there; of each row only the right class loses 1",
    zh="delta[:, y] 取出的是整列，每一行的这些位置都减了 1；每一行应当只在自己的正确类别处减 1",
)
def backward_columns_for_labels(params, cache, y):
    delta = softmax(cache[2])
    delta[:, y] -= 1
    return from_dlogits(params, cache, delta / len(y))


@mistake(
    "backward",
    en="every sign is the other way round: raising the right class's logit lowers the loss",
    zh="所有正负号都反了：正确类别的 logit 越大，损失越小",
)
def backward_sign(params, cache, y):
    return from_dlogits(params, cache, -logits_gradient(cache, y))


@mistake(
    "backward",
    en="the labels are subtracted from the logits; the softmax is missing",
    zh="减去标签的是 logits；少了 softmax",
)
def backward_softmax_forgotten(params, cache, y):
    return from_dlogits(params, cache, (cache[2] - one_hot(cache[2], y)) / len(y))


@mistake(
    "backward",
    en="the factor p·(1−p) is too much: the softmax's own derivative is already in the difference to the labels",
    zh="多乘了 p·(1−p)：概率与标签之差里，已经包含了 softmax 自己的导数",
)
def backward_softmax_twice(params, cache, y):
    p = softmax(cache[2])
    return from_dlogits(params, cache, logits_gradient(cache, y) * p * (1 - p))


@mistake(
    "backward",
    en="the softmax runs over the batch: each row, not each column, must add up to 1",
    zh="softmax 沿批量的方向计算了：应当让每一行之和为 1，而不是每一列",
)
def backward_softmax_over_batch(params, cache, y):
    logits = cache[2]
    return from_dlogits(params, cache, (softmax(logits.T).T - one_hot(logits, y)) / len(y))


@mistake(
    "backward",
    en="exp overflows for large logits, and inf/inf is NaN: subtract each row's largest logit first",
    zh="logits 很大时 exp 会上溢，inf/inf 得到 NaN：先减去每一行最大的 logit",
)
def backward_overflow(params, cache, y):
    power = np.exp(cache[2])
    p = power / power.sum(axis=1, keepdims=True)
    return from_dlogits(params, cache, (p - one_hot(p, y)) / len(y))


@mistake(
    "backward",
    en="one maximum for the whole batch: a row far below it underflows to 0/0. Each row needs its own",
    zh="整个批量只减了同一个最大值：远小于它的行会下溢成 0/0。每一行要减自己的最大值",
)
def backward_one_maximum(params, cache, y):
    power = np.exp(cache[2] - cache[2].max())
    p = power / power.sum(axis=1, keepdims=True)
    return from_dlogits(params, cache, (p - one_hot(p, y)) / len(y))


# --- backward: biases


@mistake(
    "backward",
    en="the gradients of the biases are not summed over the batch: a bias serves every row, and collects from each",
    zh="偏置的梯度没有沿批量求和：每一行用的是同一个偏置，它的梯度要把各行的贡献加起来",
)
def backward_bias_not_summed(params, cache, y):
    dlogits = logits_gradient(cache, y)
    return {**backward(params, cache, y), "b1": back_to_z(params, cache, dlogits), "b2": dlogits}


@mistake(
    "backward",
    en="the gradients of the biases keep an axis of length 1 (keepdims): b −= lr·db would then change b's shape",
    zh="偏置的梯度多留了一个长度为 1 的轴（keepdims）：用它更新偏置，形状就对不上了",
)
def backward_bias_keepdims(params, cache, y):
    found = backward(params, cache, y)
    return {**found, "b1": found["b1"][None], "b2": found["b2"][None]}


@mistake(
    "backward",
    en="the gradients of the biases are means over the batch: 1/N is in the gradient of the logits already, so add up",
    zh="偏置的梯度沿批量求了平均：logits 的梯度里已经有 1/N，这里应当求和",
)
def backward_bias_mean(params, cache, y):
    found = backward(params, cache, y)
    return {**found, "b1": found["b1"] / len(y), "b2": found["b2"] / len(y)}


@mistake(
    "backward",
    en="the gradients of the biases are summed over the wrong axis: add up the rows of the batch",
    zh="偏置的梯度求和时轴选错了：应当把批量的各行加起来",
)
def backward_bias_wrong_axis(params, cache, y):
    dlogits = logits_gradient(cache, y)
    db1 = back_to_z(params, cache, dlogits).sum(axis=1)
    return {**backward(params, cache, y), "b1": db1, "b2": dlogits.sum(axis=1)}


# --- backward: matrices


@mistake(
    "backward",
    en="the gradient of W2 is transposed: its shape is that of W2, [C, H]",
    zh="W2 的梯度转置反了：它的形状应与 W2 相同，即 [C, H]",
)
def backward_dw2_transposed(params, cache, y):
    found = backward(params, cache, y)
    return {**found, "W2": found["W2"].T}


@mistake(
    "backward",
    en="the gradient of W1 is transposed: its shape is that of W1, [H, D]",
    zh="W1 的梯度转置反了：它的形状应与 W1 相同，即 [H, D]",
)
def backward_dw1_transposed(params, cache, y):
    found = backward(params, cache, y)
    return {**found, "W1": found["W1"].T}


@mistake(
    "backward",
    en="the gradients of both matrices are transposed: their shapes are those of W1 and W2",
    zh="两个矩阵的梯度都转置反了：形状应分别与 W1、W2 相同",
)
def backward_both_transposed(params, cache, y):
    found = backward(params, cache, y)
    return {**found, "W1": found["W1"].T, "W2": found["W2"].T}


@mistake(
    "backward",
    en="on the way back W2 stands the wrong way round: ∂logits/∂h is W2 itself, and sizes that differ would show it",
    zh="往回传时 W2 的转置用反了：logits 对 h 的导数就是 W2 本身。四个大小不同时，形状就对不上了",
)
def backward_w2_transposed_in_dh(params, cache, y):
    dlogits = logits_gradient(cache, y)
    dz = (dlogits @ params["W2"].T) * (cache[1] > 0)
    return parameter_gradients(cache, dlogits, dz)


@mistake(
    "backward",
    en="W2 is updated before the gradient passes back through it: all gradients belong to one point. "
    "And params are not for `backward` to change",
    zh="梯度还没有往回穿过 W2，W2 就已经更新了：所有梯度都应当在同一个点上求。而且 backward 不应改动 params",
)
def backward_updates_w2_first(params, cache, y):
    dlogits = logits_gradient(cache, y)
    params["W2"] -= 0.1 * (dlogits.T @ cache[1])
    return from_dlogits(params, cache, dlogits)


@mistake(
    "backward",
    en="W2 moves by its gradient before the gradient passes back through it: all gradients belong to one point",
    zh="梯度还没有往回穿过 W2，W2 就先减去了自己的梯度：所有梯度都应当在同一个点上求",
)
def backward_through_updated_w2(params, cache, y):
    dlogits = logits_gradient(cache, y)
    moved = {**params, "W2": params["W2"] - dlogits.T @ cache[1]}
    return from_dlogits(moved, cache, dlogits)


# --- backward: the ReLU


@mistake(
    "backward",
    en="the ReLU is missing on the way back: where a unit was off, no gradient passes",
    zh="往回传时少了 ReLU：没有激活的单元，梯度传不过去",
)
def backward_mask_forgotten(params, cache, y):
    dlogits = logits_gradient(cache, y)
    return parameter_gradients(cache, dlogits, dlogits @ params["W2"])


@mistake(
    "backward",
    en="at a pre-activation of exactly 0 the gradient passes (>=); the slope there counts as 0",
    zh="预激活值恰好为 0 时也让梯度通过了（用了 >=）；这里约定 0 处的斜率为 0",
)
def backward_mask_at_zero(params, cache, y):
    x, dlogits = cache[0], logits_gradient(cache, y)
    z = x @ params["W1"].T + params["b1"]
    return parameter_gradients(cache, dlogits, (dlogits @ params["W2"]) * (z >= 0))


@mistake(
    "backward",
    en="the mask is taken from the sign of the gradient; it is the pre-activation's sign that decides",
    zh="遮蔽是按梯度的正负做的；起决定作用的应当是预激活值的正负",
)
def backward_mask_from_gradient(params, cache, y):
    dlogits = logits_gradient(cache, y)
    return parameter_gradients(cache, dlogits, np.maximum(dlogits @ params["W2"], 0))


@mistake(
    "backward",
    en="the gradient is multiplied by the ReLU's value; its slope is asked for, which is 0 or 1",
    zh="梯度乘上了 ReLU 的函数值；应当乘它的斜率，也就是 0 或 1",
)
def backward_relu_value_as_slope(params, cache, y):
    dlogits = logits_gradient(cache, y)
    return parameter_gradients(cache, dlogits, (dlogits @ params["W2"]) * cache[1])


@mistake(
    "backward",
    en="the mask reaches the gradient of W1 but not that of b1: both come from the gradient of the pre-activation",
    zh="遮蔽只用在了 W1 的梯度上，b1 的梯度漏掉了：两者都来自预激活值的梯度",
)
def backward_b1_unmasked(params, cache, y):
    unmasked = logits_gradient(cache, y) @ params["W2"]
    return {**backward(params, cache, y), "b1": unmasked.sum(axis=0)}


@mistake(
    "backward",
    en="the gradient of W2 is made from the pre-activations; what W2 multiplies is their ReLU",
    zh="W2 的梯度用的是预激活值；与 W2 相乘的其实是 ReLU 之后的值",
)
def backward_dw2_before_relu(params, cache, y):
    z = cache[0] @ params["W1"].T + params["b1"]
    return {**backward(params, cache, y), "W2": logits_gradient(cache, y).T @ z}
