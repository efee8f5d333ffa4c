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


# %% shared_is_a_copy
# from_numpy_shared copies the array with torch.tensor.
# named: shared_copied
def from_numpy_shared(a):
    return torch.tensor(a)


# %% views_made_contiguous
# from_numpy_shared makes the tensor contiguous, which copies a transposed or strided array.
# named: shared_if_contiguous
def from_numpy_shared(a):
    return torch.from_numpy(a).contiguous()


# %% shared_as_float32
# from_numpy_shared converts to float32, so other dtypes are lost, and with them the shared memory.
# named: shared_as_float32
def from_numpy_shared(a):
    return torch.from_numpy(a).float()


# %% whole_base_of_a_view
# from_numpy_shared returns the array that a view was taken from, with its shape.
# named: -
def from_numpy_shared(a):
    if a.base is not None:
        a = a.base
    return torch.from_numpy(a)


# %% only_two_axes_shared
# from_numpy_shared always reads two sizes from the shape and fails for one or three axes.
# named: -
def from_numpy_shared(a):
    rows, columns = a.shape
    t = torch.from_numpy(a)
    return t[:rows, :columns]


# %% copied_is_shared
# from_numpy_copied uses torch.as_tensor, which shares the memory.
# named: copied_shared
def from_numpy_copied(a):
    return torch.as_tensor(a)


# %% slice_taken_for_a_copy
# from_numpy_copied slices the array, which copies a list but not an array.
# named: copied_shared
def from_numpy_copied(a):
    copy = a[:]
    return torch.from_numpy(copy)


# %% contiguous_taken_for_a_copy
# from_numpy_copied uses contiguous, which copies only views and shares the memory of all other arrays.
# named: copied_if_strided
def from_numpy_copied(a):
    return torch.from_numpy(a).contiguous()


# %% copy_in_float32
# from_numpy_copied uses torch.FloatTensor, so every dtype becomes float32.
# named: copied_as_float32
def from_numpy_copied(a):
    return torch.FloatTensor(a.tolist()).reshape(a.shape)


# %% dtype_inferred_from_list
# from_numpy_copied goes through a list, so PyTorch infers a new dtype: float64 becomes float32.
# named: copied_inferred
def from_numpy_copied(a):
    return torch.tensor(a.tolist()).reshape(a.shape)


# %% copy_flattened
# from_numpy_copied flattens the array.
# named: -
def from_numpy_copied(a):
    return torch.from_numpy(a.flatten())


# %% array_locked
# from_numpy_copied makes the caller's array read-only.
# named: -
def from_numpy_copied(a):
    t = torch.tensor(a)
    a.setflags(write=False)
    return t


# %% dtype_ignored
# filled does not use dtype and always gives float32.
# named: filled_default_dtype
def filled(kind, shape, dtype):
    if kind == "zeros":
        return torch.zeros(shape)
    elif kind == "ones":
        return torch.ones(shape)
    return torch.empty(shape)


# %% one_number_expanded
# filled expands a single number, so all elements are the same memory and the result can't be written to.
# named: -
def filled(kind, shape, dtype):
    value = 1 if kind == "ones" else 0
    return torch.tensor(value, dtype=dtype).expand(shape)


# %% result_cached
# filled keeps each result and returns the same tensor again.
# named: -
_made = {}


def filled(kind, shape, dtype):
    key = (kind, shape, dtype)
    if key not in _made:
        _made[key] = getattr(torch, kind)(shape, dtype=dtype)
    return _made[key]


# %% shape_unpacked
# filled unpacks the shape, so that the empty shape raises an error.
# named: -
def filled(kind, shape, dtype):
    make = {"zeros": torch.zeros, "ones": torch.ones, "empty": torch.empty}[kind]
    return make(*shape, dtype=dtype)


# %% empty_without_elements
# filled takes "empty" for a tensor without elements.
# named: -
def filled(kind, shape, dtype):
    if kind == "empty":
        return torch.tensor([], dtype=dtype)
    if kind == "zeros":
        return torch.zeros(shape, dtype=dtype)
    return torch.ones(shape, dtype=dtype)


# %% everything_else_is_zero
# filled asks for "one", so "ones" gives zeros.
# named: -
def filled(kind, shape, dtype):
    if kind == "one":
        return torch.ones(shape, dtype=dtype)
    return torch.zeros(shape, dtype=dtype)


