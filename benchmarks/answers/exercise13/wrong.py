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

# %% old_w_grad_counts
# accumulate never resets w.grad, so the gradient that was there is added.
# named: sum_with_old_gradient
def accumulate(f, w, batches):
    for batch in batches:
        loss = f(w, batch)
        loss.backward()
    return w.grad.clone()

# %% reset_in_the_loop
# accumulate resets w.grad before every batch, so only the last batch counts.
# named: last_batch_only
def accumulate(f, w, batches):
    for batch in batches:
        w.grad = None
        f(w, batch).backward()
    return w.grad.clone()

# %% returns_w_grad_itself
# accumulate returns w.grad and no copy of it, so that w.grad.zero_() also clears the returned sum.
# named: w_grad_itself
def accumulate(f, w, batches):
    if w.grad is not None:
        w.grad.zero_()
    for b in batches:
        f(w, b).backward()
    return w.grad

# %% one_backward_for_all
# accumulate adds the values of all batches and runs one backward pass, so all graphs are in memory at once.
# named: one_backward
def accumulate(f, w, batches):
    w.grad = None
    total = 0
    for batch in batches:
        total = total + f(w, batch)
    total.backward()
    return w.grad.clone()

# %% all_calls_before_backward
# accumulate first calls f for all batches, and only then runs the backward passes one by one.
# named: one_backward
def accumulate(f, w, batches):
    w.grad = None
    losses = [f(w, batch) for batch in batches]
    for l in losses:
        l.backward()
    return w.grad.clone()

# %% mean_over_batches
# accumulate divides the sum by the number of batches.
# named: mean_over_batches
def accumulate(f, w, batches):
    w.grad = None
    n = 0
    for batch in batches:
        f(w, batch).backward()
        n += 1
    w.grad /= n
    return w.grad.clone()

# %% needs_a_list
# accumulate uses len() and an index, so a generator of batches raises.
# named: -
def accumulate(f, w, batches):
    w.grad = None
    for i in range(len(batches)):
        f(w, batches[i]).backward()
    return w.grad.clone()

# %% w_grad_not_set
# accumulate returns the right sum, and leaves w.grad as it was.
# named: sum_not_left
def accumulate(f, w, batches):
    s = torch.zeros_like(w.detach())
    for batch in batches:
        s = s + torch.autograd.grad(f(w, batch), w)[0]
    return s

# %% w_grad_cleared_at_the_end
# accumulate sets w.grad to zero after it has copied the sum, so w.grad does not hold it.
# named: sum_cleared, sum_not_left
def accumulate(f, w, batches):
    w.grad = None
    for batch in batches:
        f(w, batch).backward()
    result = w.grad.clone()
    w.grad.zero_()
    return result

# %% first_batch_lost
# accumulate takes the first batch to look at it and never uses it.
# named: -
def accumulate(f, w, batches):
    it = iter(batches)
    first = next(it)
    w.grad = torch.zeros_like(w)
    for batch in it:
        f(w, batch).backward()
    return w.grad.clone()

# %% f_called_twice_for_each_batch
# accumulate calls f two times for each batch, once for the value and once for the backward pass.
# named: -
def accumulate(f, w, batches):
    w.grad = None
    losses = []
    for batch in batches:
        losses.append(f(w, batch).item())
        f(w, batch).backward()
    return w.grad.clone()

# %% sum_with_history
# accumulate runs the backward passes with create_graph=True and does not detach, so w.grad and the sum have a history.
# named: sum_with_history
def accumulate(f, w, batches):
    w.grad = None
    for batch in batches:
        f(w, batch).backward(create_graph=True)
    return w.grad.clone()

# %% w_is_updated_too
# accumulate makes a step of gradient descent at the end, so the values of w change.
# named: -
def accumulate(f, w, batches):
    w.grad = None
    for batch in batches:
        f(w, batch).backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
    return w.grad.clone()

