"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import numpy as np
import torch
from reference import integers, normal, uniform

from grader.checks import mistake

# --- from_list


def first_of(data):
    return first_of(data[0]) if isinstance(data, list) and data else data


@mistake(
    "from_list",
    en="whole numbers and truth values become float32, too: torch.Tensor, with a capital T, does not infer the dtype",
    zh="整数和布尔值也变成了 float32：大写的 torch.Tensor 不会推断 dtype",
)
def list_always_float(data):
    return torch.tensor(data, dtype=torch.float32)


@mistake(
    "from_list",
    en="torch.Tensor, with a capital T, takes a single number for a size, or refuses it; and all it makes is float32",
    zh="大写的 torch.Tensor 遇到单个的数，要么当成大小，要么报错；而且得到的一律是 float32",
)
def list_capital_t(data):
    return torch.Tensor(data)


@mistake(
    "from_list",
    en="the floats are float64: they went through NumPy, where that is the default; PyTorch's is float32",
    zh="浮点数成了 float64：中间经过了 NumPy，那里默认是 float64；PyTorch 默认是 float32",
)
def list_through_numpy(data):
    return torch.from_numpy(np.array(data))


@mistake(
    "from_list",
    en="everything becomes int64, and the fractions are cut off",
    zh="所有数都变成了 int64，小数部分被截掉了",
)
def list_always_int(data):
    return torch.tensor(data, dtype=torch.int64)


@mistake(
    "from_list",
    en="the first number alone decides the dtype; a float anywhere makes all of them floats",
    zh="dtype 只由第一个数决定了；只要其中有一个浮点数，结果就应当是浮点张量",
)
def list_by_its_first(data):
    kind = {bool: torch.bool, int: torch.int64, float: torch.float32}.get(type(first_of(data)), torch.float32)
    return torch.tensor(data, dtype=kind)


@mistake(
    "from_list",
    en="truth values become whole numbers: for Python True is an int, for PyTorch bool is a dtype of its own",
    zh="布尔值变成了整数：在 Python 里 True 也是 int，而在 PyTorch 里 bool 是单独的 dtype",
)
def list_bool_as_int(data):
    found = torch.tensor(data)
    return found.long() if found.dtype == torch.bool else found


# --- from_numpy_shared, from_numpy_copied


@mistake(
    "from_numpy_shared",
    en="this copies: what is written to the array later does not reach the tensor",
    zh="这里复制了一份：之后再写入数组，张量不会跟着变",
)
def shared_copied(a):
    return torch.tensor(a)


@mistake(
    "from_numpy_shared",
    en="the dtype is float32, whatever the array's was; and to convert it the numbers had to be copied",
    zh="不管数组原来是什么 dtype，结果都成了 float32；而转换 dtype 时，数据已经被复制了一份",
)
def shared_as_float32(a):
    return torch.Tensor(a)


@mistake(
    "from_numpy_shared",
    en="an array that is not contiguous is copied: torch.from_numpy can do with strides",
    zh="不连续的数组被复制了一份：其实 torch.from_numpy 能处理步幅",
)
def shared_if_contiguous(a):
    return torch.from_numpy(np.ascontiguousarray(a))


@mistake("from_numpy_shared", en="the tensor has lost the array's axes", zh="张量丢掉了数组原来的轴")
def shared_flat(a):
    return torch.from_numpy(a.reshape(-1))


@mistake(
    "from_numpy_copied",
    en="the tensor lives in the array's memory: from_numpy, as_tensor and slices like a[:] copy nothing",
    zh="张量用的还是数组的内存：from_numpy、as_tensor 和 a[:] 这样的切片都不复制数据",
)
def copied_shared(a):
    return torch.from_numpy(a)


@mistake(
    "from_numpy_copied",
    en="the dtype is float32, whatever the array's was: torch.Tensor, with a capital T, converts",
    zh="不管数组原来是什么 dtype，结果都成了 float32：大写的 torch.Tensor 会转换 dtype",
)
def copied_as_float32(a):
    return torch.Tensor(a)


@mistake(
    "from_numpy_copied",
    en="every float becomes float64 and every whole number int64: the array's own dtype is to stay",
    zh="浮点数都成了 float64，整数都成了 int64：应当保持数组自己的 dtype",
)
def copied_widened(a):
    return torch.tensor(a.tolist(), dtype=torch.float64 if a.dtype.kind == "f" else torch.int64)


