# %% fit_multilabel_one_by_one
# fit_multilabel: each label is fitted alone with the mean over N, not N*L
# named: multilabel_by_samples
def fit_multilabel(X, Y, lr, steps):
    pairs = [fit(X, Y[:, l], lr, steps) for l in range(Y.shape[1])]
    return torch.stack([w for w, _ in pairs]), torch.stack([b for _, b in pairs])

# %% fit_multilabel_cross_entropy
# fit_multilabel: cross entropy with softmax over the labels
# named: multilabel_cross_entropy, multilabel_softmax
import torch.nn.functional as F


def fit_multilabel(X, Y, lr, steps):
    L, D = Y.shape[1], X.shape[1]
    W = torch.zeros((L, D), dtype=X.dtype, device=X.device, requires_grad=True)
    b = torch.zeros(L, dtype=X.dtype, device=X.device, requires_grad=True)
    opt = torch.optim.SGD((W, b), lr)
    for _ in range(steps):
        opt.zero_grad()
        F.cross_entropy(X @ W.T + b, Y).backward()
        opt.step()
    return W.detach(), b.detach()

# %% fit_multilabel_one_bias
# fit_multilabel: one bias for all labels (its gradient the sum over all, expanded to [L])
# named: multilabel_bias_shared
def fit_multilabel(X, Y, lr, steps):
    W = X.new_zeros(Y.shape[1], X.shape[1]); b = X.new_zeros(())
    for _ in range(steps):
        E = (torch.sigmoid(X @ W.T + b) - Y) / Y.numel()
        W, b = W - lr * E.T @ X, b - lr * E.sum()
    return W, b.expand(Y.shape[1]).clone()

# %% fit_multilabel_by_labels
# fit_multilabel: mean over labels but sum over samples (divides by L only)
# named: multilabel_by_labels
def fit_multilabel(X, Y, lr, steps):
    W = X.new_zeros(Y.shape[1], X.shape[1]); b = X.new_zeros(Y.shape[1])
    for _ in range(steps):
        E = (torch.sigmoid(X @ W.T + b) - Y) / Y.shape[1]
        W, b = W - lr * E.T @ X, b - lr * E.sum(0)
    return W, b

# %% fit_multilabel_sum
# fit_multilabel: the sum over all entries, not their mean.
# named: multilabel_sum
def fit_multilabel(X, Y, lr, steps):
    W = torch.zeros(Y.shape[1], X.shape[1], dtype=X.dtype, device=X.device, requires_grad=True)
    b = torch.zeros(Y.shape[1], dtype=X.dtype, device=X.device, requires_grad=True)
    opt = torch.optim.SGD([W, b], lr=lr)
    for _ in range(steps):
        opt.zero_grad()
        torch.nn.functional.binary_cross_entropy_with_logits(X @ W.T + b, Y, reduction="sum").backward()
        opt.step()
    return W.detach(), b.detach()

# %% fit_multilabel_transposed
# fit_multilabel: W is made and returned as [D, L].
# named: multilabel_transposed
def fit_multilabel(X, Y, lr, steps):
    W, b = X.new_zeros(X.shape[1], Y.shape[1]), X.new_zeros(Y.shape[1])
    for _ in range(steps):
        E = (torch.sigmoid(X @ W + b) - Y) / Y.numel()
        W, b = W - lr * X.T @ E, b - lr * E.sum(dim=0)
    return W, b
