# %% base
# Plain formulas on tensors.
import torch


def predict(X, w, b):
    return (X @ w + b > 0).long()


def update(w, b, x, y, lr):
    y_hat = 1 if torch.dot(x, w) + b > 0 else 0
    error = y - y_hat
    return w + lr * error * x, b + lr * error


def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        mistakes = 0
        for i in range(X.shape[0]):
            y_hat = 1 if torch.dot(X[i], w) + b > 0 else 0
            error = int(y[i]) - y_hat
            if error != 0:
                mistakes += 1
                w = w + lr * error * X[i]
                b = b + lr * error
        if mistakes == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% loops_over_elements
# Index loops everywhere, and a while loop in fit.
def predict(X, w, b):
    N = X.shape[0]
    out = torch.zeros(N, dtype=torch.int64)
    for n in range(N):
        z = b.clone()
        for d in range(X.shape[1]):
            z = z + X[n, d] * w[d]
        if z > 0:
            out[n] = 1
    return out

def update(w, b, x, y, lr):
    z = b.clone()
    for d in range(len(x)):
        z += x[d] * w[d]
    guess = 0
    if z > 0:
        guess = 1
    new_w = torch.zeros(len(w), dtype=w.dtype)
    for d in range(len(w)):
        new_w[d] = w[d] + lr * (y - guess) * x[d]
    new_b = b + lr * (y - guess)
    return new_w, new_b

def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.tensor(0.0, dtype=X.dtype)
    epochs = 0
    converged = False
    while not converged and epochs < max_epochs:
        epochs += 1
        converged = True
        for i in range(len(X)):
            guess = predict(X[i:i + 1], w, b)[0].item()
            if guess != y[i].item():
                converged = False
            w, b = update(w, b, X[i], y[i].item(), lr)
    return w, b, epochs, converged

# %% python_lists
# Python floats, turned into tensors of the right dtype at the end.
def answer(row, weights, bias):
    return int(sum(r * v for r, v in zip(row, weights)) + bias > 0)

def predict(X, w, b):
    weights, bias = w.tolist(), b.item()
    return torch.tensor([answer(row, weights, bias) for row in X.tolist()])

def update(w, b, x, y, lr):
    row, weights, bias = x.tolist(), w.tolist(), b.item()
    step = lr * (y - answer(row, weights, bias))
    weights = [v + step * r for v, r in zip(weights, row)]
    return torch.tensor(weights, dtype=w.dtype), torch.tensor(bias + step, dtype=b.dtype)

def fit(X, y, lr, max_epochs):
    rows, labels = X.tolist(), y.tolist()
    weights, bias = [0.0] * len(rows[0]), 0.0
    epochs, clean = 0, False
    while epochs < max_epochs and not clean:
        clean = True
        for row, label in zip(rows, labels):
            error = label - answer(row, weights, bias)
            if error:
                clean = False
                weights = [v + lr * error * r for v, r in zip(weights, row)]
                bias = bias + lr * error
        epochs += 1
    return torch.tensor(weights, dtype=X.dtype), torch.tensor(bias, dtype=X.dtype), epochs, clean

# %% numpy_arrays
# NumPy in the inputs' own dtype.
import numpy as np

def predict(X, w, b):
    z = X.numpy() @ w.numpy() + b.numpy()
    return torch.from_numpy(np.where(z > 0, 1, 0).astype(np.int64))

def update(w, b, x, y, lr):
    x_, w_, b_ = x.numpy(), w.numpy(), b.numpy()
    y_hat = int(np.dot(x_, w_) + b_ > 0)
    if y == y_hat:
        return w.clone(), b.clone()
    step = lr if y == 1 else -lr
    return torch.from_numpy(w_ + step * x_), torch.tensor(b_ + step, dtype=b.dtype)

def fit(X, y, lr, max_epochs):
    A, labels = X.numpy(), y.numpy()
    w, b = np.zeros(A.shape[1], dtype=A.dtype), np.zeros((), dtype=A.dtype)
    converged = False
    for epoch in range(max_epochs):
        wrong = 0
        for row, label in zip(A, labels):
            error = int(label) - int(row @ w + b > 0)
            w = w + (lr * error) * row
            b = b + lr * error
            wrong += abs(error)
        if wrong == 0:
            converged = True
            break
    return torch.from_numpy(w), torch.tensor(b, dtype=X.dtype), epoch + 1, converged

