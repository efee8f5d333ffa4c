# %% matrix_form
# One column of ones is joined to X for the bias; the penalty is a vector with a 0 for it.
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    ones = torch.ones(len(X), 1, dtype=X.dtype, device=X.device)
    A = torch.cat((X, ones), dim=1)
    penalty = torch.full_like(A[0], l2)
    penalty[-1] = 0
    weight = torch.ones_like(y)
    weight[y == 1] = pos_weight
    theta = torch.zeros_like(A[0])
    for _ in range(steps):
        error = weight * (torch.sigmoid(A @ theta) - y)
        theta = theta - lr * (A.T @ error / len(A) + penalty * theta)
    return theta[:-1].clone(), theta[-1].clone()


def rank(p, bid, k):
    value = p * bid
    chosen = []
    left = list(range(len(value)))
    while left and len(chosen) < k:
        best = max(left, key=lambda i: float(value[i]))
        left.remove(best)
        chosen.append(best)
    return torch.tensor(chosen, dtype=torch.int64, device=p.device)

# %% softplus_and_backward
# The loss as softplus(z) - y z, with pos_weight written out, and .backward().
from torch.nn.functional import softplus


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = X.new_zeros(X.size(1), requires_grad=True)
    b = X.new_zeros((), requires_grad=True)
    for _ in range(steps):
        w.grad = b.grad = None
        z = X @ w + b
        J = (pos_weight * y * softplus(-z) + (1 - y) * softplus(z)).sum() / y.numel() + l2 / 2 * w.pow(2).sum()
        J.backward()
        with torch.no_grad():
            w.sub_(lr * w.grad)
            b.sub_(lr * b.grad)
    return w.detach(), b.detach()


def fit_multilabel(X, Y, lr, steps):
    theta = X.new_zeros(Y.shape[1], X.shape[1] + 1, requires_grad=True)
    for _ in range(steps):
        Z = X @ theta[:, :-1].T + theta[:, -1]
        (grad,) = torch.autograd.grad((softplus(Z) - Y * Z).mean(), theta)
        theta = (theta - lr * grad).detach().requires_grad_()
    return theta.detach()[:, :-1].clone(), theta.detach()[:, -1].clone()

# %% sums_over_samples
# The sums of the formula one by one: a loop over the samples, the gradients gathered in lists.
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    n, d = X.shape
    w, b = X.new_zeros(d), X.new_zeros(())
    for _ in range(steps):
        gw, gb = l2 * w, torch.zeros_like(b)
        for i in range(n):
            p = torch.sigmoid((X[i] * w).sum() + b)
            slope = pos_weight * (p - 1) if y[i] == 1 else p
            gw = gw + slope * X[i] / n
            gb = gb + slope / n
        w, b = w - lr * gw, b - lr * gb
    return w, b


def predict_proba(X, w, b):
    out = X.new_empty(len(X))
    for i, x in enumerate(X):
        out[i] = torch.sigmoid((x * w).sum() + b)
    return out


def predict_proba_multilabel(X, W, b):
    return torch.stack([predict_proba(X, W[l], b[l]) for l in range(len(b))]).T.contiguous()

# %% stable_by_cases
# The sigmoid by hand: exp(-z) above 0 and exp(z) below, so that nothing overflows.
def sigmoid(z):
    small = torch.exp(-z.abs())
    return torch.where(z >= 0, 1 / (1 + small), small / (1 + small))


def predict_proba(X, w, b):
    return sigmoid(torch.matmul(X, w) + b)


def predict(X, w, b, threshold):
    return torch.ge(sigmoid(X @ w + b), threshold).to(torch.int64)


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    positive, negative = X[y == 1], X[y == 0]
    for _ in range(steps):
        up = pos_weight * (1 - sigmoid(positive @ w + b))
        down = sigmoid(negative @ w + b)
        gw = (down @ negative - up @ positive) / len(X) + l2 * w
        gb = (down.sum() - up.sum()) / len(X)
        w, b = w - lr * gw, b - lr * gb
    return w, b


def predict_proba_multilabel(X, W, b):
    return sigmoid(X.mm(W.t()) + b.unsqueeze(0))

# %% columns_of_a_table
# features: column by column, from a list of functions; the table is the transpose.
def features(rows, categories, numeric):
    columns = []
    for name, values in categories.items():
        for value in values:
            columns.append([1.0 if name in row and row[name] == value else 0.0 for row in rows])
    for name in numeric:
        columns.append([float(row[name]) if row.get(name) is not None else 0.0 for row in rows])
    if not columns:
        return torch.zeros(len(rows), 0)
    return torch.tensor(columns, dtype=torch.float32).reshape(len(columns), len(rows)).T.contiguous()


def rank(p, bid, k):
    return (p * bid).neg().argsort()[: min(k, p.numel())]

# %% one_big_dictionary
# features: the column of each pair in a dict made beforehand; numbers are filled in with a mask.
def features(rows, categories, numeric):
    position = {}
    for name in categories:
        for value in categories[name]:
            position[(name, value)] = len(position)
    offset = len(position)
    table = torch.zeros(len(rows), offset + len(numeric), dtype=torch.float32)
    for i, row in enumerate(rows):
        for item in row.items():
            if item[0] in categories and item in position:
                table[i, position[item]] = 1.0
            if item[0] in numeric and item[1] is not None:
                table[i, offset + numeric.index(item[0])] = item[1]
    return table


def predict(X, w, b, threshold):
    p = predict_proba(X, w, b)
    return (~(p < threshold)).long()


def rank(p, bid, k):
    value, order = torch.sort(bid * p, dim=0, descending=True)
    return order[: max(0, min(k, len(value)))].clone()

# %% two_classes_softmax
# The sigmoid as the softmax over the logits 0 and z; the loss by log_softmax.
def predict_proba(X, w, b):
    z = X @ w + b
    return torch.softmax(torch.stack([torch.zeros_like(z), z]), dim=0)[1]


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    for _ in range(steps):
        w.requires_grad_()
        b.requires_grad_()
        z = X @ w + b
        log_p = torch.log_softmax(torch.stack([torch.zeros_like(z), z], dim=1), dim=1)
        loss = -((1 - y) * log_p[:, 0] + pos_weight * y * log_p[:, 1]).mean() + l2 * (w @ w) / 2
        gw, gb = torch.autograd.grad(loss, [w, b])
        w, b = w.detach() - lr * gw, b.detach() - lr * gb
    return w, b


def predict_proba_multilabel(X, W, b):
    Z = X @ W.T + b
    return torch.exp(torch.nn.functional.logsigmoid(Z))

# %% separate_labels
# Each label by fit, at the rate lr / L; the weights of the samples by torch.where.
def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    c = torch.where(y > 0.5, torch.full_like(y, pos_weight), torch.ones_like(y))
    w, b = torch.zeros_like(X[0]), torch.zeros_like(y[0])
    for _ in range(steps):
        r = c * (predict_proba(X, w, b) - y)
        w, b = (1 - lr * l2) * w - lr * (r[:, None] * X).mean(dim=0), b - lr * r.mean()
    return w, b


def fit_multilabel(X, Y, lr, steps):
    L = Y.shape[1]
    W, b = X.new_zeros(L, X.shape[1]), X.new_zeros(L)
    for l in range(L):
        W[l], b[l] = fit(X, Y[:, l], lr / L, steps)
    return W, b
