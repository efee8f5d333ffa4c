# %% logits_untransposed
# X @ W without the transpose.
# named: logits_untransposed
def logits(X, W, b):
    return torch.matmul(X, W) + b

# %% logits_bias_by_sample
# Bias added as a column, per sample.
# like: layers
# named: logits_bias_by_sample
def logits(X, W, b):
    scores = torch.mm(X, W.transpose(0, 1))
    return scores + b.reshape(-1, 1)

# %% logits_probabilities
# The softmax is applied.
# named: logits_softmax
def logits(X, W, b):
    return torch.softmax(X @ W.T + b, dim=-1)

# %% logits_columns_are_samples
# As y = W x + b for samples as columns.
# named: logits_classes_first
def logits(X, W, b):
    return W @ X.T + b[:, None]

# %% logits_bias_forgotten
# No b.
# named: logits_without_bias
def logits(X, W, b):
    return torch.einsum("nd,cd->nc", X, W)