# --- filled


@mistake(
    "filled",
    en="the dtype is not passed on: the tensor has the default, float32",
    zh="没有把 dtype 传进去：张量用的是默认的 float32",
)
def filled_default_dtype(kind, shape, dtype):
    return {"empty": torch.zeros, "zeros": torch.zeros, "ones": torch.ones}[kind](shape)


@mistake("filled", en="zeros and ones are mixed up", zh="全 0 和全 1 弄反了")
def filled_swapped(kind, shape, dtype):
    return {"empty": torch.zeros, "zeros": torch.ones, "ones": torch.zeros}[kind](shape, dtype=dtype)


@mistake(
    "filled",
    en="the shape became the content: a tensor with the numbers of the shape in it",
    zh="把形状当成了内容：得到的张量里装的是形状的那几个数",
)
def filled_with_its_shape(kind, shape, dtype):
    return torch.tensor(shape, dtype=dtype)


@mistake(
    "filled",
    en="one number is shown at every place (expand): such a tensor can't be written to",
    zh="所有位置显示的是同一个数（expand）：这样的张量不能写入",
)
def filled_expanded(kind, shape, dtype):
    return torch.tensor(int(kind == "ones"), dtype=dtype).expand(shape)


# --- convert


@mistake(
    "convert",
    en="when x has the dtype already, x itself comes back: .to() copies only if it must",
    zh="x 的 dtype 本来就对时，返回的就是 x 自己：.to() 只在必要时才复制",
)
def convert_shared(x, dtype):
    return x.to(dtype)


@mistake(
    "convert",
    en="the fractions are rounded to the nearest whole number; they are to be cut off",
    zh="小数被四舍五入了；应当直接截掉小数部分",
)
def convert_rounded(x, dtype):
    whole = x.round() if dtype == torch.int64 else x
    return whole.to(dtype, copy=True)


@mistake(
    "convert",
    en="negative fractions are rounded down: −2.7 becomes −3, and should become −2",
    zh="负数被向下取整了：−2.7 变成了 −3，应当是 −2",
)
def convert_floored(x, dtype):
    whole = x.floor() if dtype == torch.int64 else x
    return whole.to(dtype, copy=True)


@mistake(
    "convert",
    en="the bytes are read as another dtype (view), the numbers are not converted",
    zh="只是把原来的字节当成另一种 dtype 来读（view），数值并没有转换",
)
def convert_bytes(x, dtype):
    return x.clone().view(dtype)


@mistake(
    "convert",
    en="as bool, only numbers of size 1 and more count as True; all but 0 is True",
    zh="转换成 bool 时，只有绝对值不小于 1 的数才成了 True；其实除 0 以外都应当是 True",
)
def convert_bool_of_whole(x, dtype):
    return (x.long() if dtype == torch.bool else x).to(dtype, copy=True)


# --- uniform


@mistake(
    "uniform",
    en="u is stretched by high; the width of the range is high − low",
    zh="u 乘的是 high；区间的宽度应当是 high − low",
)
def uniform_width(shape, low, high, gen):
    return low + high * torch.rand(shape, generator=gen)


@mistake("uniform", en="the range begins at 0: low is never added", zh="区间从 0 开始了：忘了加上 low")
def uniform_from_zero(shape, low, high, gen):
    return (high - low) * torch.rand(shape, generator=gen)


@mistake(
    "uniform",
    en="these are numbers in [0, 1): low and high are not used",
    zh="这是 [0, 1) 里的数：没有用到 low 和 high",
)
def uniform_of_unit(shape, low, high, gen):
    return torch.rand(shape, generator=gen)


@mistake(
    "uniform",
    en="torch.randn is normal, and leaves every range; torch.rand is uniform",
    zh="torch.randn 是正态分布，会超出任何区间；均匀分布是 torch.rand",
)
def uniform_is_normal(shape, low, high, gen):
    return low + (high - low) * torch.randn(shape, generator=gen)


@mistake("uniform", en="the numbers are float64; float32 is asked for", zh="结果是 float64；要求的是 float32")
def uniform_double(shape, low, high, gen):
    return uniform(shape, low, high, gen).double()


