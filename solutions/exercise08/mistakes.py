"""What learners get wrong here, one function each."""

from __future__ import annotations

import torch

from grader.checks import mistake

# --- add, affine


@mistake(
    "add",
    en="x itself is changed: += writes into x, also through a second name, as in `out = x; out += y`",
    zh="x 本身被改动了：+= 会写进 x，换个名字也一样，例如 `out = x; out += y`",
)
def add_into_x(x, y):
    x += y
    return x


@mistake(
    "add",
    en="y itself is changed: += and add_ write into the tensor on their left",
    zh="y 本身被改动了：+= 和 add_ 会写进它们左边的张量",
)
def add_into_y(x, y):
    return y.add_(x)


@mistake(
    "add",
    en="the sum went through Python numbers: a tensor made of them is float32, unless told otherwise",
    zh="求和时绕道了 Python 的数：用它们新建的张量，不指定 dtype 就是 float32",
)
def add_python_numbers(x, y):
    return torch.tensor((x + y).tolist(), device=x.device)


@mistake(
    "add",
    en="the result was brought to the CPU: keep it where x is",
    zh="结果被搬到了 CPU 上：它应当留在 x 所在的设备上",
)
def add_on_the_cpu(x, y):
    return (x + y).cpu()


@mistake("affine", en="x itself is changed: mul_, *= and += write into x", zh="x 本身被改动了：mul_、*=、+= 都会写进 x")
def affine_into_x(x, a, c):
    return x.mul_(a).add_(c)


@mistake("affine", en="this is a·(x + c): the product comes first", zh="这是 a·(x + c)：应当先乘后加")
def affine_sum_first(x, a, c):
    return a * (x + c)


@mistake(
    "affine", en="a and c have changed places: a multiplies, c is added", zh="a 和 c 的位置反了：a 用来乘，c 用来加"
)
def affine_swapped(x, a, c):
    return c * x + a


@mistake(
    "affine",
    en="this is x + a·c: alpha multiplies what is added, not x",
    zh="这是 x + a·c：alpha 乘的是要加上的数，不是 x",
)
def affine_alpha(x, a, c):
    return torch.add(x, c, alpha=a)


@mistake(
    "affine",
    en="the numbers became tensors on the CPU; a Python number can meet a tensor on any device",
    zh="a 和 c 被做成了 CPU 上的张量；Python 的数本来就可以和任何设备上的张量一起算",
)
def affine_filled_on_the_cpu(x, a, c):
    return x * torch.full(x.shape or (1,), a, dtype=x.dtype) + c


@mistake(
    "affine",
    en="float32 comes back as float64: the result keeps x's dtype",
    zh="输入 float32，返回的却是 float64：结果应保持 x 的 dtype",
)
def affine_in_float64(x, a, c):
    return a * x.double() + c


# --- add_, affine_


@mistake(
    "add_",
    en="x = x + y makes a new tensor and gives it the name x: nothing is written into the tensor that came in",
    zh="x = x + y 会新建一个张量，再让名字 x 指向它：传进来的那个张量里什么也没有写入",
)
def add_rebinds(x, y):
    return x + y


@mistake(
    "add_",
    en="setting x.data gives x another memory: the larger tensor, whose part x was, keeps the old numbers",
    zh="给 x.data 赋值，会让 x 换一块内存：x 原来所在的那个更大的张量，里面还是旧的数",
)
def add_new_data(x, y):
    x.data = x.data + y
    return x


@mistake(
    "add_",
    en="reshape(-1), flatten() and contiguous() copy where x is not in one piece: the sum went into the copy",
    zh="x 在内存中不连续时，reshape(-1)、flatten()、contiguous() 得到的是副本：和写进了副本里",
)
def add_into_a_copy(x, y):
    x.reshape(-1).add_(y.reshape(-1))
    return x


@mistake(
    "add_",
    en="x has the sum, but what comes back is a copy of it: return x",
    zh="和已经写进了 x，但返回的是它的副本：应当返回 x",
)
def add_returns_a_copy(x, y):
    x += y
    return x.clone()


