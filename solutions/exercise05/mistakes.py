"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from reference import collapse, count_parameters, linear, mlp_forward

from grader.checks import mistake

# --- linear


@mistake(
    "linear",
    en="W is [M, D], and x @ W fits only where M = D: the transpose is missing",
    zh="W 的形状是 [M, D]，x @ W 只有在 M = D 时才凑巧能算：少了转置",
)
def linear_untransposed(x, W, b):
    return x @ W + b


@mistake(
    "linear",
    en="Wx + b is for one sample as a column; in a batch the samples are rows",
    zh="Wx + b 是把单个样本写成一列时的公式；批量里每个样本是一行",
)
def linear_columns(x, W, b):
    return W @ x + b


@mistake(
    "linear",
    en="* multiplies element by element and adds nothing up; the matrix product is @",
    zh="* 是逐元素相乘，并不求和；矩阵乘法是 @",
)
def linear_elementwise(x, W, b):
    return x * W + b


@mistake(
    "linear",
    en="torch.mm takes matrices only, and x may have one axis, or three; @ takes them all",
    zh="torch.mm 只接受矩阵，而 x 可能只有一个轴，也可能有三个；@ 都能处理",
)
def linear_mm(x, W, b):
    return torch.mm(x, W.T) + b


@mistake("linear", en="the biases are missing", zh="没有加偏置")
def linear_without_bias(x, W, b):
    return x @ W.T


@mistake(
    "linear",
    en="the bias goes down the columns, one per sample; there is one per neuron, along the last axis",
    zh="偏置加错了方向，成了每个样本一个；偏置是每个神经元一个，沿最后一个轴排列",
)
def linear_bias_on_the_wrong_axis(x, W, b):
    return x @ W.T + b.reshape(-1, 1)


@mistake(
    "linear",
    en="this is the transpose of the right answer: samples come before neurons",
    zh="结果整个转置了：样本的轴在前，神经元的轴在后",
)
def linear_transposed(x, W, b):
    result = x @ W.T + b
    return result.permute(*reversed(range(result.ndim))).clone()


@mistake(
    "linear",
    en="the axes before the last one are merged into one, so that the result is a matrix; they stay as they are",
    zh="最后一个轴之前的几个轴被合并成了一个，结果成了矩阵；它们应当保持不变",
)
def linear_merges_axes(x, W, b):
    return linear(x.reshape(-1, W.shape[1]) if x.ndim > 1 else x, W, b)


@mistake(
    "linear",
    en="one sample [D] comes back as a batch of one, [1, M]; it should be [M]",
    zh="单个样本 [D] 变成了只有一行的批量 [1, M]；应当是 [M]",
)
def linear_batch_of_one(x, W, b):
    return torch.atleast_2d(x) @ W.T + b


@mistake(
    "linear",
    en="everything behind the first axis is flattened into one; only the last axis holds the inputs",
    zh="第一个轴之后的所有轴都被展平成一个了；只有最后一个轴是输入",
)
def linear_flattens(x, W, b):
    return torch.flatten(x, start_dim=min(1, x.ndim - 1)) @ W.T + b


@mistake(
    "linear",
    en="a list of rows is stacked, and a batch may have none: an empty list can't be stacked",
    zh="把各行的结果收进列表再叠起来；但批量里可能一行也没有，空列表无法叠",
)
def linear_stacks_rows(x, W, b):
    rows = [W @ row + b for row in x.reshape(-1, W.shape[1])]
    return torch.stack(rows).reshape(*x.shape[:-1], len(b))


@mistake(
    "linear",
    en="without a dtype torch.zeros makes float32, whatever is written into it; let it have that of x",
    zh="不写 dtype 时，torch.zeros 得到的是 float32，往里写什么都会变成 float32；让它与 x 的 dtype 相同",
)
def linear_filled_float32(x, W, b):
    out = torch.zeros(*x.shape[:-1], len(b))
    out[...] = linear(x, W, b)
    return out


