# %% backward_on_x_itself
# grad_of calls backward() on x itself and returns a copy of x.grad, so x is left with a gradient and an old one is added.
# named: grad_into_x, grad_beyond_x, grad_flag_left
def grad_of(f, x):
    x.requires_grad_(True)
    y = f(x)
    y.backward()
    return x.grad.clone()

# %% old_gradient_erased
# grad_of sets x.grad to None, so the gradient that x held is lost.
# named: grad_emptied
import torch

def grad_of(f, x):
    x.grad = None
    z = x.detach().clone().requires_grad_(True)
    return torch.autograd.grad(f(z), z)[0]

# %% old_gradient_added
# grad_of adds the old x.grad to the gradient that it returns.
# named: -
def grad_of(f, x):
    a = x.detach().clone().requires_grad_()
    g = torch.autograd.grad(f(a), a)[0]
    if x.is_leaf and x.grad is not None:
        g = g + x.grad
    return g

# %% result_keeps_its_history
# grad_of asks for create_graph=True, so the gradient that it returns requires gradients.
# named: grad_with_history
def grad_of(f, x):
    z = x.detach().clone().requires_grad_(True)
    y = f(z)
    return torch.autograd.grad(y, z, create_graph=True)[0]

# %% tuple_returned
# grad_of returns the tuple of torch.autograd.grad and not the tensor in it.
# named: grad_as_tuple
def grad_of(f, x):
    z = x.detach().clone()
    z.requires_grad_(True)
    grad = torch.autograd.grad(f(z), z)
    return grad

# %% x_left_requiring_gradients
# grad_of switches on requires_grad of x and leaves it so.
# named: grad_flag_left
def grad_of(f, x):
    if not x.requires_grad:
        x.requires_grad_(True)
    z = x.clone()
    return torch.autograd.grad(f(z), z)[0]

# %% plain_x_not_prepared
# grad_of differentiates with respect to x as it is; it raises when x does not require gradients.
# named: grad_of_x_as_it_is
def grad_of(f, x):
    out = f(x)
    return torch.autograd.grad(out, x)[0]

# %% x_detached_in_place
# grad_of uses detach_() and cuts x out of its graph.
# named: grad_cuts_x
def grad_of(f, x):
    z = x.detach_().clone().requires_grad_(True)
    return torch.autograd.grad(f(z), z)[0]

# %% grad_of_a_clone_read
# grad_of reads .grad of a clone with a history; it is None when x requires gradients, and the leaves get gradients.
# named: grad_of_attached_clone, grad_beyond_x
def grad_of(f, x):
    c = x.clone()
    c.requires_grad_(True)
    f(c).backward()
    return c.grad

# %% result_always_float32
# grad_of converts x to float32, so the gradient of a float64 x is float32.
# named: -
def grad_of(f, x):
    z = x.detach().float().clone().requires_grad_(True)
    return torch.autograd.grad(f(z), z)[0]

# %% axes_of_length_one_lost
# grad_of squeezes the gradient, so axes of length 1 disappear.
# named: -
def grad_of(f, x):
    z = x.detach().clone().requires_grad_(True)
    g = torch.autograd.grad(f(z), z)[0]
    return g.squeeze()

# %% gradient_divided_by_size
# grad_of divides the gradient by the number of entries of x.
# named: -
def grad_of(f, x):
    leaf = x.detach().clone().requires_grad_(True)
    g, = torch.autograd.grad(f(leaf), leaf)
    return g / max(1, x.numel())

# %% graph_cut_by_item
# grad_of makes a new tensor from the number f(z), which has no history, so the backward pass raises.
# named: -
def grad_of(f, x):
    z = x.detach().clone().requires_grad_(True)
    y = torch.tensor(f(z).item(), requires_grad=True)
    return torch.autograd.grad(y, z)[0]

# %% same_tensor_for_every_call
# grad_of caches its results, so that a second call with the same f and x returns the same tensor.
# named: -
import functools

@functools.lru_cache(maxsize=None)
def grad_of(f, x):
    z = x.detach().clone().requires_grad_(True)
    return torch.autograd.grad(f(z), z)[0]

# %% gradient_from_differences
# grad_of takes central differences with a small step where autograd should compute it exactly.
# named: -
def grad_of(f, x):
    h = 1e-6
    x0 = x.detach().double().clone().contiguous()
    g = torch.zeros_like(x0)
    for i in range(x0.numel()):
        old = x0.view(-1)[i].item()
        x0.view(-1)[i] = old + h
        a = f(x0.to(x.dtype)).item()
        x0.view(-1)[i] = old - h
        b = f(x0.to(x.dtype)).item()
        x0.view(-1)[i] = old
        g.view(-1)[i] = (a - b) / (2 * h)
    return g.to(x.dtype)
