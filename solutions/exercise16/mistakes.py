"""What learners get wrong here: a class or a function each. Wrong classes build on the right ones where they can."""

from __future__ import annotations

import copy
from itertools import pairwise

import numpy as np
import torch
from reference import MLP, Linear, count_parameters
from torch import nn

from grader.checks import mistake


def uniform(bound, *shape):
    return torch.empty(*shape).uniform_(-bound, bound)


# --- Linear: parameters


@mistake(
    "Linear",
    en="super().__init__() is missing: only after it can a Module take note of its parameters",
    zh="少了 super().__init__()：先调用它，Module 才能登记参数",
)
class no_super_init(Linear):
    def __init__(self, in_features, out_features, bias=True):
        bound = in_features**-0.5
        self.weight = nn.Parameter(uniform(bound, out_features, in_features))
        self.bias = nn.Parameter(uniform(bound, out_features)) if bias else None


@mistake(
    "Linear",
    en="weight and bias are tensors, not nn.Parameter: parameters() does not show them, and no optimizer moves them",
    zh="weight 和 bias 只是张量，不是 nn.Parameter：parameters() 里没有它们，优化器也就不会更新它们",
)
class plain_tensors(Linear):
    def __init__(self, in_features, out_features, bias=True):
        nn.Module.__init__(self)
        bound = in_features**-0.5
        self.weight = uniform(bound, out_features, in_features).requires_grad_()
        self.bias = uniform(bound, out_features).requires_grad_() if bias else None


@mistake(
    "Linear",
    en="the weight is stored as [in_features, out_features]; one row per output is asked for",
    zh="权重存成了 [in_features, out_features]；题面要求每个输出占一行",
)
class weight_stored_transposed(Linear):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features, out_features, bias)
        self.weight = nn.Parameter(self.weight.detach().T.contiguous())

    def forward(self, x):
        y = x @ self.weight
        return y if self.bias is None else y + self.bias


@mistake(
    "Linear",
    en="the bias is a row, [1, out_features]; its shape is [out_features]",
    zh="偏置成了一行，形状是 [1, out_features]；应当是 [out_features]",
)
class bias_as_a_row(Linear):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features, out_features, bias)
        if bias:
            self.bias = nn.Parameter(self.bias.detach()[None])


@mistake(
    "Linear",
    en="the bias is registered before the weight; parameters() goes by the order of assignment",
    zh="偏置先于权重登记；parameters() 的顺序就是赋值的顺序",
)
class bias_registered_first(Linear):
    def __init__(self, in_features, out_features, bias=True):
        nn.Module.__init__(self)
        bound = in_features**-0.5
        self.bias = nn.Parameter(uniform(bound, out_features)) if bias else None
        self.weight = nn.Parameter(uniform(bound, out_features, in_features))


@mistake("Linear", en="a layer with bias=False has a bias all the same", zh="bias=False 的层仍然有偏置")
class bias_despite_false(Linear):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features, out_features)


@mistake(
    "Linear",
    en="with bias=False the bias is a tensor of zeros; None is asked for",
    zh="bias=False 时，偏置成了一个全零张量；题面要求的是 None",
)
class zeros_for_none(Linear):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features, out_features, bias)
        if not bias:
            self.register_parameter("bias", None)
            del self.bias
            self.bias = torch.zeros(out_features, dtype=torch.float64)


@mistake(
    "Linear",
    en="with bias=False the attribute `bias` is never set; it is to be None",
    zh="bias=False 时没有设置 bias 属性；它应当是 None",
)
class bias_never_set(Linear):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features, out_features, bias)
        if not bias:
            del self.bias

    def forward(self, x):
        y = x @ self.weight.T
        return y + self.bias if hasattr(self, "bias") else y


# --- Linear: values


@mistake(
    "Linear",
    en="the weight is not transposed: that fits square weights only, and there the numbers are wrong",
    zh="权重没有转置：只有方阵才乘得起来，而且数值不对",
)
class not_transposed(Linear):
    def forward(self, x):
        y = x @ self.weight
        return y if self.bias is None else y + self.bias


