# %% one_sided_difference
# numerical_gradient takes the one-sided difference (f(x + eps) - f(x)) / eps.
# named: forward_difference
def numerical_gradient(f, x, eps):
    z = x.detach().double().contiguous().clone()
    g = torch.zeros_like(z)
    f0 = f(z.clone()).item()
    for i in range(z.numel()):
        zp = z.clone()
        zp.view(-1)[i] += eps
        g.view(-1)[i] = (f(zp).item() - f0) / eps
    return g.to(x.dtype)

# %% divided_by_eps_alone
# numerical_gradient divides the central difference by eps and not by 2 eps.
# named: divided_by_eps
def numerical_gradient(f, x, eps):
    z = x.detach().double().contiguous().clone()
    g = torch.zeros_like(z)
    for i in range(z.numel()):
        up, down = z.clone(), z.clone()
        up.view(-1)[i] += eps
        down.view(-1)[i] -= eps
        g.view(-1)[i] = (f(up).item() - f(down).item()) / eps
    return g.to(x.dtype)

# %% brackets_forgotten
# numerical_gradient writes / 2 * eps without brackets, which multiplies by eps.
# named: multiplied_by_eps
def numerical_gradient(f, x, eps):
    z = x.detach().double().flatten()
    out = []
    for i in range(len(z)):
        e = torch.zeros_like(z)
        e[i] = eps
        out.append((f((z + e).reshape(x.shape)).item() - f((z - e).reshape(x.shape)).item()) / 2 * eps)
    return torch.tensor(out, dtype=x.dtype).reshape(x.shape)

# %% float32_kept
# numerical_gradient works in the dtype of x, so that a float32 x is computed in float32.
# named: in_x_dtype
def numerical_gradient(f, x, eps):
    z = x.detach().contiguous().clone()
    g = torch.zeros_like(z)
    for i in range(z.numel()):
        up, down = z.clone(), z.clone()
        up.view(-1)[i] += eps
        down.view(-1)[i] -= eps
        g.view(-1)[i] = (f(up).item() - f(down).item()) / (2 * eps)
    return g

# %% shifted_before_the_conversion
# numerical_gradient adds eps in the dtype of x and converts to float64 only afterwards, so that float32 rounds x + eps.
# named: steps_rounded
def numerical_gradient(f, x, eps):
    x0 = x.detach()
    eye = torch.eye(x0.numel(), dtype=x0.dtype).reshape((x0.numel(),) + tuple(x0.shape))
    g = [(f((x0 + eps * e).double()).item() - f((x0 - eps * e).double()).item()) / (2 * eps) for e in eye]
    return torch.tensor(g, dtype=x.dtype).reshape(x.shape)

# %% result_in_float64
# numerical_gradient returns float64 also for a float32 x.
# named: float64_returned
def numerical_gradient(f, x, eps):
    z = x.detach().double().contiguous().clone()
    g = torch.zeros_like(z)
    for i in range(z.numel()):
        up, down = z.clone(), z.clone()
        up.view(-1)[i] += eps
        down.view(-1)[i] -= eps
        g.view(-1)[i] = (f(up).item() - f(down).item()) / (2 * eps)
    return g

# %% writes_to_a_reshaped_copy
# numerical_gradient writes through reshape(-1), which is a copy for a strided x, so that the shifts get lost there.
# named: steps_in_a_copy
def numerical_gradient(f, x, eps):
    z = x.detach().double().clone()
    flat = z.reshape(-1)
    g = torch.zeros(z.numel(), dtype=torch.float64)
    for i in range(z.numel()):
        old = flat[i].item()
        flat[i] = old + eps
        a = f(z).item()
        flat[i] = old - eps
        b = f(z).item()
        flat[i] = old
        g[i] = (a - b) / (2 * eps)
    return g.reshape(x.shape).to(x.dtype)

# %% view_of_a_strided_x
# numerical_gradient calls view(-1) on a clone that has kept the strides of x, and raises for a transposed x.
# named: -
def numerical_gradient(f, x, eps):
    z = x.detach().double().clone()
    g = torch.zeros(x.shape, dtype=torch.float64)
    for i in range(z.numel()):
        p, m = z.clone(), z.clone()
        p.view(-1)[i] += eps
        m.view(-1)[i] -= eps
        g.view(-1)[i] = (f(p).item() - f(m).item()) / (2 * eps)
    return g.to(x.dtype)

# %% entry_not_put_back
# numerical_gradient does not put an entry back after its differences, so later entries see a shifted x.
# named: steps_left
def numerical_gradient(f, x, eps):
    z = x.detach().double().contiguous().clone()
    flat = z.view(-1)
    g = torch.zeros_like(flat)
    for i in range(flat.numel()):
        old = flat[i].item()
        flat[i] = old + eps
        a = f(z).item()
        flat[i] = old - eps
        b = f(z).item()
        g[i] = (a - b) / (2 * eps)
    return g.view(x.shape).to(x.dtype)

# %% x_itself_is_shifted
# numerical_gradient takes double() for a copy; a float64 x keeps its memory, so x itself is shifted and the lower value is not f(x - eps).
# named: -
def numerical_gradient(f, x, eps):
    g = torch.zeros(x.shape, dtype=torch.float64)
    for i in range(x.numel()):
        up = x.detach().double().contiguous()
        up.view(-1)[i] += eps
        a = f(up).item()
        down = x.detach().double().contiguous()
        down.view(-1)[i] -= eps
        b = f(down).item()
        g.view(-1)[i] = (a - b) / (2 * eps)
    return g.to(x.dtype)

