# %% run_on_x_not_assigned
# run_on calls x.to on a line of its own, so x isn't moved, and the module meets a tensor on another device.
# named: input_stays
def run_on(module, x, device):
    module.to(device)
    x.to(device)
    return module(x)

# %% run_on_module_not_moved
# run_on moves x only, not the module.
# named: module_stays
def run_on(module, x, device):
    return module(x.to(device))

# %% run_on_eval
# run_on switches the module to evaluation and leaves it there.
# named: mode_changed
def run_on(module, x, device):
    module.to(device)
    module.eval()
    return module(x.to(device))

# %% run_on_train
# run_on switches the module to training and leaves it there.
# named: mode_to_training
def run_on(module, x, device):
    module = module.to(device).train()
    return module(x.to(device))

# %% run_on_no_grad
# run_on computes under no_grad, so no gradient can go back.
# named: run_without_graph
def run_on(module, x, device):
    module.to(device)
    with torch.no_grad():
        return module(x.to(device))

# %% run_on_no_grad_in_evaluation
# run_on lets gradients go back only where the module is in training.
# named: graph_in_training_only
def run_on(module, x, device):
    module.to(device)
    with torch.set_grad_enabled(module.training):
        out = module(x.to(device))
    return out

# %% run_on_detaches_x
# run_on detaches x: the parameters get gradients, but x gets none.
# named: input_detached
def run_on(module, x, device):
    module.to(device)
    inputs = x.detach().to(device)
    return module(inputs)

# %% run_on_detaches_output
# run_on detaches the output.
# named: run_without_graph
def run_on(module, x, device):
    module.to(device)
    out = module(x.to(device))
    return out.detach()

# %% run_on_output_to_cpu
# run_on brings the output back to the CPU.
# named: output_to_the_cpu
def run_on(module, x, device):
    module.to(device)
    return module(x.to(device)).cpu()

# %% run_on_copy_of_the_module
# run_on moves a copy of the module, so the module itself stays where it was, and its parameters get no gradients.
# named: module_copied
import copy

def run_on(module, x, device):
    there = copy.deepcopy(module).to(device)
    return there(x.to(device))

# %% run_on_moves_x_itself
# run_on gives x itself the moved memory, so x isn't where it was afterwards.
# named: input_moves_itself
def run_on(module, x, device):
    module.to(device)
    x.data = x.data.to(device)
    return module(x)

# %% run_on_moves_back
# run_on brings the module back to where it was.
# named: module_moved_back
def run_on(module, x, device):
    params = list(module.parameters())
    home = params[0].device if params else device
    out = module.to(device)(x.to(device))
    module.to(home)
    return out

# %% run_on_where_the_module_is
# run_on moves x to the module, so it computes where the module is, not on device.
# named: where_the_module_is, module_stays
def run_on(module, x, device):
    for p in module.parameters():
        x = x.to(p.device)
    return module(x)

# %% run_on_float32
# run_on turns the module and x into float32, too.
# named: -
def run_on(module, x, device):
    module.to(device, torch.float32)
    return module(x.to(device, torch.float32))

# %% run_on_only_away
# run_on moves only towards another device than the CPU, and never back to it.
# named: -
def run_on(module, x, device):
    if device.type != "cpu":
        module.to(device)
        x = x.to(device)
    return module(x)

# %% run_on_x_requires_grad
# run_on switches on requires_grad in x itself.
# named: -
def run_on(module, x, device):
    module.to(device)
    x.requires_grad_(True)
    return module(x.to(device))

# %% run_on_freezes_parameters
# run_on switches off requires_grad in the parameters.
# named: -
def run_on(module, x, device):
    module.to(device)
    for p in module.parameters():
        p.requires_grad_(False)
    return module(x.to(device))
