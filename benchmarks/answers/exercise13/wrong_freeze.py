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
