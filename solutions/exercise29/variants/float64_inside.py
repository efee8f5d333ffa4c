"""Gram matrices and losses in float64 and back; parameters keep their .grad because a copy of the extractor is used."""

import copy

import torch


def gram_matrix(f):
    rows = f.double().flatten(2)
    return torch.matmul(rows, rows.permute(0, 2, 1)).div(rows.shape[1] * rows.shape[2]).to(f.dtype)


def content_loss(f, target):
    return (f.double() - target.detach().double()).square().mean().to(f.dtype)


def style_loss(f, target):
    return content_loss(gram_matrix(f), gram_matrix(target))


def image_gradient(img, content, style, extractor, alpha, beta):
    extractor = copy.deepcopy(extractor)
    x = img.detach().clone().requires_grad_()
    maps, targets = extractor(x), extractor(style)
    loss = sum(style_loss(one, other) for one, other in zip(maps, targets, strict=True)) * beta
    loss += content_loss(maps[-1], extractor(content)[-1]) * alpha
    loss.backward()
    return loss.item(), x.grad
