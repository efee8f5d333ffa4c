"""What learners get wrong here, each as an edit of reference.py; what no edit can say is a function with @mistake."""

from __future__ import annotations

import torch

from grader.checks import edit, mistake

# --- from_list


def first_of(data):
    return first_of(data[0]) if isinstance(data, list) and data else data


list_always_float = edit("from_list", {"(data)": "(data, dtype=torch.float32)"}).says(
    "whole numbers and truth values become float32, too; the dtype is to be inferred from them"
)
list_capital_t = edit("from_list", {"tensor": "Tensor"}).says(
    "a single number is taken for a size, or refused, as by torch.Tensor with a capital T; and all comes out as float32"
)
list_through_numpy = edit("from_list", {"tensor(data)": "from_numpy(np.array(data))"}).says(
    "the floats are float64, as in NumPy; PyTorch makes float32 of them"
)
list_always_int = edit("from_list", {"(data)": "(data, dtype=torch.int64)"}).says(
    "everything becomes int64, and the fractions are cut off"
)


@mistake("from_list", "the first number alone decides the dtype; a float anywhere makes all of them floats")
def list_by_its_first(data):
    kind = {bool: torch.bool, int: torch.int64, float: torch.float32}.get(type(first_of(data)), torch.float32)
    return torch.tensor(data, dtype=kind)


list_of_one = edit("from_list", {"(data)": "(data if isinstance(data, list) else [data])"}).says(
    "a number alone becomes a tensor with one axis; it has none"
)
list_bool_as_int = edit(
    "from_list", "found = torch.tensor(data)\nreturn found.long() if found.dtype == torch.bool else found"
).says("truth values become whole numbers: for Python True is an int, for PyTorch bool is a dtype of its own")

# --- from_numpy_shared, from_numpy_copied

shared_copied = edit("from_numpy_shared", {".from_numpy": ".tensor"}).says(
    "this copies: what is written to the array later does not reach the tensor"
)
shared_as_float32 = edit("from_numpy_shared", {".from_numpy": ".Tensor"}).says(
    "the dtype is float32, whatever the array's was; and to convert it the numbers had to be copied"
)
shared_if_contiguous = edit("from_numpy_shared", {"(a)": "(np.ascontiguousarray(a))"}).says(
    "an array that is not contiguous is copied: torch.from_numpy can do with strides"
)
shared_flat = edit("from_numpy_shared", {"(a)": "(a.reshape(-1))"}).says("the tensor has lost the array's axes")
copied_shared = edit("from_numpy_copied", {".copy()": ""}).says(
    "the tensor lives in the array's memory: from_numpy, as_tensor and slices like a[:] copy nothing"
)
copied_if_strided = edit("from_numpy_copied", {"a.copy()": "np.ascontiguousarray(a)"}).says(
    "only what is not contiguous is copied; any other array shares its memory with the tensor"
)
copied_inferred = edit("from_numpy_copied", {"from_numpy(a.copy())": "tensor(a.tolist()).reshape(a.shape)"}).says(
    "the dtype is inferred from a list, float32 or int64: the array's own dtype is to stay"
)
copied_as_float32 = edit("from_numpy_copied", {"from_numpy(a.copy())": "Tensor(a)"}).says(
    "the dtype is float32, whatever the array's was; it is to stay"
)
copied_widened = edit(
    "from_numpy_copied",
    {"from_numpy(a.copy())": 'tensor(a.tolist(), dtype=torch.float64 if a.dtype.kind == "f" else torch.int64)'},
).says("every float becomes float64 and every whole number int64: the array's own dtype is to stay")

# --- filled

