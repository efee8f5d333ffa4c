"""Loops over samples, times and sequences; one number of a gradient's norm after another."""

import torch


def rnn_step(x, h, Wx, Wh, b):
    rows = []
    for n in range(x.shape[0]):
        row = []
        for j in range(b.shape[0]):
            z = b[j]
            for d in range(x.shape[1]):
                z = z + Wx[j, d] * x[n, d]
            for k in range(h.shape[1]):
                z = z + Wh[j, k] * h[n, k]
            row.append(torch.tanh(z))
        rows.append(torch.stack(row))
    return torch.stack(rows)


def rnn_forward(x, h0, Wx, Wh, b):
    N, T, _ = x.shape
    hs = torch.zeros(N, T, h0.shape[1], dtype=x.dtype, device=x.device)
    for n in range(N):
        for t in range(T):
            before = h0[n] if t == 0 else hs[n, t - 1].clone()
            hs[n, t] = torch.tanh(Wx.matmul(x[n, t]) + Wh.matmul(before) + b)
    return hs


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dx, dh0 = torch.zeros_like(x), torch.zeros_like(h0)
    dWx, dWh, db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(b)
    for n in range(x.shape[0]):
        back = torch.zeros_like(b)
        for t in range(x.shape[1] - 1, -1, -1):
            h = hs[n, t]
            dz = (dhs[n, t] + back) * (1 - h) * (1 + h)
            previous = h0[n] if t == 0 else hs[n, t - 1]
            dx[n, t] = Wx.T.mv(dz)
            dWx += torch.outer(dz, x[n, t])
            dWh += torch.outer(dz, previous)
            db += dz
            back = Wh.T.mv(dz)
        dh0[n] = back
    return dx, dh0, dWx, dWh, db


def lstm_cell(x, h, c, Wx, Wh, b):
    H = h.shape[1]
    new_h, new_c = torch.empty_like(h), torch.empty_like(c)
    for n in range(len(x)):
        z = Wx @ x[n] + Wh @ h[n] + b
        for j in range(H):
            i, f, o = (torch.sigmoid(z[part * H + j]) for part in (0, 1, 3))
            new_c[n, j] = f * c[n, j] + i * torch.tanh(z[2 * H + j])
            new_h[n, j] = o * torch.tanh(new_c[n, j])
    return new_h, new_c


def clip_by_norm(grads, max_norm):
    squares = 0.0
    for grad in grads:
        for number in grad.flatten().tolist():
            squares += number * number
    norm = squares**0.5
    if norm <= max_norm:
        return list(grads), norm
    return [max_norm * grad / norm for grad in grads], norm


def pad_batch(seqs):
    lengths = []
    for seq in seqs:
        lengths.append(seq.shape[0])
    T = max(lengths)
    rows = []
    for seq in seqs:
        rows.append(torch.cat([seq, torch.zeros(T - len(seq), seq.shape[1], dtype=seq.dtype, device=seq.device)]))
    return torch.stack(rows), torch.tensor(lengths, dtype=torch.int64, device=seqs[0].device)


def last_state(hs, lengths):
    return torch.stack([hs[n, lengths[n] - 1] for n in range(len(hs))])


def masked_mean(loss, lengths):
    total = 0.0
    count = 0
    for row, length in zip(loss, lengths.tolist(), strict=True):
        total = total + row[:length].sum()
        count += length
    return total / count
