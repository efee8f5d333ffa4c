"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- sigmoid

sigmoid_exponent_sign = edit("sigmoid", "return 1 / (1 + torch.exp(x))").says(
    "the sign in the exponent is the other way round: the curve falls where it should rise"
)
sigmoid_parentheses = edit("sigmoid", "return 1 / 1 + torch.exp(-x)").says(
    "this is 1 + e⁻ˣ: Python divides before it adds, and parentheses are missing around the denominator"
)
sigmoid_overflow = edit("sigmoid", "return torch.exp(x) / (1 + torch.exp(x))").says(
    "for large x an exponential becomes infinite, and inf/inf or 0·inf is NaN; "
    "rearrange the fraction so that at most the denominator overflows"
)
sigmoid_nan_to_num = edit("sigmoid", "return torch.nan_to_num(torch.exp(x) / (1 + torch.exp(x)))").says(
    "for large x 0 comes out where 1 belongs, as it does where the NaN of inf/inf is replaced; "
    "rearrange the fraction so that no NaN arises"
)
sigmoid_of_absolute_value = edit("sigmoid", "return 1 / (1 + torch.exp(-x.abs()))").says(
    "this is the sigmoid of |x|: it has the same value at x and at −x, and is never below 1/2"
)
sigmoid_minus = edit("sigmoid", "return 1 / (1 - torch.exp(-x))").says(
    "this is 1/(1 − e⁻ˣ): the two terms of the denominator are subtracted, not added"
)
sigmoid_is_tanh = edit("sigmoid", "return tanh(x)").says(
    "this is tanh: its values lie between -1 and 1, the sigmoid's between 0 and 1"
)
sigmoid_short_e = edit("sigmoid", "return 1 / (1 + 2.718 ** (-x))").says("2.718 is too short for e; use torch.exp")
sigmoid_five_digits_of_e = edit("sigmoid", "return 1 / (1 + 2.71828 ** (-x))").says(
    "2.71828 is too short for e; use torch.exp"
)
sigmoid_clipped = edit("sigmoid", {"decay =": "x = x.clamp(-500, 500)\ndecay ="}).says(
    "a tiny number comes out at −1000, and not exactly 0, as it does where x is clipped before the exponential"
)
sigmoid_cuts_the_graph = edit("sigmoid", {"(1 + decay)": "(1 + decay).detach()", "decay) /": "decay).detach() /"}).says(
    "the values are right, but no gradient comes back: what passes through detach, item, .data or NumPy, or is "
    "computed under no_grad, has no history"
)

# --- tanh

tanh_overflow = edit("tanh", "return (torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x))").says(
    "for large |x|, of either sign, an exponential becomes infinite, and inf/inf is NaN; "
    "divide both by the exponential that grows, so that the other one stands in the denominator alone or goes to 0"
)
tanh_overflow_right = edit("tanh", "return (torch.exp(2 * x) - 1) / (torch.exp(2 * x) + 1)").says(
    "for large positive x an exponential becomes infinite, and inf/inf or 0·inf is NaN; for negative x all is well"
)
tanh_overflow_left = edit("tanh", "return (1 - torch.exp(-2 * x)) / (1 + torch.exp(-2 * x))").says(
    "for large negative x an exponential becomes infinite, and inf/inf or 0·inf is NaN; for positive x all is well"
)
tanh_clipped = edit(
    "tanh", "x = x.clamp(-500, 500)\nreturn (torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x))"
).says("in float32 the exponential is infinite from 89 on, within the bounds to which x is clipped: inf/inf is NaN")
tanh_denominator_parentheses = edit("tanh", "return 1 + torch.exp(-x) * (1 - torch.exp(-x))").says(
    "this is (eˣ − e⁻ˣ)/eˣ + e⁻ˣ: parentheses are missing around the denominator"
)
tanh_numerator_parentheses = edit("tanh", "return torch.exp(x) - torch.exp(-x) / (torch.exp(x) + torch.exp(-x))").says(
    "this is eˣ − e⁻ˣ/(eˣ + e⁻ˣ): parentheses are missing around the numerator"
)
tanh_sign = edit("tanh", {"return torch": "return -torch"}).says(
    "the sign is the other way round: tanh is positive for positive x"
)
tanh_upside_down = edit(
    "tanh", {"torch.where(x >= 0, 1 - decay": "(1 + decay) / torch.where(x >= 0, 1 - decay", " / (1 + decay)": ""}
).says("the fraction is upside down: tanh stays between -1 and 1")
tanh_of_half = edit("tanh", {"-2 * x, 2 * x": "-x, x"}).says(
    "this is tanh of x/2: a factor 2 is missing in the exponent"
)
tanh_of_double = edit("tanh", {"-2 * x, 2 * x": "-4 * x, 4 * x"}).says(
    "this is tanh of 2x: the exponent is twice too large"
)
tanh_cuts_the_graph = edit("tanh", {"(1 + decay)": "(1 + decay).detach()", "decay - 1)": "decay - 1).detach()"}).says(
    "the values are right, but no gradient comes back: what passes through detach, item, .data or NumPy, or is "
    "computed under no_grad, has no history"
)
tanh_is_sigmoid = edit("tanh", "return sigmoid(x)").says(
    "the sigmoid stands where tanh belongs: its values lie between 0 and 1, those of tanh between -1 and 1"
)