# %% leaf_that_needs_a_gradient
# filled asks for gradients, so the result can't be written to in place.
# named: -
def filled(kind, shape, dtype):
    t = getattr(torch, kind)(shape, dtype=dtype)
    if dtype.is_floating_point:
        t.requires_grad_()
    return t


# %% filled_always_two_axes
# filled uses the first and the last size only, so one or three axes come out wrong.
# named: -
def filled(kind, shape, dtype):
    make = getattr(torch, kind)
    if shape == ():
        return make((), dtype=dtype)
    return make((shape[0], shape[-1]), dtype=dtype)


# %% same_dtype_not_copied
# convert uses to, which returns x itself if it already has the dtype.
# named: convert_shared
def convert(x, dtype):
    return x.to(dtype)


# %% rounded_to_nearest
# convert rounds floats to the nearest whole number before it converts.
# named: convert_rounded
def convert(x, dtype):
    if x.is_floating_point() and not dtype.is_floating_point and dtype != torch.bool:
        x = torch.round(x)
    return x.to(dtype, copy=True)


# %% rounded_down
# convert rounds floats down, so -2.7 becomes -3.
# named: convert_floored
def convert(x, dtype):
    if x.is_floating_point() and not dtype.is_floating_point and dtype != torch.bool:
        return torch.floor(x).to(dtype)
    return x.clone().to(dtype)


# %% only_positive_is_true
# convert takes numbers below 0 for False.
# named: convert_bool_of_positive
def convert(x, dtype):
    if dtype == torch.bool:
        return x > 0
    return x.to(dtype, copy=True)


# %% bool_after_int
# convert makes whole numbers first, so 0.5 becomes False.
# named: convert_bool_of_whole
def convert(x, dtype):
    if dtype == torch.bool:
        return x.to(torch.int64).to(torch.bool)
    return x.to(dtype, copy=True)


# %% conversion_through_float32
# convert goes through float32, so float64 and large whole numbers lose digits.
# named: -
def convert(x, dtype):
    return x.clone().float().to(dtype)


# %% bits_reinterpreted
# convert uses view, which reads the same bits as another dtype and does not convert the numbers.
# named: convert_bytes
def convert(x, dtype):
    if x.element_size() == torch.empty(0, dtype=dtype).element_size():
        return x.clone().view(dtype)
    return x.to(dtype, copy=True)


# %% decimals_dropped_in_place
# convert drops the decimals of the caller's tensor in place.
# named: -
def convert(x, dtype):
    if not dtype.is_floating_point and dtype != torch.bool:
        x.trunc_()
    return x.to(dtype, copy=True)


# %% negative_numbers_made_positive
# convert loses the sign when a float becomes a whole number.
# named: -
def convert(x, dtype):
    if x.is_floating_point() and not dtype.is_floating_point and dtype != torch.bool:
        return x.abs().floor().to(dtype)
    return x.to(dtype, copy=True)


# %% high_taken_for_the_width
# uniform scales by high, not by high - low.
# named: uniform_width
def uniform(shape, low, high, gen):
    return low + high * torch.rand(shape, generator=gen)


# %% low_not_added
# uniform scales by the width but does not add low.
# named: uniform_from_zero
def uniform(shape, low, high, gen):
    return (high - low) * torch.rand(shape, generator=gen)


# %% uniform_without_generator
# uniform draws from the global generator.
# named: uniform_ignores_gen
def uniform(shape, low, high, gen):
    return low + (high - low) * torch.rand(shape)


# %% global_seed_set
# uniform seeds the global generator with the seed of gen and draws from it.
# named: uniform_starts_anew
def uniform(shape, low, high, gen):
    torch.manual_seed(gen.initial_seed())
    return torch.rand(shape) * (high - low) + low


# %% uniform_in_float64
# uniform returns float64.
# named: uniform_double
def uniform(shape, low, high, gen):
    u = torch.rand(shape, generator=gen, dtype=torch.float64)
    return low + (high - low) * u


# %% u_clamped
# uniform clamps numbers from [0, 1) to the range and does not scale them.
# named: uniform_of_unit
def uniform(shape, low, high, gen):
    return torch.rand(shape, generator=gen).clamp(low, high)


# %% generator_seeded_again
# uniform sets gen back to its seed before drawing, so a second draw gives the same numbers.
# named: uniform_starts_anew
def uniform(shape, low, high, gen):
    gen.manual_seed(gen.initial_seed())
    return torch.rand(shape, generator=gen) * (high - low) + low


