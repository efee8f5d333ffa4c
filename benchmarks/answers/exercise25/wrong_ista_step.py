# %% ista_threshold_lam
# The threshold is lam.
# named: ista_threshold_without_lr
def ista_step(z, x, A, lam, lr):
    return soft_threshold(z - lr * (z @ A - x) @ A.T, lam)


# %% ista_threshold_lr
# The threshold is lr.
# like: functional
# named: ista_threshold_without_lam
def ista_step(z, x, A, lam, lr):
    u = z - lr * torch.matmul(z @ A - x, A.T)
    return soft_threshold(u, lr)


# %% ista_threshold_quotient
# The threshold is lam / lr.
# named: ista_threshold_divided
def ista_step(z, x, A, lam, lr):
    grad = (z @ A - x) @ A.T
    return soft_threshold(z - lr * grad, lam / lr)


# %% ista_no_threshold
# Descent along the first term only.
# like: loops
# named: ista_without_threshold
def ista_step(z, x, A, lam, lr):
    return z - lr * (z @ A - x) @ A.T


# %% ista_sign_step
# A step along -lam sign(z).
# named: ista_subgradient
def ista_step(z, x, A, lam, lr):
    grad = (z @ A - x) @ A.T + lam * torch.sign(z)
    return z - lr * grad


# %% ista_ascent
# The residual has the other sign.
# like: modules
# named: ista_uphill
def ista_step(z, x, A, lam, lr):
    residual = x - z @ A
    return soft_threshold(z - lr * residual @ A.T, lr * lam)


# %% ista_twice
# The half is forgotten: twice the gradient.
# like: functional
# named: ista_doubled
def ista_step(z, x, A, lam, lr):
    with torch.enable_grad():
        code = z.detach().clone().requires_grad_()
        ((x.detach() - code @ A.detach()) ** 2).sum().backward()
    return soft_threshold(z.detach() - lr * code.grad, lr * lam)


# %% ista_mean
# The gradient is divided by the number of samples.
# named: ista_mean_over_samples
def ista_step(z, x, A, lam, lr):
    grad = (z @ A - x) @ A.T / z.shape[0]
    return soft_threshold(z - lr * grad, lr * lam)


# %% ista_mse
# Half the mean squared error by autograd.
# like: functional
# named: ista_mean_over_entries
import torch.nn.functional as F


def ista_step(z, x, A, lam, lr):
    with torch.enable_grad():
        code = z.detach().clone().requires_grad_()
        loss = 0.5 * F.mse_loss(code @ A.detach(), x.detach())
        loss.backward()
    return soft_threshold(z.detach() - lr * code.grad, lr * lam)


# %% ista_threshold_first
# The threshold before the descent.
# like: masks
# named: ista_threshold_first
def ista_step(z, x, A, lam, lr):
    z = soft_threshold(z, lr * lam)
    return z - lr * (z @ A - x) @ A.T


# %% ista_threshold_first_gradient_before
# The threshold is put on z, and the gradient of the old z subtracted.
# named: ista_threshold_aside
def ista_step(z, x, A, lam, lr):
    grad = (z @ A - x) @ A.T
    return soft_threshold(z, lr * lam) - lr * grad


# %% ista_gradient_thresholded
# The threshold is put on the step.
# named: ista_threshold_of_gradient
def ista_step(z, x, A, lam, lr):
    return z - soft_threshold(lr * (z @ A - x) @ A.T, lr * lam)


# %% ista_step_of_one
# The gradient without lr.
# named: ista_without_lr
def ista_step(z, x, A, lam, lr):
    return soft_threshold(z - (z @ A - x) @ A.T, lr * lam)


# %% ista_untransposed
# A, not its transpose.
# named: -
def ista_step(z, x, A, lam, lr):
    return soft_threshold(z - lr * (z @ A - x) @ A, lr * lam)


# %% ista_without_x
# The target is forgotten.
# like: modules
# named: ista_without_x
def ista_step(z, x, A, lam, lr):
    return soft_threshold(z - lr * z @ (A @ A.T), lr * lam)


# %% ista_in_place
# Writes into z.
# like: copies_in_place
# named: ista_changes_z
def ista_step(z, x, A, lam, lr):
    z -= lr * (z @ A - x) @ A.T
    return soft_threshold(z, lr * lam)


# %% ista_positive
# Codes are cut at 0.
# named: ista_not_negative
def ista_step(z, x, A, lam, lr):
    return torch.relu(z - lr * (z @ A - x) @ A.T - lr * lam)


# %% ista_hard
# The hard threshold.
# named: ista_hard
def ista_step(z, x, A, lam, lr):
    u = z - lr * (z @ A - x) @ A.T
    return torch.where(u.abs() > lr * lam, u, torch.zeros_like(u))


# %% ista_active_only
# Entries that are 0 stay 0.
# named: -
def ista_step(z, x, A, lam, lr):
    u = soft_threshold(z - lr * (z @ A - x) @ A.T, lr * lam)
    return torch.where(z == 0, torch.zeros_like(u), u)


# %% ista_two_steps
# Two steps.
# like: each_sample
# named: -
def ista_step(z, x, A, lam, lr):
    for _ in range(2):
        z = soft_threshold(z - lr * (z @ A - x) @ A.T, lr * lam)
    return z


# %% ista_lipschitz
# The step is divided by the largest eigenvalue.
# named: -
def ista_step(z, x, A, lam, lr):
    lr = lr / torch.linalg.matrix_norm(A, 2).item() ** 2
    return soft_threshold(z - lr * (z @ A - x) @ A.T, lr * lam)


# %% ista_requires_grad
# The caller's z is made to require gradients.
# named: -
def ista_step(z, x, A, lam, lr):
    with torch.enable_grad():
        z.requires_grad_()
        loss = 0.5 * ((z @ A - x) ** 2).sum()
        (grad,) = torch.autograd.grad(loss, z)
    return soft_threshold(z.detach() - lr * grad, lr * lam)


# %% ista_attached
# The result requires gradients, though no input does.
# like: functional
# named: -
def ista_step(z, x, A, lam, lr):
    with torch.enable_grad():
        code = z.clone().detach().requires_grad_(True)
        loss = ((code @ A - x) ** 2).sum() / 2
        (grad,) = torch.autograd.grad(loss, code)
        return soft_threshold(code - lr * grad, lr * lam)


# %% ista_penalty_in_the_gradient
# Autograd of the whole objective, and then the threshold: lam counts twice.
# named: ista_lam_twice
def ista_step(z, x, A, lam, lr):
    grad = (z @ A - x) @ A.T + lam * z.sign()
    return soft_threshold(z - lr * grad, lr * lam)


# %% ista_lam_on_gradient
# lam scales the gradient.
# named: -
def ista_step(z, x, A, lam, lr):
    return soft_threshold(z - lr * lam * (z @ A - x) @ A.T, lr * lam)


# %% ista_lr_with_the_threshold_too
# lr is applied to the threshold twice.
# named: -
def ista_step(z, x, A, lam, lr):
    return soft_threshold(z - lr * (z @ A - x) @ A.T, lr * lr * lam)