# %% batches_emptied
# accumulate pops the batches off the caller's list, which is empty afterwards.
# named: -
def accumulate(f, w, batches):
    w.grad = None
    if isinstance(batches, list):
        while batches:
            f(w, batches.pop(0)).backward()
    else:
        for batch in batches:
            f(w, batch).backward()
    return w.grad.clone()

# %% zero_of_none
# accumulate calls w.grad.zero_() without a look whether w.grad is None, and raises then.
# named: zero_of_none
def accumulate(f, w, batches):
    w.grad.zero_()
    for batch in batches:
        f(w, batch).backward()
    return w.grad.clone()

# %% batch_made_a_tensor
# accumulate converts every batch to a tensor and so does not pass it on as it is.
# named: -
def accumulate(f, w, batches):
    w.grad = None
    for batch in batches:
        batch = torch.as_tensor(batch)
        f(w, batch).backward()
    return w.grad.clone()

# %% reset_by_times_zero
# accumulate resets the old gradient by a multiplication with 0, and an old NaN or infinity stays NaN.
# named: -
def accumulate(f, w, batches):
    if w.grad is not None:
        w.grad *= 0
    for batch in batches:
        f(w, batch).backward()
    return w.grad.clone()

# %% last_gradient_returned
# accumulate returns the gradient of the last batch only; w.grad holds the sum.
# named: last_batch_only
def accumulate(f, w, batches):
    w.grad = torch.zeros_like(w)
    for batch in batches:
        g, = torch.autograd.grad(f(w, batch), w)
        w.grad += g
    return g.clone()

# %% w_left_without_requires_grad
# accumulate switches off requires_grad of w at the end and does not switch it on again.
# named: -
def accumulate(f, w, batches):
    w.grad = None
    for batch in batches:
        f(w, batch).backward()
    w.requires_grad_(False)
    return w.grad.clone()

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

# %% only_direct_parameters
# freeze uses recurse=False and skips the parameters of all submodules.
# named: own_parameters_only
def freeze(module):
    for p in module.parameters(recurse=False):
        p.requires_grad = False
    return module

# %% only_one_level_deep
# freeze treats the module and its children, but not the parts inside the children.
# named: one_level_only
def freeze(module):
    parts = [module] + list(module.children())
    for part in parts:
        for p in part._parameters.values():
            if p is not None:
                p.requires_grad_(False)
    return module

# %% evaluation_mode_too
# freeze also calls eval(), which changes the mode of every part.
# named: evaluation_mode_too
def freeze(module):
    module.eval()
    for p in module.parameters():
        p.requires_grad = False
    return module

# %% attribute_on_the_module
# freeze sets an attribute requires_grad on the module; the parameters go on requiring gradients.
# named: flag_on_the_module
def freeze(module):
    module.requires_grad = False
    return module

# %% parameters_replaced
# freeze puts new Parameter objects in place of the old ones.
# named: -
from torch import nn

def freeze(module):
    for part in module.modules():
        for name, p in list(part.named_parameters(recurse=False)):
            setattr(part, name, nn.Parameter(p.detach().clone(), requires_grad=False))
    return module

# %% forward_without_gradients
# freeze wraps forward in no_grad, so no gradient passes through the module to its input.
# named: no_gradient_passes
def freeze(module):
    for p in module.parameters():
        p.requires_grad_(False)
    module.forward = torch.no_grad()(module.forward)
    return module

# %% nothing_returned
# freeze returns None and not the module.
# named: module_not_returned
def freeze(module):
    for param in module.parameters():
        param.requires_grad = False

# %% frozen_copy
# freeze makes a deep copy and freezes that; the module of the caller still learns.
# named: frozen_copy
import copy

def freeze(module):
    frozen = copy.deepcopy(module)
    for p in frozen.parameters():
        p.requires_grad = False
    return frozen

