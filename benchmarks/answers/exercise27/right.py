# %% base
# The formulas as they stand.
import torch


def rnn_step(x, h, Wx, Wh, b):
    return torch.tanh(x @ Wx.T + h @ Wh.T + b)


def rnn_forward(x, h0, Wx, Wh, b):
    h, hs = h0, []
    for t in range(x.shape[1]):
        h = rnn_step(x[:, t], h, Wx, Wh, b)
        hs.append(h)
    return torch.stack(hs, dim=1)


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dx = torch.zeros_like(x)
    dWx, dWh, db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(b)
    carry = torch.zeros_like(h0)
    for t in range(x.shape[1] - 1, -1, -1):
        delta = dhs[:, t] + carry
        eps = delta * (1 - hs[:, t] ** 2)
        before = hs[:, t - 1] if t > 0 else h0
        dx[:, t] = eps @ Wx
        dWx = dWx + eps.T @ x[:, t]
        dWh = dWh + eps.T @ before
        db = db + eps.sum(0)
        carry = eps @ Wh
    return dx, carry, dWx, dWh, db


def lstm_cell(x, h, c, Wx, Wh, b):
    i, f, g, o = (x @ Wx.T + h @ Wh.T + b).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def clip_by_norm(grads, max_norm):
    norm = sum((g ** 2).sum() for g in grads).sqrt().item()
    if norm > max_norm:
        return [g * (max_norm / norm) for g in grads], norm
    return list(grads), norm


def pad_batch(seqs):
    lengths = [len(s) for s in seqs]
    x = seqs[0].new_zeros(len(seqs), max(lengths), seqs[0].shape[1])
    for n, s in enumerate(seqs):
        x[n, :len(s)] = s
    return x, torch.tensor(lengths, device=x.device)


def last_state(hs, lengths):
    return hs[torch.arange(len(hs), device=hs.device), lengths - 1]


def masked_mean(loss, lengths):
    valid = torch.arange(loss.shape[1], device=loss.device) < lengths[:, None]
    return torch.where(valid, loss, 0.0).sum() / lengths.sum()

# %% sample_by_sample
# Loops over samples, steps and slices.
import math
import torch


def rnn_step(x, h, Wx, Wh, b):
    return torch.stack([torch.tanh(Wx @ x[n] + Wh @ h[n] + b) for n in range(len(x))])


def rnn_forward(x, h0, Wx, Wh, b):
    N, T, _ = x.shape
    hs = torch.empty(N, T, h0.shape[1], dtype=x.dtype, device=x.device)
    for n in range(N):
        h = h0[n]
        for t in range(T):
            h = torch.tanh(Wx @ x[n, t] + Wh @ h + b)
            hs[n, t] = h
    return hs


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dx, dh0 = torch.zeros_like(x), torch.zeros_like(h0)
    dWx, dWh, db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(b)
    for n in range(x.shape[0]):
        back = torch.zeros_like(b)
        for t in reversed(range(x.shape[1])):
            eps = (dhs[n, t] + back) * (1 - hs[n, t] * hs[n, t])
            dx[n, t] = Wx.T @ eps
            dWx += torch.outer(eps, x[n, t])
            dWh += torch.outer(eps, h0[n] if t == 0 else hs[n, t - 1])
            db += eps
            back = Wh.T @ eps
        dh0[n] = back
    return dx, dh0, dWx, dWh, db


def lstm_cell(x, h, c, Wx, Wh, b):
    H = h.shape[1]
    new_h, new_c = torch.empty_like(h), torch.empty_like(c)
    for n in range(x.shape[0]):
        z = Wx @ x[n] + Wh @ h[n] + b
        i, f = torch.sigmoid(z[:H]), torch.sigmoid(z[H:2 * H])
        g, o = torch.tanh(z[2 * H:3 * H]), torch.sigmoid(z[3 * H:])
        new_c[n] = f * c[n] + i * g
        new_h[n] = o * torch.tanh(new_c[n])
    return new_h, new_c


def clip_by_norm(grads, max_norm):
    total = 0.0
    for g in grads:
        total += float((g.double() * g.double()).sum())
    norm = math.sqrt(total)
    clipped = []
    for g in grads:
        if norm > max_norm:
            g = g / norm * max_norm
        clipped.append(g)
    return clipped, norm


def pad_batch(seqs):
    T = max(s.shape[0] for s in seqs)
    rows = []
    for s in seqs:
        rest = torch.zeros(T - s.shape[0], s.shape[1], dtype=s.dtype, device=s.device)
        rows.append(torch.cat([s, rest]))
    return torch.stack(rows), torch.tensor([s.shape[0] for s in seqs], device=seqs[0].device)


