"""The gradients of both losses from their formulas, as autograd functions; the image's by a vector-Jacobian product."""

import torch


class Gram(torch.autograd.Function):
    @staticmethod
    def forward(ctx, f):
        ctx.save_for_backward(f)
        rows = f.flatten(2)
        return rows @ rows.mT / f[0].numel()

    @staticmethod
    def backward(ctx, upstream):
        (f,) = ctx.saved_tensors
        return ((upstream + upstream.mT) @ f.flatten(2) / f[0].numel()).reshape(f.shape)


class MeanSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, found, target):
        ctx.save_for_backward(found - target)
        return (found - target).pow(2).mean()

    @staticmethod
    def backward(ctx, upstream):
        (difference,) = ctx.saved_tensors
        return upstream * 2 * difference / difference.numel(), None


def gram_matrix(f):
    return Gram.apply(f)


def content_loss(f, target):
    return MeanSquare.apply(f, target)


def style_loss(f, target):
    return MeanSquare.apply(gram_matrix(f), gram_matrix(target))


def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().requires_grad_()
    maps = extractor(x)
    wanted = [each.detach() for each in extractor(style)]
    target = extractor(content)[-1].detach()
    leaves = [each.detach().requires_grad_() for each in maps]
    loss = alpha * content_loss(leaves[-1], target)
    for leaf, each in zip(leaves, wanted, strict=True):
        loss = loss + beta * style_loss(leaf, each)
    upstream = torch.autograd.grad(loss, leaves)
    (gradient,) = torch.autograd.grad(maps, [x], grad_outputs=upstream)
    return loss.item(), gradient
