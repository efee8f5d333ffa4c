# %% base
# Plain matrix products; the cache is a tuple.
import numpy as np


def forward(params, x):
    z = x @ params["W1"].T + params["b1"]
    h = np.maximum(z, 0)
    logits = h @ params["W2"].T + params["b2"]
    return logits, (x, z, h, logits)


def loss(logits, y):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()


def backward(params, cache, y):
    x, z, h, logits = cache
    n = len(y)
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta = e / e.sum(axis=1, keepdims=True)
    delta[np.arange(n), y] -= 1
    delta /= n
    eps = (delta @ params["W2"]) * (z > 0)
    return {
        "W1": eps.T @ x,
        "b1": eps.sum(axis=0),
        "W2": delta.T @ h,
        "b2": delta.sum(axis=0),
    }

# %% plain_loops
# Loops over samples, units and classes; numbers in Python.
import math


def forward(params, x):
    W1, b1, W2, b2 = (params[k].tolist() for k in ("W1", "b1", "W2", "b2"))
    all_z, all_h, all_logits = [], [], []
    for row in x.tolist():
        z = [sum(w * v for w, v in zip(weights, row)) + b for weights, b in zip(W1, b1)]
        h = [v if v > 0 else 0.0 for v in z]
        logits = [sum(w * v for w, v in zip(weights, h)) + b for weights, b in zip(W2, b2)]
        all_z.append(z)
        all_h.append(h)
        all_logits.append(logits)
    cache = {"x": x.tolist(), "z": all_z, "h": all_h, "logits": all_logits}
    return np.array(all_logits, dtype=np.float64), cache


def loss(logits, y):
    total = 0.0
    for row, c in zip(logits.tolist(), y.tolist()):
        top = max(row)
        total += top + math.log(sum(math.exp(v - top) for v in row)) - row[c]
    return total / len(y)


def backward(params, cache, y):
    grads = {k: np.zeros(v.shape) for k, v in params.items()}
    N = len(y)
    C, H = params["W2"].shape
    D = params["W1"].shape[1]
    for n in range(N):
        row = cache["logits"][n]
        top = max(row)
        e = [math.exp(v - top) for v in row]
        s = sum(e)
        delta = [(e[c] / s - (1 if c == y[n] else 0)) / N for c in range(C)]
        for c in range(C):
            grads["b2"][c] += delta[c]
            for j in range(H):
                grads["W2"][c, j] += delta[c] * cache["h"][n][j]
        for j in range(H):
            if cache["z"][n][j] > 0:
                eps = sum(delta[c] * params["W2"][c, j] for c in range(C))
                grads["b1"][j] += eps
                for i in range(D):
                    grads["W1"][j, i] += eps * cache["x"][n][i]
    return grads

# %% einsum_everywhere
# Index notation as in the statement, and a dict as the cache.
def forward(params, x):
    z = np.einsum("ni,ji->nj", x, params["W1"]) + params["b1"][None, :]
    h = np.where(z > 0, z, 0.0)
    logits = np.einsum("nj,cj->nc", h, params["W2"]) + params["b2"][None, :]
    return logits, dict(x=x, on=(z > 0).astype(float), h=h, logits=logits)


def log_softmax(logits):
    m = np.max(logits, axis=-1, keepdims=True)
    return logits - (m + np.log(np.sum(np.exp(logits - m), axis=-1, keepdims=True)))


def loss(logits, y):
    hot = y[:, None] == np.arange(logits.shape[1])
    return -np.sum(log_softmax(logits)[hot]) / y.shape[0]


def backward(params, cache, y):
    p = np.exp(log_softmax(cache["logits"]))
    hot = (y[:, None] == np.arange(p.shape[1])).astype(p.dtype)
    delta = (p - hot) / y.shape[0]
    eps = cache["on"] * np.einsum("nc,cj->nj", delta, params["W2"])
    return dict(
        b2=np.einsum("nc->c", delta),
        W2=np.einsum("nc,nj->cj", delta, cache["h"]),
        b1=np.einsum("nj->j", eps),
        W1=np.einsum("nj,ni->ji", eps, cache["x"]),
    )

# %% one_hot_matrix
# The right classes as rows of a unit matrix; logaddexp for the sum of exponentials.
def loss(logits, y):
    one_hot = np.eye(logits.shape[1])[y]
    right = np.sum(one_hot * logits, axis=1)
    return float(np.mean(np.logaddexp.reduce(logits, axis=1) - right))


def backward(params, cache, y):
    x, z, h, logits = cache
    N, C = logits.shape
    probs = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    dlogits = (probs - np.eye(C)[y]) / N
    grads = {}
    grads["b2"] = np.ones(N) @ dlogits
    grads["W2"] = np.dot(dlogits.T, h)
    dh = np.dot(dlogits, params["W2"])
    dz = np.where(z > 0, dh, 0)
    grads["b1"] = np.ones(N) @ dz
    grads["W1"] = np.dot(dz.T, x)
    return grads

