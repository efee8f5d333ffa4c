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