@mistake("add_", en="x has the sum, but nothing comes back", zh="和已经写进了 x，但什么也没有返回")
def add_returns_nothing(x, y):
    x += y


@mistake("add_", en="the sum is added: x has become x + (x + y)", zh="又把和加了一遍：x 成了 x + (x + y)")
def add_the_sum(x, y):
    return x.add_(x + y)


@mistake("affine_", en="this is a·(x + c): the product comes first", zh="这是 a·(x + c)：应当先乘后加")
def affine_adds_first(x, a, c):
    return x.add_(c).mul_(a)


@mistake(
    "affine_",
    en="the sum is not in place: x holds only a·x, and the result is another tensor",
    zh="加法不是原地的：x 里只有 a·x，返回的是另一个张量",
)
def affine_half_in_place(x, a, c):
    x *= a
    return x + c


@mistake(
    "affine_",
    en="x = a * x + c makes a new tensor and gives it the name x: nothing is written into the tensor that came in",
    zh="x = a * x + c 会新建一个张量，再让名字 x 指向它：传进来的那个张量里什么也没有写入",
)
def affine_rebinds(x, a, c):
    return a * x + c


@mistake(
    "affine_",
    en="setting x.data gives x another memory: the larger tensor, whose part x was, keeps the old numbers",
    zh="给 x.data 赋值，会让 x 换一块内存：x 原来所在的那个更大的张量，里面还是旧的数",
)
def affine_new_data(x, a, c):
    x.data = a * x.data + c
    return x


@mistake(
    "affine_",
    en="this is x + a·c: alpha multiplies what is added, not x",
    zh="这是 x + a·c：alpha 乘的是要加上的数，不是 x",
)
def affine_in_place_alpha(x, a, c):
    return x.add_(c, alpha=a)


@mistake(
    "affine_",
    en="x has the new numbers, but what comes back is a copy of them: return x",
    zh="新的数已经写进了 x，但返回的是它的副本：应当返回 x",
)
def affine_returns_a_copy(x, a, c):
    return x.mul_(a).add_(c).clone()


@mistake("affine_", en="x has the new numbers, but nothing comes back", zh="新的数已经写进了 x，但什么也没有返回")
def affine_returns_nothing(x, a, c):
    x.mul_(a).add_(c)


# --- pick_device


@mistake("pick_device", en="mps is asked for before cuda", zh="先问了 mps，后问 cuda，次序反了")
def mps_first(name="auto"):
    if name != "auto":
        return torch.device(name)
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@mistake(
    "pick_device",
    en="mps is never asked for: an Apple machine would compute on its CPU",
    zh="从来没有问过 mps：在苹果的机器上就只会用 CPU 计算",
)
def mps_forgotten(name="auto"):
    if name != "auto":
        return torch.device(name)
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@mistake(
    "pick_device",
    en="is_available without () is the function itself, which counts as true on every machine",
    zh="is_available 后面没有 ()，那就是函数本身，在哪台机器上都算真",
)
def not_called(name="auto"):
    if name != "auto":
        return torch.device(name)
    return torch.device("cuda")


@mistake(
    "pick_device",
    en="this is always the CPU where nothing is named: ask what the machine has",
    zh="没有指明设备时，总是选 CPU：应当先问机器上有什么",
)
def always_the_cpu(name="auto"):
    return torch.device("cpu" if name == "auto" else name)


@mistake(
    "pick_device",
    en="the name is ignored: whoever asks for cpu on a machine with a GPU means it",
    zh="没有理会 name：在有 GPU 的机器上指明要 cpu，就该给 cpu",
)
def name_ignored(name="auto"):
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")


@mistake(
    "pick_device",
    en="a named device that the machine lacks is replaced by the CPU in silence; a name is taken as it is",
    zh="机器上没有所指定的设备时，悄悄换成了 CPU；给出的设备名应当照原样采用",
)
def named_if_available(name="auto"):
    if torch.cuda.is_available() and name in ("auto", "cuda"):
        return torch.device("cuda")
    if torch.backends.mps.is_available() and name in ("auto", "mps"):
        return torch.device("mps")
    return torch.device(name if name.startswith("cuda:") and torch.cuda.is_available() else "cpu")


