"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import torch
from reference import sigmoid, sigmoid_grad, tanh, tanh_grad

from grader.checks import mistake

# --- sigmoid


@mistake(
    "sigmoid",
    en="the sign in the exponent is the other way round: the curve falls where it should rise",
    zh="指数的正负号反了：曲线本该上升，却在下降",
)
def sigmoid_exponent_sign(x):
    return 1 / (1 + torch.exp(x))


@mistake(
    "sigmoid",
    en="Python divides before it adds: parentheses are missing around the denominator",
    zh="Python 先算除法、后算加法：分母缺一对括号",
)
def sigmoid_parentheses(x):
    return 1 / 1 + torch.exp(-x)


@mistake(
    "sigmoid",
    en="the exponential overflows above and below the fraction bar for large x, and inf/inf is NaN; "
    "rearrange the fraction so that at most the denominator overflows",
    zh="x 很大时，分子和分母里的指数项都会上溢，inf/inf 得到 NaN；把分式变形，让上溢最多只出现在分母里",
)
def sigmoid_overflow(x):
    return torch.exp(x) / (1 + torch.exp(x))


@mistake(
    "sigmoid", en="the two terms of the denominator are subtracted, not added", zh="分母里的两项应当相加，这里却相减了"
)
def sigmoid_minus(x):
    return 1 / (1 - torch.exp(-x))


@mistake(
    "sigmoid",
    en="this is tanh: its values lie between -1 and 1, the sigmoid's between 0 and 1",
    zh="这是 tanh：它的取值在 -1 到 1 之间，而 sigmoid 的取值在 0 到 1 之间",
)
def sigmoid_is_tanh(x):
    return tanh(x)


@mistake("sigmoid", en="2.718 is too short for e; use torch.exp", zh="用 2.718 代替 e 不够精确，请用 torch.exp")
def sigmoid_short_e(x):
    return 1 / (1 + 2.718 ** (-x))


# --- tanh


@mistake(
    "tanh",
    en="for large |x| this fraction becomes inf/inf, which is NaN; "
    "rearrange it so that nothing in the numerator can overflow",
    zh="|x| 很大时，这个分式变成 inf/inf，得到 NaN；把它变形，让分子里没有会上溢的项",
)
def tanh_overflow(x):
    return (torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x))


@mistake(
    "tanh",
    en="for large positive x the exponential overflows above and below the fraction bar, and inf/inf is NaN",
    zh="x 是很大的正数时，分子和分母里的指数项都会上溢，inf/inf 得到 NaN",
)
def tanh_overflow_right(x):
    return (torch.exp(2 * x) - 1) / (torch.exp(2 * x) + 1)


@mistake(
    "tanh",
    en="for large negative x the exponential overflows above and below the fraction bar, and inf/inf is NaN",
    zh="x 是绝对值很大的负数时，分子和分母里的指数项都会上溢，inf/inf 得到 NaN",
)
def tanh_overflow_left(x):
    return (1 - torch.exp(-2 * x)) / (1 + torch.exp(-2 * x))


@mistake(
    "tanh",
    en="the sign is the other way round: tanh is positive for positive x",
    zh="正负号反了：x 为正时，tanh 也为正",
)
def tanh_sign(x):
    return -tanh(x)


@mistake(
    "tanh",
    en="the fraction is upside down: tanh stays between -1 and 1",
    zh="分子和分母颠倒了：tanh 的取值应在 -1 到 1 之间",
)
def tanh_upside_down(x):
    return 1 / tanh(x)


@mistake(
    "tanh", en="this is tanh of x/2: a factor 2 is missing in the exponent", zh="这是 x/2 处的 tanh：指数少了因子 2"
)
def tanh_of_half(x):
    return tanh(x / 2)


@mistake(
    "tanh",
    en="the sigmoid stands where tanh belongs: its values lie between 0 and 1, those of tanh between -1 and 1",
    zh="该用 tanh 的地方用成了 sigmoid：sigmoid 的取值在 0 到 1 之间，tanh 的取值在 -1 到 1 之间",
)
def tanh_is_sigmoid(x):
    return sigmoid(x)


# --- sigmoid_grad


