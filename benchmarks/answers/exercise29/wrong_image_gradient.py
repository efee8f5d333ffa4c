# %% image_first_map
# Content in the first map.
# named: image_content_of_first
def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().clone().requires_grad_(True)
    maps = extractor(x)
    with torch.no_grad():
        wanted, styles = extractor(content), extractor(style)
    loss = alpha * content_loss(maps[0], wanted[0])
    for f, s in zip(maps, styles):
        loss = loss + beta * style_loss(f, s)
    return loss.item(), torch.autograd.grad(loss, x)[0]

# %% image_content_everywhere
# Content in all maps.
# like: einsum_and_means
# named: image_content_of_all
def image_gradient(img, content, style, extractor, alpha, beta):
    img = img.detach().requires_grad_()
    feats = extractor(img)
    c = sum(content_loss(a, b.detach()) for a, b in zip(feats, extractor(content.detach())))
    s = sum(style_loss(a, b.detach()) for a, b in zip(feats, extractor(style.detach())))
    total = alpha * c + beta * s
    return float(total), torch.autograd.grad(total, [img])[0]

# %% image_style_without_last
# Style in all maps but the last.
# named: image_style_without_last
def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().clone().requires_grad_(True)
    maps = extractor(x)
    with torch.no_grad():
        wanted, styles = extractor(content), extractor(style)
    loss = alpha * content_loss(maps[-1], wanted[-1])
    for f, s in zip(maps[:-1], styles[:-1]):
        loss = loss + beta * style_loss(f, s)
    return loss.item(), torch.autograd.grad(loss, x)[0]

# %% image_style_in_last
# Style in the last map alone.
# like: sums_with_backward
# named: image_style_of_last
def image_gradient(img, content, style, extractor, alpha, beta):
    leaf = img.detach().clone().requires_grad_()
    fs, cs, ss = extractor(leaf), extractor(content), extractor(style)
    loss = alpha * content_loss(fs[-1], cs[-1]) + beta * style_loss(fs[-1], ss[-1])
    loss.backward(inputs=[leaf])
    return loss.item(), leaf.grad

# %% image_style_averaged
# The mean over the maps in place of the sum.
# like: modules
# named: image_style_mean
def image_gradient(img, content, style, extractor, alpha, beta):
    with torch.no_grad():
        contents = Content(extractor(content)[-1])
        styles = [Style(s) for s in extractor(style)]
    x = torch.empty_like(img).copy_(img.detach()).requires_grad_()
    maps = extractor(x)
    loss = alpha * contents(maps[-1]) + beta * torch.stack([s(f) for s, f in zip(styles, maps)]).mean()
    return loss.item(), torch.autograd.grad(loss, x)[0]

# %% image_weights_exchanged
# alpha and beta exchanged.
# like: in_place_on_copies
# named: image_weights_exchanged
def image_gradient(img, content, style, extractor, alpha, beta):
    canvas = img.detach().clone().requires_grad_()
    maps = extractor(canvas)
    loss = beta * content_loss(maps[-1], extractor(content)[-1])
    for f, s in zip(maps, extractor(style)):
        loss = loss + alpha * style_loss(f, s)
    return loss.item(), torch.autograd.grad(loss, canvas)[0]

# %% image_backward
# loss.backward() fills the .grad of the parameters.
# named: image_backward
def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().clone().requires_grad_(True)
    maps = extractor(x)
    with torch.no_grad():
        wanted, styles = extractor(content), extractor(style)
    loss = alpha * content_loss(maps[-1], wanted[-1])
    for f, s in zip(maps, styles):
        loss = loss + beta * style_loss(f, s)
    loss.backward()
    return loss.item(), x.grad

# %% image_requires_gradients
# requires_grad_() on the caller's image.
# named: image_flag_left
def image_gradient(img, content, style, extractor, alpha, beta):
    img.requires_grad_(True)
    maps = extractor(img)
    loss = alpha * content_loss(maps[-1], extractor(content)[-1])
    for f, s in zip(maps, extractor(style)):
        loss = loss + beta * style_loss(f, s)
    return loss.item(), torch.autograd.grad(loss, img)[0]

# %% image_grad_of_img
# backward into the .grad of img itself, on top of what is there.
# like: einsum_and_means
# named: image_written
def image_gradient(img, content, style, extractor, alpha, beta):
    needed = img.requires_grad
    if not needed:
        img.requires_grad_()
    feats = extractor(img)
    c = content_loss(feats[-1], extractor(content.detach())[-1])
    s = sum(style_loss(a, b) for a, b in zip(feats, extractor(style.detach())))
    total = alpha * c + beta * s
    total.backward(inputs=[img])
    gradient = img.grad.clone()
    if not needed:
        img.requires_grad_(False)
    return float(total), gradient

# %% image_step
# The image after a step.
# named: image_stepped
def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().clone().requires_grad_(True)
    maps = extractor(x)
    with torch.no_grad():
        wanted, styles = extractor(content), extractor(style)
    loss = alpha * content_loss(maps[-1], wanted[-1])
    for f, s in zip(maps, styles):
        loss = loss + beta * style_loss(f, s)
    (gradient,) = torch.autograd.grad(loss, x)
    return loss.item(), x.detach() - gradient

