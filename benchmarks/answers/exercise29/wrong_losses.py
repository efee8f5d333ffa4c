# %% content_half
# The factor ½ of the paper.
# named: content_half
def content_loss(f, target):
    return 0.5 * F.mse_loss(f, target.detach())

# %% content_sum
# The sum in place of the mean.
# like: einsum_and_means
# named: content_sum
def content_loss(f, target):
    return (f - target.detach()).pow(2).sum()

# %% content_pulls_target
# The target is not detached.
# named: content_to_target
def content_loss(f, target):
    return F.mse_loss(f, target)

# %% content_holds_f
# f is detached in place of the target.
# like: sums_with_backward
# named: content_to_target_only
def content_loss(f, target):
    d = f.detach() - target
    return (d * d).sum() / d.numel()

# %% content_absolute
# Absolute differences.
# named: content_absolute
def content_loss(f, target):
    return F.l1_loss(f, target.detach())

# %% content_root
# The root of the mean.
# like: in_place_on_copies
# named: content_root
def content_loss(f, target):
    d = f.clone()
    d -= target.detach()
    return d.square().mean().sqrt()

# %% content_by_batch
# The sum divided by the number of images.
# like: loops
# named: content_sum_per_image
def content_loss(f, target):
    return ((f - target.detach()) ** 2).sum() / f.shape[0]

# %% content_of_each_image
# [N]: one loss for each image.
# like: one_image_at_a_time
# named: content_each_image
def content_loss(f, target):
    d = (f - target.detach()).flatten(1)
    return (d * d).mean(dim=1)

# %% content_in_place
# Subtracts from the caller's f.
# like: in_place_on_copies
# named: -
def content_loss(f, target):
    f -= target.detach()
    return f.square().mean()

# %% content_number
# A Python float.
# like: sums_with_backward
# named: -
def content_loss(f, target):
    d = f - target.detach()
    return ((d * d).sum() / d.numel()).item()

# %% content_of_means
# Compares the means of the channels only.
# named: -
def content_loss(f, target):
    return F.mse_loss(f.mean((2, 3)), target.detach().mean((2, 3)))

# %% content_nothing_passes
# Everything under no_grad.
# named: content_detached
@torch.no_grad()
def content_loss(f, target):
    return F.mse_loss(f, target)

# %% style_quarter
# The factor ¼ of the paper.
# like: sums_with_backward
# named: style_quarter
def style_loss(f, target):
    d = gram_matrix(f) - gram_matrix(target).detach()
    return (d * d).mean() / 4

# %% style_sum
# The sum in place of the mean.
# like: loops
# named: style_sum
def style_loss(f, target):
    return ((gram_matrix(f) - gram_matrix(target.detach())) ** 2).sum()

# %% style_pulls_target
# The target is not detached.
# like: einsum_and_means
# named: style_to_target
def style_loss(f, target):
    return (gram_matrix(f) - gram_matrix(target)).square().mean()

# %% style_divides_by_f
# Both matrices divided by the C·H·W of f.
# named: style_by_size_of_f
def style_loss(f, target):
    N, C, H, W = f.shape
    a, b = f.flatten(2), target.detach().flatten(2)
    G, A = a @ a.transpose(1, 2), b @ b.transpose(1, 2)
    return F.mse_loss(G / (C * H * W), A / (C * H * W))

# %% style_of_maps
# Compares the maps; works for one size only.
# named: style_of_maps
def style_loss(f, target):
    return F.mse_loss(f, target.detach())

# %% style_absolute
# Absolute differences of the matrices.
# like: einsum_and_means
# named: style_absolute
def style_loss(f, target):
    return (gram_matrix(f) - gram_matrix(target.detach())).abs().mean()

# %% style_by_batch
# Squared Frobenius norm, averaged over the images only.
# like: one_image_at_a_time
# named: style_sum_per_image
def style_loss(f, target):
    d = gram_matrix(f) - gram_matrix(target.detach())
    return torch.linalg.matrix_norm(d).pow(2).mean()

# %% style_of_difference
# The Gram matrix of the difference of the maps.
# named: style_of_difference
def style_loss(f, target):
    return gram_matrix(f - target.detach()).square().mean()

# %% style_resized
# The target is brought to the size of f first.
# named: style_resized, style_resized_smoothly
def style_loss(f, target):
    target = target.detach()
    if target.shape[2:] != f.shape[2:]:
        target = F.interpolate(target, size=f.shape[2:], mode="bilinear")
    return F.mse_loss(gram_matrix(f), gram_matrix(target))

# %% style_cropped
# Only the part of the target that f has, too.
# like: double_inside
# named: -
def style_loss(f, target):
    H, W = min(f.shape[2], target.shape[2]), min(f.shape[3], target.shape[3])
    A = gram_matrix(target.detach()[:, :, :H, :W])
    return ((gram_matrix(f[:, :, :H, :W]) - A) ** 2).mean()

# %% style_holds_f
# The matrix of f is detached, not that of the target.
# like: sums_with_backward
# named: style_to_target_only
def style_loss(f, target):
    d = gram_matrix(f).detach() - gram_matrix(target)
    return (d * d).sum() / d.numel()

# %% style_root
# The root of the mean.
# like: loops
# named: style_root
def style_loss(f, target):
    d = gram_matrix(f) - gram_matrix(target.detach())
    return (d**2).mean().sqrt()

# %% style_divided_again
# Divided by C·H·W again.
# named: style_mean_divided_again
def style_loss(f, target):
    N, C, H, W = f.shape
    return F.mse_loss(gram_matrix(f), gram_matrix(target.detach())) / (C * H * W)

# %% style_mean_matrix
# The matrices are averaged over the images before they are compared.
# like: numpy_targets
# named: style_of_mean_gram
def style_loss(f, target):
    return torch.mean((gram_matrix(f).mean(0) - gram_matrix(target.detach()).mean(0)) ** 2)
