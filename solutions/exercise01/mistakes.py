"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import torch
from reference import neuron, neuron_batch

from grader.checks import mistake

# --- neuron


@mistake(
    "neuron",
    en="the bias is missing: it belongs to the sum that f is applied to",
    zh="没有加偏置：它是和的一部分，要先加上再交给 f",
)
def neuron_without_bias(a, w, b, f):
    return f((a * w).sum())


@mistake(
    "neuron",
    en="the bias is subtracted; that is right for a threshold, and a bias is minus the threshold",
    zh="偏置被减掉了：减去的应是阈值，而偏置是阈值的相反数",
)
def neuron_bias_as_threshold(a, w, b, f):
    return f((a * w).sum() - b)


@mistake("neuron", en="b is added after f; the bias belongs inside", zh="b 加在了 f 之后；偏置应当放在 f 里面")
def neuron_bias_after_f(a, w, b, f):
    return f((a * w).sum()) + b


@mistake(
    "neuron",
    en="b is added to every product, so D times in all; a neuron has one bias, added once",
    zh="每个乘积都加了一次 b，总共加了 D 次；一个神经元只有一个偏置，只加一次",
)
def neuron_bias_in_every_term(a, w, b, f):
    return f((a * w + b).sum())


@mistake(
    "neuron",
    en="f is applied to each product before they are added; first the sum, then f",
    zh="先对每个乘积用了 f，再求和；应当先求和，再用 f",
)
def neuron_f_on_products(a, w, b, f):
    return f(a * w).sum() + b


@mistake("neuron", en="f is never applied: this is its argument, z", zh="没有用 f：返回的是它的自变量 z")
def neuron_without_f(a, w, b, f):
    return (a * w).sum() + b


@mistake("neuron", en="f is applied twice, one upon the other", zh="f 用了两次：套了两层")
def neuron_f_twice(a, w, b, f):
    return f(f((a * w).sum() + b))


@mistake("neuron", en="this is always the sigmoid, whichever f was handed in", zh="无论传入什么 f，用的总是 sigmoid")
def neuron_always_sigmoid(a, w, b, f):
    return torch.sigmoid((a * w).sum() + b)


@mistake(
    "neuron",
    en="f gets −z: the minus sign of e^(−z) belongs into the sigmoid, not before every f",
    zh="交给 f 的是 −z：e^(−z) 里的负号属于 sigmoid 自己，不该加到每个 f 前面",
)
def neuron_minus_z(a, w, b, f):
    return f(-((a * w).sum() + b))


@mistake("neuron", en="the products are averaged; a neuron adds them up", zh="对各个乘积取了平均；神经元做的是求和")
def neuron_mean(a, w, b, f):
    return f((a * w).mean() + b)


@mistake(
    "neuron",
    en="the inputs are added up first, and so are the weights: each input must meet its own weight",
    zh="先把输入加起来、把权重也加起来，再相乘：每个输入应当乘以自己的权重",
)
def neuron_product_of_sums(a, w, b, f):
    return f(a.sum() * w.sum() + b)


@mistake(
    "neuron",
    en="the products are never added up, so that there are D results; a neuron has one",
    zh="各个乘积没有求和，得到了 D 个结果；一个神经元只有一个输出",
)
def neuron_without_sum(a, w, b, f):
    return f(a * w + b)


@mistake(
    "neuron",
    en="z = b is no copy: adding to z in place changes b itself, too",
    zh="z = b 并不是复制：对 z 做原地加法，b 也跟着变了",
)
def neuron_adds_into_b(a, w, b, f):
    z = b
    for i in range(len(a)):
        z += a[i] * w[i]
    return f(z)


@mistake(
    "neuron",
    en="the result has an axis of length 1; one number is a 0-d tensor, of shape []",
    zh="结果多了一个长度为 1 的轴；单独一个数应当是 0 维张量，形状为 []",
)
def neuron_one_axis(a, w, b, f):
    return f((a * w).sum(dim=0, keepdim=True) + b)


@mistake(
    "neuron",
    en="this is a Python number, taken out with item(); keep the tensor",
    zh="这是用 item() 取出来的 Python 数；请保留张量",
)
def neuron_item(a, w, b, f):
    return f((a * w).sum() + b).item()


@mistake(
    "neuron",
    en="f is called with a Python number, taken out with item(); f takes a tensor",
    zh="交给 f 的是用 item() 取出来的 Python 数；f 接收的是张量",
)
def neuron_f_of_a_number(a, w, b, f):
    z = (a * w).sum().item() + b.item()
    return torch.tensor(f(z), dtype=a.dtype)


@mistake(
    "neuron",
    en="the result is float64 whatever the inputs are; it should keep their dtype",
    zh="无论输入是什么类型，结果都是 float64；它应当保持输入的 dtype",
)
def neuron_double(a, w, b, f):
    return neuron(a, w, b, f).double()


