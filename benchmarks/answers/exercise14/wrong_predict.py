# %% bias_forgotten
# predict leaves out b.
# named: predict_without_bias
def predict(x, w, b):
    return x * w

# %% w_and_b_swapped
# predict multiplies by b and adds w.
# named: predict_swapped
def predict(x, w, b):
    return x * b + w

# %% bias_before_the_product
# predict adds b to x before it multiplies by w.
# named: predict_bias_inside
def predict(x, w, b):
    return (x + b) * w

# %% bias_subtracted
# predict subtracts b.
# named: -
def predict(x, w, b):
    return torch.mm(x, w) - b

# %% flat_prediction
# predict flattens its result to [n].
# named: predict_flat
def predict(x, w, b):
    return (x @ w + b).flatten()

# %% prediction_overwrites_x
# predict works in place on x, so the caller's samples change.
# named: -
def predict(x, w, b):
    x *= w
    x += b
    return x

# %% prediction_without_gradients
# predict uses the number in w, so that no gradient reaches w.
# named: -
def predict(x, w, b):
    return x * w.item() + b

# %% prediction_in_float32
# predict converts x to float32 first, and a float64 result loses its precision.
# named: -
def predict(x, w, b):
    return (x.float() * w.float() + b.float()).to(x.dtype)

# %% strides_ignored
# predict reads x with stride 1, which gives other numbers for a strided x.
# named: -
def predict(x, w, b):
    flat = torch.as_strided(x, (x.shape[0], 1), (1, 1))
    return flat * w + b

# %% negative_values_cut
# predict sets negative values to zero.
# named: -
def predict(x, w, b):
    return torch.clamp(x * w + b, min=0)
