# %% float64_inside
# Computes in float64 and goes back to the dtype of the inputs at the end.
import torch


def rnn_step(x, h, Wx, Wh, b):
    z = x.double() @ Wx.double().T + h.double() @ Wh.double().T + b.double()
    return torch.tanh(z).to(x.dtype)


def rnn_forward(x, h0, Wx, Wh, b):
    h = h0.double()
    hs = []
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t].double() @ Wx.double().T + h @ Wh.double().T + b.double())
        hs.append(h)
    return torch.stack(hs, 1).to(x.dtype)


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dtype = x.dtype
    dhs, x, h0, hs, Wx, Wh, b = [v.double() for v in (dhs, x, h0, hs, Wx, Wh, b)]
    dx, dWx, dWh, db = [torch.zeros_like(v) for v in (x, Wx, Wh, b)]
    d = dhs[:, -1]
    for t in range(x.shape[1] - 1, 0, -1):
        e = d * (1 - hs[:, t].square())
        dx[:, t] = e @ Wx
        dWx += e.mT @ x[:, t]
        dWh += e.mT @ hs[:, t - 1]
        db += e.sum(0)
        d = dhs[:, t - 1] + e @ Wh
    e = d * (1 - hs[:, 0].square())
    dx[:, 0] = e @ Wx
    grads = dx, e @ Wh, dWx + e.mT @ x[:, 0], dWh + e.mT @ h0, db + e.sum(0)
    return tuple(g.to(dtype) for g in grads)


def lstm_cell(x, h, c, Wx, Wh, b):
    H = c.shape[1]
    z = torch.addmm(b.double(), x.double(), Wx.double().T).addmm(h.double(), Wh.double().T)
    gates = torch.sigmoid(z)
    new = gates[:, H:2 * H] * c.double() + gates[:, :H] * z[:, 2 * H:3 * H].tanh()
    return (gates[:, 3 * H:] * new.tanh()).to(x.dtype), new.to(x.dtype)


def clip_by_norm(grads, max_norm):
    norm = torch.cat([g.double().flatten() for g in grads]).norm().item()
    scale = max_norm / max(norm, max_norm)
    return [(g.double() * scale).to(g.dtype) for g in grads], norm


def masked_mean(loss, lengths):
    mask = torch.arange(loss.shape[1], device=loss.device) < lengths.view(-1, 1)
    return (loss.masked_select(mask).double().sum() / lengths.sum()).to(loss.dtype)

# %% classes
# A class that keeps the parameters; nothing outlives a call.
import torch


class Network:
    def __init__(self, Wx, Wh, b):
        self.Wx, self.Wh, self.b = Wx, Wh, b

    def step(self, x, h):
        return torch.tanh(self.arguments(x, h))

    def arguments(self, x, h):
        return x.matmul(self.Wx.t()) + h.matmul(self.Wh.t()) + self.b

    def run(self, x, h):
        for t in range(x.size(1)):
            h = self.step(x[:, t], h)
            yield h


class Gradients:
    def __init__(self, x, Wx, Wh, b):
        self.dx = torch.zeros_like(x)
        self.dWx, self.dWh, self.db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(b)

    def add(self, t, e, x, h, Wx):
        self.dx[:, t] = e @ Wx
        self.dWx += e.t() @ x
        self.dWh += e.t() @ h
        self.db += e.sum(0)


def rnn_step(x, h, Wx, Wh, b):
    return Network(Wx, Wh, b).step(x, h)


def rnn_forward(x, h0, Wx, Wh, b):
    return torch.stack(list(Network(Wx, Wh, b).run(x, h0)), dim=1)


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    out = Gradients(x, Wx, Wh, b)
    dh = torch.zeros_like(h0)
    times = list(range(x.size(1)))
    for t in times[::-1]:
        e = (dh + dhs[:, t]) * (1.0 - hs[:, t].pow(2))
        out.add(t, e, x[:, t], h0 if t == 0 else hs[:, t - 1], Wx)
        dh = e @ Wh
    return out.dx, dh, out.dWx, out.dWh, out.db


def lstm_cell(x, h, c, Wx, Wh, b):
    z = Network(Wx, Wh, b).arguments(x, h)
    names = dict(zip("ifgo", torch.tensor_split(z, 4, dim=1)))
    gate = {k: torch.tanh(v) if k == "g" else torch.sigmoid(v) for k, v in names.items()}
    cell = gate["f"] * c + gate["i"] * gate["g"]
    return gate["o"] * torch.tanh(cell), cell

# %% in_place
# Fills and changes its own copies in place.
import torch


def rnn_step(x, h, Wx, Wh, b):
    z = b.detach().expand(len(x), -1).clone()
    z += x.detach() @ Wx.detach().T
    z += h.detach() @ Wh.detach().T
    return z.tanh_()


