# %% add_changes_x
# add takes another name for x as a copy, so x is changed, and returned.
# named: add_into_x
def add(x, y):
    out = x
    out += y
    return out

# %% add_reshape_is_no_copy
# add takes reshape(-1) as a copy; it is a view where x has no gaps, and then x is changed.
# named: add_into_x, add_into_flattened
def add(x, y):
    flat = x.reshape(-1)
    flat += y.reshape(-1)
    return flat.reshape(x.shape).clone()

# %% add_changes_y
# add adds x into y and returns a copy of it, so y is changed.
# named: add_into_y
def add(x, y):
    y.add_(x)
    return y.clone()

# %% add_float32
# add computes in float32 and returns float32, also for float64.
# named: add_python_numbers
def add(x, y):
    return x.float() + y.float()

# %% add_needs_an_axis
# add loops over the first axis, so it raises for a 0-d tensor.
# named: -
def add(x, y):
    out = torch.zeros_like(x)
    for i in range(len(x)):
        out[i] = x[i] + y[i]
    return out

# %% add_stays_on_cpu
# add brings both tensors to the CPU and leaves the sum there.
# named: add_on_the_cpu
def add(x, y):
    a = x.cpu().numpy()
    b = y.cpu().numpy()
    return torch.as_tensor(a + b)

# %% add_minus
# add subtracts y.
# named: -
def add(x, y):
    return torch.sub(x, y)

# %% add_joins
# add puts y behind x, as + does for Python lists: the first axis is twice as long.
# named: -
def add(x, y):
    return torch.cat([x, y])

# %% affine_adds_first
# affine adds c before it multiplies: a * (x + c).
# named: affine_sum_first
def affine(x, a, c):
    return a * (x + c)

# %% affine_numbers_swapped
# affine takes c for the factor and a for the summand.
# named: affine_swapped
def affine(x, a, c):
    return c * x + a

# %% affine_alpha_misread
# affine gives a as alpha, which multiplies the second summand: x + a * c.
# named: affine_alpha
def affine(x, a, c):
    return torch.add(x, c, alpha=a)

# %% affine_changes_x
# affine multiplies with mul_, so x itself becomes a * x.
# named: affine_into_x, affine_product_into_x
def affine(x, a, c):
    y = x.mul_(a)
    return y + c

# %% affine_rounds_factor
# affine puts a into a float32 tensor first, so that 0.1 has only seven digits.
# named: -
def affine(x, a, c):
    factor = torch.tensor(a, dtype=torch.float32, device=x.device)
    return factor * x + c

# %% affine_double
# affine computes in float64 and never goes back, so a float32 x gives a float64 result.
# named: affine_in_float64
def affine(x, a, c):
    return a * x.double() + c

# %% affine_constant_on_cpu
# affine makes a tensor of c's without device=, so it is on the CPU and can't be added to an x on another device.
# named: affine_filled_on_the_cpu
def affine(x, a, c):
    shift = torch.full(x.shape, c, dtype=x.dtype)
    return a * x + shift

# %% affine_without_c
# affine forgets c.
# named: -
def affine(x, a, c):
    return x.mul(a)

# %% affine_integer_factor
# affine turns a into an int: 0.1 becomes 0.
# named: -
def affine(x, a, c):
    return int(a) * x + c

# %% add_in_place_rebinds
# add_ binds the name x to a new tensor, so the old one stays as it was.
# named: add_rebinds
def add_(x, y):
    x = x + y
    return x

# %% add_in_place_returns_copy
# add_ writes into x, but returns a copy of it.
# named: add_returns_a_copy
def add_(x, y):
    x += y
    return x.clone()

# %% add_in_place_no_return
# add_ writes into x and returns nothing.
# named: add_returns_nothing
def add_(x, y):
    x.add_(y)

# %% add_in_place_colon
# add_ writes through x[:], which raises for a 0-d tensor.
# named: -
def add_(x, y):
    x[:] = x + y
    return x

# %% add_in_place_through_view
# add_ flattens with view(-1), which raises for an x with gaps.
# named: -
def add_(x, y):
    x.view(-1).add_(y.reshape(-1))
    return x

# %% add_in_place_through_flatten
# add_ writes into flatten(), which is a copy where x has gaps: then x stays as it was.
# named: add_into_a_copy
def add_(x, y):
    flat = x.flatten()
    flat += y.flatten()
    return x