# %% bell_between_the_bounds
# uniform draws normal numbers around the middle and clamps them to the range.
# named: -
def uniform(shape, low, high, gen):
    z = torch.randn(shape, generator=gen)
    middle = (low + high) / 2
    return (middle + z * (high - low) / 6).clamp(low, high)


# %% symmetric_about_zero
# uniform spreads over -high to high, which is right only if low is -high.
# named: -
def uniform(shape, low, high, gen):
    return (2 * torch.rand(shape, generator=gen) - 1) * high


# %% coarse_grid_with_high
# uniform draws from 101 equally spaced values, and high is one of them.
# named: -
def uniform(shape, low, high, gen):
    steps = torch.randint(0, 101, shape, generator=gen)
    return low + (high - low) * steps.float() / 100


# %% std_squared
# normal multiplies by the variance, std * std.
# named: normal_squared_std
def normal(shape, mean, std, gen):
    return mean + std**2 * torch.randn(shape, generator=gen)


# %% std_taken_for_variance
# normal takes std for the variance and multiplies by its root.
# named: normal_root_of_std
def normal(shape, mean, std, gen):
    return mean + torch.randn(shape, generator=gen) * std**0.5


# %% mean_and_std_swapped
# normal multiplies by mean and adds std.
# named: normal_swapped
def normal(shape, mean, std, gen):
    return std + mean * torch.randn(shape, generator=gen)


# %% normal_without_generator
# normal forgets gen, so torch.normal draws from the global generator.
# named: normal_ignores_gen
def normal(shape, mean, std, gen):
    return torch.normal(float(mean), float(std), size=shape)


# %% rand_for_randn
# normal uses uniformly distributed numbers that have the right mean and standard deviation.
# named: normal_uniform_of_same_std
def normal(shape, mean, std, gen):
    u = torch.rand(shape, generator=gen)
    return mean + std * (u - 0.5) * 12**0.5


# %% one_row_repeated
# normal draws the last axis only and repeats it along the others.
# named: -
def normal(shape, mean, std, gen):
    row = mean + std * torch.randn(shape[-1], generator=gen)
    return row.expand(shape).clone()


# %% sample_standardised
# normal forces the mean and the standard deviation of the drawn numbers to be exact, and a single number becomes nan.
# named: -
def normal(shape, mean, std, gen):
    z = torch.randn(shape, generator=gen)
    z = (z - z.mean()) / z.std()
    return mean + std * z


# %% cut_off_at_two_std
# normal clamps everything beyond two standard deviations.
# named: -
def normal(shape, mean, std, gen):
    z = torch.randn(shape, generator=gen).clamp(-2, 2)
    return mean + std * z


# %% mean_scaled_too
# normal adds the mean before it multiplies by std.
# named: normal_shift_first
def normal(shape, mean, std, gen):
    return (torch.randn(shape, generator=gen) + mean) * std


# %% numpy_with_the_seed
# normal starts a NumPy generator from the seed of gen, so gen does not move on and a second draw repeats the first.
# named: normal_starts_anew
def normal(shape, mean, std, gen):
    rng = np.random.default_rng(gen.initial_seed())
    return torch.from_numpy(rng.normal(mean, std, shape)).float()


# %% normal_in_float64
# normal returns float64.
# named: normal_double
def normal(shape, mean, std, gen):
    return torch.empty(shape, dtype=torch.double).normal_(mean, std, generator=gen)


# %% high_included
# integers can also give high.
# named: integers_with_high
def integers(shape, low, high, gen):
    return torch.randint(low, high + 1, shape, generator=gen)


# %% low_left_out
# integers never gives low.
# named: integers_without_first
def integers(shape, low, high, gen):
    return torch.randint(low + 1, high, shape, generator=gen)


# %% cut_towards_zero
# integers cuts the decimals off after adding low, so below 0 the numbers move up and 0 comes too often.
# named: integers_truncated
def integers(shape, low, high, gen):
    u = torch.rand(shape, generator=gen)
    return (low + (high - low) * u).long()


# %% rounded_draws
# integers rounds to the nearest number, so low and high - 1 have another share than those between.
# named: integers_rounded
def integers(shape, low, high, gen):
    u = torch.rand(shape, generator=gen)
    return torch.round(low + (high - 1 - low) * u).long()


