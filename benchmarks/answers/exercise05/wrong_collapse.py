# %% product_in_wrong_order
# collapse multiplies W1 W2 in place of W2 W1.
# named: collapse_order
def collapse(params):
    W, b = params[0]
    for W2, b2 in params[1:]:
        b = W2 @ b + b2
        W = W @ W2
    return W, b

# %% biases_only_added
# collapse adds the biases up without the later layers' weights.
# named: collapse_adds_biases
def collapse(params):
    W, b = params[0]
    for W2, b2 in params[1:]:
        W = W2 @ W
        b = b + b2
    return W, b

# %% later_biases_left_out
# collapse sends the first bias through the stack and leaves out the later biases.
# named: collapse_first_bias_only
def collapse(params):
    W, b = params[0]
    for Wk, _ in params[1:]:
        W = Wk @ W
        b = Wk @ b
    return W, b

# %% only_the_last_bias
# collapse returns the last layer's bias and drops what the earlier biases give.
# named: collapse_last_bias
def collapse(params):
    W = params[0][0]
    for Wk, bk in params[1:]:
        W = Wk @ W
    return W, params[-1][1]

# %% bias_with_the_whole_product
# collapse updates W first and then multiplies the bias by the product of all weights so far.
# named: collapse_bias_by_the_new_weights
def collapse(params):
    W, b = params[0]
    for Wk, bk in params[1:]:
        W = Wk @ W
        b = W @ b + bk
    return W, b

# %% only_two_layers
# collapse merges the first two layers and ignores the others.
# named: collapse_two
def collapse(params):
    if len(params) == 1:
        return params[0]
    W1, b1 = params[0]
    W2, b2 = params[1]
    return W2 @ W1, W2 @ b1 + b2

# %% bias_of_the_last_two_layers
# collapse computes the bias from the last two layers only; the weights are right.
# named: -
def collapse(params):
    Ws = [W for W, b in params]
    bs = [b for W, b in params]
    W = Ws[0]
    for Wk in Ws[1:]:
        W = Wk @ W
    if len(params) == 1:
        return W, bs[0]
    return W, Ws[-1] @ bs[-2] + bs[-1]

# %% weights_returned_transposed
# collapse returns W with shape [D, C].
# named: collapse_transposed
def collapse(params):
    Wt = params[0][0].T
    b = params[0][1]
    for W2, b2 in params[1:]:
        Wt = Wt @ W2.T
        b = b @ W2.T + b2
    return Wt, b

# %% pair_swapped
# collapse returns (b, W).
# named: -
def collapse(params):
    W, b = params[0]
    for Wk, bk in params[1:]:
        W, b = Wk @ W, Wk @ b + bk
    return b, W

# %% list_for_tuple
# collapse returns a list, not a tuple.
# named: -
def collapse(params):
    one = list(params[0])
    for Wk, bk in params[1:]:
        one = [Wk @ one[0], Wk @ one[1] + bk]
    return one

# %% bias_is_a_column
# collapse returns b with shape [C, 1].
# named: -
def collapse(params):
    W = params[0][0]
    b = params[0][1].reshape(-1, 1)
    for Wk, bk in params[1:]:
        W = Wk @ W
        b = Wk @ b + bk.reshape(-1, 1)
    return W, b

# %% bias_from_the_left
# collapse multiplies b W in place of W b.
# named: collapse_bias_from_the_left
def collapse(params):
    W, b = params[0]
    for Wk, bk in params[1:]:
        b = b @ Wk + bk
        W = Wk @ W
    return W, b

# %% next_bias_changed
# collapse adds to the next layer's bias in place, and that tensor belongs to the caller.
# named: collapse_in_place
def collapse(params):
    W, b = params[0]
    for Wk, bk in params[1:]:
        W = Wk @ W
        bk += Wk @ b
        b = bk
    return W, b

# %% list_turned_around
# collapse reverses the caller's list.
# named: collapse_in_place
def collapse(params):
    params.reverse()
    W, b = params[-1]
    for Wk, bk in params[-2::-1]:
        b = Wk @ b + bk
        W = Wk @ W
    return W, b

# %% single_layer_fails
# collapse fails for a single layer, since multi_dot needs two matrices.
# named: -
def collapse(params):
    b = params[0][1]
    for Wk, bk in params[1:]:
        b = Wk @ b + bk
    W = torch.linalg.multi_dot([W for W, _ in reversed(params)])
    return W, b

# %% exactly_three_layers
# collapse is written for three layers and fails for any other depth.
# named: -
def collapse(params):
    (W1, b1), (W2, b2), (W3, b3) = params
    return W3 @ W2 @ W1, W3 @ (W2 @ b1 + b2) + b3

# %% identity_in_float32
# collapse starts from an identity matrix without the dtype, so float64 layers raise an error.
# named: -
def collapse(params):
    D = params[0][0].shape[1]
    W = torch.eye(D)
    b = torch.zeros(D)
    for Wk, bk in params:
        W = Wk @ W
        b = Wk @ b + bk
    return W, b

# %% collapse_loses_digits
# collapse multiplies in float32 and converts back, so float64 has too few digits.
# named: -
def collapse(params):
    dtype = params[0][0].dtype
    W, b = [t.to(torch.float32) for t in params[0]]
    for Wk, bk in params[1:]:
        Wk = Wk.to(torch.float32)
        W = Wk @ W
        b = Wk @ b + bk.to(torch.float32)
    return W.to(dtype), b.to(dtype)

# %% elementwise_collapse
# collapse multiplies the weights element by element.
# named: collapse_elementwise
def collapse(params):
    W, b = params[0]
    for Wk, bk in params[1:]:
        b = torch.mv(Wk, b) + bk
        W = Wk * W
    return W, b

# %% slope_with_bias_inside
# collapse reads W off the outputs for the unit vectors without taking off the bias.
# named: -
def collapse(params):
    D = params[0][0].shape[1]
    dtype = params[0][0].dtype
    b = mlp_forward(torch.zeros(D, dtype=dtype), params, lambda z: z)
    W = mlp_forward(torch.eye(D, dtype=dtype), params, lambda z: z).T
    return W, b

# %% one_tensor_returned
# collapse returns one tensor with the bias as its last column, not the pair.
# named: -
def collapse(params):
    W, b = params[0]
    for Wk, bk in params[1:]:
        b = Wk @ b + bk
        W = Wk @ W
    return torch.cat([W, b.unsqueeze(1)], dim=1)