@mistake(
    "uniform",
    en="a single number is drawn and repeated; every element needs one of its own",
    zh="只抽了一个数，然后重复使用；每个元素都应当单独抽取",
)
def uniform_once(shape, low, high, gen):
    return uniform((), low, high, gen).expand(shape).clone()


@mistake(
    "uniform", en="gen is not used: the numbers come from the global generator", zh="没有用到 gen：随机数来自全局生成器"
)
def uniform_ignores_gen(shape, low, high, gen):
    return low + (high - low) * torch.rand(shape)


@mistake(
    "uniform",
    en="every call starts anew from gen's seed (in a new generator or the global one), so that the numbers repeat",
    zh="每次调用都从 gen 的种子重新开始（新建生成器，或者设定全局生成器），于是每次结果都一样",
)
def uniform_starts_anew(shape, low, high, gen):
    torch.manual_seed(gen.initial_seed())
    return low + (high - low) * torch.rand(shape)


@mistake(
    "uniform",
    en="gen is set back to a fixed seed at every call, so every call gives the same numbers",
    zh="每次调用都把 gen 设回固定的种子，所以每次抽到的数都一样",
)
def uniform_reseeds(shape, low, high, gen):
    gen.manual_seed(0)
    return uniform(shape, low, high, gen)


@mistake(
    "uniform",
    en="the numbers come from gen, but torch.manual_seed is called as well: that changes everyone else's numbers",
    zh="数确实是从 gen 里抽的，但又调用了 torch.manual_seed：这会改变别处的随机数",
)
def uniform_seeds_needlessly(shape, low, high, gen):
    torch.manual_seed(0)
    return uniform(shape, low, high, gen)


# --- normal


@mistake("normal", en="the mean is never added", zh="忘了加上均值")
def normal_without_mean(shape, mean, std, gen):
    return std * torch.randn(shape, generator=gen)


@mistake(
    "normal",
    en="std is the standard deviation, and here it is used as if it were to be squared",
    zh="std 就是标准差，这里却又把它平方了",
)
def normal_squared_std(shape, mean, std, gen):
    return mean + std**2 * torch.randn(shape, generator=gen)


@mistake(
    "normal", en="std is taken for the variance: its square root is not needed", zh="把 std 当成了方差：不需要再开平方"
)
def normal_root_of_std(shape, mean, std, gen):
    return mean + std**0.5 * torch.randn(shape, generator=gen)


@mistake("normal", en="mean and std have changed places", zh="均值和标准差用反了")
def normal_swapped(shape, mean, std, gen):
    return std + mean * torch.randn(shape, generator=gen)


@mistake(
    "normal",
    en="(x + mean)·std scales the mean as well: scale first, shift afterwards",
    zh="(x + mean)·std 把均值也放大了：应当先缩放，再平移",
)
def normal_shift_first(shape, mean, std, gen):
    return (torch.randn(shape, generator=gen) + mean) * std


@mistake(
    "normal", en="torch.rand is uniform; torch.randn is normal", zh="torch.rand 是均匀分布；正态分布是 torch.randn"
)
def normal_is_uniform(shape, mean, std, gen):
    return mean + std * torch.rand(shape, generator=gen)


@mistake(
    "normal",
    en="mean and standard deviation are right, but the numbers are uniform: none is far from the mean",
    zh="均值和标准差都对，分布却是均匀的：没有一个数离均值很远",
)
def normal_uniform_of_same_std(shape, mean, std, gen):
    return mean + std * 12**0.5 * (torch.rand(shape, generator=gen) - 0.5)


@mistake(
    "normal", en="gen is not used: the numbers come from the global generator", zh="没有用到 gen：随机数来自全局生成器"
)
def normal_ignores_gen(shape, mean, std, gen):
    return mean + std * torch.randn(shape)


@mistake(
    "normal",
    en="gen is set back to a fixed seed at every call, so every call gives the same numbers",
    zh="每次调用都把 gen 设回固定的种子，所以每次抽到的数都一样",
)
def normal_reseeds(shape, mean, std, gen):
    gen.manual_seed(0)
    return normal(shape, mean, std, gen)


@mistake(
    "normal",
    en="every call starts anew from gen's seed (in a new generator or the global one), so that the numbers repeat",
    zh="每次调用都从 gen 的种子重新开始（新建生成器，或者设定全局生成器），于是每次结果都一样",
)
def normal_starts_anew(shape, mean, std, gen):
    torch.manual_seed(gen.initial_seed())
    return mean + std * torch.randn(shape)