def last_state(hs, lengths):
    return torch.stack([hs[n, int(lengths[n]) - 1] for n in range(hs.shape[0])])


def masked_mean(loss, lengths):
    total, count = 0, 0
    for n, L in enumerate(lengths.tolist()):
        total = total + loss[n, :L].sum()
        count += L
    return total / count

# %% einsum
# Products by einsum; the parameters' gradients after the loop, all steps at once.
import torch


def rnn_step(x, h, Wx, Wh, b):
    return (torch.einsum("nd,hd->nh", x, Wx) + torch.einsum("nk,hk->nh", h, Wh) + b).tanh()


def rnn_forward(x, h0, Wx, Wh, b):
    ahead = torch.einsum("ntd,hd->tnh", x, Wx) + b
    states = [h0]
    for a in ahead:
        states.append(torch.tanh(a + torch.einsum("nk,hk->nh", states[-1], Wh)))
    return torch.stack(states[1:]).transpose(0, 1)


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    slope = 1 - hs ** 2
    eps = [None] * x.shape[1]
    back = 0
    for t in reversed(range(x.shape[1])):
        eps[t] = (dhs[:, t] + back) * slope[:, t]
        back = torch.einsum("nh,hk->nk", eps[t], Wh)
    e = torch.stack(eps, 1)
    earlier = torch.cat([h0.unsqueeze(1), hs[:, :-1]], dim=1)
    return (
        torch.einsum("nth,hd->ntd", e, Wx),
        back,
        torch.einsum("nth,ntd->hd", e, x),
        torch.einsum("nth,ntk->hk", e, earlier),
        torch.einsum("nth->h", e),
    )


def lstm_cell(x, h, c, Wx, Wh, b):
    N, H = h.shape
    z = (torch.einsum("nd,hd->nh", x, Wx) + torch.einsum("nk,hk->nh", h, Wh) + b).view(N, 4, H)
    i, f, o = z[:, 0].sigmoid(), z[:, 1].sigmoid(), z[:, 3].sigmoid()
    c_new = torch.addcmul(f * c, i, z[:, 2].tanh())
    return o * c_new.tanh(), c_new


def clip_by_norm(grads, max_norm):
    flat = torch.cat([g.reshape(-1) for g in grads])
    norm = torch.einsum("i,i->", flat, flat).sqrt()
    factor = torch.clamp(max_norm / norm, max=1.0)
    return [g * factor for g in grads], float(norm)


def pad_batch(seqs):
    lengths = torch.as_tensor([s.size(0) for s in seqs], dtype=torch.int64).to(seqs[0].device)
    T = int(lengths.max())
    padded = [torch.nn.functional.pad(s, (0, 0, 0, T - s.size(0))) for s in seqs]
    return torch.stack(padded), lengths


def last_state(hs, lengths):
    index = (lengths - 1).view(-1, 1, 1).expand(-1, 1, hs.size(2))
    return hs.gather(1, index).squeeze(1)


def masked_mean(loss, lengths):
    mask = torch.arange(loss.size(1), device=loss.device).unsqueeze(0) < lengths.unsqueeze(1)
    return loss[mask].mean()

# %% numpy
# NumPy wherever it may be used.
import numpy as np
import torch


def a(t):
    return t.detach().cpu().numpy()


def back(array, like):
    return torch.from_numpy(np.ascontiguousarray(array)).to(dtype=like.dtype, device=like.device)


def rnn_step(x, h, Wx, Wh, b):
    return back(np.tanh(a(x) @ a(Wx).T + a(h) @ a(Wh).T + a(b)), x)


def rnn_forward(x, h0, Wx, Wh, b):
    X, h, A, B, c = a(x), a(h0), a(Wx), a(Wh), a(b)
    out = np.zeros((X.shape[0], X.shape[1], h.shape[1]), dtype=X.dtype)
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ A.T + h @ B.T + c)
        out[:, t] = h
    return back(out, x)


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    up, X, first, S, A, B = map(a, (dhs, x, h0, hs, Wx, Wh))
    T = X.shape[1]
    E = np.zeros_like(S)
    way = np.zeros_like(first)
    for t in range(T)[::-1]:
        E[:, t] = (up[:, t] + way) * (1 - S[:, t] ** 2)
        way = E[:, t] @ B
    before = np.concatenate([first[:, None], S[:, :T - 1]], axis=1)
    dWx = np.tensordot(E, X, axes=([0, 1], [0, 1]))
    dWh = np.tensordot(E, before, axes=([0, 1], [0, 1]))
    return tuple(back(v, x) for v in (E @ A, way, dWx, dWh, E.sum(axis=(0, 1))))


