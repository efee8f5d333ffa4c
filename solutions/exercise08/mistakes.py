"""What learners get wrong here, one function each."""

from __future__ import annotations

import torch

from grader.checks import edit, mistake

# --- add, affine


add_into_x = edit(
    "add",
    {"return x + y": "x += y\nreturn x"},
    "x itself is changed: += writes into x, also through a second name, as in `out = x; out += y`",
)
add_into_y = edit("add", {"x + y": "y.add_(x)"}, "y itself is changed: += and add_ write into the tensor on their left")
add_python_numbers = edit(
    "add",
    {"x + y": "torch.tensor((x + y).tolist(), device=x.device)"},
    "the sum went through Python numbers: a tensor made of them is float32, unless told otherwise",
)
add_on_the_cpu = edit("add", {"x + y": "(x + y).cpu()"}, "the result was brought to the CPU: keep it where x is")
affine_into_x = edit("affine", {"a * x + c": "x.mul_(a).add_(c)"}, "x itself is changed: mul_, *= and += write into x")
affine_sum_first = edit("affine", {"x + c": "(x + c)"}, "this is a·(x + c): the product comes first")
affine_swapped = edit("affine", {"a * x + c": "c * x + a"}, "a and c have changed places: a multiplies, c is added")
affine_alpha = edit(
    "affine", {"a * x + c": "torch.add(x, c, alpha=a)"}, "this is x + a·c: alpha multiplies what is added, not x"
)
affine_filled_on_the_cpu = edit(
    "affine",
    {"a * x": "x * torch.full(x.shape or (1,), a, dtype=x.dtype)"},
    "the numbers became tensors on the CPU; a Python number can meet a tensor on any device",
)
affine_in_float64 = edit("affine", {"x +": "x.double() +"}, "float32 comes back as float64: the result keeps x's dtype")


# --- add_, affine_


add_rebinds = edit(
    "add_",
    {"x.add_(y)": "x + y"},
    "x = x + y makes a new tensor and gives it the name x: nothing is written into the tensor that came in",
)
add_new_data = edit(
    "add_",
    {"return x.add_(y)": "x.data = x.data + y\nreturn x"},
    "setting x.data gives x another memory: the larger tensor, whose part x was, keeps the old numbers",
)
add_into_a_copy = edit(
    "add_",
    {"return x.add_(y)": "x.reshape(-1).add_(y.reshape(-1))\nreturn x"},
    "reshape(-1), flatten() and contiguous() copy where x is not in one piece: the sum went into the copy",
)
add_returns_a_copy = edit(
    "add_",
    {"return x.add_(y)": "x += y\nreturn x.clone()"},
    "x has the sum, but what comes back is a copy of it: return x",
)
add_returns_nothing = edit("add_", {"return x.add_(y)": "x += y"}, "x has the sum, but nothing comes back")
add_the_sum = edit("add_", {"(y)": "(x + y)"}, "the sum is added: x has become x + (x + y)")
affine_adds_first = edit(
    "affine_", {"mul_(a).add_(c)": "add_(c).mul_(a)"}, "this is a·(x + c): the product comes first"
)
affine_half_in_place = edit(
    "affine_",
    {"return x.mul_(a).add_(c)": "x *= a\nreturn x + c"},
    "the sum is not in place: x holds only a·x, and the result is another tensor",
)
affine_rebinds = edit(
    "affine_",
    {"x.mul_(a).add_(c)": "a * x + c"},
    "x = a * x + c makes a new tensor and gives it the name x: nothing is written into the tensor that came in",
)
affine_new_data = edit(
    "affine_",
    {"return x.mul_(a).add_(c)": "x.data = a * x.data + c\nreturn x"},
    "setting x.data gives x another memory: the larger tensor, whose part x was, keeps the old numbers",
)
affine_in_place_alpha = edit(
    "affine_", {"mul_(a).add_(c)": "add_(c, alpha=a)"}, "this is x + a·c: alpha multiplies what is added, not x"
)
affine_returns_a_copy = edit(
    "affine_", {"(c)": "(c).clone()"}, "x has the new numbers, but what comes back is a copy of them: return x"
)
affine_returns_nothing = edit("affine_", {"return x": "x"}, "x has the new numbers, but nothing comes back")


# --- pick_device


mps_first = edit(
    "pick_device",
    {"cuda.": "backends.mps.", 'cuda"': 'mps"', 'mps" if torch.backends.mps': 'cuda" if torch.cuda'},
    "mps is asked for before cuda",
)


@mistake("pick_device", "mps is never asked for: an Apple machine would compute on its CPU")
def mps_forgotten(name="auto"):
    if name != "auto":
        return torch.device(name)
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@mistake("pick_device", "is_available without () is the function itself, which counts as true on every machine")
def not_called(name="auto"):
    if name != "auto":
        return torch.device(name)
    return torch.device("cuda")