def rnn_forward(x, h0, Wx, Wh, b):
    with torch.no_grad():
        hs = x @ Wx.T
        hs += b
        hs[:, 0] += h0 @ Wh.T
        hs[:, 0].tanh_()
        for t in range(1, x.shape[1]):
            hs[:, t] += hs[:, t - 1] @ Wh.T
            hs[:, t].tanh_()
    return hs


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    with torch.no_grad():
        e = dhs.clone()
        slope = 1 - hs * hs
        for t in range(x.shape[1] - 1, 0, -1):
            e[:, t] *= slope[:, t]
            e[:, t - 1] += e[:, t] @ Wh
        e[:, 0] *= slope[:, 0]
        earlier = hs.clone().roll(1, dims=1)
        earlier[:, 0] = h0
        flat = e.reshape(-1, e.shape[2])
        dWx = flat.T @ x.reshape(-1, x.shape[2])
        dWh = flat.T @ earlier.reshape(-1, e.shape[2])
        return e @ Wx, e[:, 0] @ Wh, dWx, dWh, flat.sum(0)


def lstm_cell(x, h, c, Wx, Wh, b):
    H = h.shape[1]
    z = x @ Wx.T + h @ Wh.T + b
    z[:, :2 * H] = torch.sigmoid(z[:, :2 * H])
    z[:, 2 * H:3 * H] = torch.tanh(z[:, 2 * H:3 * H])
    z[:, 3 * H:] = torch.sigmoid(z[:, 3 * H:])
    c = c.clone()
    c *= z[:, H:2 * H]
    c += z[:, :H] * z[:, 2 * H:3 * H]
    return z[:, 3 * H:] * c.tanh(), c


def clip_by_norm(grads, max_norm):
    copies = [g.clone() for g in grads]
    norm = torch.stack([g.pow(2).sum() for g in copies]).sum().sqrt().item()
    if norm > max_norm:
        for g in copies:
            g.mul_(max_norm / norm)
    return copies, norm


def pad_batch(seqs):
    N = len(seqs)
    lengths = torch.zeros(N, dtype=torch.int64, device=seqs[0].device)
    for n in range(N):
        lengths[n] = seqs[n].shape[0]
    x = torch.zeros(N, lengths.max().item(), seqs[0].shape[1]).to(seqs[0])
    for n in range(N):
        x[n, :seqs[n].shape[0]].copy_(seqs[n])
    return x, lengths


def last_state(hs, lengths):
    out = hs.new_empty(hs.shape[0], hs.shape[2])
    for n, L in enumerate(lengths):
        out[n] = hs[n, L - 1]
    return out


def masked_mean(loss, lengths):
    copy = loss.clone()
    for n in range(loss.shape[0]):
        copy[n, lengths[n]:] = 0.0
    return copy.sum() / lengths.sum()

# %% recursion
# The first step, then the rest of the sequence.
import torch


def rnn_forward(x, h0, Wx, Wh, b):
    h = rnn_step(x[:, 0], h0, Wx, Wh, b)
    if x.shape[1] == 1:
        return h[:, None]
    return torch.cat([h[:, None], rnn_forward(x[:, 1:], h, Wx, Wh, b)], dim=1)


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    rest = None
    delta = dhs[:, 0]
    if x.shape[1] > 1:
        rest = rnn_backward(dhs[:, 1:], x[:, 1:], hs[:, 0], hs[:, 1:], Wx, Wh, b)
        delta = delta + rest[1]
    e = delta - delta * hs[:, 0] ** 2
    dx, dWx, dWh, db = (e @ Wx)[:, None], e.T @ x[:, 0], e.T @ h0, e.sum(dim=0)
    if rest is not None:
        dx, dWx, dWh, db = torch.cat([dx, rest[0]], 1), dWx + rest[2], dWh + rest[3], db + rest[4]
    return dx, e @ Wh, dWx, dWh, db


def pad_batch(seqs):
    sizes = [tuple(s.shape)[0] for s in seqs]
    D = seqs[0].shape[1]
    lists = [s.tolist() + [[0.0] * D for _ in range(max(sizes) - len(s))] for s in seqs]
    x = torch.tensor(lists, dtype=seqs[0].dtype, device=seqs[0].device)
    return x, torch.tensor(sizes, device=x.device)


def last_state(hs, lengths):
    rows = [h[:L][-1] for h, L in zip(hs, lengths.tolist())]
    return torch.stack(rows)


def masked_mean(loss, lengths):
    valid = torch.cat([row[:L] for row, L in zip(loss, lengths.tolist())])
    return valid.mean()

# %% one_matrix
# [Wx, Wh, b] as one matrix, [x, h, 1] as one input.
import torch


def joined(x, h):
    return torch.cat([x, h, x.new_ones(x.shape[0], 1)], dim=1)


