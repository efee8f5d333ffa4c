"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- relu

relu_absolute_value = edit("relu", {"torch.where(x > 0, x, 0)": "x.abs()"}).says(
    "negative inputs come back as positive numbers: this is |x|"
)
relu_other_half = edit("relu", {"where(x > 0, x, 0)": "clamp(x, max=0)"}).says(
    "the wrong half is kept: positive inputs pass, negative ones become 0"
)
relu_is_its_gradient = edit("relu", {"torch.where(x > 0, x, 0)": "relu_grad(x)"}).says(
    "this is the step from 0 to 1, the derivative; relu itself returns the positive inputs as they are"
)
relu_in_place = edit("relu", "x[x < 0] = 0\nreturn x").says(
    "the input itself is changed: write into a copy, or build a new tensor"
)
relu_is_x_itself = edit("relu", {"return": "if (x > 0).all():\n    return x\nreturn"}).says(
    "where all inputs are positive x itself comes back, or a view of it; the result is a new tensor"
)
relu_cuts_the_graph = edit("relu", {"where(x > 0, x, 0)": "clamp(x.detach(), min=0)"}).says(
    "the values are right, but no gradient comes back: what passes through detach, item, .data or NumPy has no history"
)

# --- relu_grad

relu_grad_one_at_zero = edit("relu_grad", {"> 0": ">= 0"}).says(
    "at exactly 0 the derivative counts as 0 here, not as 1"
)
relu_grad_half_at_zero = edit("relu_grad", {"(x > 0).to(x.dtype)": "(torch.sign(x) + 1) / 2"}).says(
    "at exactly 0 the derivative counts as 0 here, not as ½"
)
relu_grad_is_relu = edit("relu_grad", {"(x > 0).to(x.dtype)": "relu(x)"}).says(
    "this is relu itself; the slope of x is 1, however large x is"
)
relu_grad_is_sign = edit("relu_grad", {"(x > 0).to(x.dtype)": "torch.sign(x)"}).says(
    "for negative inputs the slope is −1 here: this is the sign of x, the derivative of |x|"
)
relu_grad_other_half = edit("relu_grad", {"> 0": "<= 0"}).says(
    "1 and 0 are the other way round: the slope is 1 where x is positive"
)
relu_grad_bool = edit("relu_grad", {"(x > 0).to(x.dtype)": "x > 0"}).says(
    "a comparison gives True and False; the derivative is a number of the dtype of x"
)
relu_grad_always_float32 = edit("relu_grad", {"to(x.dtype)": "float()"}).says(
    "the result is float32 whatever x is; take the dtype from x"
)
relu_grad_always_float64 = edit("relu_grad", {"to(x.dtype)": "double()"}).says(
    "the result is float64 whatever x is; take the dtype from x"
)

# --- leaky_relu

leaky_relu_maximum = edit("leaky_relu", {"where(x > 0, ": "maximum("}).says(
    "the larger of x and slope·x is the right one only for slopes between 0 and 1; choose by the sign of x"
)
leaky_relu_other_side = edit("leaky_relu", {"x, slope * x": "slope * x, x"}).says(
    "the slope is on the wrong side: positive inputs pass unchanged"
)
leaky_relu_both_sides = edit("leaky_relu", "return slope * x").says(
    "both sides are multiplied by the slope: that leaves no bend"
)
leaky_relu_constant = edit("leaky_relu", {"slope * x": "slope"}).says(
    "negative inputs become the slope itself, a constant; they must be multiplied by it"
)
leaky_relu_fixed_slope = edit("leaky_relu", {"slope * x": "0.01 * x"}).says(
    "the slope is always 0.01 here, whatever is handed in"
)
leaky_relu_sign = edit("leaky_relu", {"slope * x": "-slope * x"}).says(
    "the sign is wrong on the negative side: for a positive slope, negative inputs stay negative"
)
leaky_relu_slope_added = edit("leaky_relu", {"slope * x": "(1 + slope) * x"}).says(
    "left of 0 this is x + slope·x: slope·x stands in place of x there, and is not added to it"
)
leaky_relu_in_place = edit("leaky_relu", "x[x < 0] *= slope\nreturn x").says(
    "the input itself is changed: write into a copy, or build a new tensor"
)
leaky_relu_without_leak = edit("leaky_relu", "return relu(x)").says("this is relu: nothing leaks")
leaky_relu_is_x_itself = edit("leaky_relu", {"return": "if (x > 0).all():\n    return x\nreturn"}).says(
    "where all inputs are positive x itself comes back, or a view of it; the result is a new tensor"
)
leaky_relu_one_axis = edit(
    "leaky_relu", {"where(x > 0, x, slope * x)": "stack([value if value > 0 else slope * value for value in x])"}
).says("this works along one axis only: inputs may have any number of axes, none included")