filled_default_dtype = edit(
    "filled", 'return {"empty": torch.zeros, "zeros": torch.zeros, "ones": torch.ones}[kind](shape)'
).says("the dtype is not passed on: the tensor has the default, float32")
filled_swapped = edit(
    "filled", 'return {"empty": torch.zeros, "zeros": torch.ones, "ones": torch.zeros}[kind](shape, dtype=dtype)'
).says("zeros and ones are mixed up")
filled_with_its_shape = edit("filled", "return torch.tensor(shape, dtype=dtype)").says(
    "the shape became the content: a tensor with the numbers of the shape in it"
)
filled_expanded = edit("filled", 'return torch.tensor(int(kind == "ones"), dtype=dtype).expand(shape)').says(
    "one number is shown at every place (expand): such a tensor can't be written to"
)

# --- convert

convert_shared = edit("convert", {", copy=True": ""}).says(
    "when x has the dtype already, x itself comes back: .to() copies only if it must"
)
convert_rounded = edit(
    "convert", {"x.to": "(x.round() if x.is_floating_point() and dtype == torch.int64 else x).to"}
).says("the fractions are rounded to the nearest whole number; they are to be cut off")
convert_floored = edit(
    "convert", {"x.to": "(x.floor() if x.is_floating_point() and dtype == torch.int64 else x).to"}
).says("negative fractions are rounded down: −2.7 becomes −3, and should become −2")
convert_bytes = edit("convert", {"to(dtype, copy=True)": "clone().view(dtype)"}).says(
    "the bytes are read as another dtype, the numbers are not converted"
)
convert_bool_of_positive = edit("convert", {"return": "x = x > 0 if dtype == torch.bool else x\nreturn"}).says(
    "as bool, only what is above 0 is True; all but 0 is True"
)
convert_bool_of_whole = edit("convert", {"return": "x = x.long() if dtype == torch.bool else x\nreturn"}).says(
    "as bool, only numbers of size 1 and more count as True; all but 0 is True"
)

# --- uniform

uniform_width = edit("uniform", {"(high - low)": "high"}).says(
    "u is stretched by high; the width of the range is high − low"
)
uniform_from_zero = edit("uniform", {"low + ": ""}).says("the range begins at 0: low is never added")
uniform_of_unit = edit("uniform", {"low + (high - low) * ": ""}).says(
    "the numbers stay in [0, 1); they are to be spread over [low, high)"
)
uniform_is_normal = edit("uniform", {"rand": "randn"}).says(
    "what is stretched and shifted here is normally distributed, and leaves every range; it is to be uniform in [0, 1)"
)
uniform_double = edit("uniform", {"return low": "result = low", "gen)": "gen)\nreturn result.double()"}).says(
    "the numbers are float64; float32 is asked for"
)
uniform_once = edit(
    "uniform", {"torch.rand(shape, generator=gen)": "torch.rand((), generator=gen).expand(shape)"}
).says("a single number is drawn and repeated; every element needs one of its own")
uniform_ignores_gen = edit("uniform", {", generator=gen": ""}).says(
    "gen is not used: the numbers come from the global generator"
)
uniform_starts_anew = edit("uniform", {"return": "gen.manual_seed(gen.initial_seed())\nreturn"}).says(
    "every call with the same generator gives the same numbers; each is to go on where the last one stopped"
)
uniform_reseeds = edit("uniform", {"return": "gen.manual_seed(0)\nreturn"}).says(
    "gen is set back to a fixed seed at every call, so every call gives the same numbers"
)
uniform_seeds_needlessly = edit("uniform", {"return": "torch.manual_seed(0)\nreturn"}).says(
    "the numbers come from gen, but torch.manual_seed is called as well: that changes everyone else's numbers"
)

# --- normal

