"""What learners get wrong here, each as an edit of reference.py; what no edit can say is a function with @mistake."""

from __future__ import annotations

import torch
from reference import pick_device

from grader.checks import edit, mistake

# --- add, affine

add_into_x = edit("add", {"return x + y": "x += y\nreturn x"}).says(
    "x itself is changed: += writes into x, also through a second name, as in `out = x; out += y`"
)
add_into_y = edit("add", {"x + y": "y.add_(x)"}).says(
    "y itself is changed: += and add_ write into the tensor on their left"
)
add_into_flattened = edit("add", {"x + y": "x.reshape(-1).add_(y.reshape(-1)).reshape(x.shape).clone()"}).says(
    "x itself is changed: reshape(-1) is no copy where x is in one piece"
)
add_python_numbers = edit("add", {"x + y": "torch.tensor((x + y).tolist(), device=x.device)"}).says(
    "the result is float32, as .float() and tensors made of Python numbers are; it keeps the dtype of x and y"
)
add_on_the_cpu = edit("add", {"x + y": "(x + y).cpu()"}).says("the result was brought to the CPU: keep it where x is")
affine_into_x = edit("affine", {"a * x + c": "x.mul_(a).add_(c)"}).says(
    "x itself is changed: mul_, *= and += write into x"
)
affine_product_into_x = edit("affine", {"a * x": "x.mul_(a)"}).says("x itself is changed: mul_, *= and += write into x")
affine_sum_first = edit("affine", {"x + c": "(x + c)"}).says("this is a·(x + c): the product comes first")
affine_swapped = edit("affine", {"a * x + c": "c * x + a"}).says(
    "a and c have changed places: a multiplies, c is added"
)
affine_alpha = edit("affine", {"a * x + c": "torch.add(x, c, alpha=a)"}).says(
    "this is x + a·c: alpha multiplies what is added, not x"
)
affine_filled_on_the_cpu = edit("affine", {"a * x": "x * torch.full(x.shape or (1,), a, dtype=x.dtype)"}).says(
    "the numbers became tensors on the CPU; a Python number can meet a tensor on any device"
)
affine_in_float64 = edit("affine", {"x +": "x.double() +"}).says(
    "float32 comes back as float64: the result keeps x's dtype"
)

# --- add_, affine_

add_rebinds = edit("add_", {"x.add_(y)": "x + y"}).says(
    "nothing is written into x: the sum is in a new tensor, to which x = x + y only gives the name x"
)
add_new_data = edit("add_", {"return x.add_(y)": "x.data = x.data + y\nreturn x"}).says(
    "x.data = ... and set_ give x another memory: the larger tensor, whose part x was, keeps the old numbers"
)
add_into_a_copy = edit("add_", {"return x.add_(y)": "x.reshape(-1).add_(y.reshape(-1))\nreturn x"}).says(
    "where x is not in one piece the sum went into a copy, as reshape(-1), flatten() and contiguous() make one"
)
add_returns_a_copy = edit("add_", {"return x.add_(y)": "x += y\nreturn x.clone()"}).says(
    "x has the sum, but what comes back is a copy of it: return x"
)
add_returns_nothing = edit("add_", {"return x.add_(y)": "x += y"}).says("x has the sum, but nothing comes back")
add_returns_a_view = edit("add_", {"return x.add_(y)": "x += y\nreturn x.view_as(x)"}).says(
    "x has the sum, but what comes back is another tensor on the same memory: return x itself"
)
add_the_sum = edit("add_", {"(y)": "(x + y)"}).says("the sum is added: x has become x + (x + y)")
affine_adds_first = edit("affine_", {"mul_(a).add_(c)": "add_(c).mul_(a)"}).says(
    "this is a·(x + c): the product comes first"
)
affine_half_in_place = edit("affine_", {"return x.mul_(a).add_(c)": "x *= a\nreturn x + c"}).says(
    "the sum is not in place: x holds only a·x, and the result is another tensor"
)
affine_rebinds = edit("affine_", {"x.mul_(a).add_(c)": "a * x + c"}).says(
    "nothing is written into x: the numbers are in a new tensor, to which x = a * x + c only gives the name x"
)
affine_new_data = edit("affine_", {"return x.mul_(a).add_(c)": "x.data = a * x.data + c\nreturn x"}).says(
    "x.data = ... and set_ give x another memory: the larger tensor, whose part x was, keeps the old numbers"
)
affine_swapped_in_place = edit("affine_", {"mul_(a).add_(c)": "mul_(c).add_(a)"}).says(
    "a and c have changed places: a multiplies, c is added"
)
affine_in_place_alpha = edit("affine_", {"mul_(a).add_(c)": "add_(c, alpha=a)"}).says(
    "this is x + a·c: alpha multiplies what is added, not x"
)
affine_returns_a_copy = edit("affine_", {"(c)": "(c).clone()"}).says(
    "x has the new numbers, but what comes back is a copy of them: return x"
)
affine_returns_a_view = edit("affine_", {"(c)": "(c).view_as(x)"}).says(
    "x has the new numbers, but what comes back is another tensor on the same memory: return x itself"
)
affine_returns_nothing = edit("affine_", {"return x": "x"}).says("x has the new numbers, but nothing comes back")

