"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import torch
from reference import elu, elu_grad, gradient_through_depth, leaky_relu, leaky_relu_grad, relu, relu_grad

from grader.checks import mistake


def choose(x, above, else_):
    """`above` where x > 0, else `else_`."""
    return torch.where(x > 0, above, else_)


# --- relu


@mistake("relu", en="negative inputs come back as positive numbers: this is |x|", zh="负的输入变成了正数：这是 |x|")
def relu_absolute_value(x):
    return x.abs()


@mistake(
    "relu",
    en="the wrong half is kept: positive inputs pass, negative ones become 0",
    zh="留反了：正数应当原样通过，负数变成 0",
)
def relu_other_half(x):
    return torch.clamp(x, max=0)


@mistake(
    "relu",
    en="this is the step from 0 to 1, the derivative; relu itself returns the positive inputs as they are",
    zh="这是从 0 跳到 1 的阶跃，也就是导数；relu 本身应当把正的输入原样返回",
)
def relu_is_its_gradient(x):
    return relu_grad(x)


@mistake(
    "relu",
    en="the input itself is changed: write into a copy, or build a new tensor",
    zh="改动了输入本身：请写到副本里，或者直接构造新张量",
)
def relu_in_place(x):
    x[x < 0] = 0
    return x


@mistake(
    "relu",
    en="the values are right, but the graph is cut: detach, .data and NumPy hide from autograd where a number is from",
    zh="数值正确，但计算图断了：经过 detach、.data 或 NumPy 之后，自动微分就不知道数是从哪里来的了",
)
def relu_cuts_the_graph(x):
    return torch.clamp(x.detach(), min=0)


# --- relu_grad


@mistake(
    "relu_grad", en="at exactly 0 the derivative counts as 0 here, not as 1", zh="恰好为 0 处，导数约定为 0，不是 1"
)
def relu_grad_one_at_zero(x):
    return (x >= 0).to(x.dtype)


@mistake(
    "relu_grad", en="at exactly 0 the derivative counts as 0 here, not as ½", zh="恰好为 0 处，导数约定为 0，不是 ½"
)
def relu_grad_half_at_zero(x):
    return (torch.sign(x) + 1) / 2


@mistake(
    "relu_grad",
    en="this is relu itself; the slope of x is 1, however large x is",
    zh="这是 relu 本身；不管 x 多大，x 的斜率都是 1",
)
def relu_grad_is_relu(x):
    return relu(x)


@mistake(
    "relu_grad",
    en="for negative inputs the slope is −1 here: this is the sign of x, the derivative of |x|",
    zh="负数处的斜率成了 −1：这是 x 的符号，是 |x| 的导数",
)
def relu_grad_is_sign(x):
    return torch.sign(x)


@mistake(
    "relu_grad",
    en="a comparison gives True and False; the derivative is a number of the dtype of x",
    zh="比较得到的是 True 和 False；导数应当是数，dtype 与 x 相同",
)
def relu_grad_bool(x):
    return x > 0


@mistake(
    "relu_grad",
    en="the result is float32 whatever x is; take the dtype from x",
    zh="不管 x 是什么 dtype，结果都是 float32；dtype 应当取自 x",
)
def relu_grad_always_float32(x):
    return (x > 0).float()


@mistake(
    "relu_grad",
    en="the result is float64 whatever x is; take the dtype from x",
    zh="不管 x 是什么 dtype，结果都是 float64；dtype 应当取自 x",
)
def relu_grad_always_float64(x):
    return (x > 0).double()


# --- leaky_relu


@mistake(
    "leaky_relu",
    en="the larger of x and slope·x is the right one only for slopes between 0 and 1; choose by the sign of x",
    zh="取 x 和 slope·x 中较大者，只有 slope 在 0 到 1 之间时才对；应当按 x 的正负来选",
)
def leaky_relu_maximum(x, slope):
    return torch.maximum(x, slope * x)


@mistake(
    "leaky_relu",
    en="the slope is on the wrong side: positive inputs pass unchanged",
    zh="slope 用错了一侧：正的输入应当原样通过",
)
def leaky_relu_other_side(x, slope):
    return choose(x, slope * x, x)


@mistake(
    "leaky_relu",
    en="both sides are multiplied by the slope: that leaves no bend",
    zh="两侧都乘了 slope：这样就没有拐弯了",
)
def leaky_relu_both_sides(x, slope):
    return slope * x


@mistake(
    "leaky_relu",
    en="negative inputs become the slope itself, a constant; they must be multiplied by it",
    zh="负的输入变成了 slope 这个常数；应当是乘以 slope",
)
def leaky_relu_constant(x, slope):
    return choose(x, x, slope)


