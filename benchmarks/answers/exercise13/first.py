# %% everything_on_x
# grad_of: works on x itself, whose .grad gets filled. accumulate: no reset of w.grad, returns w.grad itself.
# vjp: v is ignored. detached_copy: detach() shares memory.
# named: grad_into_x, grad_beyond_x, grad_flag_left, sum_with_old_gradient, w_grad_itself, vjp_without_v, detached_only
import torch

def grad_of(f, x):
    x.requires_grad_(True)
    f(x).backward()
    return x.grad

def accumulate(f, w, batches):
    for batch in batches:
        loss = f(w, batch)
        loss.backward()
    return w.grad

def vjp(f, x, v):
    z = x.detach().clone().requires_grad_(True)
    return torch.autograd.grad(f(z).sum(), z)[0]

def freeze(module):
    for p in module.parameters():
        p.requires_grad = False
    return module

def detached_copy(x):
    return x.detach()

def numerical_gradient(f, x, eps):
    z = x.detach().double().contiguous().clone()
    g = torch.zeros_like(z)
    for i in range(z.numel()):
        a, b = z.clone(), z.clone()
        a.view(-1)[i] += eps
        b.view(-1)[i] -= eps
        g.view(-1)[i] = (f(a).item() - f(b).item()) / (2 * eps)
    return g.to(x.dtype)

# %% data_and_one_side
# accumulate: sums the values and runs one backward pass. freeze: also calls eval() and returns nothing.
# numerical_gradient: one-sided difference, and result in float64 for a float32 x.
# named: one_backward, evaluation_mode_too, module_not_returned, forward_difference, float64_returned
import torch

def grad_of(f, x):
    z = x.detach().clone().requires_grad_(True)
    return torch.autograd.grad(f(z), z)[0]

def accumulate(f, w, batches):
    w.grad = None
    total = sum(f(w, b) for b in batches)
    total.backward()
    return w.grad.clone()

def vjp(f, x, v):
    z = x.detach().clone().requires_grad_(True)
    y = f(z)
    return torch.autograd.grad((y * v).sum(), z)[0]

def freeze(module):
    module.eval()
    for p in module.parameters():
        p.requires_grad = False

def detached_copy(x):
    return x.detach().clone()

def numerical_gradient(f, x, eps):
    x0 = x.detach().double().flatten()
    g = torch.zeros_like(x0)
    y0 = f(x0.reshape(x.shape)).item()
    for i in range(len(x0)):
        x1 = x0.clone()
        x1[i] = x1[i] + eps
        g[i] = (f(x1.reshape(x.shape)).item() - y0) / eps
    return g.reshape(x.shape)

# %% vectors_in_mind
# grad_of: returns the tuple. vjp: computes J v in place of v^T J. freeze: only weights, biases still learn.
# numerical_gradient: loops over len(x), so it is wrong for matrices and raises for 0-d, and divides by eps and not 2 eps.
# named: grad_as_tuple, jacobian_times_v, weights_only, rows_at_once, divided_by_eps
import torch

def grad_of(f, x):
    x1 = x.detach().clone()
    x1.requires_grad = True
    y = f(x1)
    return torch.autograd.grad(y, x1)

def accumulate(f, w, batches):
    if w.grad is not None:
        w.grad.zero_()
    for b in batches:
        f(w, b).backward()
    return w.grad.clone()

def vjp(f, x, v):
    x1 = x.detach().clone()
    x1.requires_grad = True
    y = f(x1).reshape(-1)
    rows = []
    for i in range(y.numel()):
        rows.append(torch.autograd.grad(y[i], x1, retain_graph=True)[0].reshape(-1))
    return torch.matmul(torch.stack(rows), v.reshape(-1))

def freeze(module):
    for name, p in module.named_parameters():
        if "weight" in name:
            p.requires_grad = False
    return module

def detached_copy(x):
    return x.detach().clone()

def numerical_gradient(f, x, eps):
    g = torch.zeros(x.shape, dtype=torch.float64)
    for i in range(len(x)):
        up = x.detach().double().clone()
        down = x.detach().double().clone()
        up[i] += eps
        down[i] -= eps
        g[i] = (f(up).item() - f(down).item()) / eps
    return g.to(x.dtype)