# %% biases_still_learn
# freeze switches off only parameters whose name ends in weight, so the biases still require gradients.
# named: weights_only
def freeze(module):
    for name, p in module.named_parameters():
        if name.endswith("weight"):
            p.requires_grad = False
    return module

# %% linear_layers_only
# freeze treats nn.Linear layers only, and normalisation or convolution layers still learn.
# named: linear_layers_only
def freeze(module):
    for m in module.modules():
        if isinstance(m, torch.nn.Linear):
            for p in m.parameters():
                p.requires_grad_(False)
    return module

# %% detach_not_kept
# freeze rebinds the loop variable to p.detach(), which changes no parameter.
# named: flag_on_the_module
def freeze(module):
    for p in module.parameters():
        p = p.detach()
    return module

# %% last_layer_left_out
# freeze leaves out the last two parameters as if they were a head that learns.
# named: -
def freeze(module):
    params = list(module.parameters())
    for p in params[:-2]:
        p.requires_grad = False
    return module

# %% switch_flipped
# freeze flips requires_grad, so a parameter that was frozen already learns again.
# named: -
def freeze(module):
    for p in module.parameters():
        p.requires_grad = not p.requires_grad
    return module

# %% running_statistics_reset
# freeze also resets the running statistics of normalisation layers, so buffers change.
# named: -
def freeze(module):
    for m in module.modules():
        if hasattr(m, "reset_running_stats"):
            m.reset_running_stats()
    for p in module.parameters():
        p.requires_grad_(False)
    return module

# %% gradients_erased_only
# freeze sets the gradients of the parameters to None, but they still require gradients.
# named: flag_on_the_module
def freeze(module):
    for p in module.parameters():
        p.grad = None
    return module

# %% detach_alone
# detached_copy returns x.detach(), which shares the memory of x.
# named: detached_only
def detached_copy(x):
    return x.detach()

# %% clone_alone
# detached_copy returns x.clone(), which has the history of x.
# named: cloned_only
def detached_copy(x):
    y = x.clone()
    return y

# %% numpy_shares_memory
# detached_copy goes through NumPy without a copy, and the array still shares the memory of x.
# named: data_of_x, detached_only
def detached_copy(x):
    a = x.detach().numpy()
    return torch.from_numpy(a)

# %% deep_copy_of_x
# detached_copy uses deepcopy, which raises for an inner node and keeps requires_grad of a leaf.
# named: deep_copied
import copy

def detached_copy(x):
    return copy.deepcopy(x)

# %% copy_requires_gradients
# detached_copy gives the copy the requires_grad of x.
# named: copy_requires_grad
def detached_copy(x):
    return x.detach().clone().requires_grad_(x.requires_grad)

# %% copy_in_float32
# detached_copy builds the copy from a list without a dtype, so float64 becomes float32.
# named: over_a_list
def detached_copy(x):
    return torch.tensor(x.detach().tolist()).reshape(x.shape)

# %% x_loses_its_history
# detached_copy detaches x itself in place before it clones.
# named: x_cut_off
def detached_copy(x):
    x.detach_()
    return x.clone()

# %% nan_replaced
# detached_copy replaces NaN and infinities by finite numbers.
# named: -
def detached_copy(x):
    return torch.nan_to_num(x.detach())

# %% plain_x_returned
# detached_copy returns x itself when x does not require gradients.
# named: -
def detached_copy(x):
    if not x.requires_grad:
        return x
    return x.detach().clone()

# %% contiguous_taken_for_a_copy
# detached_copy relies on contiguous() for new memory, which copies only a strided x.
# named: contiguous_only, detached_only
def detached_copy(x):
    return x.detach().contiguous()

# %% copied_while_recording
# detached_copy writes x into an empty tensor while autograd records, so the copy has a history.
# named: cloned_only
def detached_copy(x):
    out = torch.empty(x.shape, dtype=x.dtype)
    out.copy_(x)
    return out

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