# %% add_in_place_sets_data
# add_ gives x new memory through .data: x has the sum, but the larger tensor that it was part of stays as it was.
# named: add_new_data
def add_(x, y):
    x.data = x.data + y
    return x

# %% add_in_place_changes_y
# add_ collects the sum in y and then copies it into x, so y is changed too.
# named: -
def add_(x, y):
    y += x
    x.copy_(y)
    return x

# %% add_in_place_returns_view
# add_ returns a view of x, which is another tensor object, not x itself.
# named: add_returns_a_view
def add_(x, y):
    x.add_(y)
    return x[...]

# %% add_in_place_twice
# add_ adds y a second time in the return.
# named: -
def add_(x, y):
    x += y
    return x.add_(y)

# %% add_in_place_overwrites
# add_ copies y over x and adds nothing.
# named: -
def add_(x, y):
    x.copy_(y)
    return x

# %% add_in_place_dense_memory
# add_ walks the memory as if x had no gaps, so in a larger tensor other numbers are changed.
# named: -
def add_(x, y):
    steps = torch.empty(x.shape).stride()
    x.as_strided(x.shape, steps).add_(y)
    return x

# %% affine_in_place_adds_first
# affine_ adds c before it multiplies.
# named: affine_adds_first
def affine_(x, a, c):
    return x.add_(c).mul_(a)

# %% affine_in_place_rebinds
# affine_ binds x to a new tensor; the old one keeps its numbers.
# named: affine_rebinds
def affine_(x, a, c):
    x = a * x + c
    return x

# %% affine_in_place_half
# affine_ multiplies in place, but adds with a new tensor: the memory holds a * x only.
# named: affine_half_in_place
def affine_(x, a, c):
    x *= a
    x = x + c
    return x

# %% affine_in_place_loop_variable
# affine_ binds only the name of the loop variable, so nothing is written into x.
# named: -
def affine_(x, a, c):
    if x.dim() == 0:
        return x.mul_(a).add_(c)
    for row in x:
        row = a * row + c
    return x

# %% affine_in_place_rows_only
# affine_ loops over the rows, which raises for a 0-d tensor.
# named: -
def affine_(x, a, c):
    for row in x:
        row.mul_(a).add_(c)
    return x

# %% affine_in_place_set
# affine_ lets x refer to the memory of a new tensor with set_, so the larger tensor stays as it was.
# named: affine_new_data
def affine_(x, a, c):
    return x.set_(a * x + c)

# %% affine_in_place_numpy
# affine_ writes through x.numpy(), which raises for a tensor that is not on the CPU.
# named: -
def affine_(x, a, c):
    memory = x.numpy()
    memory *= a
    memory += c
    return x

# %% affine_in_place_no_return
# affine_ returns None.
# named: affine_returns_nothing
def affine_(x, a, c):
    x.mul_(a)
    x.add_(c)

# %% affine_in_place_whole_tensor
# affine_ changes the whole larger tensor that x is a view of, not x alone.
# named: -
def affine_(x, a, c):
    whole = x if x._base is None else x._base
    whole.mul_(a).add_(c)
    return x

# %% affine_in_place_minus
# affine_ subtracts c.
# named: -
def affine_(x, a, c):
    x.mul_(a)
    x.sub_(c)
    return x

# %% affine_in_place_numbers_swapped
# affine_ multiplies by c and adds a.
# named: affine_swapped_in_place
def affine_(x, a, c):
    x *= c
    x += a
    return x

# %% pick_device_mps_first
# pick_device prefers mps to cuda.
# named: mps_first
def pick_device(name="auto"):
    if name != "auto":
        return torch.device(name)
    if torch.backends.mps.is_available():
        return torch.device("mps")
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("cpu")

# %% pick_device_forgets_mps
# pick_device knows only cuda and cpu.
# named: mps_forgotten
def pick_device(name="auto"):
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(name)

# %% pick_device_returns_name
# pick_device returns the name, a str, and no torch.device.
# named: a_string
def pick_device(name="auto"):
    if name == "auto":
        if torch.cuda.is_available():
            return "cuda"
        elif torch.backends.mps.is_available():
            return "mps"
        return "cpu"
    return name

# %% pick_device_missing_call
# pick_device forgets the brackets after is_available; the function itself counts as true, so cuda is always taken.
# named: not_called
def pick_device(name="auto"):
    if name == "auto":
        if torch.cuda.is_available:
            return torch.device("cuda")
        if torch.backends.mps.is_available:
            return torch.device("mps")
        return torch.device("cpu")
    return torch.device(name)