@mistake(
    "leaky_relu", en="the slope is always 0.01 here, whatever is handed in", zh="不管传入什么，这里的斜率总是 0.01"
)
def leaky_relu_fixed_slope(x, slope):
    return choose(x, x, 0.01 * x)


@mistake(
    "leaky_relu",
    en="the sign is wrong on the negative side: for a positive slope, negative inputs stay negative",
    zh="负的一侧符号错了：slope 为正时，负的输入仍应是负数",
)
def leaky_relu_sign(x, slope):
    return choose(x, x, -slope * x)


@mistake("leaky_relu", en="this is relu: nothing leaks", zh="这是 relu：负的一侧什么都没有漏过来")
def leaky_relu_without_leak(x, slope):
    return relu(x)


@mistake(
    "leaky_relu",
    en="an if per element, along one axis: inputs may have any number of axes, none included",
    zh="沿一个轴逐个元素用 if 判断：输入可以有任意多个轴，也可以没有轴",
)
def leaky_relu_one_axis(x, slope):
    return torch.stack([value if value > 0 else slope * value for value in x])


# --- leaky_relu_grad


@mistake(
    "leaky_relu_grad",
    en="at exactly 0 the derivative counts as the slope here, not as 1",
    zh="恰好为 0 处，导数约定为 slope，不是 1",
)
def leaky_relu_grad_one_at_zero(x, slope):
    return torch.where(x >= 0, torch.ones_like(x), slope)


@mistake(
    "leaky_relu_grad",
    en="at exactly 0 the derivative counts as the slope here, not as 0",
    zh="恰好为 0 处，导数约定为 slope，不是 0",
)
def leaky_relu_grad_zero_at_zero(x, slope):
    return leaky_relu_grad(x, slope) * (x != 0)


@mistake("leaky_relu_grad", en="this is leaky_relu itself, not its derivative", zh="这是 leaky_relu 本身，不是它的导数")
def leaky_relu_grad_is_the_value(x, slope):
    return leaky_relu(x, slope)


@mistake(
    "leaky_relu_grad",
    en="on the negative side stands slope·x, which is the value; its derivative no longer contains x",
    zh="负的一侧是 slope·x，那是函数值；它的导数里不再有 x",
)
def leaky_relu_grad_keeps_x(x, slope):
    return choose(x, torch.ones_like(x), slope * x)


@mistake(
    "leaky_relu_grad",
    en="this is the derivative of relu: on the negative side the slope is not 0",
    zh="这是 relu 的导数：在负的一侧，斜率不是 0",
)
def leaky_relu_grad_without_leak(x, slope):
    return relu_grad(x)


@mistake(
    "leaky_relu_grad",
    en="where between two Python numbers gives float32 whatever x is; one of them must be a tensor like x",
    zh="where 的两个选项都是 Python 数时，不管 x 是什么 dtype，结果都是 float32；其中一个要换成与 x 同类的张量",
)
def leaky_relu_grad_default_dtype(x, slope):
    return torch.where(x > 0, 1.0, float(slope))


@mistake(
    "leaky_relu_grad",
    en="this is the derivative of the larger of x and slope·x, which is leaky_relu only for slopes between 0 and 1",
    zh="这是“x 和 slope·x 中较大者”的导数，只有 slope 在 0 到 1 之间时才是 leaky_relu 的导数",
)
def leaky_relu_grad_of_maximum(x, slope):
    return torch.where(x > slope * x, torch.ones_like(x), slope)


# --- elu


@mistake(
    "elu",
    en="the −1 is missing: left of 0 the curve must start from 0 and go down, not jump to alpha",
    zh="少了 −1：曲线在 0 的左侧应当从 0 往下走，而不是跳到 alpha",
)
def elu_without_minus_one(x, alpha):
    return choose(x, x, alpha * torch.exp(x.clamp(max=0)))


@mistake("elu", en="alpha is not used", zh="没有用到 alpha")
def elu_without_alpha(x, alpha):
    return elu(x, 1.0)


@mistake("elu", en="parentheses are missing: alpha multiplies the −1, too", zh="少了括号：alpha 也要乘上那个 −1")
def elu_parentheses(x, alpha):
    return choose(x, x, alpha * torch.exp(x.clamp(max=0)) - 1)


@mistake(
    "elu",
    en="alpha stands in the exponent; it is a factor in front of it all",
    zh="alpha 跑到指数里去了；它应当是整体前面的因子",
)
def elu_alpha_in_the_exponent(x, alpha):
    return choose(x, x, torch.expm1(alpha * x.clamp(max=0)))


@mistake(
    "elu",
    en="alpha multiplies the positive side, too; there, x passes unchanged",
    zh="正的一侧也乘了 alpha；那一侧 x 应当原样通过",
)
def elu_alpha_on_both_sides(x, alpha):
    return alpha * elu(x, 1.0)