# %% integers_in_int32
# integers returns int32.
# named: -
def integers(shape, low, high, gen):
    return torch.randint(low, high, shape, generator=gen, dtype=torch.int32)


# %% integers_as_floats
# integers returns whole numbers in float32.
# named: integers_as_floats
def integers(shape, low, high, gen):
    return low + torch.floor(torch.rand(shape, generator=gen) * (high - low))


# %% from_zero
# integers draws from 0 to high - low - 1 and does not add low.
# named: integers_without_low
def integers(shape, low, high, gen):
    return torch.randint(0, high - low, shape, generator=gen)


# %% without_replacement
# integers takes permutations, so that in each run of high - low numbers every number occurs once.
# named: -
def integers(shape, low, high, gen):
    n = 1
    for s in shape:
        n *= s
    out = []
    while len(out) < n:
        out += torch.randperm(high - low, generator=gen).tolist()
    return torch.tensor(out[:n]).reshape(shape) + low


# %% global_seed_from_gen
# integers draws a seed from gen, and with it seeds and uses the global generator.
# named: -
def integers(shape, low, high, gen):
    seed = torch.randint(0, 2**31, (1,), generator=gen).item()
    torch.manual_seed(seed)
    return torch.randint(low, high, shape)


# %% state_put_back
# integers puts the state of gen back after drawing, so the next draw gives the same numbers.
# named: integers_starts_anew
def integers(shape, low, high, gen):
    state = gen.get_state()
    out = torch.randint(low, high, shape, generator=gen)
    gen.set_state(state)
    return out


# %% flat_shape
# integers returns all numbers along one axis.
# named: -
def integers(shape, low, high, gen):
    n = int(np.prod(shape))
    return torch.randint(low, high, (n,), generator=gen)