# %% pick_device_remembers
# pick_device keeps its first answer, so it asks the two functions only once.
# named: -
from functools import lru_cache

@lru_cache(maxsize=None)
def pick_device(name="auto"):
    if name != "auto":
        return torch.device(name)
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps") if torch.backends.mps.is_available() else torch.device("cpu")

# %% pick_device_asked_at_import
# pick_device looks for a GPU once, when the file is loaded, not in each call.
# named: always_the_cpu
BEST = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"

def pick_device(name="auto"):
    if name == "auto":
        return torch.device(BEST)
    return torch.device(name)

# %% pick_device_falls_back
# pick_device returns the cpu for a cuda name where there is no cuda.
# named: named_if_available, cuda_if_available
def pick_device(name="auto"):
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        if torch.backends.mps.is_available():
            return torch.device("mps")
        return torch.device("cpu")
    if name.startswith("cuda") and not torch.cuda.is_available():
        return torch.device("cpu")
    return torch.device(name)

# %% pick_device_ignores_name
# pick_device never looks at the name.
# named: name_ignored
def pick_device(name="auto"):
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")

# %% pick_device_drops_index
# pick_device keeps only the kind of the named device: "cuda:1" becomes cuda.
# named: number_lost
def pick_device(name="auto"):
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    return torch.device(name.split(":")[0])

# %% pick_device_default_cpu
# pick_device has "cpu" as its default name in place of "auto".
# named: always_the_cpu, cpu_by_default
def pick_device(name="cpu"):
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        if torch.backends.mps.is_available():
            return torch.device("mps")
        return torch.device("cpu")
    return torch.device(name)

# %% pick_device_last_if_wins
# pick_device takes the last kind that is available, since the second if overwrites the first.
# named: -
def pick_device(name="auto"):
    if name != "auto":
        return torch.device(name)
    device = "cpu"
    if torch.cuda.is_available():
        device = "cuda"
    else:
        device = "cpu"
    if torch.backends.mps.is_available():
        device = "mps"
    else:
        device = "cpu"
    return torch.device(device)

# %% to_device_without_assignment
# to_device calls .to on a line of its own, which has no effect on the tensor.
# named: to_unassigned
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        batch.to(device)
        return batch
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        return tuple(to_device(v, device) for v in batch)
    return batch

# %% to_device_same_containers
# to_device writes the moved tensors into the containers of the batch, and returns these.
# named: into_the_same_containers
def to_device(batch, device):
    if torch.is_tensor(batch):
        return batch.to(device)
    if isinstance(batch, dict):
        for k in batch:
            batch[k] = to_device(batch[k], device)
        return batch
    if isinstance(batch, list):
        for i in range(len(batch)):
            batch[i] = to_device(batch[i], device)
        return batch
    if isinstance(batch, tuple):
        return tuple(to_device(b, device) for b in batch)
    return batch

# %% to_device_one_level
# to_device moves only the tensors of the outermost container; containers inside it are kept as they are.
# named: one_level
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: v.to(device) if isinstance(v, torch.Tensor) else v for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)([v.to(device) if isinstance(v, torch.Tensor) else v for v in batch])
    return batch

# %% to_device_copies_outer_container_only
# to_device copies the outermost container, but writes the moved tensors into the inner dicts and lists of the original batch.
# named: into_the_same_containers
def fill(container, device):
    for k in (container if isinstance(container, dict) else range(len(container))):
        v = container[k]
        if isinstance(v, (dict, list)):
            fill(v, device)
        else:
            container[k] = to_device(v, device)
    return container

def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, tuple):
        return tuple(to_device(v, device) for v in batch)
    if isinstance(batch, (dict, list)):
        return fill(batch.copy(), device)
    return batch

# %% to_device_tuple_to_list
# to_device makes a list of every tuple.
# named: tuples_to_lists
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        return [to_device(v, device) for v in batch]
    return batch

# %% to_device_forgets_tuples
# to_device has no case for tuples, so tensors in a tuple aren't moved.
# named: tuples_overlooked
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    elif isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    elif isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    return batch

# %% to_device_drops_the_rest
# to_device keeps only the tensors and containers of a dict, and drops its strings, numbers and None.
# named: others_left_out
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items() if isinstance(v, (torch.Tensor, dict, list, tuple))}
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        return tuple(to_device(v, device) for v in batch)
    return batch

