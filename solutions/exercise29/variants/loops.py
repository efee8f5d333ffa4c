"""Loops over images and pairs of channels; loss by loss, one call of autograd for each, and the gradients added up."""

import torch


def gram_matrix(f):
    matrices = []
    for image in f:
        size = image.numel()
        rows = [torch.stack([(one * other).sum() / size for other in image]) for one in image]
        matrices.append(torch.stack(rows))
    return torch.stack(matrices)


def content_loss(f, target):
    difference = f - target.detach()
    return (difference * difference).sum() / difference.numel()


def style_loss(f, target):
    total = 0.0
    for mine, wanted in zip(gram_matrix(f), gram_matrix(target.detach()), strict=True):
        total = total + (mine - wanted).pow(2).sum() / mine.numel()
    return total / len(f)


def image_gradient(img, content, style, extractor, alpha, beta):
    total, gradient = 0.0, torch.zeros_like(img)
    for number in range(1 + len(extractor(style))):
        x = img.clone().detach()
        x.requires_grad = True
        maps = extractor(x)
        if number == 0:
            part = alpha * content_loss(maps[-1], extractor(content)[-1])
        else:
            part = beta * style_loss(maps[number - 1], extractor(style)[number - 1])
        total += part.item()
        gradient += torch.autograd.grad(part, [x])[0]
    return total, gradient