@mistake(
    "pick_device",
    en="this is the device's name, a string; make a torch.device of it",
    zh="这是设备的名字，一个字符串；应当用它构造 torch.device",
)
def a_string(name="auto"):
    if name != "auto":
        return name
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


@mistake(
    "pick_device",
    en="the number after the colon is lost: cuda:1 is the second GPU",
    zh="冒号后面的编号丢了：cuda:1 是第二块 GPU",
)
def number_lost(name="auto"):
    if name != "auto":
        return torch.device(name.split(":")[0])
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")


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
    en="tensor.to(device) returns a tensor, and leaves the one it is called on where it is; only modules move in place",
    zh="tensor.to(device) 会返回一个张量，被调用的那个张量留在原处；只有模块才会自己移过去",
)
def to_unassigned(batch, device):
    moved(batch, lambda tensor: tensor.to(device))
    return moved(batch, lambda tensor: tensor)


@mistake(
    "to_device",
    en="the device that was asked for is ignored: everything goes to the GPU",
    zh="没有理会要求的设备：什么都移到了 GPU 上",
)
def to_the_gpu(batch, device):
    return moved(batch, lambda tensor: tensor.to("cuda"))


@mistake(
    "to_device",
    en="only the first level is looked at: a container inside a container keeps its tensors where they are",
    zh="只看了最外面一层：容器里面的容器，其中的张量还留在原处",
)
def one_level(batch, device):
    def item_on(item):
        return item.to(device) if isinstance(item, torch.Tensor) else item

    if isinstance(batch, dict):
        return {key: item_on(item) for key, item in batch.items()}
    return type(batch)(map(item_on, batch)) if isinstance(batch, (list, tuple)) else item_on(batch)