# %% image_loss_tensor
# The loss as a tensor.
# like: symmetric_half
# named: image_tensor_loss
def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().requires_grad_(True)
    maps = extractor(x)
    with torch.no_grad():
        contents, styles = extractor(content), extractor(style)
    loss = alpha * content_loss(maps[-1], contents[-1]) + beta * sum(map(style_loss, maps, styles))
    return loss.detach(), torch.autograd.grad(loss, x)[0]

# %% image_with_history
# create_graph: the gradient has a history.
# like: gradient_by_hand
# named: image_with_history
def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().clone().requires_grad_(True)
    maps = extractor(x)
    with torch.no_grad():
        wanted, styles = extractor(content), extractor(style)
    loss = alpha * content_loss(maps[-1], wanted[-1])
    for f, s in zip(maps, styles):
        loss = loss + beta * style_loss(f, s)
    (gradient,) = torch.autograd.grad(loss, x, create_graph=True)
    return loss.item(), gradient

# %% image_negative
# The direction of descent.
# like: sums_with_backward
# named: image_downhill
def image_gradient(img, content, style, extractor, alpha, beta):
    leaf = img.detach().clone().requires_grad_()
    fs, cs, ss = extractor(leaf), extractor(content), extractor(style)
    loss = alpha * content_loss(fs[-1], cs[-1])
    for layer in range(len(fs)):
        loss = loss + beta * style_loss(fs[layer], ss[layer])
    loss.backward(inputs=[leaf])
    return loss.item(), -leaf.grad

# %% image_zero_grad
# Empties the gradients of the module.
# like: gradients_saved_and_restored
# named: image_backward_emptied
def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().clone().requires_grad_()
    maps = extractor(x)
    loss = alpha * content_loss(maps[-1], extractor(content)[-1])
    loss = loss + beta * sum(style_loss(f, s) for f, s in zip(maps, extractor(style)))
    loss.backward()
    if isinstance(extractor, torch.nn.Module):
        extractor.zero_grad()
    return loss.item(), x.grad.clone()

# %% image_stays_frozen
# The parameters no longer require gradients afterwards.
# like: frozen_for_the_call
# named: image_frozen
def image_gradient(img, content, style, extractor, alpha, beta):
    if isinstance(extractor, torch.nn.Module):
        for w in extractor.parameters():
            w.requires_grad_(False)
    x = img.data.clone().requires_grad_()
    maps = extractor(x)
    loss = alpha * content_loss(maps[-1], extractor(content.data)[-1])
    for f, s in zip(maps, extractor(style.data)):
        loss = loss + beta * style_loss(f, s)
    loss.backward()
    return loss.item(), x.grad

# %% image_eval
# The module is left in evaluation mode.
# named: -
def image_gradient(img, content, style, extractor, alpha, beta):
    if isinstance(extractor, torch.nn.Module):
        extractor.eval()
    x = img.detach().clone().requires_grad_(True)
    maps = extractor(x)
    with torch.no_grad():
        wanted, styles = extractor(content), extractor(style)
    loss = alpha * content_loss(maps[-1], wanted[-1])
    for f, s in zip(maps, styles):
        loss = loss + beta * style_loss(f, s)
    return loss.item(), torch.autograd.grad(loss, x)[0]

# %% image_needs_parameters
# extractor.parameters() of any extractor.
# like: frozen_for_the_call
# named: -
def image_gradient(img, content, style, extractor, alpha, beta):
    weights = [w for w in extractor.parameters() if w.requires_grad]
    for w in weights:
        w.requires_grad_(False)
    x = img.data.clone().requires_grad_()
    maps = extractor(x)
    loss = alpha * content_loss(maps[-1], extractor(content.data)[-1])
    for f, s in zip(maps, extractor(style.data)):
        loss = loss + beta * style_loss(f, s)
    loss.backward()
    for w in weights:
        w.requires_grad_(True)
    return loss.item(), x.grad

# %% image_images_exchanged
# content and style exchanged (the images of one size only).
# named: image_images_exchanged
def image_gradient(img, content, style, extractor, alpha, beta):
    content, style = style, content
    x = img.detach().clone().requires_grad_(True)
    maps = extractor(x)
    with torch.no_grad():
        wanted, styles = extractor(content), extractor(style)
    loss = alpha * content_loss(maps[-1], wanted[-1])
    for f, s in zip(maps, styles):
        loss = loss + beta * style_loss(f, s)
    return loss.item(), torch.autograd.grad(loss, x)[0]

# %% image_normalised
# The gradient divided by its mean size.
# like: in_place_on_copies
# named: -
def image_gradient(img, content, style, extractor, alpha, beta):
    canvas = img.detach().clone().requires_grad_()
    maps = extractor(canvas)
    loss = alpha * content_loss(maps[-1], extractor(content)[-1])
    for f, s in zip(maps, extractor(style)):
        loss = loss + beta * style_loss(f, s)
    g = torch.autograd.grad(loss, canvas)[0]
    return loss.item(), g / (g.abs().mean() + 1e-8)