def rnn_step(x, h, Wx, Wh, b):
    W = torch.cat([Wx, Wh, b.unsqueeze(1)], dim=1)
    return torch.tanh(joined(x, h) @ W.T)


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    N, T, D = x.shape
    H = h0.shape[1]
    W = torch.cat([Wx, Wh], dim=1)
    dW = torch.zeros(H, D + H + 1, dtype=W.dtype, device=W.device)
    dx = []
    dh = torch.zeros_like(h0)
    for t in range(T)[::-1]:
        e = (dhs[:, t] + dh) * (1 + hs[:, t]) * (1 - hs[:, t])
        dW = dW + e.T @ joined(x[:, t], hs[:, t - 1] if t else h0)
        dxt, dh = torch.split(e @ W, [D, H], dim=1)
        dx.insert(0, dxt)
    return torch.stack(dx, 1), dh.clone(), dW[:, :D].clone(), dW[:, D:-1].clone(), dW[:, -1].clone()


def lstm_cell(x, h, c, Wx, Wh, b):
    W = torch.hstack([Wx, Wh, b[:, None]])
    z = (joined(x, h) @ W.T).unflatten(1, (4, -1))
    i, f, g, o = z.unbind(1)
    c_next = torch.special.expit(f) * c + torch.special.expit(i) * torch.tanh(g)
    return torch.special.expit(o) * torch.tanh(c_next), c_next


def clip_by_norm(grads, max_norm):
    norm = torch.sqrt(torch.stack([torch.sum(torch.abs(g) ** 2) for g in grads]).sum())
    scale = torch.where(norm > max_norm, max_norm / norm, torch.ones_like(norm))
    return list(map(lambda g: g * scale, grads)), float(norm)


def last_state(hs, lengths):
    here = torch.arange(1, hs.shape[1] + 1, device=hs.device) == lengths[:, None]
    return hs[here]


def masked_mean(loss, lengths):
    steps = torch.arange(loss.shape[1], device=loss.device)
    weight = (steps < lengths[:, None]).to(loss.dtype)
    return (torch.nan_to_num(loss) * weight).sum() / weight.sum()

# %% gate_by_gate
# The LSTM's parts with products of their own.
# like: functional
import torch


def part(k, x, h, Wx, Wh, b):
    rows = slice(k * h.shape[1], (k + 1) * h.shape[1])
    return x @ Wx[rows].T + h @ Wh[rows].T + b[rows]


def lstm_cell(x, h, c, Wx, Wh, b):
    i = torch.sigmoid(part(0, x, h, Wx, Wh, b))
    f = torch.sigmoid(part(1, x, h, Wx, Wh, b))
    g = torch.tanh(part(2, x, h, Wx, Wh, b))
    o = torch.sigmoid(part(3, x, h, Wx, Wh, b))
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


def clip_by_norm(grads, max_norm):
    squares = [float(torch.dot(g.flatten(), g.flatten())) for g in grads]
    norm = sum(squares) ** 0.5
    if norm < max_norm:
        return [g.clone() for g in grads], norm
    return [max_norm * g / norm for g in grads], norm


def last_state(hs, lengths):
    here = torch.arange(hs.shape[1], device=hs.device) == (lengths - 1)[:, None]
    return torch.where(here[..., None], hs, torch.zeros_like(hs)).sum(dim=1)


def masked_mean(loss, lengths):
    total = torch.zeros((), dtype=loss.dtype, device=loss.device)
    for t in range(loss.shape[1]):
        total = total + loss[t < lengths, t].sum()
    return total / torch.sum(lengths)

# %% stable_by_hand
# tanh and sigmoid from exp of numbers that are not positive.
# like: einsum
import torch


def tanh(z):
    e = torch.exp(-2 * z.abs())
    return z.sign() * (1 - e) / (1 + e)


def sigmoid(z):
    e = torch.exp(-z.abs())
    return torch.where(z >= 0, 1 / (1 + e), e / (1 + e))


def rnn_step(x, h, Wx, Wh, b):
    return tanh((Wx @ x.T + Wh @ h.T + b[:, None]).T)


def rnn_forward(x, h0, Wx, Wh, b):
    hs = x.new_zeros(x.shape[0], x.shape[1] + 1, h0.shape[1])
    hs[:, 0] = h0
    for t in range(x.shape[1]):
        hs[:, t + 1] = rnn_step(x[:, t], hs[:, t], Wx, Wh, b)
    return hs[:, 1:]


def lstm_cell(x, h, c, Wx, Wh, b):
    H = h.shape[-1]
    z = (Wx @ x.T + Wh @ h.T + b.reshape(-1, 1)).T
    i, f, g, o = sigmoid(z[:, 0:H]), sigmoid(z[:, H:2 * H]), tanh(z[:, 2 * H:3 * H]), sigmoid(z[:, 3 * H:4 * H])
    c_next = f * c + i * g
    return o * tanh(c_next), c_next