@mistake("Linear", en="the bias is never added", zh="偏置没有加上")
class bias_not_added(Linear):
    def forward(self, x):
        return x @ self.weight.T


@mistake(
    "Linear",
    en="forward uses .data, which autograd does not follow: the weight gets no gradient and never moves",
    zh="forward 用了 .data，自动微分跟不到它：权重得不到梯度，永远不会更新",
)
class data_of_the_weight(Linear):
    def forward(self, x):
        y = x @ self.weight.data.T
        return y if self.bias is None else y + self.bias


@mistake(
    "Linear",
    en="the bias is detached: it gets no gradient and never moves",
    zh="偏置被分离了：它得不到梯度，永远不会更新",
)
class bias_detached(Linear):
    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias.detach()


# --- Linear: start values


class Started(Linear):
    """A layer whose start values come from elsewhere: None leaves them as they are."""

    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features, out_features, bias)
        with torch.no_grad():
            self.start(self.weight, in_features, out_features)
            if bias:
                self.start_bias(self.bias, in_features, out_features)

    def start(self, values, in_features, out_features):
        raise NotImplementedError

    def start_bias(self, values, in_features, out_features):
        self.start(values, in_features, out_features)


@mistake(
    "Linear",
    en="the bounds go by out_features; it is the number of inputs that is summed over",
    zh="范围是按 out_features 取的；求和的项数是输入个数，应当按它来取",
)
class bounds_by_outputs(Started):
    def start(self, values, in_features, out_features):
        values.uniform_(-(out_features**-0.5), out_features**-0.5)


@mistake(
    "Linear",
    en="only the bias's bounds go by out_features; both go by in_features",
    zh="偏置的范围是按 out_features 取的；权重和偏置都应当按 in_features 取",
)
class bias_by_outputs(Started):
    def start(self, values, in_features, out_features):
        values.uniform_(-(in_features**-0.5), in_features**-0.5)

    def start_bias(self, values, in_features, out_features):
        values.uniform_(-(out_features**-0.5), out_features**-0.5)


@mistake("Linear", en="the bounds are 1/in; the root is missing", zh="范围取成了 1/in，少了根号")
class root_forgotten(Started):
    def start(self, values, in_features, out_features):
        values.uniform_(-1 / in_features, 1 / in_features)


@mistake(
    "Linear",
    en="the start values are all positive, from 0 to the bound; the lower bound is its negative",
    zh="初始值全是正的，从 0 到上界；下界应当是它的相反数",
)
class positive_only(Started):
    def start(self, values, in_features, out_features):
        values.uniform_(0, in_features**-0.5)


@mistake(
    "Linear",
    en="these are normal numbers with standard deviation 1/√in; uniform ones between the bounds are asked for",
    zh="这是标准差为 1/√in 的正态分布；题面要求的是范围内的均匀分布",
)
class normal_numbers(Started):
    def start(self, values, in_features, out_features):
        values.normal_(0, in_features**-0.5)


@mistake(
    "Linear",
    en="the bounds are √6/√in, which is what kaiming_uniform_ takes without its argument a",
    zh="范围成了 √6/√in：不给参数 a 时，kaiming_uniform_ 用的就是它",
)
class kaiming_for_relu(Started):
    def start(self, values, in_features, out_features):
        values.uniform_(-((6 / in_features) ** 0.5), (6 / in_features) ** 0.5)


@mistake(
    "Linear",
    en="the bounds are √(6/(in + out)), after Xavier; 1/√in is asked for",
    zh="范围取成了 √(6/(in + out))，那是 Xavier 初始化；题面要求的是 1/√in",
)
class xavier(Started):
    def start(self, values, in_features, out_features):
        bound = (6 / (in_features + out_features)) ** 0.5
        values.uniform_(-bound, bound)

    def start_bias(self, values, in_features, out_features):
        values.uniform_(-(in_features**-0.5), in_features**-0.5)


