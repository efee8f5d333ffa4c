"""Rating by rating, with plain loops; the gradient written out for single numbers."""

import torch


def predicted(p, u, i):
    return p["mu"] + p["bu"][u] + p["bi"][i] + torch.dot(p["P"][u], p["Q"][i])


def predict(p):
    return torch.stack([torch.stack([predicted(p, u, i) for i in range(len(p["bi"]))]) for u in range(len(p["bu"]))])


def masked_loss(R, seen, p, lam):
    total, count = 0.0, 0
    for u in range(R.shape[0]):
        for i in range(R.shape[1]):
            if seen[u, i]:
                total = total + (R[u, i] - predicted(p, u, i)) ** 2
                count += 1
    penalty = p["bu"] @ p["bu"] + p["bi"] @ p["bi"]
    for row in (*p["P"], *p["Q"]):
        penalty = penalty + row @ row
    return total / count + lam * penalty


def fit(R, seen, p, lr, lam, steps):
    places = [tuple(place) for place in torch.nonzero(seen).tolist()]
    now = {key: value.clone() for key, value in p.items()}
    for _ in range(steps):
        old = {key: value.clone() for key, value in now.items()}
        for key in ("bu", "bi", "P", "Q"):
            now[key] -= lr * 2 * lam * old[key]
        for u, i in places:
            push = 2 * lr * (predicted(old, u, i) - R[u, i]) / len(places)
            now["bu"][u] -= push
            now["bi"][i] -= push
            now["P"][u] -= push * old["Q"][i]
            now["Q"][i] -= push * old["P"][u]
    return now


def recommend(p, seen, n):
    rows = []
    for scores, known in zip(predict(p).tolist(), seen.tolist(), strict=True):
        unseen = [i for i, done in enumerate(known) if not done]
        unseen.sort(key=lambda i: scores[i], reverse=True)
        rows.append(unseen[:n])
    return torch.tensor(rows, device=seen.device)
