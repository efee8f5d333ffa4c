# %% sigmoid_exponent_sign
# sigmoid uses exp(x) in place of exp(-x), so it is the mirrored curve sigmoid(-x).
# named: sigmoid_exponent_sign
def sigmoid(x):
    return 1 / (1 + torch.exp(x))

# %% sigmoid_precedence
# sigmoid lacks the parentheses of the denominator: 1 / 1 + exp(-x) is 1 + exp(-x).
# named: sigmoid_parentheses
def sigmoid(x):
    return 1 / 1 + torch.exp(-x)

# %% sigmoid_inf_over_inf
# sigmoid as exp(x) / (1 + exp(x)) is inf / inf = nan at 1000.
# named: sigmoid_overflow
def sigmoid(x):
    e = torch.exp(x)
    return e / (e + 1)

# %% sigmoid_nan_to_num
# sigmoid repairs the nan at 1000 with nan_to_num, which makes 0 of it in place of 1.
# named: sigmoid_nan_to_num, sigmoid_overflow
def sigmoid(x):
    y = torch.exp(x) / (1 + torch.exp(x))
    return torch.nan_to_num(y)

# %% sigmoid_clipped_at_500
# sigmoid clips x at 500, so that -1000 gives a tiny number and not 0.
# named: sigmoid_clipped
def sigmoid(x):
    z = torch.clamp(x, -500, 500)
    return 1 / (1 + torch.exp(-z))

# %% sigmoid_cut_off_at_20
# sigmoid sets everything beyond 20 to exactly 0 or 1, where the true value still differs by 2e-9.
# named: -
def sigmoid(x):
    y = 1 / (1 + torch.exp(-x))
    y = torch.where(x > 20, torch.ones_like(x), y)
    return torch.where(x < -20, torch.zeros_like(x), y)

# %% sigmoid_numpy_cuts_graph
# sigmoid computes in NumPy, so autograd gets no gradient through it.
# named: sigmoid_cuts_the_graph
import numpy as np

def sigmoid(x):
    a = x.detach().numpy()
    with np.errstate(over="ignore"):
        s = 1 / (1 + np.exp(-a))
    return torch.tensor(s, dtype=x.dtype)

# %% sigmoid_overwrites_exp
# sigmoid adds 1 in place to the result of exp, which autograd needs: the backward pass raises.
# named: -
def sigmoid(x):
    d = torch.exp(-x)
    d += 1
    return 1 / d

# %% sigmoid_changes_input
# sigmoid negates x in place, so the caller's tensor has other signs afterwards.
# named: -
def sigmoid(x):
    x *= -1
    return 1 / (1 + torch.exp(x))

def sigmoid_grad(x):
    e = torch.exp(-torch.abs(x))
    return e / (1 + e) ** 2

# %% sigmoid_always_float32
# sigmoid writes into a new tensor of the default dtype, so float64 comes back as float32.
# named: -
def sigmoid(x):
    out = torch.zeros(x.shape)
    out[...] = 1 / (1 + torch.exp(-x))
    return out

def sigmoid_grad(x):
    e = torch.exp(-torch.abs(x))
    return e / (1 + e) ** 2

# %% tanh_textbook_overflow
# tanh is the textbook quotient, inf / inf = nan at 1000.
# named: tanh_overflow
def tanh(x):
    a = torch.exp(x)
    b = torch.exp(-x)
    return (a - b) / (a + b)

def tanh_grad(x):
    return 1 / torch.cosh(x) ** 2

# %% tanh_stable_on_one_side
# tanh divided through by exp(x) is right at 1000 but nan at -1000.
# named: tanh_overflow_left
def tanh(x):
    e = torch.exp(-2 * x)
    return (1 - e) / (1 + e)

# %% tanh_sign_flipped
# tanh has the difference the wrong way round and gives -tanh(x).
# named: tanh_sign
def tanh(x):
    return 2 / (1 + torch.exp(2 * x)) - 1

# %% tanh_half_argument
# tanh lacks the 2 in the exponent and gives tanh(x / 2).
# named: tanh_of_half
def tanh(x):
    return 1 - 2 / (1 + torch.exp(x))