@mistake(
    "Linear",
    en="everything starts at 0: all hidden units of a network then compute the same, and never learn to differ",
    zh="全部从 0 开始：网络里的隐藏单元算的都一样，永远学不出差别",
)
class all_zeros(Started):
    def start(self, values, in_features, out_features):
        values.zero_()


@mistake(
    "Linear",
    en="the bias starts at 0; the same bounds as for the weight are asked for",
    zh="偏置从 0 开始；题面要求它与权重用同样的范围",
)
class bias_starts_at_zero(Started):
    def start(self, values, in_features, out_features):
        values.uniform_(-(in_features**-0.5), in_features**-0.5)

    def start_bias(self, values, in_features, out_features):
        values.zero_()


@mistake(
    "Linear",
    en="the start values are in float64, which NumPy gives; a layer starts in float32",
    zh="初始值是 NumPy 给出的 float64；层的初始值应当是 float32",
)
class float64_from_numpy(Linear):
    def __init__(self, in_features, out_features, bias=True):
        nn.Module.__init__(self)
        bound, draw = in_features**-0.5, np.random.default_rng()
        self.weight = nn.Parameter(torch.from_numpy(draw.uniform(-bound, bound, (out_features, in_features))))
        self.bias = nn.Parameter(torch.from_numpy(draw.uniform(-bound, bound, out_features))) if bias else None


@mistake(
    "Linear",
    en="a seed is set in the constructor: layers of one size all start from the same values",
    zh="在构造函数里固定了随机种子：大小相同的层，初始值全都一样",
)
class seeded_in_the_constructor(Linear):
    def __init__(self, in_features, out_features, bias=True):
        torch.manual_seed(in_features)
        super().__init__(in_features, out_features, bias)


# --- MLP: parameters


@mistake(
    "MLP",
    en="the layers are in a plain list, which a Module does not look into: the network has no parameters",
    zh="层放在了普通列表里，而 Module 不会去看普通列表：这个网络没有参数",
)
class layers_in_a_list(MLP):
    def __init__(self, sizes):
        super().__init__(sizes)
        layers = list(self.layers)
        del self.layers
        self.layers = layers


@mistake(
    "MLP",
    en="all weights come first and then all biases; W1, b1, W2, b2, … is asked for",
    zh="先是所有权重，再是所有偏置；题面要求的是 W1、b1、W2、b2……",
)
class weights_then_biases(MLP):
    def __init__(self, sizes):
        nn.Module.__init__(self)
        layers = MLP(sizes).layers
        self.weights = nn.ParameterList([layer.weight for layer in layers])
        self.biases = nn.ParameterList([layer.bias for layer in layers])

    def forward(self, x):
        last = len(self.weights) - 1
        for i, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            x = x @ weight.T + bias
            x = x if i == last else torch.relu(x)
        return x


@mistake(
    "MLP",
    en="the layers are registered from the output to the input; parameters() goes by the order of assignment",
    zh="层是从输出到输入登记的；parameters() 的顺序就是赋值的顺序",
)
class output_layer_first(MLP):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.layers = nn.ModuleList(reversed(self.layers))

    def forward(self, x):
        first = len(self.layers) - 1
        for i in range(first, 0, -1):
            x = torch.relu(self.layers[i](x))
        return self.layers[0](x)


@mistake(
    "MLP",
    en="layers of the same size are one and the same object: they share their parameters",
    zh="大小相同的层其实是同一个对象：它们共享参数",
)
class layers_shared(MLP):
    def __init__(self, sizes):
        super().__init__(sizes)
        made = {}
        pairs = zip(pairwise(sizes), self.layers, strict=True)
        layers = [made.setdefault(pair, layer) for pair, layer in pairs]
        self.layers = nn.ModuleList(layers)


