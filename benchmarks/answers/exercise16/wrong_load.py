# %% buffers_not_saved
# save writes only the parameters, so buffers keep the numbers of the module that loads.
# named: buffers_not_filled
def save(module, path):
    torch.save(dict(module.named_parameters()), path)

def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=True), strict=False)
    return module

# %% only_float_buffers_saved
# save leaves out everything that is not floating point, so integer and bool buffers are lost.
# named: -
def save(module, path):
    state = {k: v for k, v in module.state_dict().items() if v.is_floating_point()}
    torch.save(state, path)

def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=True), strict=False)
    return module

# %% suffix_added
# save and load add .pt to the path, so the file is not at exactly this path.
# named: ending_added
def save(module, path):
    torch.save(module.state_dict(), str(path) + ".pt")

def load(module, path):
    module.load_state_dict(torch.load(str(path) + ".pt", weights_only=True))
    return module

# %% fixed_file_name
# save and load ignore the path and always use model.pt in the same folder, so a second file overwrites the first.
# named: ending_added
import os

def save(module, path):
    torch.save(module.state_dict(), os.path.join(os.path.dirname(path), "model.pt"))

def load(module, path):
    module.load_state_dict(torch.load(os.path.join(os.path.dirname(path), "model.pt"), weights_only=True))
    return module

# %% kept_in_memory
# save keeps the state in a dictionary in memory under the path and writes no file.
# named: ending_added
SAVED = {}

def save(module, path):
    SAVED[str(path)] = {k: v.clone() for k, v in module.state_dict().items()}

def load(module, path):
    module.load_state_dict(SAVED[str(path)])
    return module

# %% any_pickle_loaded
# load calls torch.load with weights_only=False, which runs code from the file.
# named: any_code_run
def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=False))
    return module

# %% plain_pickle_load
# save pickles the state with plain pickle, and load reads it with pickle.load, which runs code from the file.
# named: any_code_run
import pickle

def save(module, path):
    with open(path, "wb") as f:
        pickle.dump(module.state_dict(), f)

def load(module, path):
    with open(path, "rb") as f:
        module.load_state_dict(pickle.load(f))
    return module

# %% falls_back_to_unsafe_load
# load tries weights_only=True, but when that refuses the file it loads it with weights_only=False.
# named: any_code_run
def load(module, path):
    try:
        state = torch.load(path, weights_only=True)
    except Exception:
        state = torch.load(path, weights_only=False)
    module.load_state_dict(state)
    return module

# %% builtins_allowed_in_pickle
# The Unpickler of load lets everything from builtins through, among it eval and exec.
# named: any_code_run
import pickle

class Safer(pickle.Unpickler):
    def find_class(self, module, name):
        if module == "builtins":
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)

def save(module, path):
    plain = {k: v.tolist() for k, v in module.state_dict().items()}
    with open(path, "wb") as f:
        pickle.dump(plain, f)

def load(module, path):
    with open(path, "rb") as f:
        plain = Safer(f).load()
    own = module.state_dict()
    for k, v in plain.items():
        own[k].copy_(torch.tensor(v, dtype=own[k].dtype).reshape(own[k].shape))
    return module

# %% load_returns_nothing
# load changes the module but returns None.
# named: loaded_not_returned
def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=True))

# %% load_returns_the_keys
# load returns what load_state_dict returns, the lists of missing and unexpected keys, not the module.
# named: loaded_not_returned
def load(module, path):
    return module.load_state_dict(torch.load(path, weights_only=True))

# %% load_into_a_copy
# load fills and returns a deep copy and leaves the module that it is given as it was.
# named: loaded_into_a_copy
import copy

def load(module, path):
    new = copy.deepcopy(module)
    new.load_state_dict(torch.load(path, weights_only=True))
    return new

# %% names_bound_anew
# load binds its loop variables to the loaded tensors and changes nothing in the module.
# named: nothing_put_in
def load(module, path):
    state = torch.load(path, weights_only=True)
    for name, p in module.state_dict().items():
        p = state[name]
    return module

# %% parameters_replaced
# load uses assign=True, which replaces the parameters by new ones without their .grad.
# named: -
def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=True), assign=True)
    return module

# %% gradients_cleared_by_load
# load calls zero_grad, so the gradients are not left alone.
# named: -
def load(module, path):
    module.load_state_dict(torch.load(path, weights_only=True))
    module.zero_grad()
    return module

# %% frozen_by_load
# load sets requires_grad to False to copy the numbers and never sets it back.
# named: -
def load(module, path):
    state = torch.load(path, weights_only=True)
    for name, p in module.named_parameters():
        p.requires_grad_(False)
        p.copy_(state[name])
    for name, b in module.named_buffers():
        b.copy_(state[name])
    return module

# %% buffers_not_loaded
# load copies only the parameters, though the buffers are in the file.
# named: buffers_not_filled
def load(module, path):
    state = torch.load(path, weights_only=True)
    with torch.no_grad():
        for name, p in module.named_parameters():
            p.copy_(state[name])
    return module

# %% six_digits_in_text
# save writes the numbers as text with six digits after the point, so they don't come back exactly.
# named: -
def save(module, path):
    with open(path, "w") as f:
        for v in module.state_dict().values():
            f.write(" ".join("%.6f" % n for n in v.flatten().tolist()) + "\n")

def load(module, path):
    with open(path) as f:
        for v, line in zip(module.state_dict().values(), f.read().split("\n")):
            numbers = [float(n) for n in line.split()]
            v.copy_(torch.tensor(numbers, dtype=torch.float64).reshape(v.shape))
    return module

# %% names_sorted_on_one_side
# save writes the tensors sorted by name, but load hands them out in the order of the module.
# named: -
def save(module, path):
    state = module.state_dict()
    torch.save([state[k] for k in sorted(state)], path)

def load(module, path):
    tensors = torch.load(path, weights_only=True)
    for old, new in zip(module.state_dict().values(), tensors):
        old.copy_(new)
    return module

# %% nested_names_cut
# save keeps only the last part of each name, so layers with equal parameter names overwrite each other.
# named: -
def save(module, path):
    torch.save({k.split(".")[-1]: v for k, v in module.state_dict().items()}, path)

def load(module, path):
    saved = torch.load(path, weights_only=True)
    for k, v in module.state_dict().items():
        v.copy_(saved[k.split(".")[-1]])
    return module
