"""Index notation, PyTorch's own losses, targets without a graph, and backward to the image alone."""

import torch
import torch.nn.functional as F


def gram_matrix(f):
    return torch.einsum("nchw,ndhw->ncd", f, f) / f[0].numel()


def content_loss(f, target):
    return F.mse_loss(f, target.detach())


def style_loss(f, target):
    with torch.no_grad():
        wanted = gram_matrix(target)
    return F.mse_loss(gram_matrix(f), wanted)


def image_gradient(img, content, style, extractor, alpha, beta):
    with torch.no_grad():
        content_target = extractor(content)[-1]
        style_targets = extractor(style)
    with torch.enable_grad():
        image = img.detach().clone().requires_grad_(True)
        found = extractor(image)
        loss = alpha * content_loss(found[-1], content_target)
        loss = loss + beta * torch.stack([style_loss(a, b) for a, b in zip(found, style_targets, strict=True)]).sum()
        loss.backward(inputs=[image])
    return float(loss.detach()), image.grad
