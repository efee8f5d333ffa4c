# %% base
# Matrices by reshape, mse_loss, autograd.grad.
import torch
import torch.nn.functional as F


def gram_matrix(f):
    N, C, H, W = f.shape
    rows = f.reshape(N, C, H * W)
    return rows @ rows.transpose(1, 2) / (C * H * W)


def content_loss(f, target):
    return F.mse_loss(f, target.detach())


def style_loss(f, target):
    return F.mse_loss(gram_matrix(f), gram_matrix(target.detach()))


def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().clone().requires_grad_(True)
    maps = extractor(x)
    with torch.no_grad():
        wanted = extractor(content)
        styles = extractor(style)
    loss = alpha * content_loss(maps[-1], wanted[-1])
    for f, s in zip(maps, styles):
        loss = loss + beta * style_loss(f, s)
    (gradient,) = torch.autograd.grad(loss, x)
    return loss.item(), gradient

# %% einsum_and_means
# einsum; means of squares; a generator in sum.
import torch


def gram_matrix(f):
    n, c, h, w = f.size()
    return torch.einsum("nihw,njhw->nij", f, f).div(c * h * w)


def content_loss(f, target):
    return (f - target.detach()).pow(2).mean()


def style_loss(f, target):
    with torch.no_grad():
        wanted = gram_matrix(target)
    return (gram_matrix(f) - wanted).square().mean()


def image_gradient(img, content, style, extractor, alpha, beta):
    img = img.detach().requires_grad_()
    feats = extractor(img)
    content_feats = [t.detach() for t in extractor(content.detach())]
    style_feats = [t.detach() for t in extractor(style.detach())]
    c = content_loss(feats[-1], content_feats[-1])
    s = sum(style_loss(a, b) for a, b in zip(feats, style_feats, strict=True))
    total = alpha * c + beta * s
    return float(total), torch.autograd.grad(total, [img])[0].detach()

# %% loops
# Loops over images and pairs of channels; sums divided by hand.
import torch


def gram_matrix(f):
    N, C, H, W = f.shape
    images = []
    for n in range(N):
        rows = []
        for i in range(C):
            rows.append(torch.stack([(f[n, i] * f[n, j]).sum() for j in range(C)]))
        images.append(torch.stack(rows))
    return torch.stack(images) / (C * H * W)


def content_loss(f, target):
    N, C, H, W = f.shape
    fixed = target.detach()
    total = f.new_zeros(())
    for n in range(N):
        for c in range(C):
            total = total + ((f[n, c] - fixed[n, c]) ** 2).sum()
    return total / (N * C * H * W)


def style_loss(f, target):
    G, A = gram_matrix(f), gram_matrix(target).detach()
    N, C, _ = G.shape
    total = f.new_zeros(())
    for n in range(N):
        for i in range(C):
            for j in range(C):
                total = total + (G[n, i, j] - A[n, i, j]) ** 2
    return total / (N * C * C)

# %% sums_with_backward
# bmm, sums; backward on one leaf only.
import torch


def gram_matrix(f):
    n, c = f.shape[:2]
    flat = f.flatten(2)
    return torch.bmm(flat, flat.mT) / flat[0].numel()


def content_loss(f, target):
    d = f - target.detach()
    return (d * d).sum() / d.numel()


def style_loss(f, target):
    d = gram_matrix(f) - gram_matrix(target).detach()
    return (d * d).sum() / d.numel()


def image_gradient(img, content, style, extractor, alpha, beta):
    leaf = img.detach().clone().requires_grad_()
    fs, cs, ss = extractor(leaf), extractor(content), extractor(style)
    loss = alpha * content_loss(fs[-1], cs[-1])
    for layer in range(len(fs)):
        loss = loss + beta * style_loss(fs[layer], ss[layer])
    loss.backward(inputs=[leaf])
    return loss.item(), leaf.grad

# %% modules
# Losses as modules that keep their target.
import torch
from torch import nn


class Content(nn.Module):
    def __init__(self, target):
        super().__init__()
        self.register_buffer("target", target.detach())

    def forward(self, f):
        return nn.MSELoss()(f, self.target)


class Style(Content):
    def __init__(self, target):
        super().__init__(gram_matrix(target))

    def forward(self, f):
        return super().forward(gram_matrix(f))


def content_loss(f, target):
    return Content(target)(f)


def style_loss(f, target):
    return Style(target)(f)