@mistake(
    "elu",
    en="left of 0 the values are positive: the difference is the other way round",
    zh="0 左侧的值成了正数：减法的顺序反了",
)
def elu_sign(x, alpha):
    return choose(x, x, -alpha * torch.expm1(x.clamp(max=0)))


@mistake(
    "elu",
    en="the sign in the exponent is wrong: far left the curve must level off at −alpha, not grow",
    zh="指数的正负号错了：在左边很远处，曲线应当趋于 −alpha，而不是越来越大",
)
def elu_exponent_sign(x, alpha):
    return choose(x, x, alpha * torch.expm1(-x.clamp(max=0)))


@mistake(
    "elu",
    en="the value is right, the gradient NaN: where throws the exponential's branch away, but autograd "
    "multiplies its infinite slope by 0; keep large x out of exp",
    zh="函数值正确，梯度却是 NaN：where 丢掉了指数那一支，自动微分却还要用 0 去乘它无穷大的斜率；"
    "不要让很大的 x 进入 exp",
)
def elu_nan_gradient(x, alpha):
    return choose(x, x, alpha * (torch.exp(x) - 1))


@mistake(
    "elu",
    en="0·inf is NaN: a mask that multiplies can't remove an exponential that has overflowed",
    zh="0·inf 是 NaN：指数已经上溢之后，乘以 0 是消不掉它的",
)
def elu_masks_multiply(x, alpha):
    return (x > 0) * x + (x <= 0) * alpha * (torch.exp(x) - 1)


# --- elu_grad


@mistake(
    "elu_grad",
    en="at exactly 0 the derivative counts as alpha here, not as 1",
    zh="恰好为 0 处，导数约定为 alpha，不是 1",
)
def elu_grad_one_at_zero(x, alpha):
    return torch.where(x >= 0, 1, alpha * torch.exp(x))


@mistake(
    "elu_grad",
    en="at exactly 0 the derivative counts as alpha here, not as 0",
    zh="恰好为 0 处，导数约定为 alpha，不是 0",
)
def elu_grad_zero_at_zero(x, alpha):
    return elu_grad(x, alpha) * (x != 0)


@mistake("elu_grad", en="the −1 is still there: a constant has derivative 0", zh="−1 还留着：常数的导数是 0")
def elu_grad_keeps_the_constant(x, alpha):
    return choose(x, 1, alpha * torch.expm1(x))


@mistake("elu_grad", en="alpha is missing on the negative side", zh="负的一侧少了 alpha")
def elu_grad_without_alpha(x, alpha):
    return elu_grad(x, 1.0)


@mistake(
    "elu_grad",
    en="written with the value of elu, the derivative is that plus alpha; plus 1 is right for alpha = 1 only",
    zh="如果用 elu 的函数值来写，导数是函数值加 alpha；加 1 只在 alpha = 1 时才对",
)
def elu_grad_value_plus_one(x, alpha):
    return choose(x, 1, elu(x, alpha) + 1)


@mistake(
    "elu_grad",
    en="this is the power rule; the derivative of eˣ is eˣ, and no factor x comes down",
    zh="这是幂函数的求导法则；eˣ 的导数还是 eˣ，不会多出因子 x",
)
def elu_grad_power_rule(x, alpha):
    return choose(x, 1, alpha * x * torch.exp(x))


@mistake(
    "elu_grad",
    en="this is the derivative of relu: left of 0 elu still rises",
    zh="这是 relu 的导数：在 0 的左侧，elu 仍在上升",
)
def elu_grad_is_relu_grad(x, alpha):
    return relu_grad(x)


@mistake(
    "elu_grad",
    en="0·inf is NaN: a mask that multiplies can't remove an exponential that has overflowed",
    zh="0·inf 是 NaN：指数已经上溢之后，乘以 0 是消不掉它的",
)
def elu_grad_masks_multiply(x, alpha):
    return (x > 0) * 1 + (x <= 0) * alpha * torch.exp(x)


# --- gradient_through_depth


def path(f, depth, x):
    """h₀ … h_depth."""
    passed = [x]
    for _ in range(depth):
        passed.append(f(passed[-1]))
    return passed


def product_of(factors, x):
    product = torch.ones_like(x)
    for factor in factors:
        product = product * factor
    return product


@mistake(
    "gradient_through_depth",
    en="every factor is taken at the input x; the signal changes from layer to layer",
    zh="每个因子都在输入 x 处取值；可是信号每过一层都会变",
)
def depth_all_at_the_input(f, f_grad, depth, x):
    return product_of([f_grad(x)] * depth, x)