# %% same_tensors_when_right
# A correct row returns the tensors as they came; fit collects the errors of an epoch in a list.
def predict(X, w, b):
    scores = torch.mv(X, w) + b
    return torch.where(scores > 0, 1, 0)

def update(w, b, x, y, lr):
    y_hat = int(predict(x.unsqueeze(0), w, b))
    if y_hat == y:
        return w, b
    sign = 1.0 if y > y_hat else -1.0
    return w + sign * lr * x, b + sign * lr

def fit(X, y, lr, max_epochs):
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    for epoch in range(max_epochs):
        errors = []
        for row, label in zip(X, y):
            errors.append(label.item() - predict(row[None, :], w, b).item())
            w, b = update(w, b, row, label.item(), lr)
        if not any(errors):
            return w, b, epoch + 1, True
    return w, b, max_epochs, False

# %% bias_as_extra_weight
# The bias is the weight of one more input, which is always 1.
def extended(t):
    return torch.cat([t, t.new_ones(t.shape[:-1] + (1,))], dim=-1)

def predict(X, w, b):
    theta = torch.cat([w, b.reshape(1)])
    return extended(X).matmul(theta).gt(0).to(torch.int64)

def update(w, b, x, y, lr):
    theta, row = torch.cat([w, b.reshape(1)]), extended(x)
    fired = bool(theta @ row > 0)
    theta = theta + lr * (y - fired) * row
    return theta[:-1].clone(), theta[-1].clone()

def fit(X, y, lr, max_epochs):
    rows = extended(X)
    theta = torch.zeros(rows.shape[1], dtype=rows.dtype)
    epochs, mistakes = 0, 1
    while mistakes > 0 and epochs < max_epochs:
        mistakes = 0
        for row, label in zip(rows, y.tolist()):
            error = label - bool(theta @ row > 0)
            theta = theta + lr * error * row
            mistakes += error != 0
        epochs += 1
    return theta[:-1].clone(), theta[-1].clone(), epochs, mistakes == 0

# %% in_place_on_own_tensors
# In-place steps, but only on clones and on fresh zeros.
def predict(X, w, b):
    out = torch.zeros(len(X), dtype=torch.long)
    out[torch.matmul(X, w).add_(b) > 0] = 1
    return out

def update(w, b, x, y, lr):
    new_w, new_b = w.clone(), b.clone()
    y_hat = ((x * w).sum() + b > 0).item()
    if y and not y_hat:
        new_w += lr * x
        new_b += lr
    elif y_hat and not y:
        new_w -= lr * x
        new_b -= lr
    return new_w, new_b

def fit(X, y, lr, max_epochs):
    w, b = torch.zeros_like(X[0]), torch.zeros_like(X[0, 0])
    epochs = 0
    while epochs < max_epochs:
        epochs += 1
        good = True
        for x, t in zip(X, y):
            y_hat = ((x * w).sum() + b > 0).long()
            if y_hat != t:
                good = False
                step = lr * (t - y_hat).item()
                w.add_(x, alpha=step)
                b.add_(step)
        if good:
            return w, b, epochs, True
    return w, b, epochs, False

# %% dataclass_model
# A small class holds the weights and learns.
from dataclasses import dataclass

@dataclass
class Perceptron:
    w: torch.Tensor
    b: torch.Tensor

    def answer(self, x) -> int:
        return int((x @ self.w + self.b).item() > 0)

    def learn(self, x, y, lr) -> bool:
        """Learn from one row; True if the answer was right."""
        error = y - self.answer(x)
        if error:
            self.w = self.w + lr * error * x
            self.b = self.b + lr * error
        return error == 0

def predict(X, w, b):
    model = Perceptron(w=w, b=b)
    return torch.tensor([model.answer(x) for x in X], dtype=torch.int64)

def update(w, b, x, y, lr):
    model = Perceptron(w=w, b=b)
    model.learn(x, y, lr)
    return model.w, model.b

def fit(X, y, lr, max_epochs):
    D = X.shape[1]
    model = Perceptron(w=torch.zeros(D, dtype=X.dtype), b=torch.tensor(0, dtype=X.dtype))
    for epoch in range(1, max_epochs + 1):
        right = [model.learn(x, int(label), lr) for x, label in zip(X, y)]
        if all(right):
            break
    return model.w, model.b, epoch, all(right)

