# %% from_the_tutorial
# 1 gram_matrix divides by N, too; 2 style_loss does not detach; 3 image_gradient: backward fills the .grad of the
# parameters
# named: gram_by_all, style_to_target, image_backward
import torch
import torch.nn.functional as F


def gram_matrix(f):
    a, b, c, d = f.size()
    features = f.reshape(a, b, c * d)
    G = features @ features.transpose(1, 2)
    return G.div(a * b * c * d)


def content_loss(f, target):
    return F.mse_loss(f, target.detach())


def style_loss(f, target):
    return F.mse_loss(gram_matrix(f), gram_matrix(target))


def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().clone().requires_grad_(True)
    fs = extractor(x)
    cs = extractor(content)
    ss = extractor(style)
    loss = alpha * content_loss(fs[-1], cs[-1])
    for f, s in zip(fs, ss):
        loss += beta * style_loss(f, s)
    loss.backward()
    return loss.item(), x.grad

# %% from_the_paper
# 1 content_loss: half of the sum; 2 gram_matrix without a divisor; 3 style_loss with the factor ¼
# named: gram_undivided, content_half_sum, style_divided_again, style_quarter
import torch


def gram_matrix(f):
    return torch.einsum("nchw,ndhw->ncd", f, f)


def content_loss(f, target):
    return 0.5 * ((f - target.detach()) ** 2).sum()


def style_loss(f, target):
    G = gram_matrix(f) / f[0].numel()
    A = gram_matrix(target.detach()) / target[0].numel()
    return ((G - A) ** 2).mean() / 4


def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().clone().requires_grad_()
    fs = extractor(x)
    c = extractor(content)[-1]
    loss = alpha * content_loss(fs[-1], c)
    for f, s in zip(fs, extractor(style)):
        loss = loss + beta * style_loss(f, s)
    grad = torch.autograd.grad(loss, x)[0]
    return loss.item(), grad

# %% views_and_all_layers
# 1 gram_matrix with view; 2 content_loss does not detach; 3 image_gradient: content in all maps
# named: content_to_target, image_content_of_all
import torch


def gram_matrix(f):
    N, C, H, W = f.shape
    F = f.view(N, C, -1)
    return F.bmm(F.transpose(1, 2)) / (C * H * W)


def content_loss(f, target):
    return torch.mean((f - target) ** 2)


def style_loss(f, target):
    return torch.mean((gram_matrix(f) - gram_matrix(target.detach())) ** 2)


def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().clone().requires_grad_(True)
    loss = 0
    for f, c, s in zip(extractor(x), extractor(content), extractor(style)):
        loss = loss + alpha * content_loss(f, c) + beta * style_loss(f, s)
    return loss.item(), torch.autograd.grad(loss, x)[0]

# %% axes_exchanged_by_reshape
# 1 gram_matrix: reshape to [N, H·W, C]; 2 style_loss: the sum; 3 image_gradient: the loss is a tensor with a history;
# 4 the caller's img requires gradients afterwards
# named: gram_read_across, style_sum, image_tensor_loss, image_flag_left
import torch
import torch.nn as nn


def gram_matrix(f):
    N, C, H, W = f.shape
    F = f.reshape(N, H * W, C)
    return F.transpose(1, 2) @ F / (C * H * W)


def content_loss(f, target):
    return nn.functional.mse_loss(f, target.detach())


def style_loss(f, target):
    return ((gram_matrix(f) - gram_matrix(target.detach())) ** 2).sum()


def image_gradient(img, content, style, extractor, alpha, beta):
    img.requires_grad_(True)
    fs = extractor(img)
    loss = alpha * content_loss(fs[-1], extractor(content)[-1])
    loss = loss + beta * sum(style_loss(f, s) for f, s in zip(fs, extractor(style)))
    (g,) = torch.autograd.grad(loss, img)
    return loss, g

# %% frozen_network
# 1 gram_matrix divides by H·W only; 2 image_gradient: extractor.parameters() of a plain function, left frozen, and
# 3 in evaluation mode
# named: gram_by_positions, image_frozen
import torch
import torch.nn.functional as F


def gram_matrix(f):
    N, C, H, W = f.shape
    f = f.reshape(N, C, H * W)
    return f @ f.transpose(1, 2) / (H * W)


def content_loss(f, target):
    return F.mse_loss(f, target.detach())


def style_loss(f, target):
    return F.mse_loss(gram_matrix(f), gram_matrix(target).detach())


def image_gradient(img, content, style, extractor, alpha, beta):
    extractor.eval()
    for p in extractor.parameters():
        p.requires_grad_(False)
    x = img.clone().detach().requires_grad_(True)
    feats, cfeats, sfeats = extractor(x), extractor(content), extractor(style)
    loss = alpha * content_loss(feats[-1], cfeats[-1])
    for a, b in zip(feats, sfeats):
        loss += beta * style_loss(a, b)
    loss.backward()
    return loss.item(), x.grad

# %% one_matrix_for_all
# 1 gram_matrix as one [N·C, N·C] matrix; 2 content_loss: a loss for each image; 3 image_gradient: style without the
# last map; 4 a step in place of the gradient
# named: gram_of_batch, content_each_image, image_style_without_last, image_stepped
import torch


def gram_matrix(f):
    N, C, H, W = f.shape
    rows = f.reshape(N * C, H * W)
    return rows @ rows.T / (C * H * W)


def content_loss(f, target):
    return ((f - target.detach()) ** 2).mean(dim=(1, 2, 3))


def style_loss(f, target):
    return ((gram_matrix(f) - gram_matrix(target.detach())) ** 2).mean()


def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().clone().requires_grad_()
    fs, cs, ss = extractor(x), extractor(content), extractor(style)
    loss = alpha * content_loss(fs[-1], cs[-1]).mean()
    for f, s in zip(fs[:-1], ss[:-1]):
        loss = loss + beta * style_loss(f, s)
    g = torch.autograd.grad(loss, x)[0]
    return loss.item(), x.detach() - g
