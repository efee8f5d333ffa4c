"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import torch
from reference import elu, elu_grad, gradient_through_depth, leaky_relu_grad

from grader.checks import edit, mistake


def choose(x, above, else_):
    """`above` where x > 0, else `else_`."""
    return torch.where(x > 0, above, else_)


# --- relu


relu_absolute_value = edit(
    "relu", {"torch.where(x > 0, x, 0)": "x.abs()"}, "negative inputs come back as positive numbers: this is |x|"
)
relu_other_half = edit(
    "relu",
    {"where(x > 0, x, 0)": "clamp(x, max=0)"},
    "the wrong half is kept: positive inputs pass, negative ones become 0",
)
relu_is_its_gradient = edit(
    "relu",
    {"torch.where(x > 0, x, 0)": "relu_grad(x)"},
    "this is the step from 0 to 1, the derivative; relu itself returns the positive inputs as they are",
)


@mistake("relu", "the input itself is changed: write into a copy, or build a new tensor")
def relu_in_place(x):
    x[x < 0] = 0
    return x


relu_cuts_the_graph = edit(
    "relu",
    {"where(x > 0, x, 0)": "clamp(x.detach(), min=0)"},
    "the values are right, but the graph is cut: detach, .data and NumPy hide from autograd where a number is from",
)


# --- relu_grad


relu_grad_one_at_zero = edit("relu_grad", {"> 0": ">= 0"}, "at exactly 0 the derivative counts as 0 here, not as 1")
relu_grad_half_at_zero = edit(
    "relu_grad",
    {"(x > 0).to(x.dtype)": "(torch.sign(x) + 1) / 2"},
    "at exactly 0 the derivative counts as 0 here, not as ½",
)
relu_grad_is_relu = edit(
    "relu_grad", {"(x > 0).to(x.dtype)": "relu(x)"}, "this is relu itself; the slope of x is 1, however large x is"
)
relu_grad_is_sign = edit(
    "relu_grad",
    {"(x > 0).to(x.dtype)": "torch.sign(x)"},
    "for negative inputs the slope is −1 here: this is the sign of x, the derivative of |x|",
)
relu_grad_bool = edit(
    "relu_grad",
    {"(x > 0).to(x.dtype)": "x > 0"},
    "a comparison gives True and False; the derivative is a number of the dtype of x",
)
relu_grad_always_float32 = edit(
    "relu_grad", {"to(x.dtype)": "float()"}, "the result is float32 whatever x is; take the dtype from x"
)
relu_grad_always_float64 = edit(
    "relu_grad", {"to(x.dtype)": "double()"}, "the result is float64 whatever x is; take the dtype from x"
)


# --- leaky_relu


leaky_relu_maximum = edit(
    "leaky_relu",
    {"where(x > 0, ": "maximum("},
    "the larger of x and slope·x is the right one only for slopes between 0 and 1; choose by the sign of x",
)


@mistake("leaky_relu", "the slope is on the wrong side: positive inputs pass unchanged")
def leaky_relu_other_side(x, slope):
    return choose(x, slope * x, x)


leaky_relu_both_sides = edit(
    "leaky_relu", "return slope * x", "both sides are multiplied by the slope: that leaves no bend"
)


@mistake("leaky_relu", "negative inputs become the slope itself, a constant; they must be multiplied by it")
def leaky_relu_constant(x, slope):
    return choose(x, x, slope)


@mistake("leaky_relu", "the slope is always 0.01 here, whatever is handed in")
def leaky_relu_fixed_slope(x, slope):
    return choose(x, x, 0.01 * x)


@mistake("leaky_relu", "the sign is wrong on the negative side: for a positive slope, negative inputs stay negative")
def leaky_relu_sign(x, slope):
    return choose(x, x, -slope * x)


leaky_relu_without_leak = edit("leaky_relu", "return relu(x)", "this is relu: nothing leaks")
leaky_relu_one_axis = edit(
    "leaky_relu",
    {"where(x > 0, x, slope * x)": "stack([value if value > 0 else slope * value for value in x])"},
    "an if per element, along one axis: inputs may have any number of axes, none included",
)


# --- leaky_relu_grad


leaky_relu_grad_one_at_zero = edit(
    "leaky_relu_grad", {"> 0": ">= 0"}, "at exactly 0 the derivative counts as the slope here, not as 1"
)


