# %% relu_absolute_value
# relu returns abs(x), so negative inputs come back positive and not 0.
# named: relu_absolute_value
def relu(x):
    return torch.abs(x)

# %% relu_keeps_the_negatives
# relu clamps from the wrong side and keeps the negative part.
# named: relu_other_half
def relu(x):
    return torch.clamp(x, max=0)

# %% relu_cut_at_one
# relu also has an upper bound of 1.
# named: -
def relu(x):
    return torch.clamp(x, 0, 1)

# %% relu_ignores_tiny_inputs
# relu compares with 1e-6 and not with 0, so tiny positive inputs become 0.
# named: -
def relu(x):
    eps = 1e-6
    return torch.where(x > eps, x, torch.zeros_like(x))

# %% relu_in_place
# relu sets the negative elements of x itself to 0 and returns x.
# named: relu_in_place, relu_is_x_itself
def relu(x):
    x[x < 0] = 0
    return x

# %% relu_x_itself_if_positive
# relu returns x itself, not a new tensor, where all inputs are positive.
# named: relu_is_x_itself
def relu(x):
    if bool((x > 0).all()):
        return x
    return torch.where(x > 0, x, torch.zeros_like(x))

# %% relu_detached
# relu works on a detached clone, so no gradient goes through it.
# named: relu_cuts_the_graph
def relu(x):
    out = x.detach().clone()
    out[out < 0] = 0
    return out

# %% relu_if_on_the_whole_tensor
# relu asks "if x > 0" of the whole tensor, which raises unless x has exactly one element.
# named: -
def relu(x):
    if x > 0:
        return x * 1
    else:
        return x * 0

# %% relu_rows_only
# relu runs over two dimensions by index, so it fails for any other number of dimensions.
# named: -
def relu(x):
    out = torch.zeros_like(x)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            if x[i, j] > 0:
                out[i, j] = x[i, j]
    return out

# %% relu_grad_boolean
# relu_grad returns True and False in place of numbers.
# named: relu_grad_bool
def relu_grad(x):
    return x > 0

# %% relu_grad_one_at_zero
# relu_grad is 1 at exactly 0.
# named: relu_grad_one_at_zero
def relu_grad(x):
    return (x >= 0).to(x.dtype)

# %% relu_grad_half_at_zero
# relu_grad is 0.5 at exactly 0.
# named: relu_grad_half_at_zero
def relu_grad(x):
    return torch.heaviside(x, torch.full_like(x, 0.5))

# %% relu_grad_returns_x
# relu_grad returns x where x is positive, not 1.
# named: relu_grad_is_relu
def relu_grad(x):
    return torch.where(x > 0, x, torch.zeros_like(x))

# %% relu_grad_always_float32
# relu_grad uses .float(), so a float64 input gives float32.
# named: relu_grad_always_float32
def relu_grad(x):
    return (x > 0).float()

# %% relu_grad_value_over_input
# relu_grad divides the value by the input, which is 0 / 0 = nan at 0.
# named: -
def relu_grad(x):
    return relu(x) / x

# %% relu_grad_sign
# relu_grad returns the sign, -1 for negative inputs and not 0.
# named: relu_grad_is_sign
def relu_grad(x):
    return torch.sign(x)

# %% relu_grad_mask_inverted
# relu_grad is 1 for the negative side and 0 for the positive.
# named: relu_grad_other_half
def relu_grad(x):
    return (x <= 0).to(x.dtype)

# %% relu_grad_overwrites_input
# relu_grad changes x in place into a mask; it returns a copy of it.
# named: -
def relu_grad(x):
    x[x > 0] = 1
    x[x <= 0] = 0
    return x.clone()

# %% leaky_max_formula
# leaky_relu is max(slope * x, x), which is wrong for slopes above 1.
# named: leaky_relu_maximum
def leaky_relu(x, slope):
    return torch.maximum(slope * x, x)

# %% leaky_wrong_side
# leaky_relu has the slope on the positive side.
# named: leaky_relu_other_side
def leaky_relu(x, slope):
    return torch.where(x > 0, slope * x, x)

# %% leaky_fixed_slope
# leaky_relu always takes the slope 0.01 and never the argument.
# named: leaky_relu_fixed_slope
def leaky_relu(x, slope):
    return torch.where(x > 0, x, 0.01 * x)