# %% mean_rounded_down
# mean_of_integers divides without decimals.
# named: mean_floored
def mean_of_integers(x):
    return (x.sum() // x.numel()).float()


# %% mean_of_columns
# mean_of_integers takes the mean along the first axis only.
# named: mean_of_first_axis
def mean_of_integers(x):
    if x.dim() == 0:
        return x.float()
    return x.float().mean(dim=0)


# %% mean_in_float64
# mean_of_integers returns float64.
# named: mean_double
def mean_of_integers(x):
    return x.double().mean()


# %% mean_as_python_number
# mean_of_integers returns a Python float, not a tensor.
# named: mean_item
def mean_of_integers(x):
    return x.float().mean().item()


# %% divided_by_rows
# mean_of_integers divides the sum by the size of the first axis.
# named: mean_by_rows
def mean_of_integers(x):
    n = len(x) if x.dim() > 0 else 1
    return x.sum().float() / n


# %% mean_keeps_an_axis
# mean_of_integers returns a tensor with one axis.
# named: -
def mean_of_integers(x):
    return x.reshape(-1).float().mean(dim=0, keepdim=True)


# %% median_for_mean
# mean_of_integers returns the median.
# named: -
def mean_of_integers(x):
    return x.float().median()


# %% mean_without_float
# mean_of_integers calls mean on int64, which raises an error.
# named: -
def mean_of_integers(x):
    return x.mean()


# %% mean_in_half_precision
# mean_of_integers computes in float16, which has three digits and overflows beyond 65504.
# named: -
def mean_of_integers(x):
    return x.half().mean().float()


# %% quotient_truncated
# divide cuts the decimals off, so -7/2 gives -3 in place of -4.
# named: divide_truncated
def divide(a, b):
    return a / b, torch.div(a, b, rounding_mode="trunc")


# %% floor_of_the_float32_quotient
# divide rounds the float32 quotient down, which is not exact for large numbers.
# named: divide_floor_of_float
def divide(a, b):
    q = a / b
    return q, torch.floor(q).long()


# %% floor_of_the_float64_quotient
# divide rounds a float64 quotient down, which is not exact beyond 2**53.
# named: divide_floor_of_double
def divide(a, b):
    q = a.double() / b.double()
    return q.float(), q.floor().to(torch.int64)


# %% quotients_swapped
# divide returns the rounded quotient first.
# named: divide_swapped
def divide(a, b):
    return torch.div(a, b, rounding_mode="floor"), a / b


# %% floor_as_float
# divide returns the rounded quotient as float32.
# named: divide_floor_as_float
def divide(a, b):
    return a / b, (a // b).float()


# %% quotient_in_float64
# divide returns a/b as float64.
# named: divide_double
def divide(a, b):
    return a.double() / b, a // b


# %% divided_in_place
# divide writes the rounded quotient into the caller's a.
# named: -
def divide(a, b):
    q = a / b
    a //= b
    return q, a.clone()


# %% quotient_rounded
# divide rounds the quotient to the nearest whole number, not down.
# named: divide_rounded
def divide(a, b):
    twice = 2 * a + b
    return a / b, torch.div(twice, 2 * b, rounding_mode="floor")


# %% quotient_from_the_floor
# divide returns the rounded quotient also in place of a/b.
# named: divide_float_of_floor
def divide(a, b):
    q = a // b
    return q.float(), q


# %% one_less_below_zero
# divide takes 1 off every negative quotient, also where the division has no remainder.
# named: divide_one_too_low
def divide(a, b):
    q = torch.div(a, b, rounding_mode="trunc")
    q = torch.where((a < 0) ^ (b < 0), q - 1, q)
    q = torch.where(a == 0, torch.zeros_like(q), q)
    return a / b, q


# %% remainder_for_quotient
# divide returns the remainder in place of the rounded quotient.
# named: divide_remainder
def divide(a, b):
    return a / b, a % b


# %% sign_of_b_lost
# divide takes b's absolute value for the rounded quotient.
# named: -
def divide(a, b):
    return a / b, a // b.abs()


# %% item_always_float
# item returns a float for whole numbers and truth values, too.
# named: item_always_float
def item(x):
    return float(x.detach())


# %% item_always_int
# item returns an int, so floats lose their decimals.
# named: item_always_int
def item(x):
    return int(x.detach())


# %% item_as_list
# item returns a list if x has axes.
# named: item_list
def item(x):
    return x.tolist()


# %% item_as_tensor
# item returns a 0-d tensor, not a Python number.
# named: item_tensor
def item(x):
    return x.detach().reshape(-1)[0]


# %% item_as_numpy_number
# item returns a number of NumPy's, not of Python's.
# named: -
def item(x):
    return x.detach().numpy().reshape(-1)[0]


# %% item_fails_in_a_graph
# item goes through NumPy without detach and raises an error if x is part of a graph.
# named: -
def item(x):
    return x.numpy().item()


# %% item_by_sum
# item sums over the axes first, so a truth value becomes an int.
# named: -
def item(x):
    return x.sum().item()


# %% item_needs_an_axis
# item takes x[0] and fails for a 0-d tensor.
# named: -
def item(x):
    return x[0].item()


# %% item_cuts_the_graph
# item detaches the caller's x in place, so that x is no longer part of the graph.
# named: -
def item(x):
    x.detach_()
    return x.item()


# %% array_shares_memory
# to_numpy does not copy, so the array shares the memory of x.
# named: to_numpy_shared
def to_numpy(x):
    return x.detach().cpu().numpy()


# %% detach_forgotten
# to_numpy does not detach and raises an error for a tensor in a graph.
# named: -
def to_numpy(x):
    return x.cpu().numpy().copy()


# %% cpu_forgotten
# to_numpy does not move x to the CPU and raises an error for a tensor on another device.
# named: -
def to_numpy(x):
    return x.detach().numpy().copy()


# %% array_dtype_from_list
# to_numpy goes through a list, so float32 becomes float64.
# named: to_numpy_through_lists
def to_numpy(x):
    return np.array(x.tolist()).reshape(tuple(x.shape))


# %% array_in_float32
# to_numpy converts every dtype to float32.
# named: to_numpy_float32
def to_numpy(x):
    return x.detach().cpu().float().numpy().copy()


# %% list_for_array
# to_numpy returns a nested list, not an array.
# named: to_numpy_list
def to_numpy(x):
    return x.detach().cpu().tolist()


# %% array_flattened
# to_numpy returns an array with one axis.
# named: -
def to_numpy(x):
    return x.detach().cpu().numpy().flatten()


# %% array_squeezed
# to_numpy drops the axes of size 1.
# named: -
def to_numpy(x):
    return x.detach().cpu().squeeze().numpy().copy()


# %% gradient_switched_off
# to_numpy switches requires_grad of the caller's x off.
# named: -
def to_numpy(x):
    if x.is_leaf:
        x.requires_grad_(False)
    return x.detach().cpu().numpy().copy()