@mistake(
    "sigmoid_grad",
    en="this is x·(1−x): the formula holds for the sigmoid's value, and x is the input",
    zh="这是 x·(1−x)：公式里要代入的是 sigmoid 的函数值，而 x 是输入",
)
def sigmoid_grad_input_as_value(x):
    return x * (1 - x)


@mistake(
    "sigmoid_grad",
    en="the sigmoid is applied twice: this is the derivative at sigmoid(x), not at x",
    zh="多套了一层 sigmoid：这是在 sigmoid(x) 处的导数，而不是在 x 处的",
)
def sigmoid_grad_at_the_value(x):
    return sigmoid_grad(sigmoid(x))


@mistake(
    "sigmoid_grad",
    en="a plus stands where a minus belongs: the sigmoid's slope is never above 1/4",
    zh="减号写成了加号：sigmoid 的斜率不会超过 1/4",
)
def sigmoid_grad_plus(x):
    s = sigmoid(x)
    return s * (1 + s)


@mistake(
    "sigmoid_grad",
    en="this is the sigmoid itself; its derivative is a product, and the second factor is missing",
    zh="这是 sigmoid 本身；它的导数是两个因子的乘积，这里缺了第二个",
)
def sigmoid_grad_second_factor(x):
    return sigmoid(x)


@mistake(
    "sigmoid_grad",
    en="this is 1 minus the sigmoid; the derivative is a product, and one factor is missing "
    "(or, in the quotient rule, the denominator is not squared)",
    zh="这是 1 减去 sigmoid；导数是两个因子的乘积，这里缺了一个（如果用的是商的求导法则，那就是分母忘了平方）",
)
def sigmoid_grad_first_factor(x):
    return 1 - sigmoid(x)


@mistake(
    "sigmoid_grad",
    en="the exponents above and below the fraction bar have opposite signs",
    zh="分子和分母里，指数的正负号不一致",
)
def sigmoid_grad_exponent_sign(x):
    return torch.exp(-x) / (1 + torch.exp(x)) ** 2


@mistake(
    "sigmoid_grad",
    en="for large negative x the exponential overflows above and below the fraction bar, and inf/inf is NaN; "
    "the value of sigmoid(x) gives the derivative without a new exponential",
    zh="x 是绝对值很大的负数时，分子和分母里的指数项都会上溢，inf/inf 得到 NaN；"
    "有了 sigmoid(x) 的值，不必再算新的指数项就能得到导数",
)
def sigmoid_grad_overflow_left(x):
    return torch.exp(-x) / (1 + torch.exp(-x)) ** 2


@mistake(
    "sigmoid_grad",
    en="this applies the rule of tanh, with a square, to the sigmoid",
    zh="这是把 tanh 的求导公式（带平方的那个）用到了 sigmoid 上",
)
def sigmoid_grad_rule_of_tanh(x):
    return 1 - sigmoid(x) ** 2


@mistake(
    "sigmoid_grad",
    en="the sign is wrong: the exponent −x has a derivative of its own; the sigmoid rises everywhere",
    zh="正负号错了：别忘了指数 −x 自己也要求导；sigmoid 处处上升，导数不会是负的",
)
def sigmoid_grad_sign(x):
    return -sigmoid_grad(x)


@mistake(
    "sigmoid_grad",
    en="parentheses are missing: Python multiplies before it subtracts, and everything cancels to 0",
    zh="少了括号：Python 先乘后减，结果全部抵消成 0",
)
def sigmoid_grad_parentheses(x):
    return torch.zeros_like(x)


# --- tanh_grad


@mistake(
    "tanh_grad",
    en="a plus stands where a minus belongs: the slope of tanh is never above 1",
    zh="减号写成了加号：tanh 的斜率不会超过 1",
)
def tanh_grad_plus(x):
    return 1 + tanh(x) ** 2


@mistake(
    "tanh_grad",
    en="the square is missing: the slope of tanh is the same at x and at −x",
    zh="忘了平方：tanh 在 x 和 −x 处的斜率应当相同",
)
def tanh_grad_square(x):
    return 1 - tanh(x)


@mistake(
    "tanh_grad",
    en="the square of x is taken: the formula holds for the value of tanh, and x is the input",
    zh="平方的是 x：公式里要代入的是 tanh 的函数值，而 x 是输入",
)
def tanh_grad_input_as_value(x):
    return 1 - x**2