# %% named_cache
# A named tuple as the cache, with the probabilities made in forward; take_along_axis.
from typing import NamedTuple


class Cache(NamedTuple):
    x: np.ndarray
    h: np.ndarray
    log_p: np.ndarray


def _log_p(logits: np.ndarray) -> np.ndarray:
    logits = logits - np.amax(logits, 1)[:, np.newaxis]
    return logits - np.log(np.exp(logits).sum(1))[:, np.newaxis]


def forward(params: dict[str, np.ndarray], x: np.ndarray) -> tuple[np.ndarray, Cache]:
    h = np.dot(x, params["W1"].transpose())
    h += params["b1"]
    h[h < 0] = 0.0
    logits = np.dot(h, params["W2"].transpose())
    logits += params["b2"]
    return logits, Cache(x=x, h=h, log_p=_log_p(logits))


def loss(logits: np.ndarray, y: np.ndarray) -> float:
    picked = np.take_along_axis(_log_p(logits), y[:, None], axis=1)
    return -float(picked.mean())


def backward(params: dict[str, np.ndarray], cache: Cache, y: np.ndarray) -> dict[str, np.ndarray]:
    delta = np.exp(cache.log_p)
    index = y[:, None]
    np.put_along_axis(delta, index, np.take_along_axis(delta, index, 1) - 1.0, 1)
    delta = delta / y.size
    eps = delta @ params["W2"]
    eps[cache.h <= 0] = 0.0
    return {"W1": (cache.x.T @ eps).T, "b1": eps.sum(0), "W2": (cache.h.T @ delta).T, "b2": delta.sum(0)}

# %% bias_as_a_column
# Each bias is a further column of its matrix, beside an input that is always 1.
def with_ones(a):
    return np.hstack([a, np.ones((a.shape[0], 1))])


def joined(params, k):
    return np.hstack([params["W" + k], params["b" + k][:, None]])


def forward(params, x):
    x1 = with_ones(x)
    z = x1 @ joined(params, "1").T
    h1 = with_ones((z + np.abs(z)) / 2)
    logits = h1 @ joined(params, "2").T
    return logits, [x1, z, h1, logits]


def backward(params, cache, y):
    x1, z, h1, logits = cache
    top = logits.max(1, keepdims=True)
    p = np.exp(logits - top)
    p = p / p.sum(1, keepdims=True)
    target = np.zeros_like(p)
    target[range(len(y)), y] = 1
    delta = (p - target) / len(y)
    both2 = delta.T @ h1
    eps = (delta @ params["W2"]) * np.heaviside(z, 0)
    both1 = eps.T @ x1
    return {"W1": both1[:, :-1].copy(), "b1": both1[:, -1].copy(), "W2": both2[:, :-1].copy(), "b2": both2[:, -1].copy()}

# %% sample_by_sample
# Outer products, added up over the samples.
def backward(params, cache, y):
    x, z, h, logits = cache
    g = {name: np.zeros_like(p) for name, p in params.items()}
    for x_n, z_n, h_n, l_n, y_n in zip(x, z, h, logits, y):
        p = np.exp(l_n - l_n.max())
        p /= p.sum()
        p[y_n] -= 1.0
        d = p / len(y)
        e = np.where(z_n > 0, params["W2"].T @ d, 0.0)
        g["b2"] += d
        g["W2"] += np.outer(d, h_n)
        g["b1"] += e
        g["W1"] += np.outer(e, x_n)
    return g


def loss(logits, y):
    losses = []
    for row, c in zip(logits, y):
        others = row - row[c]
        m = others.max()
        losses.append(m + np.log(np.exp(others - m).sum()))
    return sum(losses) / len(losses)

# %% layers_as_classes
# A small framework: layers with forward and backward; the cache is the network.
class Linear:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W.T + self.b

    def backward(self, grad):
        self.dW = grad.T @ self.x
        self.db = grad.sum(axis=0)
        return grad @ self.W


class ReLU:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, grad):
        return grad * self.mask


class SoftmaxCrossEntropy:
    def forward(self, logits, y):
        m = logits.max(axis=1)
        log_sum = m + np.log(np.exp(logits - m[:, None]).sum(axis=1))
        self.p = np.exp(logits - log_sum[:, None])
        self.y = y
        return np.mean(log_sum - logits[np.arange(y.size), y])

    def backward(self):
        grad = self.p.copy()
        grad[np.arange(self.y.size), self.y] -= 1
        return grad / self.y.size


class Network:
    def __init__(self, params):
        self.first = Linear(params["W1"], params["b1"])
        self.relu = ReLU()
        self.second = Linear(params["W2"], params["b2"])

    def forward(self, x):
        self.logits = x
        for layer in (self.first, self.relu, self.second):
            self.logits = layer.forward(self.logits)
        return self.logits