@mistake(
    "linear",
    en="the result is float64 whatever the inputs are; it should keep their dtype",
    zh="无论输入是什么类型，结果都是 float64；它应当保持输入的 dtype",
)
def linear_double(x, W, b):
    return linear(x, W, b).double()


# --- mlp_forward


@mistake(
    "mlp_forward",
    en="f comes after the last layer, too; its output stays as it is",
    zh="最后一层之后也用了 f；它的输出应当保持原样",
)
def mlp_f_after_the_last(x, params, f):
    return f(mlp_forward(x, params, f))


@mistake(
    "mlp_forward",
    en="f is never applied: without it the stack is no more than a single layer",
    zh="没有用 f：没有它，叠多少层也只相当于一层",
)
def mlp_without_f(x, params, f):
    return mlp_forward(x, params, lambda z: z)


@mistake(
    "mlp_forward",
    en="f is applied once only, after the first layer; it comes after each one but the last",
    zh="f 只在第一层之后用了一次；除最后一层外，每层之后都要用",
)
def mlp_f_after_the_first_only(x, params, f):
    for i, (W, b) in enumerate(params):
        x = linear(x, W, b)
        x = f(x) if i == 0 and len(params) > 1 else x
    return x


@mistake(
    "mlp_forward",
    en="f is applied to each layer's input, also to x itself; it comes between the layers",
    zh="每层的输入都先用了 f，连 x 自己也用了；f 应当用在层与层之间",
)
def mlp_f_on_the_input(x, params, f):
    return mlp_forward(f(x), params, f)


@mistake(
    "mlp_forward",
    en="the first and the last layer are taken apart, and there may be only one layer, which is both",
    zh="第一层和最后一层是分别取出来的；但可能总共只有一层，它既是第一层又是最后一层",
)
def mlp_needs_two(x, params, f):
    first, *_, last = params
    return mlp_forward(x, [first, *params[1:-1], last], f)


@mistake("mlp_forward", en="this is always the ReLU, whichever f was handed in", zh="无论传入什么 f，用的总是 ReLU")
def mlp_always_relu(x, params, f):
    return mlp_forward(x, params, torch.relu)


@mistake("mlp_forward", en="f is applied twice, one upon the other", zh="f 用了两次：套了两层")
def mlp_f_twice(x, params, f):
    return mlp_forward(x, params, lambda z: f(f(z)))


@mistake(
    "mlp_forward",
    en="every layer is given the network's input x; from the second on it should get what the one before gave",
    zh="每一层拿到的都是网络的输入 x；从第二层起，应当用前一层的输出",
)
def mlp_each_layer_on_x(x, params, f):
    for W, b in params[:-1]:
        f(linear(x, W, b))
    return linear(x, *params[-1])


@mistake(
    "mlp_forward", en="the layers are applied from the last to the first", zh="各层的顺序反了：是从最后一层往前算的"
)
def mlp_backwards(x, params, f):
    return mlp_forward(x, params[::-1], f)


@mistake(
    "mlp_forward",
    en="the last layer is left out: this is what would go into it",
    zh="漏掉了最后一层：返回的是本该输入最后一层的数",
)
def mlp_without_the_last(x, params, f):
    for W, b in params[:-1]:
        x = f(linear(x, W, b))
    return x.clone()


@mistake("mlp_forward", en="the layers' biases are missing", zh="各层都没有加偏置")
def mlp_without_biases(x, params, f):
    return mlp_forward(x, [(W, torch.zeros_like(b)) for W, b in params], f)


@mistake(
    "mlp_forward",
    en="params.pop() takes the last layer out of the caller's list, too: leave params as it was",
    zh="params.pop() 把调用者的列表也改了，少了最后一层；params 不能改动",
)
def mlp_pops(x, params, f):
    W, b = params.pop()
    for V, c in params:
        x = f(linear(x, V, c))
    return linear(x, W, b)


