# %% v_forgotten
# vjp sums the entries of f(x) without the weights v.
# named: vjp_without_v
def vjp(f, x, v):
    z = x.detach().clone().requires_grad_(True)
    y = f(z)
    return torch.autograd.grad(y.sum(), z)[0]

# %% jacobian_times_v
# vjp builds the Jacobian and computes J v, which is not v^T J.
# named: jacobian_times_v
def vjp(f, x, v):
    z = x.detach().clone().requires_grad_(True)
    y = f(z).reshape(-1)
    J = torch.stack([torch.autograd.grad(yi, z, retain_graph=True)[0].reshape(-1) for yi in y])
    return (J @ v.reshape(-1)).reshape(x.shape)

# %% mean_in_place_of_sum
# vjp takes the mean of y * v where the sum is needed.
# named: vjp_mean
def vjp(f, x, v):
    z = x.detach().clone().requires_grad_(True)
    s = (f(z) * v).mean()
    return torch.autograd.grad(s, z)[0]

# %% v_after_the_backward_pass
# vjp multiplies the gradient of the plain sum by v afterwards; v belongs to f(x) and not to x.
# named: vjp_v_afterwards
def vjp(f, x, v):
    z = x.detach().clone().requires_grad_(True)
    g = torch.autograd.grad(f(z).sum(), z)[0]
    return v * g

# %% v_made_a_unit_vector
# vjp divides v by its norm first.
# named: -
def vjp(f, x, v):
    v = v / v.norm()
    z = x.detach().clone().requires_grad_(True)
    return torch.autograd.grad(f(z), z, grad_outputs=v)[0]

# %% dot_only_for_vectors
# vjp uses torch.dot, which accepts only 1-d tensors, so that it raises for every other shape of f(x).
# named: -
def vjp(f, x, v):
    z = x.detach().clone().requires_grad_(True)
    return torch.autograd.grad(torch.dot(v, f(z)), z)[0]

# %% v_flattened_against_y
# vjp flattens v and not f(x), and the product broadcasts to a matrix or raises when f(x) is not 1-d.
# named: -
def vjp(f, x, v):
    z = x.detach().clone().requires_grad_(True)
    y = f(z)
    return torch.autograd.grad((y * v.flatten()).sum(), z)[0]

# %% result_shaped_like_v
# vjp reshapes the result to the shape of v in place of the shape of x.
# named: -
def vjp(f, x, v):
    leaf = x.detach().clone().requires_grad_(True)
    g = torch.autograd.grad((f(leaf) * v).sum(), leaf)[0]
    return g.reshape(v.shape)

# %% graph_freed_after_one_row
# vjp goes through the entries of f(x) without retain_graph=True, and the second backward pass may raise.
# named: -
def vjp(f, x, v):
    z = x.detach().clone().requires_grad_(True)
    y = f(z).reshape(-1)
    total = torch.zeros_like(x.detach())
    for k in range(len(y)):
        total += v.reshape(-1)[k] * torch.autograd.grad(y[k], z)[0]
    return total

# %% rows_pile_up
# vjp does not reset z.grad between the entries of f(x), so that earlier rows are counted again.
# named: vjp_rows_pile_up
def vjp(f, x, v):
    z = x.detach().clone().requires_grad_(True)
    y = f(z).reshape(-1)
    total = torch.zeros_like(x.detach())
    for k in range(y.numel()):
        y[k].backward(retain_graph=True)
        total += v.reshape(-1)[k] * z.grad
    return total

# %% total_in_float32
# vjp sums the rows into torch.zeros(x.shape), which is float32, so the result for a float64 x is float32.
# named: -
def vjp(f, x, v):
    z = x.detach().clone().requires_grad_(True)
    y = f(z).reshape(-1)
    total = torch.zeros(x.shape)
    for vk, yk in zip(v.reshape(-1), y):
        total += vk * torch.autograd.grad(yk, z, retain_graph=True)[0]
    return total

# %% requires_grad_taken_from_x
# vjp switches requires_grad of x off at the end, so a leaf no longer requires gradients and an inner node raises.
# named: -
def vjp(f, x, v):
    x.requires_grad_(True)
    g = torch.autograd.grad((f(x) * v).sum(), x)[0]
    x.requires_grad_(False)
    return g

# %% retain_grad_on_x
# vjp uses retain_grad and backward on x itself, which leaves gradients in x and in the leaves behind it.
# named: -
def vjp(f, x, v):
    if x.requires_grad:
        x.retain_grad()
        before = None if x.grad is None else x.grad.clone()
        f(x).backward(v, retain_graph=True)
        return x.grad.clone() if before is None else x.grad - before
    z = x.clone().requires_grad_(True)
    f(z).backward(v)
    return z.grad
