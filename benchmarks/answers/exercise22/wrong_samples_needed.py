# %% samples_base_and_exponent
# Base and exponent swapped.
# named: samples_exchanged
def samples_needed(per_axis, n):
    return n**per_axis

# %% samples_product
# A product of the two.
# like: einsum
# named: samples_product
def samples_needed(per_axis, n):
    return per_axis * n

# %% samples_by_float
# Through a float: 100 digits are not exact.
# like: numpy
# named: samples_rounded
def samples_needed(per_axis, n):
    return int(math.pow(per_axis, n))

# %% samples_a_float
# A float comes back.
# like: loops
# named: -
def samples_needed(per_axis, n):
    result = 1.0
    for _ in range(n):
        result = result * per_axis
    return result

# %% samples_int64
# int64 of NumPy, which overflows.
# like: numpy
# named: samples_wrapped
def samples_needed(per_axis, n):
    return int(np.power(np.int64(per_axis), np.int64(n)))

# %% samples_tensor
# int64 of torch, which overflows.
# like: torch_functions
# named: samples_wrapped
def samples_needed(per_axis, n):
    return torch.full((n,), per_axis).prod().item()

# %% samples_one_axis_less
# The loop runs once too seldom.
# like: recursion
# named: samples_one_axis_short
def samples_needed(per_axis, n):
    count = per_axis
    for _ in range(2, n):
        count *= per_axis
    return count

# %% samples_edges
# per_axis taken for the number of gaps.
# named: samples_corners
def samples_needed(per_axis, n):
    return (per_axis + 1) ** n

# %% samples_of_all_axes
# The grids of 1, 2, ... n dimensions added up.
# like: loops
# named: -
def samples_needed(per_axis, n):
    total = 0
    for i in range(1, n + 1):
        total += per_axis**i
    return total