def forward(params, x):
    net = Network(params)
    return net.forward(x), net


def loss(logits, y):
    return SoftmaxCrossEntropy().forward(logits, y)


def backward(params, cache, y):
    top = SoftmaxCrossEntropy()
    top.forward(cache.logits, y)
    grad = top.backward()
    for layer in (cache.second, cache.relu, cache.first):
        grad = layer.backward(grad)
    return {"W1": cache.first.dW, "b1": cache.first.db, "W2": cache.second.dW, "b2": cache.second.db}

# %% nothing_but_x_in_the_cache
# backward computes all again from x.
def hidden(params, x):
    return (params["W1"] @ x.T + params["b1"][:, None]).T


def forward(params, x):
    h = hidden(params, x).clip(min=0)
    return (params["W2"] @ h.T + params["b2"][:, None]).T, x


def backward(params, cache, y):
    x = cache
    z = hidden(params, x)
    logits, _ = forward(params, x)
    p = np.apply_along_axis(lambda row: np.exp(row - row.max()) / np.exp(row - row.max()).sum(), 1, logits)
    d = p - (np.arange(logits.shape[1])[None] == y[:, None])
    d = d * (1.0 / len(x))
    e = d.dot(params["W2"])
    e *= (z > 0)
    return {
        "b2": np.add.reduce(d),
        "W2": np.tensordot(d, z.clip(min=0), axes=(0, 0)),
        "b1": np.add.reduce(e),
        "W1": np.tensordot(e, x, axes=(0, 0)),
    }

# %% closure_as_cache
# The cache is a function that knows what to do with y.
def forward(params, x):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    z = x @ W1.T + b1
    h = z * (z > 0)
    logits = h @ W2.T + b2

    def pull_back(y):
        scaled = np.exp(logits - logits.max(1, keepdims=True))
        delta = scaled / scaled.sum(1, keepdims=True)
        for n, c in enumerate(y):
            delta[n, c] -= 1.0
        delta = np.divide(delta, len(y))
        eps = np.multiply(z > 0, np.matmul(delta, W2))
        return {"W1": np.matmul(eps.T, x), "b1": eps.sum(0), "W2": np.matmul(delta.T, h), "b2": delta.sum(0)}

    return logits, pull_back


def backward(params, cache, y):
    return cache(y)

# %% one_rule_at_a_time
# The backward pass goes through log p, as autograd would, and not through the short formula for delta.
def softmax_parts(logits):
    s = logits - logits.max(axis=1, keepdims=True)
    e = np.exp(s)
    total = e.sum(axis=1, keepdims=True)
    return s, e, total


def loss(logits, y):
    s, _, total = softmax_parts(logits)
    log_p = s - np.log(total)
    weights = np.zeros(log_p.shape)
    weights[np.arange(len(y)), y] = -1 / len(y)
    return (weights * log_p).sum()


def backward(params, cache, y):
    x, z, h, logits = cache
    s, e, total = softmax_parts(logits)
    d_log_p = np.zeros(logits.shape)
    d_log_p[np.arange(len(y)), y] = -1 / len(y)
    d_s = d_log_p.copy()
    d_log_total = -d_log_p.sum(axis=1, keepdims=True)
    d_total = d_log_total / total
    d_s += e * d_total
    d_b2 = d_s.sum(axis=0)
    d_W2 = d_s.T @ h
    d_h = d_s @ params["W2"]
    d_z = d_h.copy()
    d_z[z <= 0] = 0
    return {"W1": d_z.T @ x, "b1": d_z.sum(axis=0), "W2": d_W2, "b2": d_b2}

# %% columns_as_samples
# Works on transposed data, one column per sample, and keeps the parameters' names in a loop.
def forward(params, x):
    a = [x.T]
    for i, last in (("1", False), ("2", True)):
        out = params["W" + i] @ a[-1] + params["b" + i].reshape(-1, 1)
        a.append(out if last else np.fmax(out, 0.0))
    return a[-1].T.copy(), a


def loss(logits, y):
    L = logits.T
    top = L.max(axis=0)
    return np.average(np.log(np.exp(L - top).sum(axis=0)) - (L[y, np.arange(y.size)] - top))


def backward(params, cache, y):
    out = cache[-1]
    g = np.exp(out - out.max(axis=0))
    g /= g.sum(axis=0)
    g[y, np.arange(y.size)] -= 1
    g /= y.size
    grads = {}
    for i in (2, 1):
        grads[f"W{i}"] = g @ cache[i - 1].T
        grads[f"b{i}"] = g.sum(axis=1)
        if i == 2:
            g = (params["W2"].T @ g) * np.sign(cache[1])
    return grads
