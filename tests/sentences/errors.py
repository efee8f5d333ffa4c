"""What beginners' code raises, and what is said of it: a function's body → parts of the sentences in both languages.

Each body raises the same wherever it runs, so that a test can ask PyTorch itself what its own words are.
"""

from __future__ import annotations

SETUP = """\
import math
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

A, B = torch.ones(3, 4), torch.ones(5, 6)
V = torch.arange(3.0)
"""

#: Name → body, part of the English sentence, part of the Chinese one.
ERRORS: dict[str, tuple[str, str, str]] = {
    # -- Python
    "x.dim without brackets": ("return V.dim - 1", "it is not called", "加圆括号才是调用"),
    "size with square brackets": ("return V.size[0]", "it is not called", "加圆括号才是调用"),
    "range of a method": ("return range(V.dim)", "it is not called", "加圆括号才是调用"),
    "a method as argument": ("return torch.exp(V.mean)", "it is not called", "加圆括号才是调用"),
    "attribute of a method": ("return V.mean.sqrt()", "it is not called", "加圆括号才是调用"),
    "own function times two": ("return helper * 2", "it is not called", "加圆括号才是调用"),
    "index of an own function": ("return helper[0]", "it is not called", "加圆括号才是调用"),
    "compares a method": ("return V.dim > 1", "it is not called", "加圆括号才是调用"),
    "None has no shape": ("y = None\nreturn y.shape", "A value here is None", "这里有个值是 None"),
    "None plus one": ("y = [3].append(4)\nreturn y + 1", "A value here is None", "这里有个值是 None"),
    "None to torch": ("y = None\nreturn torch.exp(y)", "A value here is None", "这里有个值是 None"),
    "grad before backward": (
        "w = torch.ones(2, requires_grad=True)\nreturn w.grad.sum()",
        "before a backward()",
        "backward() 之前",
    ),
    "list times float": ("return [1.0, 2.0] * 0.5", "A Python list stands here", "这里是 Python 列表"),
    "list minus list": ("return [1.0] - [2.0]", "A Python list stands here", "这里是 Python 列表"),
    "shape of a list": ("return [1.0].shape", "A Python list stands here", "这里是 Python 列表"),
    "float has no backward": ("y = V.sum().item()\ny.backward()", "plain Python number", "只是 Python 的数"),
    "method of an int": ("return (3).sqrt()", "plain Python number", "只是 Python 的数"),
    "missing self": ("return Net().forward(V)", "is `self` missing", "漏了第一个参数 `self`"),
    "self in a function": ("return self.w", "self is known only inside methods", "才能用 self"),
    "local before assignment": ("if V.sum() < 0:\n    y = 1\nreturn y", "here it has none yet", "还没有值"),
    "missing import": ("return optim.SGD([V], lr=0.1)", "Write `from torch import optim`", "`from torch import optim`"),
    "tuple assigned": ("y = (1, 2)\ny[0] = 3", "A tuple can't be changed", "元组不能修改"),
    "list by list": (
        "rows, index = [1, 2], [0, 1]\nreturn rows[index]",
        "A list takes one whole number",
        "列表的下标只能是",
    ),
    "text and number": ("return 'loss: ' + 1", "makes text of a number", "把数变成字符串"),
    "number and text": ("return 1 + 'a'", "makes a number of text", "把字符串变成数"),
    "too few values": ("a, b = [1]", "more names on the left", "等号左边的变量比右边的值多"),
    "too many values": ("a, b = V", "more values on the right", "等号右边的值比左边的变量多"),
    "exp overflows": ("return math.exp(1000)", "too large for a float", "浮点数表示不了"),
    "log of zero": ("return math.log(0.0)", "There is no such value", "这个值没有定义"),
    "endless recursion": ("return recurse(1)", "call itself without end", "没完没了地调用自己"),
    # -- autograd
    "if on a tensor": ("if V > 0:\n    return V", "torch.where", "torch.where"),
    "max of a tensor and 0": ("return max(V, 0)", "Python's own max() and min()", "Python 自带的 max() 和 min()"),
    "and of tensors": ("return V > 0 and V < 1", "neither true nor false", "谈不上真假"),
    "empty tensor": ("return 1 if torch.empty(0) else 2", "x.numel() == 0", "x.numel() == 0"),
    "if on an array": ("return 1 if np.ones(3) > 0 else 2", "np.where", "np.where"),
    "in place on a leaf": (
        "w = torch.ones(2, requires_grad=True)\nw += 1",
        "must not be changed in place",
        "不能原地修改",
    ),
    "entry of a leaf": (
        "w = torch.ones(2, requires_grad=True)\nw[0] = 3",
        "must not be changed in place",
        "不能原地修改",
    ),
    "numpy with grad": (
        "return torch.ones(2, requires_grad=True).numpy()",
        "NumPy records no gradients",
        "NumPy 不记录梯度",
    ),
    "backward twice": (
        "w = torch.ones(2, requires_grad=True)\ny = (w * w).sum()\ny.backward()\ny.backward()",
        "Compute the result anew",
        "重新计算结果",
    ),
    "no graph": ("V.sum().backward()", "Nothing recorded leads from this result", "没有通过计算图连到任何需要梯度"),
    "not a scalar": (
        "(2 * torch.ones(2, requires_grad=True)).backward()",
        "single number to start from",
        "从一个数开始",
    ),
    "overwritten": (
        "w = torch.ones(2, requires_grad=True)\ny = torch.exp(w)\ny += 1\ny.sum().backward()",
        "the gradient still needs was overwritten",
        "求梯度还要用到的张量",
    ),
    "unused": (
        "w = torch.ones(2, requires_grad=True)\nu = torch.ones(2, requires_grad=True)\n"
        "return torch.autograd.grad((2 * w).sum(), [w, u])",
        "plays no part in the result",
        "没有参与算出这个结果",
    ),
    "integers with gradients": ("return torch.arange(3).requires_grad_()", "numbers with a fraction", "这里需要浮点数"),
    "optimizer of a result": (
        "w = torch.ones(2, requires_grad=True)\nreturn torch.optim.SGD([2 * w], lr=0.1)",
        "tensors that were made directly",
        "只接受直接创建的张量",
    ),
    "optimizer of nothing": ("return torch.optim.SGD(nn.ReLU().parameters(), lr=0.1)", "has no parameters", "没有参数"),
    # -- dtypes
    "double and float": ("return A.double() @ torch.ones(4, 2)", "Tensors of different dtypes", "dtype 不同的张量"),
    "double and float layer": ("return nn.Linear(4, 2)(A.double())", "Tensors of different dtypes", "dtype 不同的张量"),
    "mean of integers": ("return torch.arange(3).mean()", "numbers with a fraction", "这里需要浮点数"),
    "std of integers": ("return torch.arange(3).std()", "numbers with a fraction", "这里需要浮点数"),
    "softmax of integers": ("return torch.arange(3).softmax(0)", "not for the dtype", "不支持它指出的那种 dtype"),
    "half added to integers": (
        "n = torch.arange(3)\nn += 0.5",
        "another dtype than the tensor",
        "dtype 和被原地修改的",
    ),
    "float index": ("return V[torch.tensor([0.0, 1.0])]", "can be indices", "可以作下标"),
    # -- shapes
    "matmul": ("return A @ B", "In a product a @ b", "计算 a @ b 时"),
    "matmul with a vector": ("return A @ V", "In a product a @ b", "计算 a @ b 时"),
    "batches": ("return torch.bmm(torch.ones(2, 3, 4), torch.ones(2, 3, 4))", "In a product a @ b", "计算 a @ b 时"),
    "dot of two lengths": ("return torch.dot(torch.ones(2), torch.ones(3))", "In a product a @ b", "计算 a @ b 时"),
    "matmul of a number": ("return V @ torch.tensor(2.0)", "In a product a @ b", "计算 a @ b 时"),
    "NumPy's matmul": ("return np.ones((3, 4)) @ np.ones((5, 6))", "In a product a @ b", "计算 a @ b 时"),
    "mm of a vector": ("return torch.mm(A, torch.ones(4))", "takes matrices", "只接受矩阵"),
    "dot of matrices": ("return torch.dot(A, A)", "dot takes two vectors", "dot 只接受两个向量"),
    "permute with too few": (
        "return torch.ones(2, 3, 4).permute(0, 1)",
        "wants every dimension once",
        "把每一维都写一次",
    ),
    "maximum of a number": (
        "return torch.maximum(torch.ones(3), 0)",
        "take two tensors. With a",
        "的两个参数都得是张量",
    ),
    "broadcast": (
        "return torch.ones(3) + torch.ones(4)",
        "compared from their last dimension",
        "从最后一维开始逐维比较",
    ),
    "NumPy's broadcast": (
        "return np.ones(3) + np.ones(4)",
        "compared from their last axis on",
        "从最后一个轴开始逐个比较",
    ),
    "expand": ("return torch.ones(3).expand(4)", "compared from their last dimension", "从最后一维开始逐维比较"),
    "grows in place": ("y = torch.ones(3)\ny += torch.ones(2, 3)", "can't grow", "不能让张量变大"),
    "expanded and changed": ("y = torch.ones(1).expand(3)\ny += 1", "one and the same number in memory", "是同一个数"),
    "reshape": ("return V.reshape(2, 2)", "keep all entries", "不增减元素"),
    "view after transpose": ("return A.t().view(-1)", "Use .reshape(...)", "请用 .reshape(...)"),
    "no such dimension": ("return V.sum(dim=1)", "There is no such dimension", "没有这个维度"),
    "too many indices": ("return V[0, 0]", "more indices than the tensor has dimensions", "下标的个数超过了"),
    "index of a number": ("return V.sum()[0]", "so it has no index", "不能再取下标"),
    "slice of a number": ("return V.sum()[:1]", "so it has no index", "不能再取下标"),
    "index too large": ("return V[3]", "indices 0 to n-1", "下标是 0 到 n-1"),
    "embedding": ("return nn.Embedding(3, 2)(torch.tensor([5]))", "rows 0 to n-1", "行号是 0 到 n-1"),
    "class label": (
        "return F.cross_entropy(A, torch.tensor([0, 1, 7]))",
        "A class label is too large",
        "类别标签超出了范围",
    ),
    "reversed slice": ("return V[::-1]", "no negative steps", "步长不能是负数"),
    "stack of two sizes": (
        "return torch.stack([torch.ones(2), torch.ones(3)])",
        "must have the same shape",
        "必须形状相同",
    ),
    "cat of two sizes": (
        "return torch.cat([torch.ones(2, 2), torch.ones(3, 3)])",
        "must have the same shape",
        "必须形状相同",
    ),
    "cat of numbers": (
        "return torch.cat([V.sum(), V.sum()])",
        "torch.stack makes a vector",
        "torch.stack 可以把它们排成",
    ),
    "cat of nothing": ("return torch.cat([])", "The list of tensors is empty", "张量的列表是空的"),
    "stack of nothing": ("return torch.stack([])", "The list of tensors is empty", "张量的列表是空的"),
    "loop over a number": ("for v in V.sum():\n    pass", "nothing to go through", "没有可以遍历的元素"),
    "length of a number": ("return len(V.sum())", "so it has no length", "没有长度"),
    # -- a number, and other things than tensors
    "item of several": ("return V.item()", "A single number is needed here", "这里需要一个数"),
    "float of several": ("return float(V)", "A single number is needed here", "这里需要一个数"),
    "math on a tensor": ("return math.exp(V)", "A single number is needed here", "这里需要一个数"),
    "range of a float tensor": (
        "return range(torch.tensor(2.0))",
        "A single whole number is needed",
        "这里需要一个整数",
    ),
    "torch on a number": ("return torch.exp(1.0)", "This function takes tensors", "这个函数只接受张量"),
    "torch on an array": ("return torch.exp(np.ones(2))", "torch.from_numpy", "torch.from_numpy"),
    "torch on a list": ("return torch.relu([1.0, 2.0])", "This function takes tensors", "这个函数只接受张量"),
    "stack of numbers": ("return torch.stack([1.0, 2.0])", "something in it is no tensor", "其中有的不是张量"),
    "from_numpy of a tensor": (
        "return torch.from_numpy(V)",
        "torch.from_numpy takes NumPy arrays",
        "只接受 NumPy 数组",
    ),
    "Tensor of a string": ("return torch.Tensor('ab')", "capital T", "大写 T"),
    "calls a tensor": ("return V(2)", "Brackets ( ) stand behind a tensor", "张量后面跟了圆括号"),
    "astype": ("return V.astype(float)", "For a tensor, write .to(dtype)", "张量用 .to(dtype)"),
    "copy": ("return V.copy()", "For a tensor, write .clone()", "张量用 .clone()"),
    "append": ("return V.append(1)", "A tensor can't grow", "张量不能追加元素"),
    "unsqueeze of an array": ("return np.ones(2).unsqueeze(0)", "This is a NumPy array", "这是 NumPy 数组"),
    # -- modules
    "no super().__init__": (
        "return Bare()",
        "must call super().__init__()",
        "先在自己的 __init__ 里调用 super().__init__()",
    ),
    "no super, parameter": ("return BareParameter()", "must call super().__init__()", "里调用 super().__init__()"),
    "no forward": ("return NoForward()(V)", "no method forward", "没有 forward 方法"),
    "tensor for a parameter": (
        "net = nn.Linear(2, 2)\nnet.weight = torch.ones(2, 2)",
        "nn.Parameter(...)",
        "nn.Parameter(...)",
    ),
}

#: What bodies of ERRORS mention.
HELPERS = """

def helper(x):
    return x


def recurse(n):
    return recurse(n + 1)


class Net(nn.Module):
    def forward(x):
        return x


class Bare(nn.Module):
    def __init__(self):
        self.layer = nn.Linear(2, 2)


class BareParameter(nn.Module):
    def __init__(self):
        self.weight = nn.Parameter(torch.ones(2))


class NoForward(nn.Module):
    pass
"""