# %% clones_with_history
# grad_of: result with a history from create_graph. detached_copy: clone() keeps the history.
# accumulate: resets w.grad for every batch. numerical_gradient: x is not detached, so f in NumPy refuses it; it computes in the dtype of x.
# named: grad_with_history, last_batch_only, cloned_only, attached_to_x, in_x_dtype
import torch

def grad_of(f, x):
    z = x.detach().clone().requires_grad_(True)
    (g,) = torch.autograd.grad(f(z), z, create_graph=True)
    return g

def accumulate(f, w, batches):
    for batch in batches:
        w.grad = None
        f(w, batch).backward()
    return w.grad.clone()

def vjp(f, x, v):
    z = x.detach().clone().requires_grad_(True)
    f(z).backward(v)
    return z.grad

def freeze(module):
    return module.requires_grad_(False)

def detached_copy(x):
    return x.clone()

def numerical_gradient(f, x, eps):
    g = torch.zeros(x.numel(), dtype=x.dtype)
    for i in range(x.numel()):
        e = torch.zeros(x.numel(), dtype=x.dtype)
        e[i] = eps
        e = e.reshape(x.shape)
        g[i] = (f(x + e).item() - f(x - e).item()) / (2 * eps)
    return g.reshape(x.shape)

# %% half_remembered
# vjp: mean in place of the sum. freeze: only direct parameters, and an attribute on the children that does nothing.
# detached_copy: float32 for every dtype. numerical_gradient: entries are not put back, and eps is replaced by 1e-4.
# named: vjp_mean, own_parameters_only, flag_on_the_module, over_a_list, steps_left, eps_of_ones_own, smaller_eps_of_ones_own, smallest_eps_of_ones_own, exact_derivative
import torch

def grad_of(f, x):
    z = x.detach().clone().requires_grad_(True)
    f(z).backward(inputs=[z])
    return z.grad

def accumulate(f, w, batches):
    w.grad = None
    for batch in batches:
        f(w, batch).backward()
    return w.grad.clone()

def vjp(f, x, v):
    z = x.detach().clone().requires_grad_(True)
    y = f(z)
    return torch.autograd.grad((v * y).mean(), z)[0]

def freeze(module):
    for p in module.parameters(recurse=False):
        p.requires_grad = False
    for child in module.children():
        child.requires_grad = False
    return module

def detached_copy(x):
    return torch.tensor(x.detach().tolist()).reshape(x.shape)

def numerical_gradient(f, x, eps):
    eps = 1e-4
    z = x.detach().double().contiguous().clone()
    g = torch.zeros_like(z)
    for i in range(z.numel()):
        old = z.view(-1)[i].item()
        z.view(-1)[i] = old + eps
        a = f(z).item()
        z.view(-1)[i] = old - eps
        b = f(z).item()
        g.view(-1)[i] = (a - b) / (2 * eps)
    return g.to(x.dtype)

# %% lists_and_copies
# grad_of: erases x.grad and leaves x requiring gradients. accumulate: needs len() and takes the mean.
# freeze: works on a deep copy. detached_copy: returns x itself if it does not require gradients.
# named: grad_emptied, grad_flag_left, mean_over_batches, frozen_copy
import copy
import torch

def grad_of(f, x):
    x.requires_grad_(True)
    x.grad = None
    z = x.clone()
    return torch.autograd.grad(f(z), z)[0]

def accumulate(f, w, batches):
    w.grad = None
    for i in range(len(batches)):
        (f(w, batches[i]) / len(batches)).backward()
    return w.grad.clone()

def vjp(f, x, v):
    z = x.detach().clone().requires_grad_(True)
    return torch.autograd.grad((f(z) * v).sum(), z)[0]

def freeze(module):
    m = copy.deepcopy(module)
    for p in m.parameters():
        p.requires_grad = False
    return m

def detached_copy(x):
    if x.requires_grad:
        return x.detach().clone()
    return x

def numerical_gradient(f, x, eps):
    flat = x.detach().double().reshape(-1)
    out = []
    for i in range(flat.numel()):
        e = torch.zeros_like(flat)
        e[i] = eps
        out.append((f((flat + e).reshape(x.shape)).item() - f((flat - e).reshape(x.shape)).item()) / (2 * eps))
    return torch.tensor(out, dtype=x.dtype).reshape(x.shape)