# %% to_device_numbers_become_tensors
# to_device turns Python numbers into tensors.
# named: numbers_to_tensors
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        return tuple(to_device(v, device) for v in batch)
    if isinstance(batch, (int, float)):
        return torch.tensor(batch, device=device)
    return batch

# %% to_device_calls_to_on_everything
# to_device calls .to on whatever is no container, so a string, a number or None raises AttributeError.
# named: to_of_everything
def to_device(batch, device):
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        return tuple(to_device(v, device) for v in batch)
    return batch.to(device)

# %% to_device_loses_keys
# to_device makes a list of the values of a dict: the keys are lost.
# named: -
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return [to_device(v, device) for v in batch.values()]
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        return tuple(to_device(v, device) for v in batch)
    return batch

# %% to_device_floats
# to_device turns every tensor into float32, labels of int64 too.
# named: floats_on_the_way
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device, dtype=torch.float32)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        return tuple(to_device(v, device) for v in batch)
    return batch

# %% to_device_same_container_if_nothing_moves
# to_device returns the container itself where nothing in it has to move.
# named: -
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        new = {k: to_device(v, device) for k, v in batch.items()}
        return batch if all(new[k] is batch[k] for k in batch) else new
    if isinstance(batch, (list, tuple)):
        new = [to_device(v, device) for v in batch]
        if all(a is b for a, b in zip(new, batch)):
            return batch
        return new if isinstance(batch, list) else tuple(new)
    return batch

# %% to_device_moves_the_original
# to_device moves the tensors of the batch themselves, through .data, so the original is on the new device too.
# named: -
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        batch.data = batch.data.to(device)
        return batch
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        return tuple(to_device(v, device) for v in batch)
    return batch

# %% to_device_always_cuda
# to_device always moves to cuda, whatever device is asked for.
# named: to_the_gpu
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to("cuda")
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        return tuple(to_device(v, device) for v in batch)
    return batch

# %% to_device_walks_strings
# to_device takes everything that can be iterated for a list; the characters of a string are strings again, so it never ends: RecursionError.
# named: -
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, tuple):
        return tuple(to_device(v, device) for v in batch)
    if hasattr(batch, "__iter__"):
        return [to_device(v, device) for v in batch]
    return batch

# %% to_device_bare_tensor_forgotten
# to_device knows dicts, lists and tuples, but returns a batch that is a single tensor unmoved.
# named: -
def to_device(batch, device):
    def move(v):
        return v.to(device) if isinstance(v, torch.Tensor) else to_device(v, device)
    if isinstance(batch, dict):
        return {k: move(v) for k, v in batch.items()}
    if isinstance(batch, list):
        return [move(v) for v in batch]
    if isinstance(batch, tuple):
        return tuple(move(v) for v in batch)
    return batch

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

# %% append_ones_on_cpu
# append_ones makes the column without device=, so it is on the CPU.
# named: ones_on_the_cpu
def append_ones(x):
    ones = torch.ones(x.shape[0], 1, dtype=x.dtype)
    return torch.cat([x, ones], dim=1)

# %% append_ones_left
# append_ones puts the column on the left.
# named: ones_at_the_left
def append_ones(x):
    return torch.cat([x.new_ones(x.shape[0], 1), x], dim=1)

# %% append_ones_row
# append_ones appends a row of ones at the bottom.
# named: ones_below
def append_ones(x):
    return torch.cat([x, x.new_ones(1, x.shape[1])], dim=0)

# %% append_ones_zeros
# append_ones appends a column of zeros.
# named: zeros_at_the_right
def append_ones(x):
    return torch.nn.functional.pad(x, (0, 1))

# %% append_ones_overwrites
# append_ones writes the ones into the last column of a clone, so there is no further column.
# named: -
def append_ones(x):
    out = x.clone()
    out[:, -1] = 1.0
    return out

# %% append_ones_float32
# append_ones fills a float32 tensor, also for a float64 x.
# named: made_without_dtype
def append_ones(x):
    out = torch.ones(x.shape[0], x.shape[1] + 1, device=x.device)
    out[:, :-1] = x
    return out

# %% append_ones_fails_when_empty
# append_ones builds the result from a list of its rows, and stack raises for an empty batch.
# named: rows_stacked
def append_ones(x):
    one = torch.ones(1, dtype=x.dtype, device=x.device)
    return torch.stack([torch.cat([row, one]) for row in x])