@mistake(
    "mlp_forward",
    en="the result is always a matrix; the axes of x before the last one stay as they are",
    zh="结果总是一个矩阵；x 最后一个轴之前的轴应当保持不变",
)
def mlp_always_a_matrix(x, params, f):
    return mlp_forward(x.reshape(-1, x.shape[-1]), params, f)


@mistake(
    "mlp_forward",
    en="the result is float64 whatever the inputs are; it should keep their dtype",
    zh="无论输入是什么类型，结果都是 float64；它应当保持输入的 dtype",
)
def mlp_double(x, params, f):
    return mlp_forward(x, params, f).double()


# --- count_parameters


@mistake("count_parameters", en="these are the weights alone; the biases count, too", zh="只数了权重；偏置也要算")
def count_weights(sizes):
    return sum(d * m for d, m in pairwise(sizes))


@mistake(
    "count_parameters",
    en="a bias for each input of a layer; there is one for each of its outputs",
    zh="给每个输入都算了一个偏置；偏置是每个输出一个",
)
def count_bias_per_input(sizes):
    return sum(d * m + d for d, m in pairwise(sizes))


@mistake(
    "count_parameters",
    en="the network's inputs are given biases, too; only layers have some",
    zh="给网络的输入也算了偏置；只有层才有偏置",
)
def count_biases_of_inputs(sizes):
    return count_weights(sizes) + sum(sizes) if len(sizes) > 1 else 0


@mistake(
    "count_parameters", en="one bias per layer; there is one per neuron", zh="每层只算了一个偏置；偏置是每个神经元一个"
)
def count_bias_per_layer(sizes):
    return sum(d * m + 1 for d, m in pairwise(sizes))


@mistake("count_parameters", en="the last layer is left out", zh="漏掉了最后一层")
def count_without_the_last(sizes):
    return count_parameters(sizes[:-1])


@mistake(
    "count_parameters",
    en="only the step from the first size to the last is counted; each size is connected with the next",
    zh="只数了从第一个大小直接到最后一个大小；其实每个大小都与下一个相连",
)
def count_first_to_last(sizes):
    return count_parameters([sizes[0], *sizes[1:][-1:]])


@mistake(
    "count_parameters",
    en="all sizes are multiplied; the layers' numbers add up",
    zh="把所有大小乘在了一起；各层的参数个数应当相加",
)
def count_product(sizes):
    return math.prod(sizes) + sum(sizes[1:]) if len(sizes) > 1 else 0


@mistake(
    "count_parameters",
    en="these are the neurons; each has as many weights as it has inputs, and a bias",
    zh="这数的是神经元；每个神经元的权重与它的输入一样多，另有一个偏置",
)
def count_neurons(sizes):
    return sum(sizes[1:])


@mistake(
    "count_parameters",
    en="the last layer's biases are left out; it has no f after it, but it has biases",
    zh="漏掉了最后一层的偏置；它之后没有 f，但偏置是有的",
)
def count_last_without_bias(sizes):
    return count_parameters(sizes) - sum(sizes[1:][-1:])


@mistake("count_parameters", en="this is a float; a number of things is an int", zh="这是浮点数；个数应当是 int")
def count_as_float(sizes):
    return float(count_parameters(sizes))


@mistake(
    "count_parameters",
    en="inputs alone are no layer: one size has 0 parameters",
    zh="只有输入，并没有层：只有一个大小时，参数个数是 0",
)
def count_inputs_alone(sizes):
    return count_parameters(sizes) if len(sizes) > 1 else sizes[0]


# --- collapse


@mistake(
    "collapse",
    en="the matrices are multiplied in the wrong order: the layer that comes later stands on the left",
    zh="矩阵相乘的顺序反了：后面的层应当写在左边",
)
def collapse_order(params):
    W, b = params[0]
    for V, c in params[1:]:
        W, b = W @ V, V @ b + c
    return W, b


@mistake(
    "collapse",
    en="the biases are added up; each passes through the weights of the layers after it first",
    zh="偏置是直接相加的；其实每个偏置都要先经过后面各层的权重",
)
def collapse_adds_biases(params):
    return collapse(params)[0], sum(b for _, b in params)


