# %% fit_new_weights_for_the_bias
# The bias step uses the new W.
# like: layers
# named: fit_bias_from_new_weights
import torch.nn.functional as F


def fit(X, y, C, lr, steps):
    X = X.detach()
    N, D = X.shape
    W, b = X.new_zeros(C, D), X.new_zeros(C)
    Y = F.one_hot(y, C).to(X.dtype)
    for _ in range(steps):
        P = torch.softmax(logits(X, W, b), 1)
        W = W - lr * (P - Y).T @ X / N
        P = torch.softmax(logits(X, W, b), 1)
        b = b - lr * (P - Y).sum(0) / N
    return W, b

# %% fit_classes_from_y
# Number of classes from y instead of C.
# like: numpy_and_scatter
# named: fit_classes_seen
import torch.nn.functional as F


def fit(X, y, C, lr, steps):
    K = int(y.max()) + 1
    with torch.no_grad():
        W = torch.zeros(K, X.shape[1], dtype=X.dtype, device=X.device)
        b = torch.zeros(K, dtype=X.dtype, device=X.device)
        target = F.one_hot(y, K).to(X.dtype)
        for step in range(steps):
            err = (torch.softmax(X @ W.T + b, dim=1) - target) / X.shape[0]
            W -= lr * err.T @ X
            b -= lr * err.sum(0)
    return W, b

# %% fit_gradients_kept
# Gradients are not zeroed between the steps.
# like: loops
# named: fit_accumulates
def fit(X, y, C, lr, steps):
    W = torch.zeros(C, X.shape[1], dtype=X.dtype, device=X.device, requires_grad=True)
    b = torch.zeros(C, dtype=X.dtype, device=X.device, requires_grad=True)
    optimizer = torch.optim.SGD([W, b], lr=lr)
    for epoch in range(steps):
        z = logits(X.detach(), W, b)
        loss = torch.mean(log_sum_exp(z) - z[torch.arange(len(y)), y])
        loss.backward()
        optimizer.step()
    return W.detach(), b.detach()

# %% fit_mean_of_everything
# Mean over N*C instead of N (one-hot times log P, mean()).
# like: autograd_and_split
# named: fit_over_everything
import torch.nn.functional as F


def fit(X, y, C, lr, steps):
    X = X.detach()
    W = torch.zeros(C, X.shape[1]).to(X).requires_grad_()
    b = torch.zeros(C).to(X).requires_grad_()
    Y = F.one_hot(y, C)
    for i in range(steps):
        loss = -(Y * F.log_softmax(logits(X, W, b), dim=1)).mean()
        loss.backward()
        with torch.no_grad():
            W -= lr * W.grad
            b -= lr * b.grad
            W.grad = None
            b.grad = None
    return W.detach(), b.detach()

# %% fit_sample_by_sample
# One sample after the other (a step per sample).
# named: fit_single_samples, fit_single_samples_in_part
def fit(X, y, C, lr, steps):
    W = torch.zeros(C, X.shape[1], dtype=X.dtype, device=X.device)
    b = torch.zeros(C, dtype=X.dtype, device=X.device)
    with torch.no_grad():
        for _ in range(steps):
            for x, t in zip(X, y):
                p = torch.softmax(W @ x + b, dim=0)
                p[t] -= 1
                W -= lr * torch.outer(p, x)
                b -= lr * p
    return W, b

# %% fit_softmax_over_samples
# Softmax over the samples (dim 0).
# like: layers
# named: fit_batch_axis
@torch.no_grad()
def fit(X, y, C, lr, steps):
    N, D = X.shape
    W = torch.zeros((C, D), dtype=X.dtype, device=X.device)
    b = torch.zeros(C, dtype=X.dtype, device=X.device)
    onehot = torch.eye(C, dtype=X.dtype, device=X.device)[y]
    for _ in range(steps):
        delta = logits(X, W, b).softmax(0) - onehot
        W, b = W - lr / N * delta.T @ X, b - lr / N * delta.sum(0)
    return W, b

# %% fit_best_of_all_steps
# Keeps the best W and b (early stopping: lowest loss) rather than the last.
# like: loops
# named: -
import torch.nn.functional as F