# %% heaviside_and_recursion
# torch.heaviside with 0 at 0; fit calls a helper for an epoch and goes on by recursion.
def predict(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    z = torch.einsum("nd,d->n", X, w) + b
    return torch.heaviside(z, torch.zeros_like(z)).to(dtype=torch.int64)

def update(w: torch.Tensor, b: torch.Tensor, x: torch.Tensor, y: int, lr: float) -> tuple[torch.Tensor, torch.Tensor]:
    z = torch.einsum("d,d->", x, w) + b
    delta = y - int(torch.heaviside(z, torch.zeros_like(z)))
    return torch.add(w, x, alpha=lr * delta), torch.add(b, lr * delta)

def one_epoch(X, y, w, b, lr):
    mistakes = 0
    for x, label in zip(X, y):
        if predict(x[None], w, b)[0] != label:
            mistakes += 1
            w, b = update(w=w, b=b, x=x, y=int(label), lr=lr)
    return w, b, mistakes

def epochs_from(X, y, w, b, lr, epoch, max_epochs):
    w, b, mistakes = one_epoch(X, y, w, b, lr)
    if mistakes == 0 or epoch == max_epochs:
        return w, b, epoch, mistakes == 0
    return epochs_from(X, y, w, b, lr, epoch + 1, max_epochs)

def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.size(1), dtype=X.dtype)
    return epochs_from(X, y, w, w.sum(), lr, 1, max_epochs)

# %% autograd_of_the_criterion
# The rule as a gradient step on (answer - label) * z; the results are detached.
def predict(X, w, b):
    z = torch.inner(X, w) + b
    return torch.sign(z).clamp(min=0).long()

def update(w, b, x, y, lr):
    w_ = w.detach().clone().requires_grad_(True)
    b_ = b.detach().clone().requires_grad_(True)
    z = (x * w_).sum() + b_
    y_hat = int(z.item() > 0)
    loss = (y_hat - y) * z
    loss.backward()
    with torch.no_grad():
        return w_ - lr * w_.grad, b_ - lr * b_.grad

def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(max_epochs):
        before = []
        for i in range(len(y)):
            before.append(predict(X[i].unsqueeze(0), w, b))
            w, b = update(w, b, X[i], int(y[i]), lr)
        if torch.equal(torch.cat(before), y):
            return w, b, epoch + 1, True
    return w, b, epoch + 1, False

# %% bias_on_the_other_side
# The weighted sum is compared with -b; fit counts the rows in a row that were right; for-else.
def predict(X, w, b):
    return torch.sum(X * w, dim=1).greater(-b) * 1

def update(w, b, x, y, lr):
    fires = bool(x @ w > -b)
    if fires and y == 0:
        return w - lr * x, b - lr
    if not fires and y == 1:
        return w + lr * x, b + lr
    return w, b

def fit(X, y, lr, max_epochs):
    N, D = X.shape
    w, b = torch.zeros(D, dtype=X.dtype), torch.zeros([], dtype=X.dtype)
    for epochs in range(1, max_epochs + 1):
        correct = 0
        for i in range(N):
            if bool(X[i] @ w > -b) == bool(y[i]):
                correct += 1
            else:
                w, b = update(w, b, X[i], y[i].item(), lr)
        if correct == N:
            converged = True
            break
    else:
        converged = False
    return w, b, epochs, converged

# %% branches_for_each_class
# One branch for a missed 1 and one for a false alarm, with no error term in fit.
def predict(X, w, b):
    return torch.stack([(torch.dot(row, w) + b > 0).to(torch.int64) for row in X])

def update(w, b, x, y, lr):
    error = y - predict(x.reshape(1, -1), w, b).item()
    return w.add(x * error * lr), b.add(error * lr)

def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    epoch = 0
    changed = True
    while changed and epoch < max_epochs:
        changed = False
        for x, t in zip(X, y.tolist()):
            z = torch.dot(x, w) + b
            if t == 1 and z <= 0:
                w, b, changed = w + lr * x, b + lr, True
            elif t == 0 and z > 0:
                w, b, changed = w - lr * x, b - lr, True
        epoch += 1
    return w, b, epoch, not changed
