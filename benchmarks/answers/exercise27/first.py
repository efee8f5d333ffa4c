# %% as_in_a_lecture
# 1 rnn_forward keeps h0 and drops the last state; 2 rnn_backward without the carry; 3 clip per tensor;
# 4 masked_mean times a mask.
# named: forward_before_each_step, back_not_carried, clip_each, mean_by_product
import torch


def rnn_step(x, h, Wx, Wh, b):
    return torch.tanh(x @ Wx.T + h @ Wh.T + b)


def rnn_forward(x, h0, Wx, Wh, b):
    N, T, D = x.shape
    hs = torch.zeros(N, T, h0.shape[1], dtype=x.dtype, device=x.device)
    hs[:, 0] = h0
    for t in range(1, T):
        hs[:, t] = rnn_step(x[:, t - 1], hs[:, t - 1], Wx, Wh, b)
    return hs


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    prev = torch.cat([h0[:, None], hs[:, :-1]], dim=1)
    da = dhs * (1 - hs ** 2)
    dWx = torch.einsum("nth,ntd->hd", da, x)
    dWh = torch.einsum("nth,ntk->hk", da, prev)
    return da @ Wx, da[:, 0] @ Wh, dWx, dWh, da.sum(dim=(0, 1))


def clip_by_norm(grads, max_norm):
    out = []
    total = 0.0
    for g in grads:
        n = g.norm()
        total += n.item() ** 2
        if n > max_norm:
            g = g * max_norm / n
        out.append(g)
    return out, total ** 0.5


def masked_mean(loss, lengths):
    mask = torch.arange(loss.shape[1], device=loss.device)[None, :] < lengths[:, None]
    return (loss * mask).sum() / mask.sum()

# %% default_dtype_and_swaps
# 1 rnn_forward's block is float32; 2 lstm_cell returns (c, h); 3 pad_batch's block is float32; 4 dh0 without Wh.
# named: lstm_exchanged, back_dh0_without_weights
import torch


def rnn_step(x, h, Wx, Wh, b):
    return torch.tanh(x @ Wx.t() + h @ Wh.t() + b)


def rnn_forward(x, h0, Wx, Wh, b):
    N, T, _ = x.shape
    hs = torch.zeros(N, T, h0.shape[1])
    h = h0
    for t in range(T):
        h = rnn_step(x[:, t, :], h, Wx, Wh, b)
        hs[:, t, :] = h
    return hs


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    T = x.shape[1]
    dx, dWx, dWh, db = (torch.zeros_like(v) for v in (x, Wx, Wh, b))
    da = torch.zeros_like(h0)
    for t in range(T - 1, -1, -1):
        dh = dhs[:, t] + da @ Wh
        da = dh * (1 - hs[:, t] ** 2)
        hp = hs[:, t - 1] if t > 0 else h0
        dx[:, t] = da @ Wx
        dWx += da.t() @ x[:, t]
        dWh += da.t() @ hp
        db += da.sum(dim=0)
    return dx, da, dWx, dWh, db


def lstm_cell(x, h, c, Wx, Wh, b):
    H = h.shape[1]
    z = x @ Wx.t() + h @ Wh.t() + b
    i = torch.sigmoid(z[:, :H])
    f = torch.sigmoid(z[:, H:2 * H])
    g = torch.tanh(z[:, 2 * H:3 * H])
    o = torch.sigmoid(z[:, 3 * H:])
    c = f * c + i * g
    h = o * torch.tanh(c)
    return c, h


def pad_batch(seqs):
    lengths = torch.tensor([s.shape[0] for s in seqs])
    out = torch.zeros(len(seqs), lengths.max(), seqs[0].shape[1])
    for i, s in enumerate(seqs):
        out[i, :s.shape[0]] = s
    return out, lengths

# %% off_by_one
# 1 dWh with hs[:, t - 1] at t = 0, which is the last state; 2 last_state at lengths, not lengths - 1;
# 3 masked_mean with <=.
# named: back_start_wraps, last_one_later, mean_one_more
import torch


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    N, T, D = x.shape
    dx = torch.empty_like(x)
    dWx = torch.zeros_like(Wx)
    dWh = torch.zeros_like(Wh)
    db = torch.zeros_like(b)
    dh_next = torch.zeros_like(h0)
    for t in reversed(range(T)):
        dz = (dhs[:, t] + dh_next) * (1 - hs[:, t] * hs[:, t])
        dx[:, t] = dz @ Wx
        dWx += dz.T @ x[:, t]
        dWh += dz.T @ hs[:, t - 1]
        db += dz.sum(0)
        dh_next = dz @ Wh
    return dx, dh_next, dWx, dWh, db


