# %% topk_and_sums
# features: KeyError for an absent key; fit: mean over sum of weights missing (sum over samples); rank: topk beyond M
# named: fit_sum
def features(rows, categories, numeric):
    result = []
    for row in rows:
        vec = []
        for cat in categories:
            onehot = [0] * len(categories[cat])
            if row[cat] in categories[cat]:
                onehot[categories[cat].index(row[cat])] = 1
            vec.extend(onehot)
        for num in numeric:
            vec.append(row[num] if row[num] is not None else 0)
        result.append(vec)
    return torch.tensor(result, dtype=torch.float32).view(len(rows), -1 if rows else sum(len(v) for v in categories.values()) + len(numeric))


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = torch.zeros(X.shape[1], dtype=X.dtype, device=X.device)
    b = torch.zeros((), dtype=X.dtype, device=X.device)
    for _ in range(steps):
        p = torch.sigmoid(X @ w + b)
        err = torch.where(y == 1, pos_weight * (p - y), p - y)
        w = w - lr * (X.T @ err + l2 * w)
        b = b - lr * err.sum()
    return w, b


def rank(p, bid, k):
    return torch.topk(p * bid, k)[1]

# %% sgd_with_decay
# predict: >; fit: bias penalised by weight_decay; fit_multilabel: fit per label (mean over N)
# named: predict_above, fit_l2_of_bias, multilabel_by_samples
import torch.nn.functional as F


def features(rows, categories, numeric):
    where, F_ = {}, 0
    for name, values in categories.items():
        for v in values:
            where[name, v] = F_
            F_ += 1
    table = torch.zeros(len(rows), F_ + len(numeric))
    for i, row in enumerate(rows):
        for name in categories:
            j = where.get((name, row.get(name)))
            if j is not None:
                table[i, j] = 1
        for j, name in enumerate(numeric):
            if row.get(name) is not None:
                table[i, F_ + j] = row[name]
    return table


def predict_proba(X, w, b):
    return (torch.mv(X, w) + b).sigmoid().detach()


def predict(X, w, b, threshold):
    return (predict_proba(X, w, b) > threshold).long()


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = torch.zeros(X.shape[1], dtype=X.dtype, device=X.device, requires_grad=True)
    b = torch.zeros((), dtype=X.dtype, device=X.device, requires_grad=True)
    opt = torch.optim.SGD([w, b], lr=lr, weight_decay=l2)
    for _ in range(steps):
        opt.zero_grad()
        F.binary_cross_entropy_with_logits(X @ w + b, y, pos_weight=torch.tensor(pos_weight, dtype=X.dtype, device=X.device)).backward()
        opt.step()
    return w.detach(), b.detach()


def fit_multilabel(X, Y, lr, steps):
    Ws, bs = [], []
    for y in Y.T:
        w, b = fit(X, y, lr, steps)
        Ws.append(w); bs.append(b)
    return torch.stack(Ws), torch.stack(bs)


def predict_proba_multilabel(X, W, b):
    return torch.sigmoid(F.linear(X, W, b)).detach()


def rank(p, bid, k):
    return torch.topk(p * bid, min(k, len(p))).indices

# %% loss_of_probabilities
# fit: loss from p with F.binary_cross_entropy AND l2 without 1/2; predict_proba_multilabel: softmax
# named: fit_saturates, fit_l2_double, proba_multilabel_softmax
import torch.nn.functional as F


def features(rows, categories, numeric):
    where, F_ = {}, 0
    for name, values in categories.items():
        for v in values:
            where[name, v] = F_
            F_ += 1
    table = torch.zeros(len(rows), F_ + len(numeric))
    for i, row in enumerate(rows):
        for name in categories:
            j = where.get((name, row.get(name)))
            if j is not None:
                table[i, j] = 1
        for j, name in enumerate(numeric):
            if row.get(name) is not None:
                table[i, F_ + j] = row[name]
    return table


def predict_proba(X, w, b):
    return (torch.mv(X, w) + b).sigmoid().detach()


def predict(X, w, b, threshold):
    return torch.where(predict_proba(X, w, b) < threshold, 0, 1)


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = torch.zeros(X.shape[1], dtype=X.dtype, device=X.device, requires_grad=True)
    b = torch.zeros((), dtype=X.dtype, device=X.device, requires_grad=True)
    weight = torch.ones_like(y)
    weight[y == 1] = pos_weight
    for _ in range(steps):
        loss = F.binary_cross_entropy(torch.sigmoid(X @ w + b), y, weight=weight) + l2 * (w ** 2).sum()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
            w.grad = None
            b.grad = None
    return w.detach(), b.detach()


