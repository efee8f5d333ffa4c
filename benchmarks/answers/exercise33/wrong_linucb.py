# %% linucb_no_root
# The square root is missing.
# named: linucb_without_root
def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    return int((theta @ x + alpha * (z @ x)).argmax())

# %% linucb_alpha_inside
# Alpha under the root.
# named: linucb_alpha_in_root
def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    return int((theta @ x + torch.sqrt(alpha * (z @ x))).argmax())

# %% linucb_theta_is_v
# v taken as theta.
# named: linucb_theta_is_v
def linucb(x, M, v, alpha):
    z = torch.linalg.solve(M, x)
    return int((v @ x + alpha * torch.sqrt(z @ x)).argmax())

# %% linucb_theta_multiplied
# M v in place of its inverse times v.
# named: linucb_theta_by_M
def linucb(x, M, v, alpha):
    theta = torch.einsum("aij,aj->ai", M, v)
    z = torch.linalg.solve(M, x)
    return int((theta @ x + alpha * torch.sqrt(z @ x)).argmax())

# %% linucb_width_of_M
# x M x, without the inverse.
# named: linucb_width_by_M
def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    width = torch.einsum("i,aij,j->a", x, M, x)
    return int((theta @ x + alpha * torch.sqrt(width)).argmax())

# %% linucb_nothing_inverted
# M itself in both terms.
# named: linucb_by_M
def linucb(x, M, v, alpha):
    theta = torch.einsum("aij,aj->ai", M, v)
    width = torch.einsum("i,aij,j->a", x, M, x)
    return int((theta @ x + alpha * torch.sqrt(width)).argmax())

# %% linucb_lower
# The lower bound.
# named: linucb_lower_bound
def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    return int((theta @ x - alpha * torch.sqrt(z @ x)).argmax())

# %% linucb_greedy
# The width is missing.
# named: linucb_greedy
def linucb(x, M, v, alpha):
    return int((torch.linalg.solve(M, v) @ x).argmax())

# %% linucb_without_alpha
# Alpha is 1.
# named: linucb_without_alpha
def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    return int((theta @ x + torch.sqrt(z @ x)).argmax())

# %% linucb_length_of_z
# The length of the solution.
# named: linucb_norm
def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    return int((theta @ x + alpha * z.norm(dim=1)).argmax())

# %% linucb_first_matrix
# The first arm's matrix for the width of all.
# named: linucb_greedy
def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M[0], x)
    return int((theta @ x + alpha * torch.sqrt(z @ x)).argmax())

# %% linucb_penalty_again
# The identity is added a second time.
# named: linucb_penalty_again
def linucb(x, M, v, alpha):
    M = M + torch.eye(len(x), dtype=x.dtype, device=x.device)
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    return int((theta @ x + alpha * torch.sqrt(z @ x)).argmax())

# %% linucb_elementwise_inverse
# 1 / M.
# named: missing
def linucb(x, M, v, alpha):
    inverse = torch.where(M == 0, torch.zeros_like(M), 1 / M)
    theta = torch.einsum("aij,aj->ai", inverse, v)
    width = torch.einsum("i,aij,j->a", x, inverse, x).clamp(min=0)
    return int((theta @ x + alpha * torch.sqrt(width)).argmax())

# %% linucb_diagonal
# Only the diagonal of M.
# named: linucb_diagonal
def linucb(x, M, v, alpha):
    d = torch.diagonal(M, dim1=1, dim2=2)
    theta = v / d
    return int((theta @ x + alpha * torch.sqrt((x * x / d).sum(1))).argmax())

# %% linucb_last
# Of equal ones the last.
# named: linucb_last_of_equal
def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    bounds = theta @ x + alpha * torch.sqrt(z @ x)
    return len(bounds) - 1 - int(bounds.flip(0).argmax())

# %% linucb_tensor
# A tensor.
# named: -
def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    return (theta @ x + alpha * torch.sqrt(z @ x)).argmax()

# %% linucb_theta_length
# theta alone, without x.
# named: -
def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    return int((theta.sum(1) + alpha * torch.sqrt(z @ x)).argmax())

# %% linucb_root_of_sum
# The root over both terms.
# named: linucb_without_root
def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    return int(torch.sqrt((theta @ x + alpha * (z @ x)).clamp(min=0)).argmax())

# %% linucb_entries_not_summed
# A root for every entry, then the sum.
# named: -
def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    return int((theta @ x + alpha * torch.sqrt((z * x).abs()).sum(1)).argmax())

# %% linucb_absolute
# The absolute value of the expected reward.
# named: -
def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    return int(((theta @ x).abs() + alpha * torch.sqrt(z @ x)).argmax())

# %% linucb_alpha_squared
# Alpha squared.
# named: -
def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    return int((theta @ x + alpha**2 * torch.sqrt(z @ x)).argmax())

# %% linucb_float32
# In float32.
# named: -
def linucb(x, M, v, alpha):
    x, M, v = x.float(), M.float(), v.float()
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    return int((theta @ x + alpha * torch.sqrt(z @ x)).argmax())

# %% linucb_flat_argmax
# z times x isn't summed: argmax over [A, D].
# named: -
def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    return int((theta * x + alpha * torch.sqrt((z * x).abs())).argmax())

# %% linucb_width_only
# The expected reward is missing.
# named: linucb_width_alone
def linucb(x, M, v, alpha):
    z = torch.linalg.solve(M, x)
    return int((alpha * torch.sqrt(z @ x)).argmax())
