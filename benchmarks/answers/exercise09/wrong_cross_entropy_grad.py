# %% ce_grad_of_the_sum
# cross_entropy_grad is not divided by N.
# named: cross_entropy_grad_of_sum
def cross_entropy_grad(z, y):
    p = softmax(z)
    p[torch.arange(len(y)), y] -= 1
    return p

# %% ce_grad_over_all_entries
# cross_entropy_grad divides by N * C, the number of logits, and not by N.
# named: cross_entropy_grad_over_everything
def cross_entropy_grad(z, y):
    hot = torch.nn.functional.one_hot(y, z.shape[1]).to(z.dtype)
    return (softmax(z) - hot) / z.numel()

# %% ce_grad_sign
# cross_entropy_grad has the wrong sign, one-hot minus p.
# named: cross_entropy_grad_sign
def cross_entropy_grad(z, y):
    hot = torch.nn.functional.one_hot(y, z.shape[1])
    return (hot - softmax(z)) / len(y)

# %% ce_grad_guesses_classes
# cross_entropy_grad lets one_hot guess the number of classes from the largest label, which is wrong if the last class does not occur.
# named: -
def cross_entropy_grad(z, y):
    hot = torch.nn.functional.one_hot(y)
    return (softmax(z) - hot) / len(y)

# %% ce_grad_every_row
# cross_entropy_grad subtracts 1 at [:, y]: in every row at the classes of all rows, not in each row at its own.
# named: cross_entropy_grad_all_columns
def cross_entropy_grad(z, y):
    p = softmax(z)
    p[:, y] -= 1
    return p / z.shape[0]

# %% ce_grad_right_class_only
# cross_entropy_grad is zero for all wrong classes; only the right class gets p - 1.
# named: cross_entropy_grad_right_class_only
def cross_entropy_grad(z, y):
    p = softmax(z)
    g = torch.zeros_like(z)
    for i, c in enumerate(y):
        g[i, c] = (p[i, c] - 1) / len(y)
    return g

# %% ce_grad_forgets_labels
# cross_entropy_grad returns p / N; the one-hot labels are not subtracted.
# named: cross_entropy_grad_without_labels
def cross_entropy_grad(z, y):
    return softmax(z) / y.shape[0]

# %% ce_grad_of_logits
# cross_entropy_grad subtracts the one-hot labels from the logits; the softmax is missing.
# named: cross_entropy_grad_of_logits
def cross_entropy_grad(z, y):
    g = z.clone()
    g[torch.arange(len(y)), y] -= 1
    return g / len(y)

# %% ce_grad_changes_z
# cross_entropy_grad computes the softmax in the memory of z, so that the caller's logits are overwritten.
# named: -
def cross_entropy_grad(z, y):
    z.sub_(z.max(dim=1, keepdim=True).values).exp_()
    z.div_(z.sum(dim=1, keepdim=True))
    z[torch.arange(len(y)), y] -= 1
    return z / len(y)

# %% ce_grad_squared_error
# cross_entropy_grad is the gradient of a squared error of the probabilities: (p - one-hot) goes through softmax_vjp once more.
# named: -
def cross_entropy_grad(z, y):
    hot = torch.nn.functional.one_hot(y, z.shape[1]).to(z.dtype)
    return softmax_vjp(z, softmax(z) - hot) / len(y)