def sigma(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def lstm_cell(x, h, c, Wx, Wh, b):
    z = a(x) @ a(Wx).T + a(h) @ a(Wh).T + a(b)
    i, f, g, o = np.split(z, 4, axis=1)
    new = sigma(f) * a(c) + sigma(i) * np.tanh(g)
    return back(sigma(o) * np.tanh(new), x), back(new, x)


def clip_by_norm(grads, max_norm):
    norm = float(np.sqrt(sum(np.sum(np.square(a(g), dtype=np.float64)) for g in grads)))
    if norm <= max_norm:
        return grads, norm
    return [back(np.asarray(a(g) * (max_norm / norm)), g).reshape(g.shape) for g in grads], norm


def pad_batch(seqs):
    lengths = np.array([len(s) for s in seqs], dtype=np.int64)
    x = np.zeros((len(seqs), lengths.max(), seqs[0].shape[1]))
    for n, s in enumerate(seqs):
        x[n, :lengths[n]] = a(s)
    return back(x, seqs[0]), torch.from_numpy(lengths).to(seqs[0].device)


def last_state(hs, lengths):
    h, n = a(hs), a(lengths)
    return back(h[np.arange(len(n)), n - 1], hs)

# %% functional
# torch's own functions where they are free: F.linear, addmm, vector_norm, masked_fill.
import torch
import torch.nn.functional as F
from torch import nn


def rnn_step(x, h, Wx, Wh, b):
    return nn.Tanh()(F.linear(x, Wx) + F.linear(h, Wh, b))


def rnn_forward(x, h0, Wx, Wh, b):
    projected = F.linear(x, Wx, b)
    h = h0
    outs = []
    for p in projected.unbind(1):
        h = torch.tanh(torch.addmm(p, h, Wh.t()))
        outs.append(h.unsqueeze(1))
    return torch.cat(outs, dim=1)


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    T = x.size(1)
    previous = torch.cat((h0[:, None], hs), dim=1)
    de = torch.zeros_like(hs)
    step = torch.mm(torch.zeros_like(h0), Wh)
    for t in range(T - 1, -1, -1):
        de[:, t] = torch.addcmul(dhs[:, t] + step, -(dhs[:, t] + step) * hs[:, t], hs[:, t])
        step = torch.mm(de[:, t], Wh)
    flat = de.flatten(0, 1)
    dWx = flat.t().mm(x.flatten(0, 1))
    dWh = flat.t().mm(previous[:, :T].flatten(0, 1))
    return de.matmul(Wx), step, dWx, dWh, flat.sum(dim=0)


def lstm_cell(x, h, c, Wx, Wh, b):
    z = F.linear(torch.cat([x, h], 1), torch.cat([Wx, Wh], 1), b)
    zi, zf, zg, zo = torch.split(z, h.shape[1], dim=1)
    c2 = F.sigmoid(zf) * c + F.sigmoid(zi) * F.tanh(zg)
    return F.sigmoid(zo) * F.tanh(c2), c2


def clip_by_norm(grads, max_norm):
    norms = torch.stack([torch.linalg.vector_norm(g) for g in grads])
    norm = torch.linalg.vector_norm(norms)
    scale = min(1.0, max_norm / (float(norm) + 1e-6))
    return [torch.mul(g, scale) for g in grads], norm.item()


def pad_batch(seqs):
    lengths = torch.tensor([s.shape[0] for s in seqs], dtype=torch.long, device=seqs[0].device)
    N, T = len(seqs), int(lengths.max())
    block = torch.zeros((N, T, seqs[0].shape[1]), dtype=seqs[0].dtype, device=seqs[0].device)
    valid = torch.arange(T, device=block.device).expand(N, T) < lengths[:, None]
    block[valid] = torch.cat(seqs)
    return block, lengths


def last_state(hs, lengths):
    return torch.take_along_dim(hs, (lengths - 1)[:, None, None], dim=1)[:, 0]


def masked_mean(loss, lengths):
    padding = torch.arange(loss.shape[1], device=loss.device)[None] >= lengths[:, None]
    return loss.masked_fill(padding, 0).sum() / lengths.sum().to(loss.dtype)
