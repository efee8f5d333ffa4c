# %% frozen_counted
# count_parameters also counts parameters that don't require gradients.
# named: frozen_counted
def count_parameters(module):
    return sum(p.numel() for p in module.parameters())

# %% tensors_counted
# count_parameters counts the parameter tensors, not their entries.
# named: tensors_counted
def count_parameters(module):
    return len([p for p in module.parameters() if p.requires_grad])

# %% buffers_counted
# count_parameters adds the entries of the buffers.
# named: buffers_counted
def count_parameters(module):
    n = sum(p.numel() for p in module.parameters() if p.requires_grad)
    n += sum(b.numel() for b in module.buffers())
    return n

# %% own_parameters_only
# count_parameters looks only at the module's own parameters, not at those of its parts.
# named: own_parameters_only
def count_parameters(module):
    return sum(p.numel() for p in module.parameters(recurse=False) if p.requires_grad)

# %% only_one_level_deep
# count_parameters looks at the module and its children but no deeper.
# named: own_parameters_only
def count_parameters(module):
    total = 0
    seen = set()
    for m in [module] + list(module.children()):
        for p in m.parameters(recurse=False):
            if p.requires_grad and id(p) not in seen:
                seen.add(id(p))
                total += p.numel()
    return total

# %% counted_at_every_level
# count_parameters sums module.parameters() over all submodules, so deep parameters count several times.
# named: counted_at_every_level
def count_parameters(module):
    total = 0
    for m in module.modules():
        for p in m.parameters():
            if p.requires_grad:
                total += p.numel()
    return total

# %% shared_parameter_counted_twice
# count_parameters sums the own parameters of every module, so a parameter that two modules share counts twice.
# named: shared_counted_twice
def count_parameters(module):
    total = 0
    for m in module.modules():
        for p in m.parameters(recurse=False):
            if p.requires_grad:
                total += p.numel()
    return total

# %% shared_module_counted_twice
# count_parameters keeps the duplicates of named_parameters, so a part that is there twice counts twice.
# named: shared_counted_twice
def count_parameters(module):
    total = 0
    for name, p in module.named_parameters(remove_duplicate=False):
        if p.requires_grad:
            total += p.numel()
    return total

# %% rows_times_columns
# count_parameters multiplies only the first two sizes, so parameters with more axes are counted too low.
# named: -
def count_parameters(module):
    n = 0
    for p in module.parameters():
        if p.requires_grad:
            if p.dim() == 0:
                n += 1
            elif p.dim() == 1:
                n += p.shape[0]
            else:
                n += p.shape[0] * p.shape[1]
    return n

# %% scalar_counted_as_zero
# count_parameters gives 0 for a parameter without axes.
# named: -
def count_parameters(module):
    n = 0
    for p in module.parameters():
        if p.requires_grad and len(p.shape) > 0:
            k = 1
            for s in p.shape:
                k *= s
            n += k
    return n

# %% at_least_one_entry
# count_parameters counts a parameter without entries as one.
# named: -
def count_parameters(module):
    return sum(max(1, p.numel()) for p in module.parameters() if p.requires_grad)

# %% tensor_count_returned
# count_parameters returns a 0-d tensor and not a Python int.
# named: count_as_tensor
def count_parameters(module):
    total = torch.tensor(0)
    for p in module.parameters():
        if p.requires_grad:
            total += p.numel()
    return total

# %% only_parameters_with_gradient_counted
# count_parameters asks whether .grad is there instead of requires_grad, so it gives 0 before the first backward.
# named: only_frozen_counted
def count_parameters(module):
    return sum(p.numel() for p in module.parameters() if p.grad is not None)

# %% weights_counted_without_biases
# count_parameters counts only parameters whose name ends in weight.
# named: weights_counted
def count_parameters(module):
    return sum(p.numel() for n, p in module.named_parameters() if p.requires_grad and n.endswith("weight"))

# %% only_linear_layers_counted
# count_parameters counts only the layers of class Linear.
# named: only_frozen_counted
def count_parameters(module):
    n = 0
    for m in module.modules():
        if isinstance(m, Linear):
            for p in m.parameters():
                if p.requires_grad:
                    n += p.numel()
    return n

# %% equal_values_counted_once
# count_parameters takes parameters of equal values for one, though they are different parameters.
# named: -
def count_parameters(module):
    kept = []
    for p in module.parameters():
        if p.requires_grad and not any(torch.equal(p, q) for q in kept):
            kept.append(p)
    return sum(p.numel() for p in kept)
