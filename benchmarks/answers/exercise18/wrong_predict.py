# %% predict_last_of_equals
# Of equal logits the last.
# like: numpy_and_scatter
# named: predict_last_of_equals
def predict(X, W, b):
    z = logits(X, W, b)
    C = W.shape[0]
    return C - 1 - torch.flip(z, [1]).argmax(1)

# %% predict_among_the_samples
# Argmax over the samples (dim 0).
# like: loops
# named: predict_batch_axis
def predict(X, W, b):
    scores = logits(X, W, b)
    return torch.argmax(scores, 0)

# %% predict_naive_softmax
# Argmax of probabilities made with naive exp (nan for large logits).
# like: autograd_and_split
# named: predict_overflow
def predict(X, W, b):
    e = torch.exp(logits(X, W, b))
    p = e / e.sum(dim=1, keepdim=True)
    return p.argmax(dim=1)

# %% predict_int32
# Int32 classes.
# named: -
def predict(X, W, b):
    return logits(X, W, b).argmax(1).int()

# %% predict_farthest_from_zero
# Argmax of |logit|.
# like: numpy_and_scatter
# named: predict_largest_absolute
def predict(X, W, b):
    return logits(X, W, b).abs().argmax(1)

# %% predict_counted_from_one
# Class numbers begin at 1.
# named: predict_from_one
def predict(X, W, b):
    return torch.max(logits(X, W, b), dim=1)[1] + 1

# %% predict_lower_is_better
# The smallest logit.
# named: predict_smallest
def predict(X, W, b):
    return torch.argsort(logits(X, W, b), dim=1, stable=True)[:, 0]