normal_without_mean = edit("normal", {"mean + ": ""}).says("the mean is never added")
normal_squared_std = edit("normal", {"std *": "std**2 *"}).says(
    "std is the standard deviation, and here it is used as if it were to be squared"
)
normal_root_of_std = edit("normal", {"std *": "std**0.5 *"}).says(
    "std is taken for the variance: its square root is not needed"
)
normal_swapped = edit("normal", {"mean + std": "std + mean"}).says("mean and std have changed places")
normal_shift_first = edit("normal", "return (torch.randn(shape, generator=gen) + mean) * std").says(
    "(x + mean)·std scales the mean as well: scale first, shift afterwards"
)
normal_is_uniform = edit("normal", {"randn": "rand"}).says(
    "what is stretched and shifted here is uniform in [0, 1); it is to be normally distributed"
)
normal_uniform_of_same_std = edit(
    "normal", {"torch.randn(shape, generator=gen)": "12**0.5 * (torch.rand(shape, generator=gen) - 0.5)"}
).says("mean and standard deviation are right, but the numbers are uniform: none is far from the mean")
normal_double = edit("normal", {"return mean": "result = mean", "gen)": "gen)\nreturn result.double()"}).says(
    "the numbers are float64; float32 is asked for"
)
normal_ignores_gen = edit("normal", {", generator=gen": ""}).says(
    "gen is not used: the numbers come from the global generator"
)
normal_reseeds = edit("normal", {"return": "gen.manual_seed(0)\nreturn"}).says(
    "gen is set back to a fixed seed at every call, so every call gives the same numbers"
)
normal_starts_anew = edit("normal", {"return": "gen.manual_seed(gen.initial_seed())\nreturn"}).says(
    "every call with the same generator gives the same numbers; each is to go on where the last one stopped"
)

# --- integers

integers_with_high = edit("integers", {"high,": "high + 1,"}).says("high itself occurs: the last number is high − 1")
integers_without_last = edit("integers", {"high,": "high - 1,"}).says(
    "high − 1 never occurs: torch.randint leaves out its upper bound by itself"
)
integers_without_first = edit("integers", {"low, high": "low + 1, high"}).says("low never occurs")
integers_without_low = edit("integers", {"low, high": "0, high - low"}).says(
    "the range begins at 0: low is never added"
)
integers_shifted = edit("integers", {"gen)": "gen) + 1"}).says("all numbers are one too high")
integers_from_zero = edit("integers", {"low, ": ""}).says("the range begins at 0: low is not used")
integers_rounded = edit(
    "integers", "return (low + (high - 1 - low) * torch.rand(shape, generator=gen)).round().long()"
).says("rounding gives low and high − 1 half as often as the numbers between: only half an interval rounds to them")
integers_truncated = edit("integers", "return (low + (high - low) * torch.rand(shape, generator=gen)).long()").says(
    "conversion cuts off towards 0: below 0 that rounds up, so 0 comes twice as often and low never"
)
integers_as_floats = edit("integers", {"gen)": "gen).float()"}).says(
    "the numbers are whole, their dtype is not: int64 is asked for"
)
integers_ignores_gen = edit("integers", {", generator=gen": ""}).says(
    "gen is not used: the numbers come from the global generator"
)
integers_starts_anew = edit("integers", {"return": "gen.manual_seed(gen.initial_seed())\nreturn"}).says(
    "every call with the same generator gives the same numbers; each is to go on where the last one stopped"
)
integers_reseeds = edit("integers", {"return": "gen.manual_seed(0)\nreturn"}).says(
    "gen is set back to a fixed seed at every call, so every call gives the same numbers"
)

# --- mean_of_integers

mean_of_raw_integers = edit("mean_of_integers", {"float().": ""}).says(
    "integers have no mean in PyTorch: make floats of them first"
)
mean_floored = edit("mean_of_integers", {"x.float().mean": "(x.sum() // x.numel()).float"}).says(
    "// throws the fraction away before it becomes a float"
)
mean_is_sum = edit("mean_of_integers", {"float().mean": "sum().float"}).says(
    "this is the sum; it is not divided by the number of elements"
)
mean_by_rows = edit("mean_of_integers", {"x.float().mean()": "x.sum().float() / (len(x) if x.ndim else 1)"}).says(
    "the sum is divided by the size of the first axis, not by the number of all elements"
)
mean_of_first_axis = edit("mean_of_integers", {"mean()": "mean(0)"}).says(
    "this is a mean along the first axis; one mean over all elements is asked for"
)
mean_double = edit("mean_of_integers", {"float": "double"}).says("the mean is float64; float32 is asked for")
mean_item = edit("mean_of_integers", {"mean()": "mean().item()"}).says(
    "this is a Python number; a 0-d tensor is asked for"
)

