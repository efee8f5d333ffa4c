# %% assign_last_of_equals
# Of equally near centers the last.
# like: loops
# named: assign_last_of_equal
def assign(X, centers):
    c = centers.tolist()
    out = []
    for x in X.tolist():
        best, where = float("inf"), 0
        for k in range(len(c)):
            d = squared(x, c[k])
            if d <= best:
                best, where = d, k
        out.append(where)
    return torch.tensor(out, dtype=torch.int64, device=X.device)

# %% assign_farthest
# argmax in place of argmin.
# like: one_hot
# named: assign_farthest
def assign(X, centers):
    diff = X.unsqueeze(1) - centers.unsqueeze(0)
    return torch.einsum("nkd,nkd->nk", diff, diff).argmax(-1)

# %% assign_pairwise_epsilon
# F.pairwise_distance with its default eps.
# like: masked_minimum
# named: assign_epsilon
import torch.nn.functional as F


def assign(X, centers):
    return torch.stack([F.pairwise_distance(X, c.expand_as(X)) for c in centers], dim=1).argmin(dim=1)

# %% assign_manhattan
# Absolute differences.
# like: numpy_all
# named: assign_by_absolute
def assign(X, centers):
    x, c = X.detach().cpu().numpy(), centers.detach().cpu().numpy()
    return back(np.abs(x[:, None] - c[None]).sum(-1).argmin(1), X)

# %% assign_largest_coordinate
# The largest difference of a coordinate, p = inf.
# like: cdist
# named: assign_by_largest
def assign(X, centers):
    return torch.cdist(X, centers, p=math.inf).argmin(dim=1)

# %% assign_over_the_rows
# The nearest row of each center.
# named: assign_across
def assign(X, centers):
    d2 = ((X[:, None, :] - centers[None, :, :]) ** 2).sum(dim=2)
    return d2.argmin(dim=0)

# %% assign_int32
# int32 numbers.
# like: double_inside
# named: -
def assign(X, centers):
    return squares(X, centers).argmin(1).to(torch.int32)

# %% assign_from_one
# Clusters counted from 1.
# like: scatter
# named: assign_from_one
def assign(X, centers):
    return torch.linalg.vector_norm(X[:, None] - centers, dim=-1).argmin(1) + 1

# %% assign_dot_product
# The largest dot product.
# like: to_the_last_iteration
# named: assign_by_product
def assign(X, centers):
    return (X @ centers.T).argmax(dim=1)

# %% assign_cosine
# The smallest angle.
# named: assign_by_angle
def assign(X, centers):
    x = torch.nn.functional.normalize(X, dim=1)
    c = torch.nn.functional.normalize(centers, dim=1)
    return torch.argmax(x @ c.T, dim=1)

# %% assign_two_forgotten
# The expanded square without its factor 2.
# like: one_hot
# named: assign_product_once
def assign(X, centers):
    d2 = (X**2).sum(1, keepdim=True) - X @ centers.T + (centers**2).sum(1)
    return d2.argmin(1)

# %% assign_signed_sum
# The square forgotten.
# like: sorted_segments
# named: assign_without_square
def assign(X, centers):
    return (X[:, None] - centers[None]).sum(-1).argmin(dim=1)

# %% assign_distances_returned
# The distances and not the numbers.
# like: cdist
# named: -
def assign(X, centers):
    d = torch.cdist(X, centers, compute_mode="donot_use_mm_for_euclid_dist")
    return d.min(dim=1).values

# %% assign_one_axis_too_many
# [N, 1].
# like: functional
# named: -
def assign(X, centers):
    return (X[:, None] - centers).square().sum(-1).argmin(dim=1, keepdim=True)

# %% assign_first_column
# Only the first column counts.
# like: with_a_class
# named: assign_first_column
def assign(X, centers):
    return (X[:, :1] - centers[:, 0]).abs().argmin(dim=1)

# %% assign_summed_over_the_centers
# The sum runs over the centers.
# named: assign_sum_over_centers
def assign(X, centers):
    d2 = ((X[:, None, :] - centers[None, :, :]) ** 2).sum(dim=1)
    return d2.argmin(dim=1)

# %% assign_without_duplicates
# Equal centers are joined, so that the numbers shift.
# like: with_a_class
# named: -
def assign(X, centers):
    different = torch.unique(centers, dim=0)
    return torch.cdist(X, different, compute_mode="donot_use_mm_for_euclid_dist").argmin(dim=1)