# %% tanh_of_the_absolute_value
# tanh works on abs(x) for stability and forgets to put the sign back.
# named: tanh_of_absolute_value
def tanh(x):
    e = torch.exp(-2 * x.abs())
    return (1 - e) / (1 + e)

# %% tanh_clipped_at_ten
# tanh clips x at 10, so 1000 gives 0.999999996 and not exactly 1.
# named: -
def tanh(x):
    x = x.clamp(-10, 10)
    return (torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x))

# %% tanh_without_graph
# tanh runs under no_grad, so no gradient goes through it.
# named: tanh_cuts_the_graph
@torch.no_grad()
def tanh(x):
    return 1 - 2 / (1 + torch.exp(2 * x))

# %% tanh_computed_in_float32
# tanh goes through float32 and back, so float64 results have only seven digits.
# named: -
def tanh(x):
    y = x.float()
    return (1 - 2 / (1 + torch.exp(2 * y))).to(x.dtype)

# %% sigmoid_grad_x_for_value
# sigmoid_grad puts x itself into f(1 - f).
# named: sigmoid_grad_input_as_value
def sigmoid_grad(x):
    return x * (1 - x)

# %% sigmoid_grad_applied_twice
# sigmoid_grad takes the derivative at sigmoid(x), with the sigmoid applied twice.
# named: sigmoid_grad_at_the_value
def sigmoid_grad(x):
    a = sigmoid(x)
    return sigmoid(a) * (1 - sigmoid(a))

# %% sigmoid_grad_tanh_rule
# sigmoid_grad uses the rule of tanh, 1 - s**2.
# named: sigmoid_grad_rule_of_tanh
def sigmoid_grad(x):
    s = sigmoid(x)
    return 1 - s ** 2

# %% sigmoid_grad_negative
# sigmoid_grad has the sign wrong: s * (s - 1).
# named: sigmoid_grad_sign
def sigmoid_grad(x):
    out = sigmoid(x)
    return out * (out - 1)

# %% sigmoid_grad_denominator_sign
# sigmoid_grad has exp(x) in the denominator in place of exp(-x).
# named: sigmoid_grad_exponent_sign
def sigmoid_grad(x):
    return torch.exp(-x) / (1 + torch.exp(x)) ** 2

# %% sigmoid_grad_square_missing
# sigmoid_grad forgets the square of the denominator.
# named: sigmoid_grad_unsquared
def sigmoid_grad(x):
    e = torch.exp(-x.abs())
    return e / (1 + e)

# %% sigmoid_grad_quotient_overflow
# sigmoid_grad as exp(-x) / (1 + exp(-x))**2 is nan at -1000.
# named: sigmoid_grad_overflow_left
def sigmoid_grad(x):
    e = torch.exp(-x)
    return e / (1 + e) ** 2

# %% sigmoid_grad_difference_quotient
# sigmoid_grad is a forward difference quotient, which has too few digits.
# named: -
def sigmoid_grad(x):
    h = 1e-6
    return (sigmoid(x + h) - sigmoid(x)) / h

# %% sigmoid_grad_epsilon
# sigmoid_grad keeps s away from 0 and 1 by 1e-7, so it never gets to 0.
# named: -
def sigmoid_grad(x):
    eps = 1e-7
    s = torch.clamp(sigmoid(x), eps, 1 - eps)
    return s * (1 - s)

# %% sigmoid_grad_empty_is_x
# sigmoid_grad returns x itself for an empty tensor, which is not a new one.
# named: -
def sigmoid_grad(x):
    if x.numel() == 0:
        return x
    s = sigmoid(x)
    return s * (1 - s)

# %% tanh_grad_sigmoid_rule
# tanh_grad uses f(1 - f), which holds only for the sigmoid.
# named: tanh_grad_rule_of_sigmoid
def tanh_grad(x):
    f = tanh(x)
    return f * (1 - f)

# %% tanh_grad_of_the_value
# tanh_grad takes x for the value of tanh: 1 - x**2.
# named: tanh_grad_input_as_value
def tanh_grad(x):
    return 1 - x ** 2

# %% tanh_grad_applied_twice
# tanh_grad takes the derivative at tanh(x) and not at x.
# named: tanh_grad_at_the_value
def tanh_grad(x):
    t = tanh(x)
    return 1 - tanh(t) ** 2

