"""Targets held by an object; the extractor's parameters are told not to require gradients for a while."""

import torch


class Targets:
    def __init__(self, content, style, extractor):
        self.content = extractor(content)[-1].detach()
        self.grams = [gram_matrix(each).detach() for each in extractor(style)]

    def loss(self, maps, alpha, beta):
        total = alpha * content_loss(maps[-1], self.content)
        for found, gram in zip(maps, self.grams, strict=True):
            total = total + beta * torch.mean((gram_matrix(found) - gram) ** 2)
        return total


def gram_matrix(f):
    n, c, h, w = f.size()
    features = f.contiguous().view(n, c, h * w)
    return torch.bmm(features, features.transpose(1, 2)).div(c * h * w)


def content_loss(f, target):
    return torch.mean((target.data - f) ** 2)


def style_loss(f, target):
    return content_loss(gram_matrix(f), gram_matrix(target))


def image_gradient(img, content, style, extractor, alpha, beta):
    parameters = list(extractor.parameters()) if isinstance(extractor, torch.nn.Module) else []
    learning = [parameter.requires_grad for parameter in parameters]
    for parameter in parameters:
        parameter.requires_grad_(False)
    try:
        x = torch.nn.Parameter(img.detach().clone())
        loss = Targets(content.detach(), style.detach(), extractor).loss(extractor(x), alpha, beta)
        loss.backward()
    finally:
        for parameter, flag in zip(parameters, learning, strict=True):
            parameter.requires_grad_(flag)
    return loss.item(), x.grad.detach()
