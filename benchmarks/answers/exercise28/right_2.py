# %% classes
# A class for a head, one for the block, one for the sampler.
import math


class Head:
    def __init__(self, Wq, Wk, Wv, h, d):
        rows = slice(h * d, (h + 1) * d)
        self.Wq, self.Wk, self.Wv = Wq[rows], Wk[rows], Wv[rows]

    def __call__(self, x, mask):
        return attention(x @ self.Wq.T, x @ self.Wk.T, x @ self.Wv.T, mask)


class Block:
    def __init__(self, p, heads):
        self.p, self.heads = p, heads

    def mix(self, x):
        p = self.p
        mask = causal_mask(x.shape[1]).to(x.device)
        return multi_head(layer_norm(x, p["g1"], p["c1"]), p["Wq"], p["Wk"], p["Wv"], p["Wo"], self.heads, mask)

    def think(self, a):
        p = self.p
        h = torch.matmul(layer_norm(a, p["g2"], p["c2"]), p["W1"].t()) + p["d1"]
        return torch.matmul(self.gelu(h), p["W2"].t()) + p["d2"]

    @staticmethod
    def gelu(h):
        return 0.5 * h * (1 + torch.erf(h * math.sqrt(0.5)))

    def __call__(self, x):
        x = x + self.mix(x)
        return x + self.think(x)


class Sampler:
    def __init__(self, temperature, top_k):
        self.temperature, self.top_k = temperature, top_k

    def choose(self, z, u):
        if self.temperature == 0:
            return z.argmax(-1)
        keep = torch.ones_like(z, dtype=torch.bool)
        if self.top_k:
            keep = torch.zeros_like(keep).scatter(-1, z.topk(self.top_k).indices, True)
        p = torch.where(keep, torch.exp((z - z.amax(-1, keepdim=True)) / self.temperature), 0.0)
        p = p / p.sum(-1, keepdim=True)
        return (p.cumsum(-1) > u[:, None]).int().argmax(-1)


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    d = x.shape[-1] // heads
    return torch.cat([Head(Wq, Wk, Wv, h, d)(x, mask) for h in range(heads)], dim=-1) @ Wo.T


def gpt_block(x, p, heads):
    return Block(p, heads)(x)


def generate(model, ids, steps, temperature, top_k, context, u):
    sampler = Sampler(temperature, top_k)
    for t in range(steps):
        logits = model(ids[:, -context:])[:, -1]
        ids = torch.cat([ids, sampler.choose(logits, u[:, t]).unsqueeze(1)], dim=1)
    return ids

# %% doubles_inside
# float64 inside, and back at the end.
import math


def attention(q, k, v, mask=None):
    Q, K, V = q.double(), k.double(), v.double()
    S = torch.matmul(Q, K.mT) / math.sqrt(Q.size(-1))
    if mask is not None:
        S = S + torch.zeros_like(S).masked_fill_(torch.logical_not(mask), -math.inf)
    return torch.matmul(S.softmax(-1), V).to(q.dtype)


def causal_mask(T):
    return ~torch.triu(torch.ones(T, T), diagonal=1).bool()


def layer_norm(x, g, c, eps=1e-5):
    z = x.double()
    var, mean = torch.var_mean(z, dim=-1, correction=0, keepdim=True)
    return ((z - mean) / (var + eps).sqrt() * g.double() + c.double()).to(x.dtype)


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    z = x.double()
    q, k, v = ((z @ W.double().T).unflatten(-1, (heads, -1)).transpose(-2, -3) for W in (Wq, Wk, Wv))
    o = attention(q, k, v, mask).transpose(-2, -3).flatten(-2)
    return (o @ Wo.double().T).to(x.dtype)


def gpt_block(x, p, heads):
    P = {key: value.double() for key, value in p.items()}
    z = x.double()
    mask = causal_mask(z.shape[1]).to(z.device)
    a = z + multi_head(layer_norm(z, P["g1"], P["c1"]), P["Wq"], P["Wk"], P["Wv"], P["Wo"], heads, mask)
    h = layer_norm(a, P["g2"], P["c2"]) @ P["W1"].T + P["d1"]
    y = a + (h * (1 + torch.erf(h / 2**0.5)) / 2) @ P["W2"].T + P["d2"]
    return y.to(x.dtype)


def generate(model, ids, steps, temperature, top_k, context, u):
    new = []
    for t in range(steps):
        window = torch.cat([ids, *new], 1)[:, -context:]
        z = model(window)[:, -1].double()
        if temperature > 0:
            order = z.argsort(-1, descending=True)
            rank = order.argsort(-1)
            z = z if top_k == 0 else torch.where(rank < top_k, z, -math.inf)
            p = (z / temperature).softmax(-1)
            choice = torch.sum(p.cumsum(-1) <= u[:, t].double().unsqueeze(-1), -1)
        else:
            choice = z.max(-1).indices
        new.append(choice.view(-1, 1))
    return torch.cat([ids, *new], 1)

# %% large_negative_number
# Masked by a huge negative number, temperature 0 by a tiny one.
def attention(q, k, v, mask=None):
    d = q.shape[-1]
    scores = torch.matmul(q, k.swapaxes(-1, -2)) / d**0.5
    if mask is not None:
        scores = torch.where(mask, scores, torch.finfo(scores.dtype).min)
    return torch.softmax(scores, -1) @ v