# %% tanh_grad_square_around_all
# tanh_grad squares the whole difference: (1 - t)**2.
# named: tanh_grad_square_around_all
def tanh_grad(x):
    t = tanh(x)
    return (1 - t) ** 2

# %% tanh_grad_plus
# tanh_grad adds the square: 1 + t**2.
# named: tanh_grad_plus
def tanh_grad(x):
    t = tanh(x)
    return 1 + t * t

# %% tanh_grad_sech_not_squared
# tanh_grad is 1 / cosh and lacks the square.
# named: tanh_grad_unsquared
def tanh_grad(x):
    return 1 / torch.cosh(x)

# %% tanh_grad_sinh_over_cosh
# tanh_grad computes tanh as sinh / cosh, which is nan at 1000.
# named: tanh_grad_overflow
def tanh_grad(x):
    t = torch.sinh(x) / torch.cosh(x)
    return 1 - t ** 2

# %% tanh_grad_chain_factor
# tanh_grad takes the derivative of 2 * sigmoid(2x) - 1 with only one factor 2 of the two.
# named: tanh_grad_chain_rule
def tanh_grad(x):
    return 2 * sigmoid_grad(2 * x)

# %% tanh_grad_central_difference
# tanh_grad is a central difference quotient, wrong in the small derivatives.
# named: -
def tanh_grad(x):
    h = 1e-5
    return (tanh(x + h) - tanh(x - h)) / (2 * h)

# %% tanh_grad_flat_shape
# tanh_grad returns a flat tensor, whatever the shape of x.
# named: -
def tanh_grad(x):
    flat = x.reshape(-1)
    return 1 - tanh(flat) ** 2

# %% tanh_grad_needs_contiguous
# tanh_grad flattens with view, which raises for a transposed x.
# named: -
def tanh_grad(x):
    flat = x.view(-1)
    g = 1 - tanh(flat) ** 2
    return g.view(x.shape)

# %% tanh_from_sigmoid_inner_two
# tanh_from_sigmoid forgets the 2 inside and gives tanh(x / 2).
# named: tanh_from_sigmoid_inner_factor
def tanh_from_sigmoid(x):
    return 2 * sigmoid(x) - 1

# %% tanh_from_sigmoid_outer_two
# tanh_from_sigmoid shifts but does not stretch: sigmoid(2x) - 1.
# named: tanh_from_sigmoid_outer_factor
def tanh_from_sigmoid(x):
    return sigmoid(2 * x) - 1

# %% tanh_from_sigmoid_mirrored
# tanh_from_sigmoid has the sign wrong: 1 - 2 * sigmoid(2x).
# named: tanh_from_sigmoid_sign
def tanh_from_sigmoid(x):
    return 1 - 2 * sigmoid(2 * x)

# %% tanh_from_sigmoid_calls_tanh
# tanh_from_sigmoid calls tanh and never sigmoid, so a replaced sigmoid has no effect.
# named: tanh_from_sigmoid_not_called
def tanh_from_sigmoid(x):
    return tanh(x)

# %% tanh_from_sigmoid_bound_early
# tanh_from_sigmoid holds sigmoid as a default argument, so a replaced sigmoid is not called.
# named: tanh_from_sigmoid_not_called
def tanh_from_sigmoid(x, act=sigmoid):
    return 2 * act(2 * x) - 1

# %% tanh_from_sigmoid_half_inlined
# tanh_from_sigmoid writes the second sigmoid out with exp, so only half of it follows a replaced sigmoid.
# named: -
def tanh_from_sigmoid(x):
    return sigmoid(2 * x) - 1 / (1 + torch.exp(2 * x))

# %% tanh_from_sigmoid_odds
# tanh_from_sigmoid gets exp(x) as s / (1 - s), which is 1 / 0 for large x and ends as nan.
# named: -
def tanh_from_sigmoid(x):
    s = sigmoid(x)
    e = s / (1 - s)
    return (e - 1 / e) / (e + 1 / e)

# %% tanh_from_sigmoid_doubles_input
# tanh_from_sigmoid doubles x in place, so the caller's tensor is changed.
# named: -
def tanh_from_sigmoid(x):
    x *= 2
    return 2 * sigmoid(x) - 1