# %% append_ones_as_many_as_columns
# append_ones makes as many ones as x has columns, which raises for matrices that aren't square.
# named: -
def append_ones(x):
    ones = torch.ones(x.shape[1], 1, dtype=x.dtype, device=x.device)
    return torch.cat([x, ones], 1)

# %% append_ones_square_block
# append_ones appends a whole block of ones, as wide as x.
# named: a_block_of_ones
def append_ones(x):
    return torch.cat([x, torch.ones_like(x)], dim=1)

# %% append_ones_result_on_cpu
# append_ones computes with NumPy on the CPU and leaves the result there.
# named: appended_on_the_cpu
import numpy as np

def append_ones(x):
    a = x.detach().cpu().numpy()
    return torch.from_numpy(np.hstack([a, np.ones((len(a), 1), dtype=a.dtype)]))

# %% one_hot_arange_on_cpu
# one_hot makes arange(C) without device=, so labels on another device can't be compared with it.
# named: classes_on_the_cpu
def one_hot(y, C):
    return (y[:, None] == torch.arange(C)).float()

# %% one_hot_int64
# one_hot returns int64, not float32.
# named: hot_integers
def one_hot(y, C):
    out = torch.zeros(len(y), C, dtype=torch.int64, device=y.device)
    return out.scatter_(1, y[:, None], 1)

# %% one_hot_bool
# one_hot returns the comparison as it is, of dtype bool.
# named: hot_booleans
def one_hot(y, C):
    return y.unsqueeze(1) == torch.arange(C, device=y.device)

# %% one_hot_transposed
# one_hot has a column for each label: [C, N].
# named: a_row_per_class
def one_hot(y, C):
    return (torch.arange(C, device=y.device)[:, None] == y).float()

# %% one_hot_counts_from_one
# one_hot takes the labels for 1 ... C, so the 1 is one column too far to the left.
# named: labels_from_one_wrapped
def one_hot(y, C):
    out = torch.zeros(y.shape[0], C, device=y.device)
    rows = torch.arange(y.shape[0], device=y.device)
    out[rows, y - 1] = 1
    return out

# %% one_hot_all_rows
# one_hot indexes only the columns, so every row gets the 1 of every label.
# named: whole_columns
def one_hot(y, C):
    out = torch.zeros(len(y), C, device=y.device)
    out[:, y] = 1.0
    return out

# %% one_hot_width_from_labels
# one_hot takes the largest label for the width and ignores C.
# named: columns_from_the_labels
def one_hot(y, C):
    width = int(y.max()) + 1 if len(y) else C
    return torch.eye(width, device=y.device)[y]

# %% one_hot_wrong_scatter_axis
# one_hot scatters along axis 0, so y names the rows of column 0, and a label of N or more raises.
# named: -
def one_hot(y, C):
    out = torch.zeros(len(y), C, device=y.device)
    out.scatter_(0, y[:, None], 1.0)
    return out

# %% one_hot_fails_when_empty
# one_hot stacks a row for each label, which raises for an empty batch.
# named: -
def one_hot(y, C):
    rows = []
    for label in y:
        row = torch.zeros(C, device=y.device)
        row[label] = 1
        rows.append(row)
    return torch.stack(rows)

# %% one_hot_result_on_cpu
# one_hot looks the rows up in an identity matrix on the CPU, and doesn't bring the result to the device of y.
# named: hot_on_the_cpu
def one_hot(y, C):
    return torch.eye(C)[y.cpu()]

# %% one_hot_float64
# one_hot returns float64.
# named: -
def one_hot(y, C):
    return torch.eye(C, dtype=torch.float64, device=y.device)[y]

# %% one_hot_minus_one_elsewhere
# one_hot has -1 in the other columns, not 0.
# named: -
def one_hot(y, C):
    out = torch.full((len(y), C), -1.0, device=y.device)
    for n in range(len(y)):
        out[n, y[n]] = 1.0
    return out

# %% one_hot_label_value
# one_hot writes the label itself into its column, not a 1.
# named: -
def one_hot(y, C):
    out = torch.zeros(len(y), C, device=y.device)
    for n in range(len(y)):
        out[n, y[n]] = y[n]
    return out

# %% one_hot_up_to_the_label
# one_hot has ones in all columns up to the label.
# named: -
def one_hot(y, C):
    return (torch.arange(C, device=y.device) <= y[:, None]).float()
