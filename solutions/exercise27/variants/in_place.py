"""Tensors made first and filled in place; the slope of tanh from a pre-activation that is computed again."""

import torch
import torch.nn.functional as F


def rnn_step(x, h, Wx, Wh, b):
    z = F.linear(x, Wx, b)
    z.add_(F.linear(h, Wh))
    return z.tanh_()


def rnn_forward(x, h0, Wx, Wh, b):
    N, T, _ = x.shape
    hs = x.new_empty((N, T, len(b)))
    state = h0.clone()
    for t in range(T):
        state.copy_(rnn_step(x[:, t, :], state, Wx, Wh, b))
        hs[:, t, :] = state
    return hs


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    before = torch.empty_like(hs)
    before[:, 0] = h0
    before[:, 1:] = hs[:, :-1]
    slope = 1 / torch.cosh(F.linear(x, Wx, b) + F.linear(before, Wh)).square()
    delta = dhs.clone()
    for t in range(x.size(1) - 1, 0, -1):
        delta[:, t] *= slope[:, t]
        delta[:, t - 1] += delta[:, t].mm(Wh)
    delta[:, 0] *= slope[:, 0]
    flat = delta.reshape(-1, delta.shape[2])
    dWx = torch.mm(flat.t(), x.reshape(flat.shape[0], -1))
    dWh = torch.mm(flat.t(), before.reshape(flat.shape[0], -1))
    return delta.matmul(Wx), delta[:, 0].mm(Wh), dWx, dWh, flat.sum(0)


def lstm_cell(x, h, c, Wx, Wh, b):
    H = c.size(1)
    gates = F.linear(x, Wx, b) + F.linear(h, Wh)
    gates[:, : 2 * H].sigmoid_()
    gates[:, 2 * H : 3 * H].tanh_()
    gates[:, 3 * H :].sigmoid_()
    cell = c.clone()
    cell.mul_(gates[:, H : 2 * H]).addcmul_(gates[:, :H], gates[:, 2 * H : 3 * H])
    return gates[:, 3 * H :] * cell.tanh(), cell


def clip_by_norm(grads, max_norm):
    total = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(grad) for grad in grads]))
    factor = (max_norm / (total + 1e-6)).clamp(max=1.0)
    clipped = [grad.clone() for grad in grads]
    for grad in clipped:
        grad.mul_(factor)
    return clipped, total.item()


def pad_batch(seqs):
    sizes = torch.as_tensor([seq.size(0) for seq in seqs], device=seqs[0].device)
    block = torch.zeros((len(seqs), int(sizes.max()), seqs[0].size(-1)), dtype=seqs[0].dtype, device=seqs[0].device)
    for n, seq in enumerate(seqs):
        block[n, : seq.size(0)].copy_(seq)
    return block, sizes


def last_state(hs, lengths):
    out = hs.new_zeros(hs.size(0), hs.size(2))
    for n, length in enumerate(lengths.tolist()):
        out[n] = hs[n, length - 1]
    return out


def masked_mean(loss, lengths):
    copy = loss.clone()
    for n, length in enumerate(lengths.tolist()):
        copy[n, length:] = 0
    return copy.sum() / lengths.sum().to(loss.dtype)