# %% eps_of_its_own
# numerical_gradient ignores the given eps and uses 1e-5.
# named: eps_of_ones_own, smaller_eps_of_ones_own, smallest_eps_of_ones_own, exact_derivative
def numerical_gradient(f, x, eps):
    eps = 1e-5
    z = x.detach().double().contiguous().clone()
    g = torch.zeros_like(z)
    for i in range(z.numel()):
        up, down = z.clone(), z.clone()
        up.view(-1)[i] += eps
        down.view(-1)[i] -= eps
        g.view(-1)[i] = (f(up).item() - f(down).item()) / (2 * eps)
    return g.to(x.dtype)

# %% history_reaches_f
# numerical_gradient does not detach, so f gets a tensor that requires gradients and NumPy refuses it.
# named: attached_to_x
def numerical_gradient(f, x, eps):
    z = x.double()
    out = torch.zeros(z.numel(), dtype=torch.float64)
    for i in range(z.numel()):
        e = torch.zeros(z.numel(), dtype=torch.float64)
        e[i] = eps
        e = e.reshape(z.shape)
        out[i] = (f(z + e).item() - f(z - e).item()) / (2 * eps)
    return out.reshape(x.shape).to(x.dtype)

# %% all_entries_at_once
# numerical_gradient shifts all entries together and gives every entry the same slope.
# named: all_entries_at_once
def numerical_gradient(f, x, eps):
    z = x.detach().double()
    slope = (f(z + eps).item() - f(z - eps).item()) / (2 * eps)
    return torch.full_like(z, slope).to(x.dtype)

# %% value_that_aliases_the_copy
# numerical_gradient keeps f(z) as a tensor while z changes; if f returns a view of z, both values are the same memory.
# named: -
def numerical_gradient(f, x, eps):
    z = x.detach().double().contiguous().clone()
    flat = z.view(-1)
    g = torch.zeros(flat.shape, dtype=torch.float64)
    for i in range(flat.numel()):
        old = flat[i].item()
        flat[i] = old + eps
        up = f(z)
        flat[i] = old - eps
        down = f(z)
        g[i] = (up.item() - down.item()) / (2 * eps)
        flat[i] = old
    return g.view(x.shape).to(x.dtype)

# %% array_handed_to_f
# numerical_gradient calls f with NumPy arrays and not with tensors.
# named: -
import numpy as np

def numerical_gradient(f, x, eps):
    a = np.array(x.detach().numpy(), dtype=np.float64)
    g = np.zeros_like(a)
    for idx in np.ndindex(*a.shape):
        p, m = a.copy(), a.copy()
        p[idx] += eps
        m[idx] -= eps
        g[idx] = (float(f(p)) - float(f(m))) / (2 * eps)
    return torch.from_numpy(g).to(x.dtype)

# %% vectors_only
# numerical_gradient loops over len(x), so it shifts whole rows of a matrix and raises for a 0-d x.
# named: rows_at_once
def numerical_gradient(f, x, eps):
    z = x.detach().double()
    g = torch.zeros(z.shape, dtype=torch.float64)
    for i in range(len(z)):
        p, m = z.clone(), z.clone()
        p[i] += eps
        m[i] -= eps
        g[i] = (f(p).item() - f(m).item()) / (2 * eps)
    return g.to(x.dtype)

# %% autograd_in_disguise
# numerical_gradient returns the exact gradient from autograd in place of the central difference.
# named: exact_derivative
def numerical_gradient(f, x, eps):
    z = x.detach().double().clone().requires_grad_(True)
    return torch.autograd.grad(f(z), z)[0].to(x.dtype)

# %% relative_eps
# numerical_gradient scales eps by the size of the entry.
# named: -
def numerical_gradient(f, x, eps):
    z = x.detach().double().flatten()
    out = torch.zeros_like(z)
    for i in range(z.numel()):
        h = eps * max(1.0, abs(z[i].item()))
        e = torch.zeros_like(z)
        e[i] = h
        out[i] = (f((z + e).reshape(x.shape)).item() - f((z - e).reshape(x.shape)).item()) / (2 * h)
    return out.reshape(x.shape).to(x.dtype)

# %% stack_of_nothing
# numerical_gradient stacks a list of slopes, which raises when x has no entries.
# named: -
def numerical_gradient(f, x, eps):
    z = x.detach().double()
    slopes = []
    for k in range(z.numel()):
        e = torch.zeros(z.numel(), dtype=torch.float64)
        e[k] = eps
        e = e.view(z.shape)
        slopes.append(torch.tensor((f(z + e).item() - f(z - e).item()) / (2 * eps), dtype=torch.float64))
    return torch.stack(slopes).reshape(x.shape).to(x.dtype)

# %% differences_reversed
# numerical_gradient subtracts the upper value from the lower one, so the sign is wrong.
# named: -
def numerical_gradient(f, x, eps):
    z = x.detach().double().flatten()
    out = torch.zeros_like(z)
    for i in range(z.numel()):
        e = torch.zeros_like(z)
        e[i] = eps
        out[i] = (f((z - e).reshape(x.shape)).item() - f((z + e).reshape(x.shape)).item()) / (2 * eps)
    return out.reshape(x.shape).to(x.dtype)

# %% result_flat
# numerical_gradient returns a flat vector and not the shape of x.
# named: slopes_in_a_row
def numerical_gradient(f, x, eps):
    z = x.detach().double().flatten()
    out = torch.zeros_like(z)
    for i in range(z.numel()):
        e = torch.zeros_like(z)
        e[i] = eps
        out[i] = (f((z + e).reshape(x.shape)).item() - f((z - e).reshape(x.shape)).item()) / (2 * eps)
    return out.to(x.dtype)
