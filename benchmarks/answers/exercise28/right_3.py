# %% masked_exponentials
# exp only where the mask is true, against the largest of the scores that count.
def attention(q, k, v, mask=None):
    S = q @ k.mT / q.shape[-1] ** 0.5
    if mask is None:
        mask = torch.ones(S.shape[-2:], dtype=torch.bool, device=S.device)
    S = S.masked_fill(~mask, -float("inf"))
    E = torch.exp(S - S.max(dim=-1, keepdim=True).values.detach())
    return (E @ v) / E.sum(-1, keepdim=True)


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    d = x.shape[-1] // heads
    total = torch.zeros_like(x)
    for h in range(heads):
        r = torch.arange(h * d, (h + 1) * d, device=x.device)
        o = attention(x @ Wq[r].T, x @ Wk[r].T, x @ Wv[r].T, mask)
        total = total + o @ Wo[:, r].T
    return total


def generate(model, ids, steps, temperature, top_k, context, u):
    if steps == 0:
        return ids
    N, T = ids.shape
    z = model(ids[:, max(T - context, 0) :])[:, -1]
    if temperature == 0:
        new = z.argmax(1)
    else:
        order = torch.argsort(z, dim=1, descending=True)
        p = torch.exp(z / temperature - torch.logsumexp(z / temperature, 1, keepdim=True))
        if top_k:
            p = p.scatter(1, order[:, top_k:], 0.0)
        c = torch.cumsum(p, 1)
        new = torch.argmax((c > u[:, :1] * c[:, -1:]).to(torch.uint8), 1)
    return generate(model, torch.cat((ids, new[:, None]), 1), steps - 1, temperature, top_k, context, u[:, 1:])