# %% leaky_negative_side_mirrored
# leaky_relu has a minus in the lower case: -slope * x.
# named: leaky_relu_sign
def leaky_relu(x, slope):
    return torch.where(x > 0, x, -slope * x)

# %% leaky_slope_added_to_x
# leaky_relu adds the slope part to all of x, so the negative side has the slope 1 + slope.
# named: leaky_relu_slope_added
def leaky_relu(x, slope):
    return x + slope * x.clamp(max=0)

# %% leaky_slope_rejected
# leaky_relu raises for a slope outside 0 to 1, which the statement allows.
# named: -
def leaky_relu(x, slope):
    if not 0 <= slope <= 1:
        raise ValueError("slope must be between 0 and 1")
    return torch.where(x > 0, x, slope * x)

# %% leaky_absolute_slope
# leaky_relu takes abs(slope), which is wrong for negative slopes only.
# named: -
def leaky_relu(x, slope):
    s = abs(slope)
    return torch.where(x > 0, x, s * x)

# %% leaky_contiguous_is_no_copy
# leaky_relu takes contiguous() for a copy; for a contiguous x it is x itself, which is changed and returned.
# named: leaky_relu_in_place, leaky_relu_is_x_itself
def leaky_relu(x, slope):
    out = x.contiguous()
    out[out < 0] *= slope
    return out

# %% leaky_slope_one_returns_x
# leaky_relu returns x itself for slope 1, not a new tensor.
# named: -
def leaky_relu(x, slope):
    if slope == 1:
        return x
    return torch.where(x > 0, x, slope * x)

# %% leaky_numpy_cuts_graph
# leaky_relu uses np.where on the detached values, so no gradient goes through it.
# named: -
import numpy as np

def leaky_relu(x, slope):
    a = x.detach().numpy()
    return torch.tensor(np.where(a > 0, a, slope * a), dtype=x.dtype)

# %% leaky_grad_one_at_zero
# leaky_relu_grad is 1 at exactly 0, not slope.
# named: leaky_relu_grad_one_at_zero
def leaky_relu_grad(x, slope):
    return torch.where(x >= 0, torch.ones_like(x), torch.full_like(x, slope))

# %% leaky_grad_zero_at_zero
# leaky_relu_grad makes a third case of it: 0 at exactly 0, not slope.
# named: leaky_relu_grad_zero_at_zero
def leaky_relu_grad(x, slope):
    g = torch.zeros_like(x)
    g[x > 0] = 1
    g[x < 0] = slope
    return g

# %% leaky_grad_dtype_of_numbers
# leaky_relu_grad lets where choose between two Python numbers, so the result has the default dtype, not that of x.
# named: leaky_relu_grad_default_dtype
def leaky_relu_grad(x, slope):
    return torch.where(x > 0, 1.0, float(slope))

# %% leaky_grad_value_on_the_left
# leaky_relu_grad returns slope * x on the left, which is the value and not the derivative.
# named: leaky_relu_grad_keeps_x
def leaky_relu_grad(x, slope):
    return torch.where(x > 0, torch.ones_like(x), slope * x)

# %% leaky_grad_dead_side
# leaky_relu_grad is 0 on the left, as for relu.
# named: leaky_relu_grad_without_leak
def leaky_relu_grad(x, slope):
    return (x > 0).to(x.dtype)

# %% elu_where_nan_gradient
# elu takes exp of all of x inside where, so the gradient at 1000 is nan.
# named: elu_nan_gradient
def elu(x, alpha):
    return torch.where(x > 0, x, alpha * (torch.exp(x) - 1))

# %% elu_alpha_missing
# elu forgets alpha.
# named: elu_without_alpha
def elu(x, alpha):
    neg = torch.exp(torch.clamp(x, max=0)) - 1
    return torch.where(x > 0, x, neg)

# %% elu_minus_one_missing
# elu lacks the -1, so it jumps at 0.
# named: elu_without_minus_one
def elu(x, alpha):
    neg = alpha * torch.exp(torch.clamp(x, max=0))
    return torch.where(x > 0, x, neg)

# %% elu_parentheses_missing
# elu is alpha * exp(x) - 1, with the 1 outside the parentheses.
# named: elu_parentheses
def elu(x, alpha):
    neg = alpha * torch.exp(torch.clamp(x, max=0)) - 1
    return torch.where(x > 0, x, neg)

