"""einsum; float64 inside and back; all parameter gradients in one product after the loop; gather."""

import torch


def rnn_step(x, h, Wx, Wh, b):
    z = torch.einsum("nd,hd->nh", x.double(), Wx.double()) + torch.einsum("nk,hk->nh", h.double(), Wh.double())
    return (z + b.double()).tanh().to(x.dtype)


def rnn_forward(x, h0, Wx, Wh, b):
    projected = torch.einsum("ntd,hd->tnh", x.double(), Wx.double()) + b.double()
    h = h0.double()
    hs = []
    for z in projected:
        h = torch.tanh(z + torch.einsum("nk,hk->nh", h, Wh.double()))
        hs.append(h)
    return torch.stack(hs).transpose(0, 1).contiguous().to(x.dtype)


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    before = torch.cat([h0.unsqueeze(1), hs[:, :-1]], dim=1).double()
    slope = 1 - hs.double() ** 2
    deltas = []
    carried = torch.zeros_like(h0, dtype=torch.float64)
    for t in range(hs.shape[1] - 1, -1, -1):
        delta = (dhs[:, t].double() + carried) * slope[:, t]
        deltas.append(delta)
        carried = torch.einsum("nh,hk->nk", delta, Wh.double())
    delta = torch.stack(deltas[::-1], dim=1)
    results = (
        torch.einsum("nth,hd->ntd", delta, Wx.double()),
        carried,
        torch.einsum("nth,ntd->hd", delta, x.double()),
        torch.einsum("nth,ntk->hk", delta, before),
        torch.einsum("nth->h", delta),
    )
    return tuple(result.to(x.dtype) for result in results)


def lstm_cell(x, h, c, Wx, Wh, b):
    H = b.shape[0] // 4
    z = (torch.cat([x, h], dim=1) @ torch.cat([Wx, Wh], dim=1).T + b).double().reshape(len(x), 4, H)
    i, f, o = torch.sigmoid(z[:, 0]), torch.sigmoid(z[:, 1]), torch.sigmoid(z[:, 3])
    cell = f * c.double() + i * torch.tanh(z[:, 2])
    return (o * torch.tanh(cell)).to(x.dtype), cell.to(x.dtype)


def clip_by_norm(grads, max_norm):
    flat = torch.cat([grad.flatten() for grad in grads]).double()
    norm = torch.linalg.vector_norm(flat).item()
    if norm > max_norm:
        grads = [grad * (max_norm / norm) for grad in grads]
    return list(grads), norm


def pad_batch(seqs):
    lengths = [len(seq) for seq in seqs]
    T = max(lengths)
    padded = [torch.nn.functional.pad(seq, (0, 0, 0, T - len(seq))) for seq in seqs]
    return torch.stack(padded), torch.tensor(lengths).to(seqs[0].device)


def last_state(hs, lengths):
    place = (lengths - 1).reshape(-1, 1, 1).expand(-1, 1, hs.shape[2])
    return torch.gather(hs, 1, place).squeeze(1)


def masked_mean(loss, lengths):
    T = loss.shape[1]
    steps = torch.arange(T, device=loss.device).expand(len(loss), T)
    kept = loss.masked_fill(steps >= lengths.reshape(-1, 1), 0.0)
    return kept.double().sum().div(lengths.sum()).to(loss.dtype)
