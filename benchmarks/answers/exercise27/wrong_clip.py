# %% clip_each_tensor
# Each tensor has its own norm and factor.
# named: clip_each
def clip_by_norm(grads, max_norm):
    clipped, total = [], 0.0
    for g in grads:
        norm = (g ** 2).sum().sqrt().item()
        total += norm ** 2
        clipped.append(g * (max_norm / norm) if norm > max_norm else g)
    return clipped, total ** 0.5

# %% clip_each_number
# Numbers are limited one by one.
# named: clip_entries
def clip_by_norm(grads, max_norm):
    norm = sum((g ** 2).sum() for g in grads).sqrt().item()
    return [g.clamp(-max_norm, max_norm) for g in grads], norm

# %% clip_always_scaled
# Small gradients are made larger.
# like: functional
# named: clip_always_with_epsilon, clip_always
def clip_by_norm(grads, max_norm):
    norms = torch.stack([torch.linalg.vector_norm(g) for g in grads])
    norm = torch.linalg.vector_norm(norms)
    scale = max_norm / (float(norm) + 1e-6)
    return [torch.mul(g, scale) for g in grads], norm.item()

# %% clip_norm_after
# Returns the norm after clipping.
# named: clip_norm_after
def clip_by_norm(grads, max_norm):
    norm = sum((g ** 2).sum() for g in grads).sqrt().item()
    if norm > max_norm:
        return [g * (max_norm / norm) for g in grads], max_norm
    return list(grads), norm

# %% clip_norm_squared
# No square root.
# like: float64_inside
# named: clip_without_root
def clip_by_norm(grads, max_norm):
    norm = sum(float(g.double().pow(2).sum()) for g in grads)
    scale = max_norm / max(norm, max_norm)
    return [(g.double() * scale).to(g.dtype) for g in grads], norm

# %% clip_sum_of_norms
# The norms of the tensors are added.
# like: in_place
# named: clip_sum_of_norms
def clip_by_norm(grads, max_norm):
    copies = [g.clone() for g in grads]
    norm = sum(g.norm().item() for g in copies)
    if norm > max_norm:
        for g in copies:
            g.mul_(max_norm / norm)
    return copies, norm

# %% clip_largest_norm
# The largest of the tensors' norms.
# like: one_matrix
# named: clip_largest_norm
def clip_by_norm(grads, max_norm):
    norm = max(float(torch.linalg.norm(g.reshape(-1))) for g in grads)
    scale = min(1.0, max_norm / (norm + 1e-6))
    return [g * scale for g in grads], norm

# %% clip_absolute_values
# The sum of absolute values as norm.
# like: einsum
# named: clip_of_absolutes
def clip_by_norm(grads, max_norm):
    flat = torch.cat([g.reshape(-1) for g in grads])
    norm = flat.abs().sum()
    factor = torch.clamp(max_norm / norm, max=1.0)
    return [g * factor for g in grads], float(norm)

# %% clip_largest_number
# The largest absolute value as norm.
# like: einsum
# named: clip_of_largest
def clip_by_norm(grads, max_norm):
    flat = torch.cat([g.reshape(-1) for g in grads])
    norm = flat.abs().max()
    factor = torch.clamp(max_norm / norm, max=1.0)
    return [g * factor for g in grads], float(norm)

# %% clip_root_of_mean
# The root of the mean square.
# like: numpy
# named: clip_root_mean_square
def clip_by_norm(grads, max_norm):
    numbers = np.concatenate([a(g).reshape(-1) for g in grads]).astype(np.float64)
    norm = float(np.sqrt(np.mean(numbers ** 2)))
    scale = min(1.0, max_norm / norm)
    return [g.detach() * scale for g in grads], norm

# %% clip_unit_length
# Divided by the norm, not multiplied by max_norm.
# named: clip_to_one
def clip_by_norm(grads, max_norm):
    norm = sum((g ** 2).sum() for g in grads).sqrt().item()
    if norm > max_norm:
        return [g / norm for g in grads], norm
    return list(grads), norm

# %% clip_in_place
# The caller's tensors are scaled.
# named: clip_in_place
def clip_by_norm(grads, max_norm):
    norm = sum((g ** 2).sum() for g in grads).sqrt().item()
    if norm > max_norm:
        for g in grads:
            g.mul_(max_norm / norm)
    return list(grads), norm

# %% clip_tensor_norm
# The norm is a tensor.
# named: -
def clip_by_norm(grads, max_norm):
    norm = sum((g ** 2).sum() for g in grads).sqrt()
    scale = (max_norm / norm).clamp(max=1.0)
    return [g * scale for g in grads], norm

# %% clip_first_tensor
# return in the loop's body: only the first tensor counts for the norm.
# named: -
def clip_by_norm(grads, max_norm):
    norm = grads[0].norm().item()
    if norm > max_norm:
        return [g * (max_norm / norm) for g in grads], norm
    return list(grads), norm