# %% elu_alpha_on_both_sides
# elu multiplies the positive side by alpha too.
# named: elu_alpha_on_both_sides
def elu(x, alpha):
    y = torch.where(x > 0, x, torch.expm1(torch.clamp(x, max=0)))
    return alpha * y

# %% elu_alpha_in_the_exponent
# elu has alpha in the exponent: exp(alpha * x) - 1.
# named: elu_alpha_in_the_exponent
def elu(x, alpha):
    neg = torch.exp(alpha * torch.clamp(x, max=0)) - 1
    return torch.where(x > 0, x, neg)

# %% elu_x_over_alpha
# elu divides x by alpha inside exp, which is another function with the slope exp(x / alpha).
# named: -
def elu(x, alpha):
    low = torch.clamp(x, max=0)
    return torch.where(x > 0, x, alpha * torch.expm1(low / alpha))

# %% elu_exponent_sign
# elu has exp(-x) on the left, so it grows with |x| there and does not saturate.
# named: elu_exponent_sign
def elu(x, alpha):
    low = torch.clamp(x, max=0)
    return torch.where(x > 0, x, alpha * (torch.exp(-low) - 1))

# %% elu_clipped_at_minus_five
# elu clips x at -5 before exp, so it stays above -alpha on the far left and its gradient is 0 there.
# named: -
def elu(x, alpha):
    low = torch.clamp(x, min=-5, max=0)
    return torch.where(x > 0, x, alpha * torch.expm1(low))

# %% elu_grad_alpha_missing
# elu_grad forgets alpha.
# named: elu_grad_without_alpha
def elu_grad(x, alpha):
    return torch.where(x > 0, torch.ones_like(x), torch.exp(x))

# %% elu_grad_one_at_zero
# elu_grad is 1 at exactly 0, not alpha.
# named: elu_grad_one_at_zero
def elu_grad(x, alpha):
    return torch.where(x >= 0, torch.ones_like(x), alpha * torch.exp(x))

# %% elu_grad_keeps_minus_one
# elu_grad keeps the -1, which has the derivative 0.
# named: elu_grad_keeps_the_constant
def elu_grad(x, alpha):
    return torch.where(x > 0, torch.ones_like(x), alpha * (torch.exp(x) - 1))

# %% elu_grad_value_plus_alpha_everywhere
# elu_grad is elu + alpha on both sides, but on the right the derivative is 1.
# named: elu_grad_value_plus_alpha_everywhere
def elu_grad(x, alpha):
    return elu(x, alpha) + alpha

# %% elu_grad_zero_times_inf
# elu_grad multiplies exp(x) by a mask, which is inf * 0 = nan at 1000.
# named: elu_grad_masks_multiply
def elu_grad(x, alpha):
    pos = (x > 0).to(x.dtype)
    return pos + (1 - pos) * alpha * torch.exp(x)

# %% elu_grad_power_rule
# elu_grad treats exp(x) like a power and gets alpha * x * exp(x).
# named: elu_grad_power_rule
def elu_grad(x, alpha):
    return torch.where(x > 0, torch.ones_like(x), alpha * x * torch.exp(x))

# %% elu_grad_needs_contiguous
# elu_grad flattens x with view, which raises for a strided x.
# named: -
def elu_grad(x, alpha):
    flat = x.view(-1)
    g = torch.ones_like(flat)
    for i in range(len(flat)):
        if flat[i] <= 0:
            g[i] = alpha * torch.exp(flat[i])
    return g.view(x.shape)

# %% depth_all_factors_at_the_input
# gradient_through_depth takes all factors at x: f'(x) to the power of depth.
# named: depth_all_at_the_input
def gradient_through_depth(f, f_grad, depth, x):
    return f_grad(x) ** depth

# %% depth_factors_at_the_outputs
# gradient_through_depth takes each factor at the layer's output.
# named: depth_at_the_outputs
def gradient_through_depth(f, f_grad, depth, x):
    g = torch.ones_like(x)
    h = x
    for _ in range(depth):
        h = f(h)
        g = g * f_grad(h)
    return g

# %% depth_sum_of_factors
# gradient_through_depth adds the factors, where the chain rule multiplies; depth 0 is 1.
# named: depth_sum
def gradient_through_depth(f, f_grad, depth, x):
    if depth == 0:
        return torch.ones_like(x)
    g = torch.zeros_like(x)
    for _ in range(depth):
        g = g + f_grad(x)
        x = f(x)
    return g