# %% no_history
# Under no_grad where no gradient is asked for; a transposed copy of the weights.
@torch.no_grad()
def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    N, T, D = x.shape

    def split(W):
        return (x @ W.t()).contiguous().view(N, T, heads, D // heads).permute(0, 2, 1, 3).contiguous()

    out = attention(split(Wq), split(Wk), split(Wv), mask)
    return out.permute(0, 2, 1, 3).contiguous().view(N, T, D) @ Wo.t()


@torch.no_grad()
def layer_norm(x, g, c, eps=1e-5):
    mu = torch.mean(x, -1).unsqueeze(-1)
    sd = torch.sqrt(torch.var(x, -1, correction=0).unsqueeze(-1) + eps)
    return torch.mul(g, torch.div(torch.sub(x, mu), sd)).add(c)


@torch.no_grad()
def gpt_block(x, p, heads):
    g1, c1, g2, c2 = p["g1"], p["c1"], p["g2"], p["c2"]
    n1 = layer_norm(x, g1, c1)
    a = torch.add(x, multi_head(n1, p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, causal_mask(x.size(1)).to(x.device)))
    n2 = layer_norm(a, g2, c2)
    z = n2.matmul(p["W1"].t()).add(p["d1"])
    phi = (torch.erf(z / 1.4142135623730951) + 1) / 2
    return (z * phi).matmul(p["W2"].t()).add(p["d2"]).add(a)


@torch.no_grad()
def generate(model, ids, steps, temperature, top_k, context, u):
    out = ids.clone()
    for step in range(steps):
        idx = out if out.size(1) <= context else out[:, -context:]
        logits = model(idx)[:, -1, :]
        if temperature == 0:
            nxt = torch.topk(logits, k=1, dim=-1).indices
        else:
            probs = torch.softmax(logits / temperature, dim=-1)
            if top_k != 0:
                v, _ = torch.topk(probs, top_k)
                probs = torch.where(probs < v[:, [-1]], torch.zeros_like(probs), probs)
                probs = probs / probs.sum(-1, keepdim=True)
            nxt = torch.sum(torch.cumsum(probs, -1) <= u[:, step, None], -1, keepdim=True)
        out = torch.cat((out, nxt), dim=1)
    return out

# %% own_block
# The block written without the other functions; query by query.
import math


def attention(q, k, v, mask=None):
    rows = []
    for t in range(q.size(-2)):
        score = torch.matmul(k, q[..., t, :, None])[..., 0] / math.sqrt(k.size(-1))
        if mask is not None:
            score = score.masked_fill(~mask[..., t, :], -math.inf)
        weight = torch.nan_to_num(torch.softmax(score, -1))
        rows.append(torch.matmul(weight[..., None, :], v))
    return torch.cat(rows, dim=-2)


def causal_mask(T):
    return torch.arange(T).expand(T, T) <= torch.arange(T).view(T, 1)


def gpt_block(x, p, heads):
    N, T, D = x.shape
    d = D // heads

    def ln(z, g, c):
        m = z.mean(2, keepdim=True)
        s = (z * z - 2 * m * z + m * m).mean(2, keepdim=True)
        return (z - m) / (s + 1e-5).sqrt() * g + c

    z = ln(x, p["g1"], p["c1"])
    q, k, v = z @ p["Wq"].T, z @ p["Wk"].T, z @ p["Wv"].T
    o = torch.zeros_like(x)
    for t in range(T):
        for h in range(heads):
            part = slice(h * d, h * d + d)
            s = torch.einsum("nd,nsd->ns", q[:, t, part], k[:, : t + 1, part]) / d**0.5
            o[:, t, part] = torch.einsum("ns,nsd->nd", s.softmax(1), v[:, : t + 1, part])
    a = x + o @ p["Wo"].T
    f = ln(a, p["g2"], p["c2"]) @ p["W1"].T + p["d1"]
    f = f * (0.5 + 0.5 * torch.erf(f / math.sqrt(2)))
    return a + f @ p["W2"].T + p["d2"]


def generate(model, ids, steps, temperature, top_k, context, u):
    def pick(z, r):
        if temperature == 0:
            return z.argmax(-1)
        if top_k > 0:
            cut = z.sort(dim=-1, descending=True).values[..., top_k - 1]
            z = z.masked_fill(z < cut.unsqueeze(-1), -math.inf)
        steps_up = z.div(temperature).softmax(-1).cumsum(-1)
        return torch.searchsorted(steps_up, r.reshape(-1, 1).to(steps_up), right=True)[:, 0].clamp(max=z.shape[-1] - 1)

    columns = list(ids.unbind(1))
    for t in range(steps):
        z = model(torch.stack(columns[-context:], 1))[:, -1]
        columns.append(pick(z, u[:, t]))
    return torch.stack(columns, 1)

# %% mask_added
# The mask as numbers that are added; all heads one after the other in the batch.
def attention(q, k, v, mask=None):
    bias = 0.0
    if mask is not None:
        bias = torch.zeros(mask.shape, dtype=q.dtype, device=q.device)
        bias[~mask] = -torch.inf
    A = torch.softmax(q.matmul(k.transpose(-2, -1)) / q.shape[-1] ** 0.5 + bias, dim=-1)
    return A.matmul(v)


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    def heads_of(z):
        return torch.stack(z.tensor_split(heads, dim=-1))

    z = attention(heads_of(x @ Wq.T), heads_of(x @ Wk.T), heads_of(x @ Wv.T), mask)
    return torch.cat(z.unbind(0), -1) @ Wo.T


def layer_norm(x, g, c, eps=1e-5):
    var, mean = torch.var_mean(x, -1, unbiased=False, keepdim=True)
    scale = g / torch.sqrt(var + eps)
    return x * scale + (c - mean * scale)

# %% residual_stream
# Names and order as in GPT code that many have read.
import math


def new_gelu(h):
    return h * 0.5 * (1.0 + torch.erf(h / math.sqrt(2.0)))


def attention(q, k, v, mask=None):
    att = (q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(k.size(-1)))
    if mask is not None:
        att = att.masked_fill(mask == 0, float("-inf"))
    att = att.softmax(dim=-1)
    return att @ v


def gpt_block(x, p, heads):
    B, T, C = x.size()
    bias = causal_mask(T).to(x.device)
    x = x + multi_head(layer_norm(x, p["g1"], p["c1"]), p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, bias)
    x = x + (new_gelu(layer_norm(x, p["g2"], p["c2"]) @ p["W1"].T + p["d1"]) @ p["W2"].T + p["d2"])
    return x


def generate(model, ids, steps, temperature, top_k, context, u):
    for t in range(steps):
        idx_cond = ids if ids.size(1) <= context else ids[:, -context:]
        logits = model(idx_cond)[:, -1, :]
        if temperature == 0:
            idx_next = torch.argmax(logits, dim=-1, keepdim=True)
        else:
            logits = logits / temperature
            if top_k:
                v, _ = torch.topk(logits, min(top_k, logits.size(-1)))
                logits[logits < v[:, [-1]]] = -float("Inf")
            probs = torch.softmax(logits, dim=-1)
            idx_next = (torch.cumsum(probs, dim=-1) > u[:, t].unsqueeze(1)).int().argmax(dim=1, keepdim=True)
        ids = torch.cat((ids, idx_next), dim=1)
    return ids

# %% one_axis_before
# All axes before become one, by reshape(-1, ...); the sum of the heads' shares of the output.
import math


def attention(q, k, v, mask=None):
    lead = q.shape[:-2]
    Q, K, V = (z.reshape(-1, *z.shape[-2:]) for z in (q, k, v))
    scores = torch.bmm(Q, K.transpose(1, 2)).div_(math.sqrt(q.size(-1)))
    if mask is not None:
        T, S = scores.shape[1:]
        scores.masked_fill_(~mask.expand(*lead, T, S).reshape(-1, T, S), -math.inf)
    return torch.bmm(scores.softmax(dim=2), V).reshape(*lead, q.shape[-2], v.shape[-1])


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    d = x.shape[-1] // heads
    y = 0
    for q, k, v, W in zip(*((W.split(d) for W in (Wq, Wk, Wv))), Wo.split(d, dim=1), strict=True):
        y = y + attention(x @ q.T, x @ k.T, x @ v.T, mask) @ W.T
    return y