def last_state(hs, lengths):
    return torch.stack([hs[n, L] for n, L in enumerate(lengths)])


def masked_mean(loss, lengths):
    steps = torch.arange(loss.shape[1], device=loss.device).expand_as(loss)
    valid = steps <= lengths.unsqueeze(1)
    return loss[valid].sum() / lengths.sum()

# %% wrong_orders
# 1 lstm_cell takes i, f, o, g; 2 pad_batch pads in front; 3 last_state is therefore the last of the block.
# named: lstm_ifog, pad_in_front, last_of_all
import torch


def lstm_cell(x, h, c, Wx, Wh, b):
    H = h.shape[1]
    z = x @ Wx.T + h @ Wh.T + b
    gates = torch.sigmoid(z[:, :3 * H])
    i, f, o = gates.split(H, dim=1)
    g = torch.tanh(z[:, 3 * H:])
    c_next = f * c + i * g
    return o * torch.tanh(c_next), c_next


def pad_batch(seqs):
    lengths = torch.tensor([len(s) for s in seqs], device=seqs[0].device)
    T = int(lengths.max())
    rows = [torch.cat([s.new_zeros(T - len(s), s.shape[1]), s]) for s in seqs]
    return torch.stack(rows), lengths


def last_state(hs, lengths):
    return hs[:, -1, :].clone()

# %% untransposed
# 1 rnn_step multiplies by Wh, not by its transpose; 2 the carry goes through the transpose; 3 clip divides always;
# 4 the mean of means.
# named: step_state_untransposed, back_carry_untransposed, clip_always, mean_of_means
import torch


def rnn_step(x, h, Wx, Wh, b):
    return torch.tanh(torch.matmul(x, Wx.T) + torch.matmul(h, Wh) + b)


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dx, dWx, dWh, db = torch.zeros_like(x), torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(b)
    dh = torch.zeros_like(h0)
    for t in range(x.shape[1] - 1, -1, -1):
        dh = dh + dhs[:, t]
        dz = dh * (1 - hs[:, t] ** 2)
        h_prev = h0 if t == 0 else hs[:, t - 1]
        dx[:, t] = dz @ Wx
        dWx += dz.T @ x[:, t]
        dWh += dz.T @ h_prev
        db += dz.sum(0)
        dh = dz @ Wh.T
    return dx, dh, dWx, dWh, db


def clip_by_norm(grads, max_norm):
    norm = torch.sqrt(sum(torch.sum(g * g) for g in grads)).item()
    return [g * max_norm / norm for g in grads], norm


def masked_mean(loss, lengths):
    means = [loss[n, :lengths[n]].mean() for n in range(loss.shape[0])]
    return torch.stack(means).mean()

# %% formulas_from_memory
# 1 slope 1 - h; 2 the gradients divided by N; 3 the LSTM's candidate through sigmoid, h without tanh; 4 the norm after.
# named: back_slope_not_squared, back_mean_over_samples, lstm_sigmoid_of_candidate, lstm_h_without_tanh, clip_norm_after
import torch


def sigmoid(z):
    return 1 / (1 + torch.exp(-z))


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    N, T, D = x.shape
    dx, dWx, dWh, db = torch.zeros_like(x), torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(b)
    dh = torch.zeros_like(h0)
    for t in range(T - 1, -1, -1):
        dz = (dhs[:, t] + dh) * (1 - hs[:, t])
        dx[:, t] = dz @ Wx
        dWx += dz.T @ x[:, t]
        dWh += dz.T @ (hs[:, t - 1] if t > 0 else h0)
        db += dz.sum(0)
        dh = dz @ Wh
    return dx, dh, dWx / N, dWh / N, db / N


def lstm_cell(x, h, c, Wx, Wh, b):
    i, f, g, o = sigmoid(x @ Wx.T + h @ Wh.T + b).chunk(4, dim=1)
    c = f * c + i * g
    return o * c, c


def clip_by_norm(grads, max_norm):
    norm = torch.sqrt(sum((g ** 2).sum() for g in grads))
    if norm > max_norm:
        grads = [g * max_norm / norm for g in grads]
        norm = torch.sqrt(sum((g ** 2).sum() for g in grads))
    return grads, norm.item()