# --- neuron_batch


@mistake(
    "neuron_batch",
    en="W is [M, D], and A @ W fits only where M = D: the transpose is missing",
    zh="W 的形状是 [M, D]，A @ W 只有在 M = D 时才凑巧能算：少了转置",
)
def batch_w_untransposed(A, W, b, f):
    return f(A @ W + b)


@mistake(
    "neuron_batch",
    en="view to [D, M] reads the same numbers in the same order, row by row; that is no transpose",
    zh="用 view 变成 [D, M]，只是把同样的数按原来的顺序重新分行，并不是转置",
)
def batch_view_as_transpose(A, W, b, f):
    return f(A @ W.reshape(W.shape[1], W.shape[0]).clone() + b)


@mistake(
    "neuron_batch",
    en="the bias goes down the columns, one per sample; there is one per neuron, and neurons stand side by side",
    zh="偏置加错了方向，成了每个样本一个；偏置是每个神经元一个，而神经元是横着排的",
)
def batch_bias_on_the_wrong_axis(A, W, b, f):
    return f(A @ W.T + b.reshape(-1, 1))


@mistake("neuron_batch", en="the biases are missing", zh="没有加偏置")
def batch_without_bias(A, W, b, f):
    return f(A @ W.T)


@mistake("neuron_batch", en="b is added after f; the bias belongs inside", zh="b 加在了 f 之后；偏置应当放在 f 里面")
def batch_bias_after_f(A, W, b, f):
    return f(A @ W.T) + b


@mistake(
    "neuron_batch",
    en="only one of the biases is added, to every neuron; each neuron has its own",
    zh="给所有神经元加的是同一个偏置；每个神经元有自己的偏置",
)
def batch_first_bias(A, W, b, f):
    return f(A @ W.T + b[0])


@mistake("neuron_batch", en="f is never applied", zh="没有用 f")
def batch_without_f(A, W, b, f):
    return A @ W.T + b


@mistake(
    "neuron_batch",
    en="f is applied twice: neuron does it already, and so once more is too often",
    zh="f 用了两次：neuron 里已经用过，外面不必再用",
)
def batch_f_twice(A, W, b, f):
    return f(neuron_batch(A, W, b, f))


@mistake(
    "neuron_batch",
    en="this is the transpose of the right answer: samples go down, neurons across",
    zh="结果整个转置了：一行应当对应一个样本，一列对应一个神经元",
)
def batch_transposed(A, W, b, f):
    return f(W @ A.T + b.reshape(-1, 1))


@mistake(
    "neuron_batch",
    en="* multiplies element by element and adds nothing up; the matrix product is @",
    zh="* 是逐元素相乘，并不求和；矩阵乘法是 @",
)
def batch_elementwise(A, W, b, f):
    return f(A * W.T + b)


@mistake(
    "neuron_batch",
    en="the loop over the neurons runs to the number of inputs, D, and there are M neurons",
    zh="遍历神经元的循环跑了 D 次，也就是输入的个数；神经元有 M 个",
)
def batch_loop_over_inputs(A, W, b, f):
    return torch.stack([torch.stack([neuron(a, W[m], b[m], f) for m in range(A.shape[1])]) for a in A])


@mistake(
    "neuron_batch",
    en="squeeze also drops the axis of a batch of one: the result is [N, M], also for N = 1",
    zh="只有一个样本时，squeeze 把样本轴也去掉了：即使 N = 1，结果的形状也是 [N, M]",
)
def batch_squeezes_samples(A, W, b, f):
    return neuron_batch(A, W, b, f).squeeze(0)


@mistake(
    "neuron_batch",
    en="squeeze also drops the axis of a single neuron: the result is [N, M], also for M = 1",
    zh="只有一个神经元时，squeeze 把神经元轴也去掉了：即使 M = 1，结果的形状也是 [N, M]",
)
def batch_squeezes_neurons(A, W, b, f):
    return neuron_batch(A, W, b, f).squeeze(-1)


@mistake(
    "neuron_batch",
    en="without a dtype torch.zeros makes float32, whatever is written into it; let it have that of A",
    zh="不写 dtype 时，torch.zeros 得到的是 float32，往里写什么都会变成 float32；让它与 A 的 dtype 相同",
)
def batch_filled_float32(A, W, b, f):
    out = torch.zeros(A.shape[0], W.shape[0])
    out[:] = neuron_batch(A, W, b, f)
    return out


@mistake(
    "neuron_batch",
    en="the result is float64 whatever the inputs are; it should keep their dtype",
    zh="无论输入是什么类型，结果都是 float64；它应当保持输入的 dtype",
)
def batch_double(A, W, b, f):
    return neuron_batch(A, W, b, f).double()