@torch.no_grad()
def fit(X, y, C, lr, steps):
    N = X.shape[0]
    W, b = X.new_zeros(C, X.shape[1]), X.new_zeros(C)
    best, keep = None, (W, b)
    Y = F.one_hot(y, C).to(X)
    for _ in range(steps + 1):
        z = logits(X, W, b)
        loss = (log_sum_exp(z) - (z * Y).sum(1)).mean().item()
        if best is None or loss < best:
            best, keep = loss, (W, b)
        D = torch.softmax(z, 1) - Y
        W, b = W - lr * D.T @ X / N, b - lr * D.sum(0) / N
    return keep

# %% fit_bias_stays
# The regression W without bias step (b stays 0).
# named: fit_bias_stays
import torch.nn.functional as F


@torch.no_grad()
def fit(X, y, C, lr, steps):
    W = torch.zeros(C, X.shape[1], dtype=X.dtype, device=X.device)
    b = torch.zeros(C, dtype=X.dtype, device=X.device)
    Y = F.one_hot(y, C).to(X.dtype)
    for _ in range(steps):
        W = W - lr * (torch.softmax(X @ W.T + b, 1) - Y).T @ X / X.shape[0]
    return W, b

# %% fit_sigmoids
# Sigmoid per class instead of softmax.
# like: layers
# named: fit_sigmoid
@torch.no_grad()
def fit(X, y, C, lr, steps):
    n = len(X)
    W = torch.zeros(C, X.shape[1], dtype=X.dtype, device=X.device)
    b = torch.zeros(C, dtype=X.dtype, device=X.device)
    T = (y[:, None] == torch.arange(C, device=y.device)).to(X.dtype)
    for _ in range(steps):
        A = torch.sigmoid(logits(X, W, b)) - T
        W = W - lr * A.T.mm(X) / n
        b = b - lr * A.mean(0)
    return W, b

# %% fit_random_start
# Weights begin at random (nn.Linear's own start).
# named: missing
import torch.nn.functional as F
from torch import nn


def fit(X, y, C, lr, steps):
    with torch.enable_grad():
        model = nn.Linear(X.shape[1], C).to(X)
        for _ in range(steps):
            loss = -F.log_softmax(model(X.detach()), 1).gather(1, y[:, None]).mean()
            model.zero_grad()
            loss.backward()
            with torch.no_grad():
                for p in model.parameters():
                    p -= lr * p.grad
    return model.weight.detach(), model.bias.detach()

# %% fit_with_history
# Returns W and b with the history of all steps.
# like: layers
# named: -
def fit(X, y, C, lr, steps):
    W = torch.zeros(C, X.shape[1], dtype=X.dtype, device=X.device, requires_grad=True)
    b = torch.zeros(C, dtype=X.dtype, device=X.device, requires_grad=True)
    for _ in range(steps):
        loss = -torch.log_softmax(logits(X, W, b), 1)[torch.arange(len(y)), y].mean()
        gW, gb = torch.autograd.grad(loss, [W, b])
        W = W - lr * gW
        b = b - lr * gb
    return W, b

# %% fit_inputs_by_classes
# W comes out as [D, C].
# like: numpy_and_scatter
# named: fit_transposed_result
@torch.no_grad()
def fit(X, y, C, lr, steps):
    W = torch.zeros(X.shape[1], C, dtype=X.dtype, device=X.device)
    b = torch.zeros(C, dtype=X.dtype, device=X.device)
    for _ in range(steps):
        G = torch.softmax(X @ W + b, 1)
        G[torch.arange(len(y)), y] -= 1
        G /= len(y)
        W -= lr * X.T @ G
        b -= lr * G.sum(0)
    return W, b

# %% fit_bias_sum
# B's gradient is the sum, not divided by N.
# like: loops
# named: fit_bias_sum
import torch.nn.functional as F


@torch.no_grad()
def fit(X, y, C, lr, steps):
    W = X.new_zeros(C, X.shape[1]); b = X.new_zeros(C)
    for _ in range(steps):
        delta = torch.softmax(logits(X, W, b), 1) - F.one_hot(y, C)
        dW = torch.einsum("nc,nd->cd", delta, X) / len(X)
        db = delta.sum(0)
        W = W - lr * dW
        b = b - lr * db
    return W, b