tanh_of_absolute_value = edit("tanh", {"decay - 1)": "1 - decay)"}).says(
    "this is tanh of |x|: for negative x the sign is lost"
)

# --- sigmoid_grad

sigmoid_grad_input_as_value = edit("sigmoid_grad", "return x * (1 - x)").says(
    "this is x·(1−x): the formula holds for the sigmoid's value, and x is the input"
)
sigmoid_grad_at_the_value = edit("sigmoid_grad", {"sigmoid(x)": "sigmoid(sigmoid(x))"}).says(
    "the sigmoid is applied twice: this is the derivative at sigmoid(x), not at x"
)
sigmoid_grad_plus = edit("sigmoid_grad", {"- s": "+ s"}).says(
    "this is f·(1+f), with a plus for the minus: the sigmoid's slope is never above 1/4"
)
sigmoid_grad_second_factor = edit("sigmoid_grad", "return sigmoid(x)").says(
    "this is the sigmoid itself; its derivative is a product, and the second factor is missing"
)
sigmoid_grad_first_factor = edit("sigmoid_grad", "return 1 - sigmoid(x)").says(
    "this is 1 minus the sigmoid; the derivative is a product, and one factor is missing "
    "(or, in the quotient rule, the denominator is not squared)"
)
sigmoid_grad_exponent_sign = edit(
    "sigmoid_grad", {"s = sigmoid(x)\nreturn s * (1 - s)": "return torch.exp(-x) / (1 + torch.exp(x)) ** 2"}
).says("the exponents above and below the fraction bar have opposite signs")
sigmoid_grad_overflow_left = edit(
    "sigmoid_grad", {"s = sigmoid(x)\nreturn s * (1 - s)": "return torch.exp(-x) / (1 + torch.exp(-x)) ** 2"}
).says(
    "for large negative x an exponential becomes infinite, and inf/inf or 0·inf is NaN; "
    "the value of sigmoid(x) gives the derivative without a new exponential"
)
sigmoid_grad_rule_of_tanh = edit("sigmoid_grad", "return 1 - sigmoid(x) ** 2").says(
    "this applies the rule of tanh, with a square, to the sigmoid"
)
sigmoid_grad_sign = edit("sigmoid_grad", {"return s": "return -s"}).says(
    "the sign is wrong: the exponent −x has a derivative of its own; the sigmoid rises everywhere"
)
sigmoid_grad_parentheses = edit("sigmoid_grad", "return torch.zeros_like(x)").says(
    "the result is 0 everywhere: in f * 1 - f Python multiplies first, and all cancels; parentheses are missing"
)
sigmoid_grad_left_to_right = edit(
    "sigmoid_grad",
    {"s = sigmoid(x)\nreturn s * (1 - s)": "return torch.exp(-x) / (1 + torch.exp(-x)) * (1 + torch.exp(-x))"},
).says(
    "this is e⁻ˣ: / and * go from left to right, so that what is divided by once is multiplied with again; parentheses "
    "are missing around the denominator"
)
sigmoid_grad_unsquared = edit(
    "sigmoid_grad", {"s = sigmoid(x)\nreturn s * (1 - s)": "decay = torch.exp(-x.abs())\nreturn decay / (1 + decay)"}
).says("at 0 this is 1/2, and the slope there is 1/4: in e⁻ˣ/(1 + e⁻ˣ)² the denominator is squared")
sigmoid_grad_square_inside = edit(
    "sigmoid_grad", {"s = sigmoid(x)\nreturn s * (1 - s)": "return torch.exp(-x) / (1 + torch.exp(-x) ** 2)"}
).says("this is e⁻ˣ/(1 + e⁻²ˣ): the square belongs to the whole denominator; ** binds tighter than +")