def causal_mask(T):
    return torch.ones((T, T)).tril() == 1


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    qs = torch.chunk(x @ Wq.T, heads, dim=-1)
    ks = torch.chunk(x @ Wk.T, heads, dim=-1)
    vs = torch.chunk(x @ Wv.T, heads, dim=-1)
    outs = [attention(q, k, v, mask) for q, k, v in zip(qs, ks, vs, strict=True)]
    return torch.cat(outs, dim=-1) @ Wo.T


def layer_norm(x, g, c, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    return centred / (x.var(-1, unbiased=False, keepdim=True) + eps) ** 0.5 * g + c


def generate(model, ids, steps, temperature, top_k, context, u):
    N, T = ids.shape
    temperature = max(temperature, 1e-7)
    for t in range(steps):
        z = model(ids[:, -context:])[:, -1].double()
        V = z.shape[1]
        kth = z.kthvalue(V - (top_k or V) + 1, dim=1, keepdim=True).values
        p = torch.softmax(torch.where(z >= kth, z / temperature, -1e30), dim=1)
        total = torch.zeros(N, dtype=p.dtype, device=p.device)
        new = torch.full((N,), -1, dtype=torch.long, device=p.device)
        for i in range(V):
            total = total + p[:, i]
            new = torch.where((new < 0) & (total > u[:, t]), i, new)
        ids = torch.hstack([ids, new[:, None]])
    return ids

# %% bmm
# Everything flattened to three axes; in place on fresh tensors.
import math


def attention(q, k, v, mask=None):
    lead = q.shape[:-2]
    T, d = q.shape[-2:]
    S, e = v.shape[-2:]
    B = math.prod(lead)
    scores = torch.bmm(q.reshape(B, T, d), k.reshape(B, S, d).transpose(1, 2)).div_(math.sqrt(d))
    if mask is not None:
        scores.masked_fill_(~mask.expand(*lead, T, S).reshape(B, T, S), -math.inf)
    weights = scores.softmax(dim=2)
    return torch.bmm(weights, v.reshape(B, S, e)).reshape(*lead, T, e)


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    N, T, D = x.shape
    W = torch.cat([Wq, Wk, Wv])
    qkv = (x.reshape(N * T, D) @ W.T).reshape(N, T, 3, heads, D // heads)
    q, k, v = qkv.permute(2, 0, 3, 1, 4)
    out = attention(q, k, v, mask).permute(0, 2, 1, 3).reshape(N * T, D)
    return (out @ Wo.T).reshape(N, T, D)


def layer_norm(x, g, c, eps=1e-5):
    y = x.detach().clone()
    y -= y.mean(-1, keepdim=True)
    y /= y.square().mean(-1, keepdim=True).add_(eps).sqrt_()
    y *= g.detach()
    y += c.detach()
    return y


def gpt_block(x, p, heads):
    T = x.shape[1]
    y = x.detach().clone()
    y += multi_head(layer_norm(y, p["g1"], p["c1"]), *(p["W" + m] for m in "qkvo"), heads, causal_mask(T).to(x.device))
    h = layer_norm(y, p["g2"], p["c2"]) @ p["W1"].T
    h += p["d1"]
    h *= 0.5 * torch.erfc(-h / math.sqrt(2))
    y += h @ p["W2"].T
    y += p["d2"]
    return y

# %% logsumexp_and_lists
# Weights through logsumexp; lists of new ids; kept keys by sorting.
def attention(q, k, v, mask=None):
    scores = (q / q.shape[-1] ** 0.5) @ k.transpose(-1, -2)
    if mask is not None:
        scores = scores.masked_fill(mask.logical_not(), -torch.inf)
    weights = torch.exp(scores - torch.logsumexp(scores, -1, keepdim=True))
    return weights @ v


def causal_mask(T):
    return torch.tensor([[s <= t for s in range(T)] for t in range(T)])


def layer_norm(x, g, c, eps=1e-5):
    D = x.shape[-1]
    mu = x.sum(-1, keepdim=True) / D
    sigma2 = ((x - mu) ** 2).sum(-1, keepdim=True) / D
    return torch.addcmul(c, g, (x - mu) / (sigma2 + eps).sqrt())


def generate(model, ids, steps, temperature, top_k, context, u):
    N = len(ids)
    rows = [row.tolist() for row in ids]
    for t in range(steps):
        shown = torch.tensor([row[-context:] for row in rows], device=ids.device)
        z = model(shown)[:, -1]
        for n in range(N):
            if temperature == 0:
                rows[n].append(int(z[n].argmax()))
                continue
            keep = torch.sort(z[n], descending=True).indices
            if top_k:
                keep = keep[:top_k]
            keep = torch.sort(keep).values
            p = torch.softmax(z[n][keep] / temperature, 0)
            position = int((torch.cumsum(p, 0) <= u[n, t]).sum())
            rows[n].append(int(keep[position]))
    return torch.tensor(rows, dtype=torch.int64, device=ids.device)