# %% fit_naive_softmax
# Naive exp for the probabilities: nan for large logits.
# like: autograd_and_split
# named: fit_overflow
@torch.no_grad()
def fit(X, y, C, lr, steps):
    W = torch.zeros(C, X.shape[1], dtype=X.dtype, device=X.device)
    b = torch.zeros(C, dtype=X.dtype, device=X.device)
    Y = torch.eye(C).to(X)[y]
    for _ in range(steps):
        E = (X @ W.T + b).exp()
        P = E / E.sum(1, keepdim=True)
        W = W - lr * ((P - Y).T @ X) / len(X)
        b = b - lr * (P - Y).mean(0)
    return W, b

# %% fit_one_step_more
# One step more than asked.
# named: fit_step_too_many
import torch.nn.functional as F


@torch.no_grad()
def fit(X, y, C, lr, steps):
    W = torch.zeros(C, X.shape[1], dtype=X.dtype, device=X.device)
    b = torch.zeros(C, dtype=X.dtype, device=X.device)
    step = 0
    while True:
        R = torch.softmax(X @ W.T + b, 1) - F.one_hot(y, C)
        W = W - lr * R.T @ X / len(y)
        b = b - lr * R.mean(0)
        step += 1
        if step > steps:
            return W, b

# %% fit_perceptron
# The average of the probabilities' error taken against the predicted class (y not used: argmax).
# like: layers
# named: -
@torch.no_grad()
def fit(X, y, C, lr, steps):
    W = torch.zeros(C, X.shape[1], dtype=X.dtype, device=X.device)
    b = torch.zeros(C, dtype=X.dtype, device=X.device)
    for _ in range(steps):
        wrong = predict(X, W, b) != y
        for x, t, p in zip(X[wrong], y[wrong], predict(X, W, b)[wrong]):
            W[t] += lr * x / len(X); b[t] += lr / len(X)
            W[p] -= lr * x / len(X); b[p] -= lr / len(X)
    return W, b

# %% fit_return_in_the_loop
# It returns after the first step.
# named: fit_one_step
def fit(X, y, C, lr, steps):
    X = X.detach()
    W, b = X.new_zeros(C, X.shape[1]), X.new_zeros(C)
    for _ in range(steps):
        P = torch.softmax(X @ W.T + b, dim=1)
        P[torch.arange(len(y)), y] -= 1
        W = W - lr * P.T @ X / len(y)
        b = b - lr * P.mean(dim=0)
        return W, b
    return W, b

# %% fit_squares
# Squared errors of the probabilities.
# named: fit_squared_error, fit_squared_error_mean
def fit(X, y, C, lr, steps):
    W = torch.zeros(C, X.shape[1], dtype=X.dtype, requires_grad=True)
    b = torch.zeros(C, dtype=X.dtype, requires_grad=True)
    Y = torch.nn.functional.one_hot(y, C)
    for _ in range(steps):
        loss = ((torch.softmax(X.detach() @ W.T + b, dim=1) - Y) ** 2).sum(dim=1).mean()
        dW, db = torch.autograd.grad(loss, (W, b))
        with torch.no_grad():
            W -= lr * dW
            b -= lr * db
    return W.detach(), b.detach()

# %% fit_softmax_in_both
# log_softmax of a softmax.
# named: fit_softmax_twice
def fit(X, y, C, lr, steps):
    W = torch.zeros(C, X.shape[1], dtype=X.dtype, requires_grad=True)
    b = torch.zeros(C, dtype=X.dtype, requires_grad=True)
    for _ in range(steps):
        p = torch.softmax(X.detach() @ W.T + b, dim=1)
        loss = -torch.log_softmax(p, dim=1)[torch.arange(len(y)), y].mean()
        dW, db = torch.autograd.grad(loss, (W, b))
        W = (W - lr * dW).detach().requires_grad_()
        b = (b - lr * db).detach().requires_grad_()
    return W.detach(), b.detach()