# %% depth_one_factor_too_many
# gradient_through_depth starts with the first factor and then goes through depth more layers.
# named: depth_one_factor_too_many
def gradient_through_depth(f, f_grad, depth, x):
    if depth == 0:
        return torch.ones_like(x)
    g = f_grad(x) * 1
    for _ in range(depth):
        x = f(x)
        g = g * f_grad(x)
    return g

# %% depth_last_factor_missing
# gradient_through_depth counts from 1 and leaves the last layer out.
# named: depth_one_factor_too_few
def gradient_through_depth(f, f_grad, depth, x):
    g = torch.ones_like(x)
    for _ in range(1, depth):
        g = g * f_grad(x)
        x = f(x)
    return g

# %% depth_only_last_factor
# gradient_through_depth overwrites the gradient in each layer and returns the last factor only.
# named: depth_last_factor_only
def gradient_through_depth(f, f_grad, depth, x):
    g = torch.ones_like(x)
    h = x
    for _ in range(depth):
        g = f_grad(h).clone()
        h = f(h)
    return g

# %% depth_derivative_of_derivative
# gradient_through_depth applies f_grad to its own result again and again, and never f.
# named: depth_gradient_repeated
def gradient_through_depth(f, f_grad, depth, x):
    if depth == 0:
        return torch.ones_like(x)
    g = x.clone()
    for _ in range(depth):
        g = f_grad(g)
    return g.clone()

# %% depth_returns_the_signal
# gradient_through_depth returns the signal after depth layers, not its derivative; depth 0 is 1.
# named: depth_returns_the_signal
def gradient_through_depth(f, f_grad, depth, x):
    if depth == 0:
        return torch.ones_like(x)
    h = x.clone()
    for _ in range(depth):
        h = f(h)
    return h.clone()

# %% depth_zero_gives_zeros
# gradient_through_depth returns zeros for depth 0, where the empty product is 1.
# named: depth_zero_gives_zeros
def gradient_through_depth(f, f_grad, depth, x):
    if depth == 0:
        return torch.zeros_like(x)
    g = torch.ones_like(x)
    for _ in range(depth):
        g = g * f_grad(x)
        x = f(x)
    return g

# %% depth_zero_default_dtype
# gradient_through_depth starts with ones of the default dtype, so depth 0 gives float32 for a float64 x.
# named: depth_zero_in_float32
def gradient_through_depth(f, f_grad, depth, x):
    g = torch.ones(x.shape)
    for _ in range(depth):
        g = g * f_grad(x)
        x = f(x)
    return g

# %% depth_sum_of_logs
# gradient_through_depth adds logarithms, which is nan for negative derivatives.
# named: depth_logarithms
def gradient_through_depth(f, f_grad, depth, x):
    log_g = torch.zeros_like(x)
    for _ in range(depth):
        log_g = log_g + torch.log(f_grad(x))
        x = f(x)
    return torch.exp(log_g)

# %% depth_signs_lost
# gradient_through_depth multiplies absolute values, so negative derivatives lose their sign.
# named: -
def gradient_through_depth(f, f_grad, depth, x):
    g = torch.ones_like(x)
    for _ in range(depth):
        g = g * f_grad(x).abs()
        x = f(x)
    return g

# %% depth_difference_quotient
# gradient_through_depth is a difference quotient of the whole stack, which has too few digits.
# named: -
def gradient_through_depth(f, f_grad, depth, x):
    h = 1e-6
    up, down = x + h, x - h
    for _ in range(depth):
        up, down = f(up), f(down)
    return (up - down) / (2 * h)

# %% depth_floor_against_vanishing
# gradient_through_depth replaces gradients smaller than 1e-12 by 0.
# named: -
def gradient_through_depth(f, f_grad, depth, x):
    g = torch.ones_like(x)
    for _ in range(depth):
        g = g * f_grad(x)
        x = f(x)
    g[g.abs() < 1e-12] = 0
    return g

# %% depth_overwrites_x
# gradient_through_depth writes each signal into x, so the caller's tensor is changed.
# named: -
def gradient_through_depth(f, f_grad, depth, x):
    g = torch.ones_like(x)
    for _ in range(depth):
        g = g * f_grad(x)
        x.copy_(f(x))
    return g
