"""Grams by an outer product at each position; one list of weighted parts, added up by autograd and by NumPy."""

import numpy as np
import torch


def gram_matrix(f):
    positions = f.flatten(start_dim=2).movedim(2, 1)
    products = positions.unsqueeze(3) * positions.unsqueeze(2)
    return products.mean(dim=1) / f.shape[1]


def content_loss(f, target):
    return torch.dist(f, target.detach()) ** 2 / f.numel()


def style_loss(f, target):
    difference = gram_matrix(f) - gram_matrix(target.detach().clone())
    return torch.einsum("ncd,ncd->", difference, difference) / difference.numel()


def image_gradient(img, content, style, extractor, alpha, beta):
    leaf = img.detach().requires_grad_()
    maps = list(extractor(leaf))
    parts = [beta * style_loss(maps[k], target) for k, target in enumerate(extractor(style))]
    parts.append(alpha * content_loss(maps.pop(), extractor(content).pop()))
    gradients = torch.autograd.grad(parts, leaf)
    loss = np.sum([part.detach().cpu().numpy() for part in parts], dtype=np.float64)
    return float(loss), gradients[0]