# %% image_old_grad_lost
# img.grad is emptied, and left empty.
# like: sums_with_backward
# named: image_grad_emptied
def image_gradient(img, content, style, extractor, alpha, beta):
    img.grad = None
    x = img.detach().clone().requires_grad_()
    fs, cs, ss = extractor(x), extractor(content), extractor(style)
    loss = alpha * content_loss(fs[-1], cs[-1])
    for layer in range(len(fs)):
        loss = loss + beta * style_loss(fs[layer], ss[layer])
    return loss.item(), torch.autograd.grad(loss, x)[0]

# %% image_weights_not_in_gradient
# The weights are in the loss alone, not in the gradient.
# like: chain_of_parts
# named: missing
def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().requires_grad_(True)
    maps = extractor(x)
    c = content_loss(maps[-1], extractor(content)[-1])
    s = sum(style_loss(f, t) for f, t in zip(maps, extractor(style)))
    (gradient,) = torch.autograd.grad(c + s, x)
    return alpha * c.item() + beta * s.item(), gradient

# %% image_style_of_content
# The style is that of the content image.
# named: image_style_of_content
def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().clone().requires_grad_(True)
    maps = extractor(x)
    with torch.no_grad():
        wanted = extractor(content)
    loss = alpha * content_loss(maps[-1], wanted[-1])
    for f, s in zip(maps, wanted):
        loss = loss + beta * style_loss(f, s)
    return loss.item(), torch.autograd.grad(loss, x)[0]

# %% image_content_gradient_only
# The style's maps are computed from a detached image: no gradient from the style.
# like: gradient_by_hand
# named: image_style_cut_off
def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().clone().requires_grad_(True)
    maps = extractor(x)
    loss = alpha * content_loss(maps[-1], extractor(content)[-1])
    for f, s in zip(maps, extractor(style)):
        loss = loss + beta * style_loss(f.detach(), s)
    return loss.item(), torch.autograd.grad(loss, x)[0]

# %% image_no_detach
# A copy of img that is not detached: where img requires gradients, the copy has no .grad, and img gets one.
# like: frozen_for_the_call
# named: -
def image_gradient(img, content, style, extractor, alpha, beta):
    weights = [w for w in getattr(extractor, "parameters", list)() if w.requires_grad]
    for w in weights:
        w.requires_grad_(False)
    x = img.clone().requires_grad_()
    maps = extractor(x)
    loss = alpha * content_loss(maps[-1], extractor(content.data)[-1])
    for f, s in zip(maps, extractor(style.data)):
        loss = loss + beta * style_loss(f, s)
    loss.backward()
    for w in weights:
        w.requires_grad_(True)
    return loss.item(), x.grad

# %% image_through_the_past
# A deep copy of the network, so that its gradients stay, but backward reaches what img was computed from.
# named: image_through_own_history
import copy


def image_gradient(img, content, style, extractor, alpha, beta):
    net = copy.deepcopy(extractor)
    x = img * 1
    if not x.requires_grad:
        x.requires_grad_()
    x.retain_grad()
    maps = net(x)
    loss = alpha * content_loss(maps[-1], net(content.detach())[-1])
    for f, s in zip(maps, net(style.detach())):
        loss = loss + beta * style_loss(f, s)
    loss.backward()
    return loss.item(), x.grad.clone()

# %% image_three_maps
# Counts on three maps.
# named: -
def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().clone().requires_grad_(True)
    f1, f2, f3 = extractor(x)
    with torch.no_grad():
        c3 = extractor(content)[2]
        s1, s2, s3 = extractor(style)
    loss = alpha * content_loss(f3, c3) + beta * (style_loss(f1, s1) + style_loss(f2, s2) + style_loss(f3, s3))
    return loss.item(), torch.autograd.grad(loss, x)[0]

# %% image_last_of_the_loop
# The style of each map replaces that of the one before.
# like: symmetric_half
# named: image_style_of_last
def image_gradient(img, content, style, extractor, alpha, beta):
    x = img.detach().requires_grad_(True)
    with torch.no_grad():
        contents, styles = extractor(content), extractor(style)
    maps = extractor(x)
    c_loss = content_loss(maps[-1], contents[-1])
    for f, s in zip(maps, styles):
        s_loss = style_loss(f, s)
        loss = alpha * c_loss + beta * s_loss
    return loss.item(), torch.autograd.grad(loss, x)[0]

# %% image_beta_twice
# beta within the loop and once more outside.
# like: modules
# named: image_beta_twice
def image_gradient(img, content, style, extractor, alpha, beta):
    with torch.no_grad():
        contents = Content(extractor(content)[-1])
        styles = [Style(s) for s in extractor(style)]
    x = img.detach().clone().requires_grad_()
    maps = extractor(x)
    s_loss = sum(beta * s(f) for s, f in zip(styles, maps))
    loss = alpha * contents(maps[-1]) + beta * s_loss
    return loss.item(), torch.autograd.grad(loss, x)[0]