@mistake(
    "MLP",
    en="the last layer is missing: there is one layer for each two neighbouring sizes",
    zh="少了最后一层：每两个相邻的大小之间都有一层",
)
class last_layer_missing(MLP):
    def __init__(self, sizes):
        super().__init__(sizes[:-1] if len(sizes) > 2 else sizes)


@mistake("MLP", en="the layers have no biases", zh="各层都没有偏置")
class layers_without_bias(MLP):
    def __init__(self, sizes):
        nn.Module.__init__(self)
        self.layers = nn.ModuleList(Linear(m, n, bias=False) for m, n in pairwise(sizes))


# --- MLP: values


@mistake(
    "MLP",
    en="there is a ReLU after the last layer, too: no output can be negative",
    zh="最后一层之后也有 ReLU：输出不可能为负",
)
class relu_at_the_end(MLP):
    def forward(self, x):
        return torch.relu(super().forward(x))


@mistake(
    "MLP",
    en="there is no ReLU between the layers: together they are no more than a single one",
    zh="各层之间没有 ReLU：合起来只相当于一层",
)
class no_relu(MLP):
    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


@mistake(
    "MLP",
    en="the inputs go through a ReLU before the first layer: what is negative in them is lost",
    zh="输入在进第一层之前先过了 ReLU：负的部分就丢了",
)
class relu_on_the_inputs(MLP):
    def forward(self, x):
        return super().forward(torch.relu(x))


@mistake(
    "MLP",
    en="the ReLU stands after the first layer only; it belongs between each two",
    zh="只有第一层后面有 ReLU；每两层之间都应当有",
)
class one_relu(MLP):
    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = torch.relu(layer(x)) if i == 0 and len(self.layers) > 1 else layer(x)
        return x


@mistake(
    "MLP",
    en="a ReLU follows the first layer in any case; the only layer is also the last, and has none",
    zh="第一层后面一律接了 ReLU；只有一层时，它也是最后一层，后面不该有",
)
class relu_after_the_only_layer(MLP):
    def forward(self, x):
        return super().forward(x) if len(self.layers) > 1 else torch.relu(super().forward(x))


@mistake("MLP", en="the activation is a sigmoid; the ReLU is asked for", zh="激活函数用了 sigmoid；题面要求的是 ReLU")
class sigmoid_for_relu(MLP):
    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.sigmoid(layer(x))
        return self.layers[-1](x)


@mistake(
    "MLP",
    en="what a layer gives is detached before the next: only the last layer learns",
    zh="每层的输出在进入下一层之前被分离了：只有最后一层在学习",
)
class detached_between(MLP):
    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x)).detach()
        return self.layers[-1](x)


@mistake(
    "MLP",
    en="forward runs under no_grad: the values are right, and nothing ever learns",
    zh="forward 是在 no_grad 下运行的：函数值没错，却什么也学不到",
)
class no_grad_in_forward(MLP):
    def forward(self, x):
        with torch.no_grad():
            return super().forward(x)


# --- count_parameters


@mistake(
    "count_parameters",
    en="parameters that don't require gradients are counted, too; they don't learn",
    zh="不要求梯度的参数也数进去了；它们并不学习",
)
def frozen_counted(module):
    return sum(parameter.numel() for parameter in module.parameters())


@mistake(
    "count_parameters",
    en="this is the number of tensors; the number of their entries is asked for",
    zh="这是张量的个数；题面要求的是其中元素的个数",
)
def tensors_counted(module):
    return sum(1 for parameter in module.parameters() if parameter.requires_grad)


@mistake(
    "count_parameters",
    en="only the length of each parameter's first axis is counted, not all of its entries",
    zh="每个参数只数了第 0 轴的长度，没有数全部元素",
)
def first_axis_counted(module):
    return sum(len(parameter) if parameter.dim() else 1 for parameter in module.parameters() if parameter.requires_grad)


@mistake(
    "count_parameters",
    en="only the module's own parameters are counted, not those of the parts inside it",
    zh="只数了模块自己的参数，没有数里面各部分的参数",
)
def own_parameters_only(module):
    return sum(p.numel() for p in module.parameters(recurse=False) if p.requires_grad)