# --- integers


@mistake(
    "integers", en="high itself occurs: the last number is high − 1", zh="出现了 high 本身：最后一个数应当是 high − 1"
)
def integers_with_high(shape, low, high, gen):
    return torch.randint(low, high + 1, shape, generator=gen)


@mistake(
    "integers",
    en="high − 1 never occurs: torch.randint leaves out its upper bound by itself",
    zh="high − 1 从不出现：torch.randint 本来就不含上界",
)
def integers_without_last(shape, low, high, gen):
    return torch.randint(low, high - 1, shape, generator=gen)


@mistake("integers", en="all numbers are one too high", zh="所有数都大了 1")
def integers_shifted(shape, low, high, gen):
    return torch.randint(low, high, shape, generator=gen) + 1


@mistake("integers", en="the range begins at 0: low is not used", zh="范围从 0 开始了：没有用到 low")
def integers_from_zero(shape, low, high, gen):
    return torch.randint(high, shape, generator=gen)


@mistake(
    "integers",
    en="rounding gives low and high − 1 half as often as the numbers between: only half an interval rounds to them",
    zh="四舍五入使 low 和 high − 1 出现的机会只有中间各数的一半：能舍入到它们的区间只有一半长",
)
def integers_rounded(shape, low, high, gen):
    return (low + (high - 1 - low) * torch.rand(shape, generator=gen)).round().long()


@mistake(
    "integers",
    en="conversion cuts off towards 0: below 0 that rounds up, so 0 comes twice as often and low never",
    zh="转换成整数是向 0 截断的：负数因此变大了，结果 0 出现的机会加倍，low 则从不出现",
)
def integers_truncated(shape, low, high, gen):
    return (low + (high - low) * torch.rand(shape, generator=gen)).long()


@mistake(
    "integers",
    en="the numbers are whole, their dtype is not: int64 is asked for",
    zh="数是整数，dtype 却不是：要求的是 int64",
)
def integers_as_floats(shape, low, high, gen):
    return integers(shape, low, high, gen).float()


@mistake(
    "integers",
    en="gen is not used: the numbers come from the global generator",
    zh="没有用到 gen：随机数来自全局生成器",
)
def integers_ignores_gen(shape, low, high, gen):
    return torch.randint(low, high, shape)


@mistake(
    "integers",
    en="every call starts anew from gen's seed (in a new generator or the global one), so that the numbers repeat",
    zh="每次调用都从 gen 的种子重新开始（新建生成器，或者设定全局生成器），于是每次结果都一样",
)
def integers_starts_anew(shape, low, high, gen):
    torch.manual_seed(gen.initial_seed())
    return torch.randint(low, high, shape)


@mistake(
    "integers",
    en="gen is set back to a fixed seed at every call, so every call gives the same numbers",
    zh="每次调用都把 gen 设回固定的种子，所以每次抽到的数都一样",
)
def integers_reseeds(shape, low, high, gen):
    gen.manual_seed(0)
    return integers(shape, low, high, gen)


# --- mean_of_integers


@mistake(
    "mean_of_integers",
    en="integers have no mean in PyTorch: make floats of them first",
    zh="PyTorch 不能直接对整数求均值：先转换成浮点数",
)
def mean_of_raw_integers(x):
    return x.mean()