@mistake(
    "gradient_through_depth",
    en="each factor is taken one layer too late, at the layer's output: the derivative belongs to its input",
    zh="每个因子都晚了一层，在该层的输出处取值：导数应当在该层的输入处取",
)
def depth_at_the_outputs(f, f_grad, depth, x):
    return product_of([f_grad(h) for h in path(f, depth, x)[1:]], x)


@mistake(
    "gradient_through_depth",
    en="the derivatives are added up; the chain rule multiplies them",
    zh="把各层导数加起来了；链式法则是相乘",
)
def depth_sum(f, f_grad, depth, x):
    return sum((f_grad(h) for h in path(f, depth, x)[:-1]), torch.zeros_like(x)) if depth else torch.ones_like(x)


@mistake(
    "gradient_through_depth",
    en="the derivatives are added up, to the ones at the start; the chain rule multiplies them",
    zh="从 1 开始，把各层导数加了上去；链式法则是相乘",
)
def depth_sum_from_one(f, f_grad, depth, x):
    return sum((f_grad(h) for h in path(f, depth, x)[:-1]), torch.ones_like(x))


@mistake(
    "gradient_through_depth",
    en="only the last layer's derivative comes out: every round must multiply what the ones before have left",
    zh="结果只剩最后一层的导数：每一轮都要乘到前面的积上",
)
def depth_last_factor_only(f, f_grad, depth, x):
    return f_grad(path(f, depth, x)[depth - 1]) if depth else torch.ones_like(x)


@mistake(
    "gradient_through_depth",
    en="the first layer's factor is missing: the signal moves on before its derivative is taken",
    zh="少了第一层的因子：还没有取导数，信号就先往前走了",
)
def depth_without_the_first(f, f_grad, depth, x):
    return product_of([f_grad(h) for h in path(f, depth, x)[1:depth]], x)


@mistake(
    "gradient_through_depth",
    en="the signal is carried on by f_grad; from layer to layer it is f that acts",
    zh="信号是用 f_grad 往前传的；从一层到下一层，起作用的应当是 f",
)
def depth_moved_by_the_gradient(f, f_grad, depth, x):
    return product_of([f_grad(h) for h in path(f_grad, depth, x)[:-1]], x)


@mistake(
    "gradient_through_depth",
    en="this is the signal behind the last layer, not its derivative",
    zh="这是最后一层输出的信号，不是它的导数",
)
def depth_returns_the_signal(f, f_grad, depth, x):
    return path(f, depth, x)[-1]


@mistake("gradient_through_depth", en="the values are multiplied, not the derivatives", zh="相乘的是函数值，而不是导数")
def depth_multiplies_values(f, f_grad, depth, x):
    return product_of(path(f, depth, x)[1:], x)


@mistake(
    "gradient_through_depth",
    en="the product starts with the first layer's derivative, so there is one even where there is no layer",
    zh="连乘从第一层的导数开始，结果一层也没有时也多出了一个因子",
)
def depth_starts_with_a_factor(f, f_grad, depth, x):
    return gradient_through_depth(f, f_grad, max(depth, 1), x)


@mistake(
    "gradient_through_depth",
    en="with no layer the result is the number 1.0, and not a tensor of ones in the shape of x",
    zh="一层也没有时返回的是数 1.0，而不是形状与 x 相同、全是 1 的张量",
)
def depth_zero_is_a_number(f, f_grad, depth, x):
    return gradient_through_depth(f, f_grad, depth, x) if depth else 1.0


@mistake(
    "gradient_through_depth",
    en="torch.ones(x.shape) is float32 whatever x is: with no layer the dtype is wrong",
    zh="不管 x 是什么 dtype，torch.ones(x.shape) 都是 float32：一层也没有时 dtype 就不对",
)
def depth_zero_in_float32(f, f_grad, depth, x):
    return gradient_through_depth(f, f_grad, depth, x) if depth else torch.ones(x.shape)


@mistake(
    "gradient_through_depth",
    en="a sum of logarithms only works for positive factors: the logarithm of a negative derivative is NaN",
    zh="对数求和只适用于正的因子：导数为负时，对数是 NaN",
)
def depth_logarithms(f, f_grad, depth, x):
    return torch.exp(sum((torch.log(f_grad(h)) for h in path(f, depth, x)[:-1]), torch.zeros_like(x)))


@mistake(
    "gradient_through_depth",
    en="this is a difference quotient: below a deep stack the differences drown in rounding errors; use f_grad",
    zh="这是差商：层数很多时，差值会被舍入误差淹没；请用 f_grad",
)
def depth_difference_quotient(f, f_grad, depth, x):
    step, place = 1e-4, x.double()
    return ((path(f, depth, place + step)[-1] - path(f, depth, place - step)[-1]) / (2 * step)).to(x.dtype)
