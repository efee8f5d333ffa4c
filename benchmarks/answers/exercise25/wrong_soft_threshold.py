# %% st_hard
# The hard threshold: what is beyond t stays as it is.
# named: soft_hard
def soft_threshold(z, t):
    return torch.where(z.abs() > t, z, torch.zeros_like(z))


# %% st_past_zero
# Nothing stops at 0.
# like: functional
# named: soft_unclamped
def soft_threshold(z, t):
    return torch.sign(z) * (z.abs() - t)


# %% st_positive_only
# Negative entries become 0.
# like: modules
# named: soft_positive_only
def soft_threshold(z, t):
    return torch.relu(z - t)


# %% st_sign_lost
# The sign is lost.
# named: soft_magnitude
def soft_threshold(z, t):
    return torch.clamp(z.abs() - t, min=0)


# %% st_outwards
# Away from 0.
# named: soft_grown_beyond
def soft_threshold(z, t):
    return torch.where(z > t, z + t, torch.where(z < -t, z - t, torch.zeros_like(z)))


# %% st_always_minus
# t is subtracted from negative entries, too.
# like: copies_in_place
# named: soft_one_side
def soft_threshold(z, t):
    out = z - t
    out[z.abs() <= t] = 0
    return out


# %% st_inside_kept
# Small entries stay as they are.
# named: soft_inside_kept
def soft_threshold(z, t):
    return torch.where(z > t, z - t, torch.where(z < -t, z + t, z))


# %% st_clipped
# Cut off at t.
# like: float64_inside
# named: soft_clipped
def soft_threshold(z, t):
    return z.clamp(-t, t)


# %% st_in_place
# Writes into z.
# named: soft_changes_z
def soft_threshold(z, t):
    z[z.abs() <= t] = 0
    z[z > t] -= t
    z[z < -t] += t
    return z


# %% st_shifted_twice
# In place on a copy: what was moved is compared again.
# like: copies_in_place
# named: soft_compared_twice
def soft_threshold(z, t):
    out = z.clone()
    out[out > t] -= t
    out[out < -t] += t
    out[out.abs() <= t] = 0
    return out


# %% st_ratio
# z times 1 - t/|z|: 0/0 at z = 0.
# named: soft_ratio
def soft_threshold(z, t):
    return z * torch.relu(1 - t / z.abs())


# %% st_ratio_epsilon
# A small number in the denominator.
# named: missing
def soft_threshold(z, t):
    return z / (z.abs() + 1e-8) * torch.relu(z.abs() - t)


# %% st_sign_by_division
# The sign is z/|z|: 0/0 at z = 0.
# like: functional
# named: soft_nan_at_zero
def soft_threshold(z, t):
    sign = z / torch.abs(z)
    return sign * torch.clamp(torch.abs(z) - t, min=0.0)


# %% st_view
# view, where the tensor may be not contiguous.
# named: -
def soft_threshold(z, t):
    flat = z.view(-1)
    return (flat.sign() * (flat.abs() - t).clamp(min=0)).view(z.shape)


# %% st_itself_at_zero
# For t = 0 it returns z itself.
# named: -
def soft_threshold(z, t):
    if t == 0:
        return z
    return z.sign() * torch.relu(z.abs() - t)


# %% st_float32
# float32 inside.
# like: numpy_inside
# named: -
def soft_threshold(z, t):
    w = z.float()
    return (w.sign() * (w.abs() - t).clamp(min=0)).to(z.dtype)


# %% st_smooth
# A smooth step with tanh.
# named: -
def soft_threshold(z, t):
    return torch.tanh(z) * torch.relu(z.abs() - t)


# %% st_two_axes
# Rows and columns: other shapes fail.
# named: -
def soft_threshold(z, t):
    out = torch.zeros_like(z)
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            if z[i, j] > t:
                out[i, j] = z[i, j] - t
            elif z[i, j] < -t:
                out[i, j] = z[i, j] + t
    return out


# %% st_negative_side_forgotten
# Entries below -t stay as they are.
# named: soft_negative_kept
def soft_threshold(z, t):
    out = torch.where(z > t, z - t, z)
    return torch.where(z.abs() <= t, torch.zeros_like(z), out)


# %% st_scaled
# t times the entry: a factor in place of a step.
# named: -
def soft_threshold(z, t):
    return torch.where(z.abs() > t, z - t * z, torch.zeros_like(z))