def fit_multilabel(X, Y, lr, steps):
    W = torch.zeros(Y.shape[1], X.shape[1], dtype=X.dtype, device=X.device, requires_grad=True)
    b = torch.zeros(Y.shape[1], dtype=X.dtype, device=X.device, requires_grad=True)
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(F.linear(X, W, b), Y)
        gW, gb = torch.autograd.grad(loss, (W, b))
        with torch.no_grad():
            W -= lr * gW
            b -= lr * gb
    return W.detach(), b.detach()


def predict_proba_multilabel(X, W, b):
    return torch.softmax(X @ W.T + b, dim=1)


def rank(p, bid, k):
    return torch.topk(p * bid, min(k, len(p))).indices

# %% pandas_habits
# features: columns from the sorted values in the rows, NaN for missing numbers. fit: pos_weight multiplies all samples.
# predict_proba: exp(z) / (1 + exp(z)) overflows. rank: the products, not the numbers.
# named: features_values_seen_sorted, features_values_seen, features_values_sorted, features_missing_nan, fit_pos_weight_of_all, proba_quotient, rank_values
def features(rows, categories, numeric):
    values = {name: sorted({row[name] for row in rows if row.get(name) is not None}) for name in categories}
    table = []
    for row in rows:
        line = [float(row.get(name) == value) for name in categories for value in values[name]]
        line += [float("nan") if row.get(name) is None else float(row[name]) for name in numeric]
        table.append(line)
    return torch.tensor(table).reshape(len(rows), sum(map(len, values.values())) + len(numeric))


def predict_proba(X, w, b):
    e = torch.exp(X @ w + b)
    return e / (1 + e)


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    for _ in range(steps):
        err = pos_weight * (torch.sigmoid(X @ w + b) - y) / len(y)
        w, b = w - lr * (X.T @ err + l2 * w), b - lr * err.sum()
    return w, b


def rank(p, bid, k):
    return torch.sort(p * bid, descending=True).values[:k]

# %% linear_regression_left_over
# fit: the sigmoid is missing, one step too few. predict: the logit is compared. fit_multilabel: the bias does not move.
# predict_proba_multilabel: the sigmoid is missing.
# named: fit_linear, fit_one_step_less, predict_logits, multilabel_bias_stays, proba_multilabel_without_sigmoid
def predict(X, w, b, threshold):
    return (X @ w + b >= threshold).long()


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    c = 1 + (pos_weight - 1) * y
    for _ in range(steps - 1):
        err = c * (X @ w + b - y) / len(y)
        w, b = w - lr * (X.T @ err + l2 * w), b - lr * err.sum()
    return w, b


def fit_multilabel(X, Y, lr, steps):
    W, b = X.new_zeros(Y.shape[1], X.shape[1]), X.new_zeros(Y.shape[1])
    for _ in range(steps):
        E = (torch.sigmoid(X @ W.T + b) - Y) / Y.numel()
        W = W - lr * E.T @ X
    return W, b


def predict_proba_multilabel(X, W, b):
    return X @ W.T + b

# %% signs_and_orders
# features: the numbers first; an unknown value marks the last column (index -1). predict: > and always 0.5.
# fit: the penalty is subtracted. fit_multilabel: uphill. rank: the smallest products first.
# named: features_numbers_first, features_unknown_last, predict_above_half, predict_half, predict_above, fit_l2_sign, multilabel_uphill, rank_rising
def features(rows, categories, numeric):
    parts = [torch.tensor([float(row.get(name) or 0) for row in rows]).reshape(-1, 1) for name in numeric]
    for name, values in categories.items():
        block = torch.zeros(len(rows), len(values))
        for i, row in enumerate(rows):
            block[i, values.index(row[name]) if row.get(name) in values else -1] = 1
        parts.append(block)
    return torch.cat(parts, dim=1)


def predict(X, w, b, threshold):
    return (predict_proba(X, w, b) > 0.5).long()


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    for _ in range(steps):
        p = predict_proba(X, w, b)
        err = torch.where(y == 1, pos_weight * (p - 1), p) / len(y)
        w, b = w - lr * (X.T @ err - l2 * w), b - lr * err.sum()
    return w, b


def fit_multilabel(X, Y, lr, steps):
    W, b = X.new_zeros(Y.shape[1], X.shape[1]), X.new_zeros(Y.shape[1])
    for _ in range(steps):
        E = (Y - predict_proba_multilabel(X, W, b)) / Y.numel()
        W, b = W - lr * E.T @ X, b - lr * E.sum(dim=0)
    return W, b


def rank(p, bid, k):
    return torch.argsort(p * bid)[:k]
