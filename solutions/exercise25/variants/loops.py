"""Plain loops over samples, units and entries."""

import math

import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    N, D = x.shape
    total = 0
    for n in range(N):
        code = [f((W1[k] * x[n]).sum() + b1[k]) for k in range(len(W1))]
        for d in range(D):
            made = b2[d]
            for k, value in enumerate(code):
                made = made + W2[d, k] * value
            total = total + (made - x[n, d]) ** 2
    return total / (N * D)


def soft_threshold(z, t):
    found = []
    for value in z.flatten().tolist():
        if value > t:
            found.append(value - t)
        elif value < -t:
            found.append(value + t)
        else:
            found.append(0.0)
    return torch.tensor(found, dtype=z.dtype).reshape(z.shape)


def ista_step(z, x, A, lam, lr):
    rows = []
    for code, target in zip(z, x, strict=True):
        error = sum(value * atom for value, atom in zip(code, A, strict=True)) - target
        rows.append(torch.stack([value - lr * torch.dot(error, atom) for value, atom in zip(code, A, strict=True)]))
    return soft_threshold(torch.stack(rows), lr * lam)


def sigma(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def rbm_cd1(v, W, b, c, uh, uv):
    H, D = W.shape
    dW, db, dc = torch.zeros_like(W), torch.zeros_like(b), torch.zeros_like(c)

    def hidden(visible):
        return [sigma(sum(W[j, i].item() * visible[i] for i in range(D)) + c[j].item()) for j in range(H)]

    for n in range(len(v)):
        data = v[n].tolist()
        p = hidden(data)
        h = [1 if uh[n, j] < p[j] else 0 for j in range(H)]
        made = []
        for i in range(D):
            q = sigma(sum(W[j, i].item() * h[j] for j in range(H)) + b[i].item())
            made.append(1 if uv[n, i] < q else 0)
        p1 = hidden(made)
        for i in range(D):
            db[i] += (data[i] - made[i]) / len(v)
            for j in range(H):
                dW[j, i] += (p[j] * data[i] - p1[j] * made[i]) / len(v)
        for j in range(H):
            dc[j] += (p[j] - p1[j]) / len(v)
    return dW, db, dc