@mistake(
    "to_device",
    en="the tensors are put back into the containers that came in: whoever still needs the old batch has lost it",
    zh="移动后的张量又放回了传入的容器里：别处若还要用原来的 batch，就找不回来了",
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


@mistake("to_device", en="tuples come back as lists", zh="元组变成了列表")
def tuples_to_lists(batch, device):
    if isinstance(batch, (list, tuple)):
        return [tuples_to_lists(item, device) for item in batch]
    if isinstance(batch, dict):
        return {key: tuples_to_lists(item, device) for key, item in batch.items()}
    return batch.to(device) if isinstance(batch, torch.Tensor) else batch


@mistake(
    "to_device", en="tuples are overlooked: their tensors stay where they are", zh="漏掉了元组：其中的张量还留在原处"
)
def tuples_overlooked(batch, device):
    if isinstance(batch, dict):
        return {key: tuples_overlooked(item, device) for key, item in batch.items()}
    if isinstance(batch, list):
        return [tuples_overlooked(item, device) for item in batch]
    return batch.to(device) if isinstance(batch, torch.Tensor) else batch


@mistake(
    "to_device",
    en="not everything has a .to: a string, a number, None are kept as they are",
    zh="不是什么都有 .to：字符串、数、None 要原样保留",
)
def to_of_everything(batch, device):
    return moved(batch, lambda tensor: tensor.to(device), lambda item: item.to(device))


@mistake(
    "to_device",
    en="numbers became tensors; what is no tensor is kept as it is",
    zh="数被变成了张量；不是张量的内容要原样保留",
)
def numbers_to_tensors(batch, device):
    def leaf(item):
        return torch.tensor(item, device=device) if isinstance(item, (int, float)) else item

    return moved(batch, lambda tensor: tensor.to(device), leaf)


@mistake("to_device", en="what is no tensor is missing: None stands in its place", zh="不是张量的内容丢了：变成了 None")
def others_dropped(batch, device):
    return moved(batch, lambda tensor: tensor.to(device), lambda item: None)


@mistake(
    "to_device",
    en="whole numbers became floats on the way: move, and keep the dtype",
    zh="移动的时候，整数变成了浮点数：只移动，dtype 要保持",
)
def floats_on_the_way(batch, device):
    return moved(batch, lambda tensor: tensor.to(device, torch.float32 if tensor.dtype == torch.int64 else None))


# --- run_on


@mistake(
    "run_on",
    en="x.to(device) returns a tensor, and leaves x where it is; only the module moves itself. Give the result a name",
    zh="x.to(device) 会返回一个张量，x 自己留在原处；只有模块才会自己移过去。要用变量接住结果",
)
def input_stays(module, x, device):
    module.to(device)
    x.to(device)
    return module(x)


@mistake("run_on", en="the module stays where it was; x moves alone", zh="模块留在了原处，只有 x 移了过去")
def module_stays(module, x, device):
    there = x.to(device)
    return module(there)


@mistake(
    "run_on", en="nothing moves, so the output is where the inputs were", zh="什么也没有移动，输出还在原来的设备上"
)
def nothing_moves(module, x, device):
    return module(x)


@mistake(
    "run_on",
    en="under no_grad there is no graph: nothing can go back to the module's parameters",
    zh="在 no_grad 之下没有计算图：梯度回不到模块的参数",
)
def run_without_graph(module, x, device):
    with torch.no_grad():
        return module.to(device)(x.to(device))


@mistake(
    "run_on",
    en="the output is taken to the CPU: leave it on the device that was asked for",
    zh="输出被搬到了 CPU 上：应当留在所要求的设备上",
)
def output_to_the_cpu(module, x, device):
    return module.to(device)(x.to(device)).cpu()


@mistake(
    "run_on",
    en="the module is moved back after the call: it is to stay on the device",
    zh="调用之后又把模块移了回去：它应当留在所要求的设备上",
)
def module_moved_back(module, x, device):
    result = module.to(device)(x.to(device))
    module.to(x.device)
    return result


@mistake(
    "run_on",
    en="x itself has moved: setting x.data takes it along for everybody who holds x",
    zh="x 本身被移走了：给 x.data 赋值，别处拿着的 x 也跟着换了设备",
)
def input_moves_itself(module, x, device):
    module.to(device)
    x.data = x.data.to(device)
    return module(x)


# --- append_ones


@mistake("append_ones", en="the ones are at the left", zh="那列 1 接在了左边")
def ones_at_the_left(x):
    return torch.cat([torch.ones_like(x[:, :1]), x], dim=1)


@mistake(
    "append_ones",
    en="this is a row of ones below x: the columns lie along dim 1",
    zh="这是在 x 下面加了一行 1：要加一列，应当沿 dim=1 拼接",
)
def ones_below(x):
    return torch.cat([x, torch.ones(1, x.shape[1], dtype=x.dtype, device=x.device)], dim=0)


@mistake("append_ones", en="the new column holds zeros", zh="新的一列是 0")
def zeros_at_the_right(x):
    return torch.cat([x, torch.zeros_like(x[:, :1])], dim=1)


@mistake(
    "append_ones",
    en="the result is made without x's dtype: torch.ones and its like make float32",
    zh="新建结果时没有沿用 x 的 dtype：torch.ones 之类默认得到 float32",
)
def made_without_dtype(x):
    result = torch.ones(x.shape[0], x.shape[1] + 1, device=x.device)
    result[:, :-1] = x
    return result


@mistake(
    "append_ones",
    en="the ones are float64, and cat follows the wider dtype: a float32 x comes back as float64",
    zh="那列 1 是 float64，而 cat 会取更宽的 dtype：输入 float32，返回的却是 float64",
)
def float64_ones(x):
    return torch.cat([x, torch.ones(len(x), 1, dtype=torch.float64, device=x.device)], dim=1)


@mistake("append_ones", en="the ones are made on the CPU, wherever x is", zh="不管 x 在哪里，那列 1 都建在了 CPU 上")
def ones_on_the_cpu(x):
    return torch.cat([x, torch.ones(len(x), 1, dtype=x.dtype)], dim=1)


@mistake("append_ones", en="the result is made on the CPU, wherever x is", zh="不管 x 在哪里，结果都建在了 CPU 上")
def appended_on_the_cpu(x):
    result = torch.ones(len(x), x.shape[1] + 1, dtype=x.dtype)
    result[:, :-1] = x
    return result


@mistake(
    "append_ones",
    en="torch.stack of no rows fails: a batch of 0 samples has none",
    zh="一行也没有时，torch.stack 会报错：批量可能有 0 个样本",
)
def rows_stacked(x):
    one = torch.ones(1, dtype=x.dtype, device=x.device)
    return torch.stack([torch.cat([row, one]) for row in x])


# --- one_hot


@mistake("one_hot", en="the result is int64: ask for float32", zh="结果是 int64：应当是 float32")
def hot_integers(y, C):
    return (y[:, None] == torch.arange(C, device=y.device)).long()


@mistake("one_hot", en="truth values come back: make float32 of them", zh="返回的是布尔值：应当转成 float32")
def hot_booleans(y, C):
    return y[:, None] == torch.arange(C, device=y.device)


@mistake(
    "one_hot",
    en="the columns are counted from the data, by the largest label; C says how many there are",
    zh="列数是按数据里最大的标签算的；有多少列，由 C 决定",
)
def columns_from_the_labels(y, C):
    return torch.eye(int(y.max()) + 1 if len(y) else C, device=y.device)[y]


@mistake(
    "one_hot",
    en="[:, y] = 1 fills the columns of all labels in every row; each row has its own label",
    zh="[:, y] = 1 会在每一行里把所有标签的列都填上 1；每一行只有自己的标签",
)
def whole_columns(y, C):
    result = torch.zeros(len(y), C, device=y.device)
    result[:, y] = 1
    return result


@mistake("one_hot", en="the axes are swapped: there is a row for each label", zh="两个轴反了：每个标签占一行")
def a_row_per_class(y, C):
    return (torch.arange(C, device=y.device)[:, None] == y).float()


@mistake("one_hot", en="labels are counted from 1 here; they start at 0", zh="这里把标签当成从 1 数起；其实从 0 数起")
def labels_from_one(y, C):
    return (y[:, None] == torch.arange(1, C + 1, device=y.device)).float()


@mistake(
    "one_hot",
    en="labels are counted from 1 here, so that the label 0 goes to the last column, index −1; they start at 0",
    zh="这里把标签当成从 1 数起，于是标签 0 落到了最后一列（下标 −1）；其实从 0 数起",
)
def labels_from_one_wrapped(y, C):
    return torch.eye(C, device=y.device)[y - 1]


@mistake(
    "one_hot",
    en="the indices are swapped: the first one counts the rows, one per sample; the label chooses the column",
    zh="两个下标写反了：第一个下标数的是行，每个样本一行；标签选的是列",
)
def hot_indices_swapped(y, C):
    result = torch.zeros(len(y), C, device=y.device)
    for row, label in enumerate(y.tolist()):
        result[label, row] = 1
    return result


@mistake(
    "one_hot",
    en="what y is an index into is made on the CPU, wherever y is",
    zh="不管 y 在哪里，被 y 索引的张量都建在了 CPU 上",
)
def eye_on_the_cpu(y, C):
    return torch.eye(C)[y]


@mistake(
    "one_hot",
    en="what meets y is made on the CPU, wherever y is",
    zh="不管 y 在哪里，和 y 一起运算的张量都建在了 CPU 上",
)
def classes_on_the_cpu(y, C):
    return (y[:, None] == torch.arange(C)).float()


@mistake("one_hot", en="the result is on the CPU, wherever y is", zh="不管 y 在哪里，结果都在 CPU 上")
def hot_on_the_cpu(y, C):
    result = torch.zeros(len(y), C)
    for row, label in enumerate(y.tolist()):
        result[row, label] = 1
    return result