# --- tanh_grad

tanh_grad_plus = edit("tanh_grad", "return 1 + tanh(x) ** 2").says(
    "this is 1 + f², with a plus for the minus: the slope of tanh is never above 1"
)
tanh_grad_square = edit("tanh_grad", "return 1 - tanh(x)").says(
    "the square is missing: the slope of tanh is the same at x and at −x"
)
tanh_grad_square_around_all = edit("tanh_grad", {"1 - t * t": "(1 - t) ** 2"}).says(
    "this is (1 − f)²: only f is squared, not the difference"
)
tanh_grad_input_as_value = edit("tanh_grad", "return 1 - x**2").says(
    "the square of x is taken: the formula holds for the value of tanh, and x is the input"
)
tanh_grad_at_the_value = edit("tanh_grad", {"tanh(x)": "tanh(tanh(x))"}).says(
    "tanh is applied twice: this is the derivative at tanh(x), not at x"
)
tanh_grad_rule_of_sigmoid = edit("tanh_grad", {"1 - t * t": "t * (1 - t)"}).says(
    "this applies the sigmoid's rule f·(1−f) to tanh, which has a rule of its own"
)
tanh_grad_sign = edit("tanh_grad", "return tanh(x) ** 2 - 1").says(
    "the difference is the other way round: tanh rises everywhere, so its derivative is never negative"
)
tanh_grad_is_sigmoid_grad = edit("tanh_grad", "return sigmoid_grad(x)").says(
    "this is the derivative of the sigmoid, not of tanh"
)
tanh_grad_overflow = edit(
    "tanh_grad", {"t = tanh(x)": "t = (torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x))"}
).says(
    "for large |x|, of either sign, an exponential becomes infinite, and inf/inf is NaN; "
    "the value of tanh(x) gives the derivative without a new exponential"
)
tanh_grad_unsquared = edit("tanh_grad", "return 1 / torch.cosh(x)").says(
    "this is 1/cosh(x): it still has to be squared"
)
tanh_grad_chain_rule = edit("tanh_grad", {"1 - t * t": "(1 - t * t) / 2"}).says(
    "exactly half of the derivative: in tanh(x) = 2σ(2x) − 1 the inner function 2x has a derivative, too"
)

# --- tanh_from_sigmoid

tanh_from_sigmoid_inner_factor = edit("tanh_from_sigmoid", {"2 * x": "x"}).says(
    "the sigmoid is taken at x; compare the exponents of both functions"
)
tanh_from_sigmoid_halved = edit("tanh_from_sigmoid", {"2 * x": "x / 2"}).says(
    "the sigmoid is taken at x/2: the factor is the wrong way round"
)
tanh_from_sigmoid_outer_factor = edit("tanh_from_sigmoid", {"2 * sigmoid": "sigmoid"}).says(
    "the curve reaches from -1 to 0: it is shifted, and not stretched from height 1 to height 2"
)
tanh_from_sigmoid_shift = edit("tanh_from_sigmoid", {" - 1": ""}).says(
    "the curve reaches from 0 to 2: it is stretched, and not shifted down"
)
tanh_from_sigmoid_parentheses = edit("tanh_from_sigmoid", {"sigmoid(2 * x) - 1": "(sigmoid(2 * x) - 1)"}).says(
    "the curve reaches from -2 to 0: it is shifted before it is stretched; mind the parentheses"
)
tanh_from_sigmoid_sign = edit("tanh_from_sigmoid", {"return 2": "return -2", " - 1": " + 1"}).says(
    "the sign is the other way round: tanh rises, as the sigmoid does"
)
tanh_from_sigmoid_unscaled = edit("tanh_from_sigmoid", {"2 * sigmoid(2 * x) - 1": "sigmoid(2 * x)"}).says(
    "the sigmoid at 2x is neither stretched nor shifted: its values lie between 0 and 1"
)
tanh_from_sigmoid_not_called = edit("tanh_from_sigmoid", {"2 * sigmoid(2 * x) - 1": "tanh(x)"}).says(
    "the values stay those of tanh although another function stands in for `sigmoid`: call `sigmoid` by that name"
)