def image_gradient(img, content, style, extractor, alpha, beta):
    with torch.no_grad():
        contents = Content(extractor(content)[-1])
        styles = [Style(s) for s in extractor(style)]
    x = torch.empty_like(img).copy_(img.detach()).requires_grad_()
    maps = extractor(x)
    loss = alpha * contents(maps[-1]) + beta * torch.stack([s(f) for s, f in zip(styles, maps)]).sum()
    return loss.item(), torch.autograd.grad(loss, x)[0]

# %% numpy_targets
# NumPy for what is constant.
import numpy as np
import torch


def gram_matrix(f):
    N, C, H, W = f.shape
    F = torch.reshape(f, (N, C, -1))
    return torch.matmul(F, torch.swapaxes(F, -1, -2)) / float(C * H * W)


def content_loss(f, target):
    fixed = torch.from_numpy(target.detach().cpu().numpy().copy()).to(f.device)
    return torch.mean((f - fixed) ** 2)


def style_loss(f, target):
    a = target.detach().cpu().numpy()
    a = a.reshape(a.shape[0], a.shape[1], -1)
    wanted = np.matmul(a, a.transpose(0, 2, 1)) / (a.shape[1] * a.shape[2])
    return torch.mean((gram_matrix(f) - torch.from_numpy(wanted).to(f)) ** 2)

# %% in_place_on_copies
# Everything in place, on copies.
import torch


def gram_matrix(f):
    N, C, H, W = f.shape
    scaled = f.clone()
    scaled /= (C * H * W) ** 0.5
    scaled = scaled.view(N, C, -1) if scaled.is_contiguous() else scaled.reshape(N, C, -1)
    return scaled.matmul(scaled.permute(0, 2, 1))


def content_loss(f, target):
    d = f.clone()
    d -= target.detach()
    return d.square().mean()


def style_loss(f, target):
    G = gram_matrix(f)
    G -= gram_matrix(target.detach().clone())
    return G.pow(2).mean()


def image_gradient(img, content, style, extractor, alpha, beta):
    canvas = torch.zeros_like(img, requires_grad=True)
    with torch.no_grad():
        canvas.copy_(img)
        targets = extractor(content)[-1], extractor(style)
    maps = extractor(canvas)
    loss = content_loss(maps[-1], targets[0])
    loss *= alpha
    for f, s in zip(maps, targets[1]):
        loss += beta * style_loss(f, s)
    gradient = torch.autograd.grad(loss, canvas)[0]
    return loss.detach().cpu().item(), gradient

# %% double_inside
# float64 within, the dtype of the inputs at the end.
import torch


def gram_matrix(f):
    d = f.double()
    N, C, H, W = d.shape
    return ((d.unsqueeze(2) * d.unsqueeze(1)).sum(dim=(-2, -1)) / (C * H * W)).to(f.dtype)


def content_loss(f, target):
    return ((f.double() - target.detach().double()) ** 2).mean().to(f.dtype)


def style_loss(f, target):
    G = gram_matrix(f.double())
    A = gram_matrix(target.detach().double())
    return ((G - A) ** 2).mean().to(f.dtype)

# %% gradient_by_hand
# The gradients with respect to the maps by hand, then one product with the extractor's Jacobian.
import torch


def image_gradient(img, content, style, extractor, alpha, beta):
    with torch.no_grad():
        c = extractor(content)[-1]
        styles = [gram_matrix(s) for s in extractor(style)]
    x = img.detach().clone().requires_grad_()
    maps = extractor(x)
    value, pulls = 0.0, []
    for number, (f, A) in enumerate(zip(maps, styles)):
        f = f.detach()
        N, C, H, W = f.shape
        D = gram_matrix(f) - A
        value += beta * (D**2).mean().item()
        pull = (beta * 4 / (N * C * C * C * H * W)) * (D @ f.reshape(N, C, H * W)).reshape(f.shape)
        if number == len(maps) - 1:
            value += alpha * ((f - c) ** 2).mean().item()
            pull = pull + 2 * alpha / f.numel() * (f - c)
        pulls.append(pull)
    return value, torch.autograd.grad(maps, x, grad_outputs=pulls)[0]

# %% functional
# torch.func for the gradient and for the batch.
import torch


def gram_matrix(f):
    def of_one(image):
        rows = image.flatten(1)
        return rows @ rows.T / rows.numel()

    return torch.vmap(of_one)(f)


def image_gradient(img, content, style, extractor, alpha, beta):
    wanted = extractor(content)[-1].detach()
    styles = [s.detach() for s in extractor(style)]

    def loss(x):
        maps = extractor(x)
        total = alpha * ((maps[-1] - wanted) ** 2).mean()
        for f, s in zip(maps, styles):
            total = total + beta * ((gram_matrix(f) - gram_matrix(s)) ** 2).mean()
        return total

    gradient, value = torch.func.grad_and_value(loss)(img.detach())
    return float(value.detach()), gradient.detach()