@mistake(
    "mean_of_integers",
    en="// throws the fraction away before it becomes a float",
    zh="// 在转换成浮点数之前就把小数部分丢掉了",
)
def mean_floored(x):
    return (x.sum() // x.numel()).float()


@mistake(
    "mean_of_integers",
    en="this is the sum; it is not divided by the number of elements",
    zh="这是总和，还没有除以元素个数",
)
def mean_is_sum(x):
    return x.sum().float()


@mistake(
    "mean_of_integers",
    en="this is a mean along the first axis; one mean over all elements is asked for",
    zh="这是沿第 0 轴的均值；要求的是所有元素的均值",
)
def mean_of_first_axis(x):
    return x.float().mean(0)


@mistake("mean_of_integers", en="the mean is float64; float32 is asked for", zh="均值是 float64；要求的是 float32")
def mean_double(x):
    return x.double().mean()


@mistake(
    "mean_of_integers", en="this is a Python number; a 0-d tensor is asked for", zh="这是 Python 数；要求的是 0 维张量"
)
def mean_item(x):
    return x.float().mean().item()


# --- divide


@mistake(
    "divide",
    en="the whole quotient is cut off towards 0; rounding down means towards −∞, which differs below 0",
    zh="整数商是向 0 截断的；向下取整是朝 −∞ 的方向，负数时两者不同",
)
def divide_truncated(a, b):
    return a / b, torch.div(a, b, rounding_mode="trunc")


@mistake(
    "divide",
    en="converting a/b to int64 cuts off towards 0 (wrong below 0), and float32 has only seven digits (wrong if large)",
    zh="把 a/b 转换成 int64 是向 0 截断（负数时不对），而且 float32 只有七位有效数字（数很大时也不对）",
)
def divide_converted(a, b):
    return a / b, (a / b).long()


@mistake(
    "divide",
    en="a/b is float32 with seven digits: for large numbers its floor is wrong. Divide the integers as integers",
    zh="a/b 是 float32，只有七位有效数字：数很大时，再取整就不对了。整数请直接做整除",
)
def divide_floor_of_float(a, b):
    return a / b, torch.floor(a / b).long()


@mistake("divide", en="the whole quotient is a float; int64 is asked for", zh="整数商成了浮点数；要求的是 int64")
def divide_floor_as_float(a, b):
    return a / b, torch.floor(a / b)


@mistake(
    "divide",
    en="the float quotient is made from the whole one: its fraction is lost",
    zh="浮点商是由整数商转换来的：小数部分已经丢了",
)
def divide_float_of_floor(a, b):
    return (a // b).float(), a // b


@mistake("divide", en="the float quotient is float64; float32 is asked for", zh="浮点商是 float64；要求的是 float32")
def divide_double(a, b):
    return a.double() / b, a // b


@mistake("divide", en="the two quotients have changed places", zh="两个商的顺序反了")
def divide_swapped(a, b):
    return a // b, a / b


@mistake("divide", en="the second result is the remainder (%), not the quotient", zh="第二个结果是余数（%），不是商")
def divide_remainder(a, b):
    return a / b, a % b


# --- item, to_numpy


@mistake("item", en="this is still a tensor", zh="这仍然是一个张量")
def item_tensor(x):
    return x.reshape(())


@mistake(
    "item",
    en="the number is always a float: that loses the digits of large whole numbers, and what a bool is",
    zh="结果总是浮点数：很大的整数会丢掉末几位，布尔值也不再是布尔值",
)
def item_always_float(x):
    return float(x)


@mistake("item", en="the number is always whole: the fraction is cut off", zh="结果总是整数：小数部分被截掉了")
def item_always_int(x):
    return int(x)


@mistake(
    "item",
    en="tolist gives a number for a 0-d tensor only, else a list in lists",
    zh="tolist 只有对 0 维张量才给出一个数，否则给出列表",
)
def item_list(x):
    return x.tolist()


@mistake(
    "to_numpy",
    en="the array lives in the tensor's memory: writing to it changes the tensor behind autograd's back",
    zh="数组用的还是张量的内存：写入数组会改动张量，而自动微分毫不知情",
)
def to_numpy_shared(x):
    return x.detach().cpu().numpy()


@mistake(
    "to_numpy",
    en="a tensor in a graph refuses .numpy(): detach it first",
    zh="在计算图里的张量不能直接调用 .numpy()：先把它分离出来",
)
def to_numpy_in_a_graph(x):
    return x.cpu().numpy().copy()


@mistake(
    "to_numpy",
    en="NumPy reaches no other device: bring the numbers to the CPU first",
    zh="NumPy 够不到别的设备：先把数据搬到 CPU 上",
)
def to_numpy_elsewhere(x):
    return x.detach().numpy().copy()


@mistake(
    "to_numpy",
    en="by way of Python numbers, float32 becomes float64: the dtype is to stay",
    zh="经过 Python 数绕了一圈，float32 变成了 float64：dtype 应当不变",
)
def to_numpy_through_lists(x):
    return np.array(x.tolist())


@mistake("to_numpy", en="this is a list, not an array", zh="这是列表，不是数组")
def to_numpy_list(x):
    return x.tolist()