@mistake("leaky_relu_grad", "at exactly 0 the derivative counts as the slope here, not as 0")
def leaky_relu_grad_zero_at_zero(x, slope):
    return leaky_relu_grad(x, slope) * (x != 0)


leaky_relu_grad_is_the_value = edit(
    "leaky_relu_grad",
    {"torch.where(x > 0, torch.ones_like(x)": "leaky_relu(x"},
    "this is leaky_relu itself, not its derivative",
)


@mistake(
    "leaky_relu_grad", "on the negative side stands slope·x, which is the value; its derivative no longer contains x"
)
def leaky_relu_grad_keeps_x(x, slope):
    return choose(x, torch.ones_like(x), slope * x)


leaky_relu_grad_without_leak = edit(
    "leaky_relu_grad", "return relu_grad(x)", "this is the derivative of relu: on the negative side the slope is not 0"
)
leaky_relu_grad_default_dtype = edit(
    "leaky_relu_grad",
    {"torch.ones_like(x), slope": "1.0, float(slope)"},
    "where between two Python numbers gives float32 whatever x is; one of them must be a tensor like x",
)
leaky_relu_grad_of_maximum = edit(
    "leaky_relu_grad",
    {"0": "slope * x"},
    "this is the derivative of the larger of x and slope·x, which is leaky_relu only for slopes between 0 and 1",
)


# --- elu


@mistake("elu", "the −1 is missing: left of 0 the curve must start from 0 and go down, not jump to alpha")
def elu_without_minus_one(x, alpha):
    return choose(x, x, alpha * torch.exp(x.clamp(max=0)))


@mistake("elu", "alpha is not used")
def elu_without_alpha(x, alpha):
    return elu(x, 1.0)


@mistake("elu", "parentheses are missing: alpha multiplies the −1, too")
def elu_parentheses(x, alpha):
    return choose(x, x, alpha * torch.exp(x.clamp(max=0)) - 1)


@mistake("elu", "alpha stands in the exponent; it is a factor in front of it all")
def elu_alpha_in_the_exponent(x, alpha):
    return choose(x, x, torch.expm1(alpha * x.clamp(max=0)))


@mistake("elu", "alpha multiplies the positive side, too; there, x passes unchanged")
def elu_alpha_on_both_sides(x, alpha):
    return alpha * elu(x, 1.0)


@mistake("elu", "left of 0 the values are positive: the difference is the other way round")
def elu_sign(x, alpha):
    return choose(x, x, -alpha * torch.expm1(x.clamp(max=0)))


@mistake("elu", "the sign in the exponent is wrong: far left the curve must level off at −alpha, not grow")
def elu_exponent_sign(x, alpha):
    return choose(x, x, alpha * torch.expm1(-x.clamp(max=0)))


@mistake(
    "elu",
    "the value is right, the gradient NaN: where throws the exponential's branch away, but autograd "
    "multiplies its infinite slope by 0; keep large x out of exp",
)
def elu_nan_gradient(x, alpha):
    return choose(x, x, alpha * (torch.exp(x) - 1))


elu_masks_multiply = edit(
    "elu",
    "return (x > 0) * x + (x <= 0) * alpha * (torch.exp(x) - 1)",
    "0·inf is NaN: a mask that multiplies can't remove an exponential that has overflowed",
)


# --- elu_grad


elu_grad_one_at_zero = edit("elu_grad", {"> 0": ">= 0"}, "at exactly 0 the derivative counts as alpha here, not as 1")


@mistake("elu_grad", "at exactly 0 the derivative counts as alpha here, not as 0")
def elu_grad_zero_at_zero(x, alpha):
    return elu_grad(x, alpha) * (x != 0)


@mistake("elu_grad", "the −1 is still there: a constant has derivative 0")
def elu_grad_keeps_the_constant(x, alpha):
    return choose(x, 1, alpha * torch.expm1(x))


@mistake("elu_grad", "alpha is missing on the negative side")
def elu_grad_without_alpha(x, alpha):
    return elu_grad(x, 1.0)


@mistake(
    "elu_grad", "written with the value of elu, the derivative is that plus alpha; plus 1 is right for alpha = 1 only"
)
def elu_grad_value_plus_one(x, alpha):
    return choose(x, 1, elu(x, alpha) + 1)


