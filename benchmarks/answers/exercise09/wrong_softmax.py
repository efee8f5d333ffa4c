# %% softmax_without_max
# softmax does not subtract the maximum, so that large logits give inf / inf = nan and very negative ones 0 / 0.
# named: softmax_overflow
def softmax(z):
    e = torch.exp(z)
    return e / e.sum(dim=-1, keepdim=True)

# %% softmax_first_axis
# softmax adds up along the first axis (the batch) and not along the last.
# named: softmax_batch_axis
def softmax(z):
    e = torch.exp(z - z.amax(dim=0, keepdim=True))
    return e / e.sum(dim=0, keepdim=True)

# %% softmax_axis_one
# softmax works along axis 1, which is the last one only for matrices; 1-d inputs fail and 3-d ones are normalised over the wrong axis.
# named: softmax_axis_one
def softmax(z):
    z = z - z.max(dim=1, keepdim=True).values
    e = torch.exp(z)
    return e / e.sum(dim=1, keepdim=True)

# %% softmax_over_everything
# softmax divides by the sum over all elements, so that only the whole tensor adds up to 1, not each row.
# named: softmax_whole_sum, softmax_whole_array
def softmax(z):
    e = torch.exp(z - z.amax(dim=-1, keepdim=True))
    return e / e.sum()

# %% softmax_global_max
# softmax subtracts the largest logit of the whole tensor; rows far below it underflow to 0 / 0, and a tensor with no rows fails.
# named: softmax_global_maximum
def softmax(z):
    e = torch.exp(z - z.max())
    return e / e.sum(dim=-1, keepdim=True)

# %% softmax_abs_max
# softmax subtracts the largest absolute value, which makes rows of very negative logits underflow to 0 / 0.
# named: softmax_absolute_maximum
def softmax(z):
    e = torch.exp(z - z.abs().amax(dim=-1, keepdim=True))
    return e / e.sum(dim=-1, keepdim=True)

# %% softmax_changes_z
# softmax subtracts the maximum in place, so that the caller's logits are changed.
# named: softmax_changes_z
def softmax(z):
    z -= z.amax(dim=-1, keepdim=True)
    e = torch.exp(z)
    return e / e.sum(dim=-1, keepdim=True)

# %% softmax_euclidean
# softmax divides by the root of the sum of squares (the L2 norm) and not by the sum.
# named: softmax_euclidean
def softmax(z):
    e = torch.exp(z - z.amax(dim=-1, keepdim=True))
    return e / e.norm(dim=-1, keepdim=True)

# %% softmax_with_eps
# softmax adds 1e-6 to the denominator, so that rows do not add up to 1.
# named: softmax_epsilon_larger
def softmax(z):
    e = torch.exp(z - z.amax(dim=-1, keepdim=True))
    return e / (e.sum(dim=-1, keepdim=True) + 1e-6)

# %% softmax_float32
# softmax computes in float32, so float64 logits get a float32 result.
# named: -
def softmax(z):
    z = z.float()
    e = torch.exp(z - z.amax(dim=-1, keepdim=True))
    return e / e.sum(dim=-1, keepdim=True)

# %% softmax_view
# softmax flattens with view, which raises a RuntimeError for non-contiguous logits.
# named: -
def softmax(z):
    n_classes = z.shape[-1]
    flat = z.view(-1)
    out = torch.empty(flat.shape, dtype=z.dtype)
    for start in range(0, len(flat), n_classes):
        row = flat[start : start + n_classes]
        e = torch.exp(row - row.max())
        out[start : start + n_classes] = e / e.sum()
    return out.reshape(z.shape)

# %% softmax_cached
# softmax is kept in an lru_cache, which knows tensors by identity: it returns the same tensor again, an old one if z was changed in place.
# named: -
import functools


@functools.lru_cache(maxsize=None)
def softmax(z):
    e = torch.exp(z - z.amax(dim=-1, keepdim=True))
    return e / e.sum(dim=-1, keepdim=True)

# %% softmax_matrices_only
# softmax takes each z[i] for one row, which holds for matrices only: a 1-d input gives ones, a 3-d one is normalised over whole matrices.
# named: softmax_matrices_only
def softmax(z):
    out = torch.zeros_like(z)
    for i in range(z.shape[0]):
        e = torch.exp(z[i] - z[i].max())
        out[i] = e / e.sum()
    return out