# --- leaky_relu_grad

leaky_relu_grad_one_at_zero = edit("leaky_relu_grad", {"> 0": ">= 0"}).says(
    "at exactly 0 the derivative counts as the slope here, not as 1"
)
leaky_relu_grad_zero_at_zero = edit("leaky_relu_grad", {"slope)": "slope) * (x != 0)"}).says(
    "at exactly 0 the derivative counts as the slope here, not as 0"
)
leaky_relu_grad_is_the_value = edit("leaky_relu_grad", {"torch.where(x > 0, torch.ones_like(x)": "leaky_relu(x"}).says(
    "this is leaky_relu itself, not its derivative"
)
leaky_relu_grad_keeps_x = edit("leaky_relu_grad", {"slope)": "slope * x)"}).says(
    "on the negative side stands slope·x, which is the value; its derivative no longer contains x"
)
leaky_relu_grad_without_leak = edit("leaky_relu_grad", "return relu_grad(x)").says(
    "this is the derivative of relu: on the negative side the slope is not 0"
)
leaky_relu_grad_fixed_slope = edit("leaky_relu_grad", {"slope)": "0.01)"}).says(
    "the slope is always 0.01 here, whatever is handed in"
)
leaky_relu_grad_default_dtype = edit("leaky_relu_grad", {"torch.ones_like(x), slope": "1.0, float(slope)"}).says(
    "the result is float32 whatever x is, as where gives it between two Python numbers; take the dtype from x"
)
leaky_relu_grad_of_maximum = edit("leaky_relu_grad", {"0": "slope * x"}).says(
    "this is the derivative of the larger of x and slope·x, which is leaky_relu only for slopes between 0 and 1"
)

# --- elu

elu_without_minus_one = edit("elu", {"expm1": "exp"}).says(
    "the −1 is missing: left of 0 the curve must start from 0 and go down, not jump to alpha"
)
elu_without_alpha = edit("elu", {"alpha * ": ""}).says("alpha is not used")
elu_parentheses = edit("elu", {"expm1": "exp", "alpha * bend": "alpha * bend - 1"}).says(
    "parentheses are missing: alpha multiplies the −1, too"
)
elu_alpha_in_the_exponent = edit("elu", {"expm1(": "expm1(alpha * ", "alpha * bend": "bend"}).says(
    "alpha stands in the exponent; it is a factor in front of it all"
)
elu_alpha_on_both_sides = edit("elu", {"x, alpha * bend": "alpha * x, alpha * bend"}).says(
    "alpha multiplies the positive side, too; there, x passes unchanged"
)
elu_sign = edit("elu", {"alpha * bend": "-alpha * bend"}).says(
    "left of 0 the values are positive: the difference is the other way round"
)
elu_exponent_sign = edit("elu", {"expm1(": "expm1(-"}).says(
    "the sign in the exponent is wrong: far left the curve must level off at −alpha, not grow"
)
elu_nan_gradient = edit("elu", {"torch.expm1(torch.clamp(x, max=0))": "torch.exp(x) - 1"}).says(
    "the value is right, the gradient NaN: also where an exponential's value is not used, as in where, autograd "
    "multiplies its infinite slope by 0; keep large x out of exp"
)
elu_masks_multiply = edit("elu", "return (x > 0) * x + (x <= 0) * alpha * (torch.exp(x) - 1)").says(
    "for large x an exponential has overflowed to inf, and 0·inf is NaN: a mask that multiplies can't remove it"
)

# --- elu_grad

elu_grad_one_at_zero = edit("elu_grad", {"> 0": ">= 0"}).says(
    "at exactly 0 the derivative counts as alpha here, not as 1"
)
elu_grad_zero_at_zero = edit("elu_grad", {"exp(x))": "exp(x)) * (x != 0)"}).says(
    "at exactly 0 the derivative counts as alpha here, not as 0"
)
elu_grad_keeps_the_constant = edit("elu_grad", {"exp(": "expm1("}).says(
    "left of 0 this is alpha·(eˣ − 1), the value; the −1 is a constant, and its derivative is 0"
)
elu_grad_without_alpha = edit("elu_grad", {"alpha * ": ""}).says("alpha is missing on the negative side")
elu_grad_value_plus_one = edit("elu_grad", {"alpha * torch.exp(x)": "elu(x, alpha) + 1"}).says(
    "written with the value of elu, the derivative is that plus alpha; plus 1 is right for alpha = 1 only"
)
elu_grad_value_plus_alpha_everywhere = edit("elu_grad", "return elu(x, alpha) + alpha").says(
    "this is elu plus alpha on both sides: right of 0 the derivative is 1"
)
elu_grad_power_rule = edit("elu_grad", {"alpha *": "alpha * x *"}).says(
    "this is the power rule; the derivative of eˣ is eˣ, and no factor x comes down"
)
elu_grad_is_relu_grad = edit("elu_grad", "return relu_grad(x)").says(
    "this is the derivative of relu: left of 0 elu still rises"
)
elu_grad_masks_multiply = edit("elu_grad", "return (x > 0) * 1 + (x <= 0) * alpha * torch.exp(x)").says(
    "for large x an exponential has overflowed to inf, and 0·inf is NaN: a mask that multiplies can't remove it"
)

