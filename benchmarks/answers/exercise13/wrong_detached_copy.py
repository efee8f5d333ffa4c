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