# --- pick_device

mps_first = edit(
    "pick_device", {"cuda.": "backends.mps.", 'cuda"': 'mps"', 'mps" if torch.backends.mps': 'cuda" if torch.cuda'}
).says("mps is asked for before cuda")
mps_forgotten = edit("pick_device", {'"mps" if torch.backends.mps.is_available() else "cpu"': '"cpu"'}).says(
    "mps is never asked for: an Apple machine would compute on its CPU"
)
not_called = edit("pick_device", {"cuda.is_available()": "cuda.is_available"}).says(
    "without a name this is cuda on every machine: an is_available without () counts as true, whatever it would say"
)
always_the_cpu = edit("pick_device", 'return torch.device("cpu" if name == "auto" else name)').says(
    "without a name this is the CPU, also on a machine that has a GPU at the moment of the call"
)
cuda_if_available = edit(
    "pick_device", {"(name)": '(name if name[:4] != "cuda" or torch.cuda.is_available() else "cpu")'}
).says("a named device that the machine lacks is replaced by the CPU in silence; a name is taken as it is")
name_ignored = edit("pick_device", {'if name != "auto":\n    return torch.device(name)': ""}).says(
    "the name is ignored: whoever asks for cpu on a machine with a GPU means it"
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


@mistake("pick_device", 'without a name this is the CPU: the default of name is to be "auto"')
def cpu_by_default(name="cpu"):
    return pick_device(name)


a_string = edit(
    "pick_device", {"torch.device(name)": "name", 'torch.device("cuda")': '"cuda"', 'torch.device("mps"': '("mps"'}
).says("this is the device's name, a string; make a torch.device of it")
number_lost = edit("pick_device", {"(name)": '(name.split(":")[0])'}).says(
    "the number after the colon is lost: cuda:1 is the second GPU"
)

# --- to_device

to_unassigned = edit("to_device", {"return batch.to(device)": "batch.to(device)\nreturn batch"}).says(
    "tensor.to(device) returns a tensor, and leaves the one it is called on where it is; only modules move in place"
)
to_the_gpu = edit("to_device", {"batch.to(device)": 'batch.to("cuda")'}).says(
    "the device that was asked for is ignored: everything goes to the GPU"
)
one_level = edit(
    "to_device",
    {
        "{key: to_device(item, device)": "{key: item.to(device) if isinstance(item, torch.Tensor) else item",
        "(batch)(to_device(item, device)": "(batch)(item.to(device) if isinstance(item, torch.Tensor) else item",
    },
).says("only the first level is looked at: a container inside a container keeps its tensors where they are")
into_the_same_containers = edit(
    "to_device",
    {
        "return {key": "batch |= {key",
        "(list, tuple))": "list):\n    batch[:] = to_device(tuple(batch), device)\nif isinstance(batch, tuple)",
    },
).says("the tensors are put back into the containers that came in: whoever still needs the old batch has lost it")
tuples_to_lists = edit(
    "to_device",
    {"type(batch)(to_device(item, device) for item in batch)": "[to_device(item, device) for item in batch]"},
).says("tuples come back as lists")
tuples_overlooked = edit("to_device", {"(list, tuple)": "list"}).says(
    "tuples are overlooked: their tensors stay where they are"
)
to_of_everything = edit(
    "to_device", {"if isinstance(batch, torch.Tensor)": "if not isinstance(batch, (dict, list, tuple))"}
).says("not everything has a .to: a string, a number, None are kept as they are")
numbers_to_tensors = edit(
    "to_device",
    {
        "(batch, torch.Tensor)": "(batch, (torch.Tensor, int, float))",
        "batch.to(device)": "torch.as_tensor(batch).to(device)",
    },
).says("numbers became tensors; what is no tensor is kept as it is")
others_left_out = edit(
    "to_device", {"batch.items()": "batch.items() if isinstance(item, (torch.Tensor, dict, list, tuple))"}
).says("what is no tensor is missing, and its key with it")
others_dropped = edit(
    "to_device",
    {"isinstance(batch, dict)": "not isinstance(batch, (dict, list, tuple)):\n    return\nif isinstance(batch, dict)"},
).says("what is no tensor is missing: None stands in its place")
floats_on_the_way = edit("to_device", {"batch.to(device)": "batch.to(device, torch.float32)"}).says(
    "all tensors became float32 on the way: move, and keep the dtype"
)

# --- run_on

input_stays = edit("run_on", {"return module(x.to(device))": "x.to(device)\nreturn module(x)"}).says(
    "x.to(device) returns a tensor, and leaves x where it is; only the module moves itself. Give the result a name"
)
module_stays = edit("run_on", {"module.": "there = x.", "x.to(device)": "there"}).says(
    "the module stays where it was; x moves alone"
)
nothing_moves = edit("run_on", "return module(x)").says("nothing moves, so the output is where the inputs were")
run_without_graph = edit("run_on", {"return": "with torch.no_grad():\n    return"}).says(
    "the output has no graph: nothing can go back to the module's parameters"
)
graph_in_training_only = edit("run_on", {"return": "with torch.set_grad_enabled(module.training):\n    return"}).says(
    "in evaluation mode the output has no graph: gradients must be able to flow back in both modes"
)
input_detached = edit("run_on", {"x.to(device)": "x.detach().to(device)"}).says(
    "gradients go back to the module's parameters, and not to x"
)
output_to_the_cpu = edit("run_on", "return module.to(device)(x.to(device)).cpu()").says(
    "the output is taken to the CPU: leave it on the device that was asked for"
)
mode_changed = edit("run_on", {"module.to(device)": "module.to(device).eval()"}).says(
    "the module has been put into evaluation mode: leave its mode as it was"
)
mode_to_training = edit("run_on", {"module.to(device)": "module.to(device).train()"}).says(
    "the module has been put into training mode: leave its mode as it was"
)
module_copied = edit("run_on", {"module.to(device)": "import copy\nmodule = copy.deepcopy(module).to(device)"}).says(
    "a copy of the module has moved: the module itself is where it was, and its parameters get no gradients"
)
where_the_module_is = edit(
    "run_on", "for parameter in module.parameters():\n    x = x.to(parameter.device)\nreturn module(x)"
).says("x goes to where the module is; both are to go to the device that was asked for")
module_moved_back = edit(
    "run_on",
    "home = next(module.parameters()).device\nresult = module.to(device)(x.to(device))\nmodule.to(home)\nreturn result",
).says("the module is moved back after the call: it is to stay on the device")
input_moves_itself = edit(
    "run_on", {"return module(x.to(device))": "x.data = x.data.to(device)\nreturn module(x)"}
).says("x itself has moved: setting x.data takes it along for everybody who holds x")

# --- append_ones

ones_at_the_left = edit("append_ones", {"x, x.new_ones(len(x), 1)": "torch.ones_like(x[:, :1]), x"}).says(
    "the ones are at the left"
)
ones_below = edit(
    "append_ones",
    {"[x, x.new_ones(len(x), 1)], dim=1": "[x, torch.ones(1, x.shape[1], dtype=x.dtype, device=x.device)], dim=0"},
).says("this is a row of ones below x: the columns lie along dim 1")
zeros_at_the_right = edit("append_ones", {"x.new_ones(len(x), 1)": "torch.zeros_like(x[:, :1])"}).says(
    "the new column holds zeros"
)
a_block_of_ones = edit("append_ones", {"x.new_ones(len(x), 1)": "torch.ones_like(x)"}).says(
    "there are as many columns of ones as x has columns; one is wanted"
)
made_without_dtype = edit(
    "append_ones", "result = torch.ones(len(x), x.shape[1] + 1, device=x.device)\nresult[:, :-1] = x\nreturn result"
).says("the result is made without x's dtype: torch.ones and its like make float32")
float64_ones = edit(
    "append_ones", {"x.new_ones(len(x), 1)": "torch.ones(len(x), 1, dtype=torch.float64, device=x.device)"}
).says("the ones are float64, and cat follows the wider dtype: a float32 x comes back as float64")
ones_on_the_cpu = edit("append_ones", {"x.new_ones(len(x), 1)": "torch.ones(len(x), 1, dtype=x.dtype)"}).says(
    "the ones are made on the CPU, wherever x is"
)
appended_on_the_cpu = edit(
    "append_ones", "result = torch.ones(len(x), x.shape[1] + 1, dtype=x.dtype)\nresult[:, :-1] = x\nreturn result"
).says("the result is made on the CPU, wherever x is")
rows_stacked = edit(
    "append_ones",
    {"torch.cat([x, x.new_ones(len(x), 1)], dim=1)": "torch.stack([torch.cat([row, x.new_ones(1)]) for row in x])"},
).says("torch.stack of no rows fails: a batch of 0 samples has none")

# --- one_hot

hot_integers = edit("one_hot", {"float": "long"}).says("the result is int64: ask for float32")
hot_booleans = edit("one_hot", "return y[:, None] == torch.arange(C, device=y.device)").says(
    "truth values come back: make float32 of them"
)
columns_from_the_labels = edit(
    "one_hot", "return torch.eye(int(y.max()) + 1 if len(y) else C, device=y.device)[y]"
).says("the columns are counted from the data, by the largest label; C says how many there are")
whole_columns = edit(
    "one_hot", "result = torch.zeros(len(y), C, device=y.device)\nresult[:, y] = 1\nreturn result"
).says("[:, y] = 1 fills the columns of all labels in every row; each row has its own label")
a_row_per_class = edit(
    "one_hot", {"y[:, None] == torch.arange(C, device=y.device)": "torch.arange(C, device=y.device)[:, None] == y"}
).says("the axes are swapped: there is a row for each label")
labels_from_one = edit("one_hot", {"C,": "1, C + 1,"}).says("labels are counted from 1 here; they start at 0")
labels_from_one_wrapped = edit("one_hot", "return torch.eye(C, device=y.device)[y - 1]").says(
    "labels are counted from 1 here, so that the label 0 goes to the last column, index −1; they start at 0"
)
hot_indices_swapped = edit(
    "one_hot",
    "hot = torch.zeros(len(y), C, device=y.device)\nhot[y, torch.arange(len(y), device=y.device)] = 1\nreturn hot",
).says("the indices are swapped: the first one counts the rows, one per sample; the label chooses the column")
eye_on_the_cpu = edit("one_hot", "return torch.eye(C)[y]").says(
    "what y is an index into is made on the CPU, wherever y is"
)
classes_on_the_cpu = edit("one_hot", {", device=y.device": ""}).says("what meets y is made on the CPU, wherever y is")
hot_on_the_cpu = edit("one_hot", {"y[:, None]": "y.cpu()[:, None]", ", device=y.device": ""}).says(
    "the result is on the CPU, wherever y is"
)