@mistake(
    "count_parameters",
    en="the parts are counted one by one, and a parameter that two of them share is counted twice",
    zh="逐个部分去数，被两个部分共享的参数就数了两次",
)
def shared_counted_twice(module):
    return sum(own_parameters_only_of(part) for part in module.modules())


def own_parameters_only_of(part):
    return sum(p.numel() for p in part.parameters(recurse=False) if p.requires_grad)


@mistake(
    "count_parameters",
    en="state_dict also holds buffers and what is frozen, and a shared parameter under each of its names",
    zh="state_dict 里还有缓冲区和不更新的参数，共享的参数也会在每个名字下各出现一次",
)
def state_counted(module):
    return sum(value.numel() for value in module.state_dict().values())


@mistake(
    "count_parameters",
    en="only weights are counted; biases and scalars learn, too",
    zh="只数了权重；偏置和标量也是要学习的",
)
def weights_counted(module):
    return sum(p.numel() for p in module.parameters() if p.requires_grad and p.dim() > 1)


@mistake(
    "count_parameters",
    en="this counts what does not learn: the condition is the wrong way round",
    zh="数的是不学习的参数：条件写反了",
)
def only_frozen_counted(module):
    return sum(p.numel() for p in module.parameters() if not p.requires_grad)


@mistake(
    "count_parameters",
    en="the count is a tensor; a Python int is asked for",
    zh="个数成了张量；题面要求的是 Python 整数",
)
def count_as_tensor(module):
    return torch.tensor(count_parameters(module))


# --- save and load


@mistake(
    "save",
    en="only the parameters are written; buffers belong to a module's state, too",
    zh="只写入了参数；缓冲区也是模块状态的一部分",
)
def parameters_saved(module, path):
    torch.save({name: parameter.detach() for name, parameter in module.named_parameters()}, path)


@mistake(
    "save",
    en="the whole module is pickled, with the name of its class; write its state_dict, which is tensors alone",
    zh="把整个模块连同类名一起序列化了；应当只写 state_dict，那里面只有张量",
)
def module_pickled(module, path):
    torch.save(module, path)


@mistake(
    "save",
    en="the file is not at `path`: an ending was added to the name that was asked for",
    zh="文件不在 `path`：给出的文件名后面又加了扩展名",
)
def ending_added(module, path):
    torch.save(module.state_dict(), f"{path}.pth")


@mistake("load", en="what is returned is not the module", zh="返回的不是模块本身")
def loaded_not_returned(module, path):
    module.load_state_dict(torch.load(path, weights_only=True))


@mistake(
    "save",
    en="`path` may be a string, which has no methods of a Path",
    zh="`path` 也可能是字符串，而字符串没有 Path 的那些方法",
)
def path_objects_only(module, path):
    with path.open("wb") as file:
        torch.save(module.state_dict(), file)


@mistake(
    "load", en="the file is read, but its values are never put into the module", zh="读了文件，却没有把其中的值放进模块"
)
def nothing_put_in(module, path):
    torch.load(path, weights_only=True)
    return module


@mistake(
    "load",
    en="the values go into a copy; the module that was handed in stays as it was",
    zh="值放进了一份副本；传进来的模块还是原样",
)
def loaded_into_a_copy(module, path):
    module = copy.deepcopy(module)
    module.load_state_dict(torch.load(path, weights_only=True))
    return module


@mistake("load", en="only parameters are filled; the buffers stay as they were", zh="只填了参数；缓冲区还是原来的值")
def buffers_not_filled(module, path):
    state = torch.load(path, weights_only=True)
    module.load_state_dict({name: state[name] for name, _ in module.named_parameters()}, strict=False)
    return module


@mistake(
    "load",
    en="weights_only=False runs whatever code the file brings along",
    zh="weights_only=False 会执行文件里夹带的任何代码",
)
def any_code_run(module, path):
    module.load_state_dict(torch.load(path, weights_only=False))
    return module
