# %% learn_in_place
# The caller's tensors are changed.
# named: learned_in_place
def linucb_update(M, v, x, a, r):
    M[a] += torch.outer(x, x)
    v[a] += r * x
    return M, v

# %% learn_every_arm
# All arms learn.
# named: learned_by_all
def linucb_update(M, v, x, a, r):
    return M + torch.outer(x, x), v + r * x

# %% learn_all_matrices
# All matrices grow, one vector.
# named: learned_by_all_M
def linucb_update(M, v, x, a, r):
    v = v.clone()
    v[a] += r * x
    return M + torch.outer(x, x), v

# %% learn_squares
# x * x, broadcast over the rows.
# named: learned_broadcast
def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    M[a] += x * x
    v[a] += r * x
    return M, v

# %% learn_diagonal
# Only the squares, on the diagonal.
# named: learned_squares
def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    M[a] += torch.diag(x * x)
    v[a] += r * x
    return M, v

# %% learn_scalar
# x dot x, a number.
# named: learned_inner
def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    M[a] += x @ x
    v[a] += r * x
    return M, v

# %% learn_reward_in_M
# The reward in the matrix too.
# named: learned_reward_in_M
def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    M[a] += r * torch.outer(x, x)
    v[a] += r * x
    return M, v

# %% learn_without_reward
# v + x.
# named: learned_without_reward
def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    M[a] += torch.outer(x, x)
    v[a] += x
    return M, v

# %% learn_v_replaced
# v is replaced.
# named: learned_replaced_v
def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    M[a] += torch.outer(x, x)
    v[a] = r * x
    return M, v

# %% learn_M_replaced
# M is replaced.
# named: learned_replaced_M
def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    M[a] = torch.outer(x, x)
    v[a] += r * x
    return M, v

# %% learn_theta
# theta in place of v.
# named: learned_theta
def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    M[a] += torch.outer(x, x)
    v[a] = torch.linalg.solve(M[a], v[a] + r * x)
    return M, v

# %% learn_inverse
# Sherman and Morrison, as if M were the inverse.
# named: learned_as_inverse
def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    z = M[a] @ x
    M[a] -= torch.outer(z, z) / (1 + x @ z)
    v[a] += r * x
    return M, v

# %% learn_subtracted
# The outer product is subtracted.
# named: learned_subtracted
def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    M[a] -= torch.outer(x, x)
    v[a] += r * x
    return M, v

# %% learn_reward_to_all
# r is added to every entry of v.
# named: learned_reward_alone
def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    M[a] += torch.outer(x, x)
    v[a] += r
    return M, v

# %% learn_M_kept
# M isn't changed.
# named: learned_M_stays
def linucb_update(M, v, x, a, r):
    v = v.clone()
    v[a] += r * x
    return M.clone(), v

# %% learn_error
# The error of the prediction in place of the reward.
# named: learned_error
def linucb_update(M, v, x, a, r):
    newM, newv = M.clone(), v.clone()
    newM[a] += torch.outer(x, x)
    newv[a] += (r - torch.linalg.solve(M[a], v[a]) @ x) * x
    return newM, newv

# %% learn_one_arm_returned
# Only the arm's own.
# named: -
def linucb_update(M, v, x, a, r):
    return M[a] + torch.outer(x, x), v[a] + r * x

# %% learn_penalty_again
# The identity is added with every update.
# named: learned_penalty_again
def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    M[a] += torch.outer(x, x) + torch.eye(len(x), dtype=x.dtype, device=x.device)
    v[a] += r * x
    return M, v

# %% learn_M_shared
# v is copied, M is the caller's.
# named: -
def linucb_update(M, v, x, a, r):
    v = v.clone()
    M[a] += torch.outer(x, x)
    v[a] += r * x
    return M, v