@mistake("elu_grad", "this is the power rule; the derivative of eˣ is eˣ, and no factor x comes down")
def elu_grad_power_rule(x, alpha):
    return choose(x, 1, alpha * x * torch.exp(x))


elu_grad_is_relu_grad = edit(
    "elu_grad", "return relu_grad(x)", "this is the derivative of relu: left of 0 elu still rises"
)
elu_grad_masks_multiply = edit(
    "elu_grad",
    "return (x > 0) * 1 + (x <= 0) * alpha * torch.exp(x)",
    "0·inf is NaN: a mask that multiplies can't remove an exponential that has overflowed",
)


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


@mistake("gradient_through_depth", "every factor is taken at the input x; the signal changes from layer to layer")
def depth_all_at_the_input(f, f_grad, depth, x):
    return product_of([f_grad(x)] * depth, x)


@mistake(
    "gradient_through_depth",
    "each factor is taken one layer too late, at the layer's output: the derivative belongs to its input",
)
def depth_at_the_outputs(f, f_grad, depth, x):
    return product_of([f_grad(h) for h in path(f, depth, x)[1:]], x)


@mistake("gradient_through_depth", "the derivatives are added up; the chain rule multiplies them")
def depth_sum(f, f_grad, depth, x):
    return sum((f_grad(h) for h in path(f, depth, x)[:-1]), torch.zeros_like(x)) if depth else torch.ones_like(x)


@mistake(
    "gradient_through_depth", "the derivatives are added up, to the ones at the start; the chain rule multiplies them"
)
def depth_sum_from_one(f, f_grad, depth, x):
    return sum((f_grad(h) for h in path(f, depth, x)[:-1]), torch.ones_like(x))


@mistake(
    "gradient_through_depth",
    "only the last layer's derivative comes out: every round must multiply what the ones before have left",
)
def depth_last_factor_only(f, f_grad, depth, x):
    return f_grad(path(f, depth, x)[depth - 1]) if depth else torch.ones_like(x)


@mistake(
    "gradient_through_depth", "the first layer's factor is missing: the signal moves on before its derivative is taken"
)
def depth_without_the_first(f, f_grad, depth, x):
    return product_of([f_grad(h) for h in path(f, depth, x)[1:depth]], x)


@mistake("gradient_through_depth", "the signal is carried on by f_grad; from layer to layer it is f that acts")
def depth_moved_by_the_gradient(f, f_grad, depth, x):
    return product_of([f_grad(h) for h in path(f_grad, depth, x)[:-1]], x)


@mistake("gradient_through_depth", "this is the signal behind the last layer, not its derivative")
def depth_returns_the_signal(f, f_grad, depth, x):
    return path(f, depth, x)[-1]


@mistake("gradient_through_depth", "the values are multiplied, not the derivatives")
def depth_multiplies_values(f, f_grad, depth, x):
    return product_of(path(f, depth, x)[1:], x)


@mistake(
    "gradient_through_depth",
    "the product starts with the first layer's derivative, so there is one even where there is no layer",
)
def depth_starts_with_a_factor(f, f_grad, depth, x):
    return gradient_through_depth(f, f_grad, max(depth, 1), x)


@mistake(
    "gradient_through_depth", "with no layer the result is the number 1.0, and not a tensor of ones in the shape of x"
)
def depth_zero_is_a_number(f, f_grad, depth, x):
    return gradient_through_depth(f, f_grad, depth, x) if depth else 1.0


@mistake("gradient_through_depth", "torch.ones(x.shape) is float32 whatever x is: with no layer the dtype is wrong")
def depth_zero_in_float32(f, f_grad, depth, x):
    return gradient_through_depth(f, f_grad, depth, x) if depth else torch.ones(x.shape)


@mistake(
    "gradient_through_depth",
    "a sum of logarithms only works for positive factors: the logarithm of a negative derivative is NaN",
)
def depth_logarithms(f, f_grad, depth, x):
    return torch.exp(sum((torch.log(f_grad(h)) for h in path(f, depth, x)[:-1]), torch.zeros_like(x)))


@mistake(
    "gradient_through_depth",
    "this is a difference quotient: below a deep stack the differences drown in rounding errors; use f_grad",
)
def depth_difference_quotient(f, f_grad, depth, x):
    step, place = 1e-4, x.double()
    return ((path(f, depth, place + step)[-1] - path(f, depth, place - step)[-1]) / (2 * step)).to(x.dtype)