always_the_cpu = edit(
    "pick_device",
    'return torch.device("cpu" if name == "auto" else name)',
    "this is always the CPU where nothing is named: ask what the machine has",
)
name_ignored = edit(
    "pick_device",
    {'if name != "auto":\n    return torch.device(name)': ""},
    "the name is ignored: whoever asks for cpu on a machine with a GPU means it",
)


@mistake(
    "pick_device", "a named device that the machine lacks is replaced by the CPU in silence; a name is taken as it is"
)
def named_if_available(name="auto"):
    if torch.cuda.is_available() and name in ("auto", "cuda"):
        return torch.device("cuda")
    if torch.backends.mps.is_available() and name in ("auto", "mps"):
        return torch.device("mps")
    return torch.device(name if name.startswith("cuda:") and torch.cuda.is_available() else "cpu")


@mistake("pick_device", "this is the device's name, a string; make a torch.device of it")
def a_string(name="auto"):
    if name != "auto":
        return name
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


number_lost = edit(
    "pick_device", {"(name)": '(name.split(":")[0])'}, "the number after the colon is lost: cuda:1 is the second GPU"
)


# --- to_device


def moved(batch, move, leaf=lambda item: item):
    """The batch with `move` of every tensor, and `leaf` of what else it holds."""
    if isinstance(batch, torch.Tensor):
        return move(batch)
    if isinstance(batch, dict):
        return {key: moved(item, move, leaf) for key, item in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(moved(item, move, leaf) for item in batch)
    return leaf(batch)


@mistake(
    "to_device",
    "tensor.to(device) returns a tensor, and leaves the one it is called on where it is; only modules move in place",
)
def to_unassigned(batch, device):
    moved(batch, lambda tensor: tensor.to(device))
    return moved(batch, lambda tensor: tensor)


@mistake("to_device", "the device that was asked for is ignored: everything goes to the GPU")
def to_the_gpu(batch, device):
    return moved(batch, lambda tensor: tensor.to("cuda"))


@mistake(
    "to_device", "only the first level is looked at: a container inside a container keeps its tensors where they are"
)
def one_level(batch, device):
    def item_on(item):
        return item.to(device) if isinstance(item, torch.Tensor) else item

    if isinstance(batch, dict):
        return {key: item_on(item) for key, item in batch.items()}
    return type(batch)(map(item_on, batch)) if isinstance(batch, (list, tuple)) else item_on(batch)


@mistake(
    "to_device",
    "the tensors are put back into the containers that came in: whoever still needs the old batch has lost it",
)
def into_the_same_containers(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        for key in batch:
            batch[key] = into_the_same_containers(batch[key], device)
    elif isinstance(batch, list):
        batch[:] = [into_the_same_containers(item, device) for item in batch]
    elif isinstance(batch, tuple):
        return tuple(into_the_same_containers(item, device) for item in batch)
    return batch


@mistake("to_device", "tuples come back as lists")
def tuples_to_lists(batch, device):
    if isinstance(batch, (list, tuple)):
        return [tuples_to_lists(item, device) for item in batch]
    if isinstance(batch, dict):
        return {key: tuples_to_lists(item, device) for key, item in batch.items()}
    return batch.to(device) if isinstance(batch, torch.Tensor) else batch


@mistake("to_device", "tuples are overlooked: their tensors stay where they are")
def tuples_overlooked(batch, device):
    if isinstance(batch, dict):
        return {key: tuples_overlooked(item, device) for key, item in batch.items()}
    if isinstance(batch, list):
        return [tuples_overlooked(item, device) for item in batch]
    return batch.to(device) if isinstance(batch, torch.Tensor) else batch


@mistake("to_device", "not everything has a .to: a string, a number, None are kept as they are")
def to_of_everything(batch, device):
    return moved(batch, lambda tensor: tensor.to(device), lambda item: item.to(device))


@mistake("to_device", "numbers became tensors; what is no tensor is kept as it is")
def numbers_to_tensors(batch, device):
    def leaf(item):
        return torch.tensor(item, device=device) if isinstance(item, (int, float)) else item

    return moved(batch, lambda tensor: tensor.to(device), leaf)


@mistake("to_device", "what is no tensor is missing: None stands in its place")
def others_dropped(batch, device):
    return moved(batch, lambda tensor: tensor.to(device), lambda item: None)


@mistake("to_device", "whole numbers became floats on the way: move, and keep the dtype")
def floats_on_the_way(batch, device):
    return moved(batch, lambda tensor: tensor.to(device, torch.float32 if tensor.dtype == torch.int64 else None))


# --- run_on


input_stays = edit(
    "run_on",
    {"return module(x.to(device))": "x.to(device)\nreturn module(x)"},
    "x.to(device) returns a tensor, and leaves x where it is; only the module moves itself. Give the result a name",
)
module_stays = edit(
    "run_on", {"module.": "there = x.", "x.to(device)": "there"}, "the module stays where it was; x moves alone"
)
nothing_moves = edit("run_on", "return module(x)", "nothing moves, so the output is where the inputs were")


@mistake("run_on", "under no_grad there is no graph: nothing can go back to the module's parameters")
def run_without_graph(module, x, device):
    with torch.no_grad():
        return module.to(device)(x.to(device))


output_to_the_cpu = edit(
    "run_on",
    "return module.to(device)(x.to(device)).cpu()",
    "the output is taken to the CPU: leave it on the device that was asked for",
)


@mistake("run_on", "the module is moved back after the call: it is to stay on the device")
def module_moved_back(module, x, device):
    result = module.to(device)(x.to(device))
    module.to(x.device)
    return result


input_moves_itself = edit(
    "run_on",
    {"return module(x.to(device))": "x.data = x.data.to(device)\nreturn module(x)"},
    "x itself has moved: setting x.data takes it along for everybody who holds x",
)


# --- append_ones


ones_at_the_left = edit(
    "append_ones", {"x, x.new_ones(len(x), 1)": "torch.ones_like(x[:, :1]), x"}, "the ones are at the left"
)
ones_below = edit(
    "append_ones",
    {"[x, x.new_ones(len(x), 1)], dim=1": "[x, torch.ones(1, x.shape[1], dtype=x.dtype, device=x.device)], dim=0"},
    "this is a row of ones below x: the columns lie along dim 1",
)
zeros_at_the_right = edit(
    "append_ones", {"x.new_ones(len(x), 1)": "torch.zeros_like(x[:, :1])"}, "the new column holds zeros"
)


@mistake("append_ones", "the result is made without x's dtype: torch.ones and its like make float32")
def made_without_dtype(x):
    result = torch.ones(x.shape[0], x.shape[1] + 1, device=x.device)
    result[:, :-1] = x
    return result


float64_ones = edit(
    "append_ones",
    {"x.new_ones(len(x), 1)": "torch.ones(len(x), 1, dtype=torch.float64, device=x.device)"},
    "the ones are float64, and cat follows the wider dtype: a float32 x comes back as float64",
)
ones_on_the_cpu = edit(
    "append_ones",
    {"x.new_ones(len(x), 1)": "torch.ones(len(x), 1, dtype=x.dtype)"},
    "the ones are made on the CPU, wherever x is",
)


@mistake("append_ones", "the result is made on the CPU, wherever x is")
def appended_on_the_cpu(x):
    result = torch.ones(len(x), x.shape[1] + 1, dtype=x.dtype)
    result[:, :-1] = x
    return result


@mistake("append_ones", "torch.stack of no rows fails: a batch of 0 samples has none")
def rows_stacked(x):
    one = torch.ones(1, dtype=x.dtype, device=x.device)
    return torch.stack([torch.cat([row, one]) for row in x])


# --- one_hot


hot_integers = edit("one_hot", {"float": "long"}, "the result is int64: ask for float32")
hot_booleans = edit(
    "one_hot", "return y[:, None] == torch.arange(C, device=y.device)", "truth values come back: make float32 of them"
)
columns_from_the_labels = edit(
    "one_hot",
    "return torch.eye(int(y.max()) + 1 if len(y) else C, device=y.device)[y]",
    "the columns are counted from the data, by the largest label; C says how many there are",
)


@mistake("one_hot", "[:, y] = 1 fills the columns of all labels in every row; each row has its own label")
def whole_columns(y, C):
    result = torch.zeros(len(y), C, device=y.device)
    result[:, y] = 1
    return result


a_row_per_class = edit(
    "one_hot",
    {"y[:, None] == torch.arange(C, device=y.device)": "torch.arange(C, device=y.device)[:, None] == y"},
    "the axes are swapped: there is a row for each label",
)
labels_from_one = edit("one_hot", {"C,": "1, C + 1,"}, "labels are counted from 1 here; they start at 0")
labels_from_one_wrapped = edit(
    "one_hot",
    "return torch.eye(C, device=y.device)[y - 1]",
    "labels are counted from 1 here, so that the label 0 goes to the last column, index −1; they start at 0",
)


@mistake(
    "one_hot", "the indices are swapped: the first one counts the rows, one per sample; the label chooses the column"
)
def hot_indices_swapped(y, C):
    result = torch.zeros(len(y), C, device=y.device)
    for row, label in enumerate(y.tolist()):
        result[label, row] = 1
    return result


eye_on_the_cpu = edit("one_hot", "return torch.eye(C)[y]", "what y is an index into is made on the CPU, wherever y is")
classes_on_the_cpu = edit("one_hot", {", device=y.device": ""}, "what meets y is made on the CPU, wherever y is")


@mistake("one_hot", "the result is on the CPU, wherever y is")
def hot_on_the_cpu(y, C):
    result = torch.zeros(len(y), C)
    for row, label in enumerate(y.tolist()):
        result[row, label] = 1
    return result