# --- gradient_through_depth

depth_all_at_the_input = edit("gradient_through_depth", {"f_grad(h)": "f_grad(x)"}).says(
    "every factor is taken at the input x; the signal changes from layer to layer"
)
depth_at_the_outputs = edit("gradient_through_depth", {"f_grad(h)": "f_grad(f(h))"}).says(
    "each factor is taken one layer too late, at the layer's output: the derivative belongs to its input"
)
depth_sum = edit(
    "gradient_through_depth",
    {"torch.ones_like(x), x": "torch.zeros_like(x) if depth else torch.ones_like(x), x", "product *": "product +"},
).says("the derivatives are added up; the chain rule multiplies them")
depth_sum_from_one = edit("gradient_through_depth", {"product *": "product +"}).says(
    "the derivatives are added up, to the ones at the start; the chain rule multiplies them"
)
depth_last_factor_only = edit("gradient_through_depth", {"product * ": ""}).says(
    "only the last layer's derivative comes out: every round must multiply what the ones before have left"
)
depth_without_the_first = edit("gradient_through_depth", {"x), x": "x), f(x)", "range(": "range(1, "}).says(
    "the first layer's factor is missing: the signal moves on before its derivative is taken"
)
depth_one_factor_too_many = edit("gradient_through_depth", {"range(depth)": "range(depth + 1)"}).says(
    "there is one factor too many: depth layers have depth factors, the last one taken at the last layer's input"
)
depth_one_factor_too_few = edit("gradient_through_depth", {"range(depth)": "range(depth - 1)"}).says(
    "the last layer's factor is missing: depth layers have depth factors"
)
depth_moved_by_the_gradient = edit("gradient_through_depth", {"h = f(h)": "h = f_grad(h)"}).says(
    "the signal is carried on by f_grad; from layer to layer it is f that acts"
)
depth_gradient_repeated = edit("gradient_through_depth", {"product * ": "", "h = f(h)": "h = product"}).says(
    "f_grad is applied to its own results: between the layers f acts, and the derivatives are multiplied"
)
depth_returns_the_signal = edit("gradient_through_depth", {"return product": "return h if depth else product"}).says(
    "this is the signal behind the last layer, not its derivative"
)
depth_multiplies_values = edit("gradient_through_depth", {"f_grad(h)": "f(h)"}).says(
    "the values are multiplied, not the derivatives"
)
depth_starts_with_a_factor = edit("gradient_through_depth", {"range(depth)": "range(max(depth, 1))"}).says(
    "where there is no layer the first layer's derivative comes out all the same, as if there were one"
)
depth_zero_gives_zeros = edit(
    "gradient_through_depth", {"return product": "return product if depth else torch.zeros_like(x)"}
).says("with no layer the result is 0; a product without factors is 1")
depth_zero_is_a_number = edit("gradient_through_depth", {"return product": "return product if depth else 1.0"}).says(
    "with no layer the result is a Python number, and not a tensor of ones in the shape of x"
)
depth_zero_is_an_integer = edit("gradient_through_depth", {"return product": "return product if depth else 1"}).says(
    "with no layer the result is a Python number, and not a tensor of ones in the shape of x"
)
depth_zero_in_float32 = edit(
    "gradient_through_depth", {"return product": "return product if depth else torch.ones(x.shape)"}
).says("with no layer the result is float32 whatever x is, as torch.ones(x.shape) makes it; take the dtype from x")
depth_logarithms = edit(
    "gradient_through_depth",
    {
        "torch.ones_like": "torch.zeros_like",
        "product * f_grad(h)": "product + torch.log(f_grad(h))",
        "return product": "return torch.exp(product)",
    },
).says("NaN comes out where a factor is negative, as it does of a sum of logarithms: derivatives may have either sign")