@mistake(
    "collapse",
    en="this is the last layer's bias; those before it reach the output, too",
    zh="只有最后一层的偏置；前面各层的偏置也会传到输出",
)
def collapse_last_bias(params):
    return collapse(params)[0], params[-1][1].clone()


@mistake("collapse", en="the last layer's bias is missing", zh="漏掉了最后一层的偏置")
def collapse_without_the_last_bias(params):
    return collapse([*params[:-1], (params[-1][0], torch.zeros_like(params[-1][1]))])


@mistake(
    "collapse",
    en="a layer's bias passes through its own weights; only what comes from the layers before does",
    zh="偏置经过了自己这一层的权重；只有前面各层传来的才经过它",
)
def collapse_bias_through_own_weights(params):
    W, b = params[0]
    for V, c in params[1:]:
        W, b = V @ W, V @ (b + c)
    return W, b


@mistake(
    "collapse",
    en="the bias is made with the new W; it needs the weights of this layer alone",
    zh="算偏置时用的是已经更新过的 W；应当只用这一层的权重",
)
def collapse_bias_by_the_new_weights(params):
    W, b = params[0]
    for V, c in params[1:]:
        W = V @ W
        b = W @ b + c
    return W, b


@mistake("collapse", en="W is transposed: its shape is [C, D]", zh="W 转置了：它的形状应当是 [C, D]")
def collapse_transposed(params):
    W, b = collapse(params)
    return W.T.clone(), b


@mistake(
    "collapse",
    en="* multiplies element by element; one layer upon another is the matrix product, @",
    zh="* 是逐元素相乘；两层相叠对应的是矩阵乘法 @",
)
def collapse_elementwise(params):
    W, b = params[0]
    for V, c in params[1:]:
        W, b = V * W, V @ b + c
    return W, b


@mistake(
    "collapse",
    en="b has an axis too many: its shape is [C], not [1, C]",
    zh="b 多了一个轴：它的形状是 [C]，而不是 [1, C]",
)
def collapse_bias_as_row(params):
    W, b = collapse(params)
    return W, b[None]


@mistake("collapse", en="only two layers become one; there may be any number", zh="只合并了两层；层数可以是任意的")
def collapse_two(params):
    return collapse(params[:2])


@mistake("collapse", en="it begins with two layers, and there may be only one", zh="一开始就取了两层；但可能只有一层")
def collapse_needs_two(params):
    (W, b), (V, c) = params[0], params[1]
    return collapse([(V @ W, V @ b + c), *params[2:]])


@mistake(
    "collapse",
    en="it is written for three layers, and there may be any number",
    zh="这是按三层写死的；层数可以是任意的",
)
def collapse_three(params):
    (W1, b1), (W2, b2), (W3, b3) = params
    return W3 @ W2 @ W1, W3 @ (W2 @ b1 + b2) + b3


@mistake(
    "collapse",
    en="a bias in params is changed (+= works in place); leave params as it was",
    zh="改动了 params 里的偏置（+= 是原地运算）；params 不能改动",
)
def collapse_in_place(params):
    W, b = params[0]
    for V, c in params[1:]:
        c += V @ b
        W, b = V @ W, c
    return W, b


@mistake(
    "collapse",
    en="without a dtype torch.eye makes float32; let it have that of the weights",
    zh="不写 dtype 时，torch.eye 得到的是 float32；让它与权重的 dtype 相同",
)
def collapse_from_a_float32_eye(params):
    inputs = params[0][0].shape[1]
    W, b = torch.eye(inputs), torch.zeros(inputs)
    for V, c in params:
        W, b = V @ W, V @ b + c
    return W, b


@mistake(
    "collapse",
    en="W and b are float64 whatever the layers are; they should keep their dtype",
    zh="无论各层是什么类型，W 和 b 都是 float64；应当保持各层的 dtype",
)
def collapse_double(params):
    W, b = collapse(params)
    return W.double(), b.double()