@mistake(
    "tanh_grad",
    en="tanh is applied twice: this is the derivative at tanh(x), not at x",
    zh="多套了一层 tanh：这是在 tanh(x) 处的导数，而不是在 x 处的",
)
def tanh_grad_at_the_value(x):
    return tanh_grad(tanh(x))


@mistake(
    "tanh_grad",
    en="this applies the sigmoid's rule f·(1−f) to tanh, which has a rule of its own",
    zh="这是把 sigmoid 的公式 f·(1−f) 用到了 tanh 上；tanh 有自己的公式",
)
def tanh_grad_rule_of_sigmoid(x):
    t = tanh(x)
    return t * (1 - t)


@mistake(
    "tanh_grad",
    en="the difference is the other way round: tanh rises everywhere, so its derivative is never negative",
    zh="减法的顺序反了：tanh 处处上升，导数不会是负的",
)
def tanh_grad_sign(x):
    return tanh(x) ** 2 - 1


@mistake("tanh_grad", en="this is the derivative of the sigmoid, not of tanh", zh="这是 sigmoid 的导数，不是 tanh 的")
def tanh_grad_is_sigmoid_grad(x):
    return sigmoid_grad(x)


@mistake("tanh_grad", en="this is 1/cosh(x): it still has to be squared", zh="这是 1/cosh(x)，还差一个平方")
def tanh_grad_unsquared(x):
    return 1 / torch.cosh(x)


@mistake(
    "tanh_grad",
    en="exactly half of the derivative: in the chain rule, the inner function 2x has a derivative too",
    zh="恰好是正确结果的一半：用链式法则时，内层函数 2x 也要求导",
)
def tanh_grad_chain_rule(x):
    return tanh_grad(x) / 2


# --- tanh_from_sigmoid


@mistake(
    "tanh_from_sigmoid",
    en="the sigmoid is taken at x; compare the exponents of both functions",
    zh="sigmoid 是在 x 处取值的；对照一下两个函数的指数",
)
def tanh_from_sigmoid_inner_factor(x):
    return 2 * sigmoid(x) - 1


@mistake(
    "tanh_from_sigmoid",
    en="the sigmoid is taken at x/2: the factor is the wrong way round",
    zh="sigmoid 是在 x/2 处取值的：因子用反了",
)
def tanh_from_sigmoid_halved(x):
    return 2 * sigmoid(x / 2) - 1


@mistake(
    "tanh_from_sigmoid",
    en="the curve reaches from -1 to 0: it is shifted, and not stretched from height 1 to height 2",
    zh="曲线只从 -1 走到 0：平移了，但没有把高度从 1 拉伸到 2",
)
def tanh_from_sigmoid_outer_factor(x):
    return sigmoid(2 * x) - 1


@mistake(
    "tanh_from_sigmoid",
    en="the curve reaches from 0 to 2: it is stretched, and not shifted down",
    zh="曲线从 0 走到 2：拉伸了，但没有向下平移",
)
def tanh_from_sigmoid_shift(x):
    return 2 * sigmoid(2 * x)


@mistake(
    "tanh_from_sigmoid",
    en="the curve reaches from -2 to 0: it is shifted before it is stretched; mind the parentheses",
    zh="曲线从 -2 走到 0：先平移、后拉伸了，注意括号的位置",
)
def tanh_from_sigmoid_parentheses(x):
    return 2 * (sigmoid(2 * x) - 1)


@mistake(
    "tanh_from_sigmoid",
    en="the sigmoid at 2x is neither stretched nor shifted: its values lie between 0 and 1",
    zh="sigmoid 在 2x 处的值既没有拉伸，也没有平移：取值还在 0 到 1 之间",
)
def tanh_from_sigmoid_unscaled(x):
    return sigmoid(2 * x)


@mistake(
    "tanh_from_sigmoid",
    en="the values are those of tanh, but they do not come from this file's sigmoid: call `sigmoid` by its name",
    zh="数值确实是 tanh 的，但不是由本文件里的 sigmoid 算出来的：请直接调用 `sigmoid`",
)
def tanh_from_sigmoid_not_called(x):
    return tanh(x)
