# %% capital_tensor
# from_list uses torch.Tensor, which gives float32 for whole numbers and truth values, too.
# named: list_capital_t
def from_list(data):
    return torch.Tensor(data)

# %% large_numbers_through_float32
# from_list goes through float32 for whole numbers, so large ones lose their last digits.
# named: -
def from_list(data):
    t = torch.tensor(data)
    if t.dtype == torch.int64:
        return torch.tensor(data, dtype=torch.float32).long()
    return t

# %% float64_from_numpy
# from_list goes through NumPy, so floats come out as float64.
# named: list_through_numpy
def from_list(data):
    return torch.from_numpy(np.array(data))

# %% floats_only_searched_outside
# from_list looks for floats only in the outermost list, so nested floats are cut to whole numbers.
# named: -
def from_list(data):
    t = torch.tensor(data)
    if not isinstance(data, list) or t.numel() == 0 or t.dtype == torch.bool:
        return t
    if any(isinstance(d, float) for d in data):
        return t
    return t.to(torch.int64)

# %% first_number_decides
# from_list takes the dtype from the first number, so [1, 2.5] becomes int64.
# named: list_by_its_first
def from_list(data):
    first = data
    while isinstance(first, list):
        if not first:
            return torch.tensor(data)
        first = first[0]
    return torch.tensor(data, dtype=torch.tensor(first).dtype)

# %% truth_values_become_int
# from_list gives int64 for truth values.
# named: list_bool_as_int
def from_list(data):
    t = torch.tensor(data)
    if t.is_floating_point():
        return t
    return t.to(torch.int64)

# %% empty_list_is_int
# from_list gives int64 for the empty list.
# named: -
def from_list(data):
    t = torch.tensor(data)
    if t.numel() == 0:
        return t.to(torch.int64)
    return t

# %% number_gets_an_axis
# from_list makes a 1-d tensor of a single number.
# named: list_of_one
def from_list(data):
    if not isinstance(data, list):
        data = [data]
    return torch.tensor(data)

# %% whole_numbers_in_int32
# from_list gives int32 for whole numbers.
# named: -
def from_list(data):
    t = torch.tensor(data)
    return t.int() if t.dtype == torch.int64 else t

# %% whole_floats_become_int
# from_list turns floats without decimals, like 2.0, into int64.
# named: -
def from_list(data):
    t = torch.tensor(data)
    if t.is_floating_point() and t.numel() > 0 and torch.all(t == t.long()):
        t = t.long()
    return t

# %% list_emptied
# from_list takes the parts out of the caller's list.
# named: -
def from_list(data):
    if not isinstance(data, list) or data == []:
        return torch.tensor(data)
    parts = []
    while data:
        parts.append(data.pop(0))
    return torch.tensor(parts)