# %% one_image_at_a_time
# Each image by itself, the losses averaged; norms.
import torch


def gram_matrix(f):
    return torch.stack([torch.tensordot(x, x, dims=([1, 2], [1, 2])) / x.numel() for x in f])


def content_loss(f, target):
    losses = [torch.linalg.vector_norm(a - b) ** 2 / a.numel() for a, b in zip(f, target.detach())]
    return sum(losses) / len(losses)


def style_loss(f, target):
    per_image = []
    for a, b in zip(f, target.detach()):
        difference = gram_matrix(a[None]) - gram_matrix(b[None])
        per_image.append(torch.mean(torch.mul(difference, difference)))
    return torch.stack(per_image).mean()

# %% gradients_saved_and_restored
# loss.backward(), and every .grad put back afterwards.
import torch


def image_gradient(img, content, style, extractor, alpha, beta):
    weights = list(extractor.parameters()) if isinstance(extractor, torch.nn.Module) else []
    kept = [w.grad for w in weights]
    for w in weights:
        w.grad = None
    x = img.detach().clone()
    x.requires_grad = True
    maps = extractor(x)
    contents = extractor(content.detach())
    styles = extractor(style.detach())
    loss = alpha * content_loss(maps[-1], contents[-1])
    loss = loss + beta * sum(style_loss(f, s) for f, s in zip(maps, styles))
    loss.backward()
    for w, old in zip(weights, kept):
        w.grad = old
    return loss.item(), x.grad.clone()

# %% frozen_for_the_call
# The parameters take no gradients during the call, and then as before.
import torch


def image_gradient(img, content, style, extractor, alpha, beta):
    weights = list(getattr(extractor, "parameters", list)())
    before = [w.requires_grad for w in weights]
    try:
        for w in weights:
            w.requires_grad_(False)
        x = img.data.clone().requires_grad_()
        maps = extractor(x)
        loss = alpha * content_loss(maps[-1], extractor(content.data)[-1])
        for f, s in zip(maps, extractor(style.data)):
            loss = loss + beta * style_loss(f, s)
        loss.backward()
    finally:
        for w, needed in zip(weights, before):
            w.requires_grad_(needed)
    return loss.item(), x.grad

# %% own_backward
# A Function with its own backward pass.
import torch


class Gram(torch.autograd.Function):
    @staticmethod
    def forward(ctx, f):
        ctx.save_for_backward(f)
        rows = f.reshape(*f.shape[:2], -1)
        return rows @ rows.transpose(1, 2) / rows[0].numel()

    @staticmethod
    def backward(ctx, grad):
        (f,) = ctx.saved_tensors
        rows = f.reshape(*f.shape[:2], -1)
        return ((grad + grad.transpose(1, 2)) @ rows / rows[0].numel()).reshape(f.shape)


def gram_matrix(f):
    return Gram.apply(f)

# %% symmetric_half
# Only pairs i <= j are computed; the gradient comes from a jacobian.
import torch


def gram_matrix(f):
    N, C, H, W = f.shape
    i, j = torch.triu_indices(C, C, device=f.device)
    pairs = (f[:, i] * f[:, j]).sum((2, 3)) / (C * H * W)
    where = torch.zeros(C, C, dtype=torch.long, device=f.device)
    where[i, j] = where[j, i] = torch.arange(len(i), device=f.device)
    return pairs[:, where]


def image_gradient(img, content, style, extractor, alpha, beta):
    with torch.no_grad():
        contents, styles = extractor(content), extractor(style)

    def loss_of(x):
        maps = extractor(x)
        styled = sum(map(style_loss, maps, styles))
        return alpha * content_loss(maps[-1], contents[-1]) + beta * styled

    gradient = torch.autograd.functional.jacobian(loss_of, img.detach())
    with torch.no_grad():
        value = loss_of(img)
    return value.item(), gradient.detach()

# %% chain_of_parts
# A gradient of each part by itself, added up.
import torch


def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().requires_grad_(True)
    wanted = extractor(content)[-1]
    part = content_loss(extractor(x)[-1], wanted)
    value = alpha * part.item()
    gradient = alpha * torch.autograd.grad(part, x)[0]
    for layer, s in enumerate(extractor(style)):
        part = style_loss(extractor(x)[layer], s)
        value += beta * part.item()
        gradient += beta * torch.autograd.grad(part, x)[0]
    return value, gradient
