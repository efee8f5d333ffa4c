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