# --- divide

divide_truncated = edit("divide", {"a // b": 'torch.div(a, b, rounding_mode="trunc")'}).says(
    "the whole quotient is cut off towards 0; rounding down means towards −∞, which differs below 0"
)
divide_one_too_low = edit("divide", {"a // b": 'torch.div(a, b, rounding_mode="trunc") - (a / b < 0).long()'}).says(
    "below 0 the whole quotient is one too low where the division leaves no remainder"
)
divide_rounded = edit("divide", {"a // b": "torch.round(a / b).long()"}).says(
    "the whole quotient is rounded to the nearest whole number; it is to be rounded down"
)
divide_ceiled = edit("divide", {"a // b": "-(-a // b)"}).says("the whole quotient is rounded up")
divide_floor_of_double = edit("divide", {"a // b": "torch.floor(a.double() / b).long()"}).says(
    "the whole quotient went through float64 with its sixteen digits; beyond 2⁵³ that is not exact"
)
divide_converted = edit("divide", {"a // b": "(a / b).long()"}).says(
    "converting a/b to int64 cuts off towards 0 (wrong below 0), and float32 has only seven digits (wrong if large)"
)
divide_floor_of_float = edit("divide", {"a // b": "torch.floor(a / b).long()"}).says(
    "a/b is float32 with seven digits: for large numbers its floor is wrong. Divide the integers as integers"
)
divide_floor_as_float = edit("divide", {"a // b": "torch.floor(a / b)"}).says(
    "the whole quotient is a float; int64 is asked for"
)
divide_float_of_floor = edit("divide", {"a / b": "(a // b).float()"}).says(
    "the float quotient is made from the whole one: its fraction is lost"
)
divide_double = edit("divide", {"a / b": "a.double() / b"}).says("the float quotient is float64; float32 is asked for")
divide_swapped = edit("divide", {"/ b, a //": "// b, a /"}).says("the two quotients have changed places")
divide_remainder = edit("divide", {"// b": "% b"}).says("the second result is the remainder (%), not the quotient")

# --- item, to_numpy

item_tensor = edit("item", {"item()": "reshape(())"}).says("this is still a tensor")
item_always_float = edit("item", {"x.item()": "float(x)"}).says(
    "the number is always a float: that loses the digits of large whole numbers, and what a bool is"
)
item_bool_as_int = edit("item", {"x.item()": "x.item() if x.is_floating_point() else int(x)"}).says(
    "a truth value comes back as a whole number; it should be True or False"
)
item_always_int = edit("item", {"x.item()": "int(x)"}).says("the number is always whole: the fraction is cut off")
item_list = edit("item", {".item": ".tolist"}).says("tolist gives a number for a 0-d tensor only, else a list in lists")
to_numpy_shared = edit("to_numpy", {".copy()": ""}).says(
    "the array lives in the tensor's memory: writing to it changes the tensor behind autograd's back"
)
to_numpy_in_a_graph = edit("to_numpy", {"detach().": ""}).says("a tensor in a graph refuses .numpy(): detach it first")
to_numpy_elsewhere = edit("to_numpy", {"cpu().": ""}).says(
    "NumPy reaches no other device: bring the numbers to the CPU first"
)
to_numpy_through_lists = edit(
    "to_numpy", {"x.detach().cpu().numpy().copy()": "np.array(x.tolist()).reshape(tuple(x.shape))"}
).says("float32 becomes float64: the dtype is to stay")
to_numpy_float32 = edit("to_numpy", {".cpu()": ".cpu().float()"}).says(
    "the array is float32 whatever x is: the dtype is to stay"
)
to_numpy_list = edit("to_numpy", {"detach().cpu().numpy().copy": "tolist"}).says("this is a list, not an array")
