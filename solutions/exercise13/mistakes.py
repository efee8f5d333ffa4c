"""What learners get wrong here, one function each."""

from __future__ import annotations

import copy
import warnings

import numpy as np
import torch

from grader.checks import mistake


def leaf(x):
    """A new leaf with the values of x."""
    return x.detach().requires_grad_()


def kept_in(x):
    """x.grad, without PyTorch's warning where x is no leaf: a grader tries mistakes in silence."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return x.grad


def central(f, point, eps):
    """Central differences, as they should be, in the dtype of `point`."""
    gradient = torch.zeros_like(point)
    for index in np.ndindex(*point.shape):
        step = torch.zeros_like(point)
        step[index] = eps
        gradient[index] = (f(point + step) - f(point - step)) / (2 * eps)
    return gradient


# --- grad_of


@mistake(
    "grad_of",
    en="x does not stay as it was: it is told to require gradients, and backward adds to x.grad, where an older "
    "gradient gets into the result; for an x that is no leaf nothing is kept there",
    zh="x 没有保持原样：让它要求了梯度，backward 又累加到 x.grad 上，旧梯度混进了结果；x 若不是叶子节点，"
    "那里什么也不会留下",
)
def grad_into_x(f, x):
    x.requires_grad_()
    f(x).backward()
    return kept_in(x)


@mistake(
    "grad_of",
    en="x itself is told to require gradients, which an inner node refuses, and backward adds to x.grad; "
    "work with a detached x",
    zh="让 x 本身要求梯度，而内部节点不接受这样的设置；backward 还会累加到 x.grad 上。请用分离出来的 x",
)
def flag_set_on_x(f, x):
    x.requires_grad = True
    f(x).backward()
    return kept_in(x)


@mistake(
    "grad_of",
    en="x.grad is emptied first: whoever needs the gradient that was there has lost it",
    zh="先把 x.grad 清空了：原来的梯度若有人还要用，就找不回来了",
)
def grad_emptied(f, x):
    x = x if x.requires_grad and x.is_leaf else leaf(x)
    x.grad = None
    f(x).backward()
    return x.grad


@mistake(
    "grad_of",
    en="backward does not stop at x: it goes on through x's graph and adds to the .grad of every leaf behind it",
    zh="backward 不会停在 x：它会顺着 x 的计算图继续往回走，写入后面每个叶子节点的 .grad",
)
def grad_beyond_x(f, x):
    x = x if x.requires_grad else leaf(x)
    x.retain_grad()
    old, x.grad = x.grad, None
    f(x).backward()
    found, x.grad = x.grad, old
    return found


@mistake(
    "grad_of",
    en="an x that does not require gradients is taken as it is: then no graph is recorded",
    zh="x 没有要求梯度，却直接拿来用：这样不会记录计算图",
)
def grad_of_x_as_it_is(f, x):
    return torch.autograd.grad(f(x), x)[0]


@mistake(
    "grad_of",
    en="x itself is told to require gradients, and stays so: every later computation with it records a graph",
    zh="让 x 本身要求梯度，之后也没有改回来：以后凡是用到它的计算都会记录计算图",
)
def grad_flag_left(f, x):
    x.requires_grad_()
    return torch.autograd.grad(f(x), x)[0]


@mistake(
    "grad_of",
    en="this is a tuple: autograd.grad gives one gradient per input, also if there is only one",
    zh="这是一个元组：autograd.grad 对每个输入各给一个梯度，只有一个输入时也一样",
)
def grad_as_tuple(f, x):
    x = leaf(x)
    return torch.autograd.grad(f(x), x)


@mistake(
    "grad_of",
    en="a clone still hangs on x's graph: it is no leaf, so the gradient goes on to where x keeps its own",
    zh="克隆出来的张量还连在 x 的图上：它不是叶子节点，梯度会一直传到 x 那边去",
)
def grad_of_attached_clone(f, x):
    x = x.clone().requires_grad_()
    f(x).backward()
    return kept_in(x)


@mistake(
    "grad_of",
    en="detach_ with an underscore cuts x itself off its graph; without it a new tensor is made",
    zh="带下划线的 detach_ 会把 x 本身从图上剪下来；不带下划线的才会另给一个张量",
)
def grad_cuts_x(f, x):
    x = x.detach_().clone().requires_grad_()
    return torch.autograd.grad(f(x), x)[0]


@mistake("grad_of", en="this is the value of f, not its gradient", zh="这是 f 的值，不是梯度")
def grad_is_the_value(f, x):
    return f(x).detach()


# --- accumulate


@mistake(
    "accumulate",
    en="what was in w.grad before is still in the sum: backward adds to it",
    zh="w.grad 里原有的内容还混在和里：backward 做的是累加",
)
def sum_with_old_gradient(f, w, batches):
    for batch in batches:
        f(w, batch).backward()
    return w.grad.clone()


@mistake(
    "accumulate",
    en="w.grad is reset for every batch: only the last one is left",
    zh="每个小批量都把 w.grad 清空一次：最后只剩下最后一个小批量的梯度",
)
def last_batch_only(f, w, batches):
    for batch in batches:
        w.grad = None
        f(w, batch).backward()
    return w.grad.clone()


@mistake(
    "accumulate",
    en="the return stands inside the loop: the function ends with the first batch",
    zh="return 写进了循环体里：第一个小批量之后函数就返回了",
)
def first_batch_only(f, w, batches):
    w.grad = None
    for batch in batches:
        f(w, batch).backward()
        break
    return w.grad.clone()


@mistake(
    "accumulate",
    en="w.grad is None before the first backward: there is no zero_() to call on it",
    zh="第一次 backward 之前，w.grad 是 None，没有 zero_() 可调用",
)
def zero_of_none(f, w, batches):
    w.grad.zero_()
    for batch in batches:
        f(w, batch).backward()
    return w.grad.clone()


@mistake(
    "accumulate",
    en="all losses are computed before the first backward: the graphs of all batches are in memory at the same time",
    zh="先算完所有损失，才开始 backward：所有小批量的计算图会同时占着内存",
)
def one_backward(f, w, batches):
    w.grad = None
    sum(f(w, batch) for batch in batches).backward()
    return w.grad.clone()


@mistake(
    "accumulate", en="this is the mean over the batches; the sum is asked for", zh="这是各小批量的平均；题面要求的是和"
)
def mean_over_batches(f, w, batches):
    w.grad, count = None, 0
    for batch in batches:
        f(w, batch).backward()
        count += 1
    w.grad /= count
    return w.grad.clone()


@mistake("accumulate", en="the sum is returned but not left in w.grad", zh="返回了和，却没有把它留在 w.grad 里")
def sum_not_left(f, w, batches):
    total = torch.zeros_like(w)
    for batch in batches:
        total += torch.autograd.grad(f(w, batch), w)[0]
    return total.detach()


@mistake(
    "accumulate",
    en="what is returned is w.grad itself: resetting that also resets the result; return a copy",
    zh="返回的就是 w.grad 本身：它一清零，结果也跟着清零；应当返回一份副本",
)
def w_grad_itself(f, w, batches):
    w.grad = None
    for batch in batches:
        f(w, batch).backward()
    return w.grad


@mistake("accumulate", en="the sum is left in w.grad but not returned", zh="和留在了 w.grad 里，却没有返回")
def sum_not_returned(f, w, batches):
    w.grad = None
    for batch in batches:
        f(w, batch).backward()


# --- vjp


@mistake(
    "vjp",
    en="v is not used: this is the gradient of the plain sum of f(x)",
    zh="没有用到 v：这只是 f(x) 各元素之和的梯度",
)
def vjp_without_v(f, x, v):
    x = leaf(x)
    return torch.autograd.grad(f(x).sum(), x)[0]


@mistake(
    "vjp",
    en="v weighs the entries of f(x), not those of x: it has to go in before the gradient is taken",
    zh="v 是 f(x) 各元素的权重，不是 x 各元素的权重：应当在求梯度之前乘进去",
)
def vjp_v_afterwards(f, x, v):
    x = leaf(x)
    return v * torch.autograd.grad(f(x).sum(), x)[0]


@mistake(
    "vjp",
    en="this is the Jacobian times v: a sum over x, where v has the shape of f(x) and is summed over that",
    zh="这是雅可比矩阵乘 v，沿 x 求和；而 v 的形状同 f(x)，应当沿 f(x) 求和",
)
def jacobian_times_v(f, x, v):
    x = leaf(x)
    rows = [torch.autograd.grad(value, x, retain_graph=True)[0].reshape(-1) for value in f(x).reshape(-1)]
    return (torch.stack(rows) @ v.reshape(-1)).reshape(x.shape)


@mistake(
    "vjp", en="the products are averaged over f(x); they are to be summed", zh="对 f(x) 的各元素取了平均；应当求和"
)
def vjp_mean(f, x, v):
    x = leaf(x)
    return torch.autograd.grad((f(x) * v).mean(), x)[0]


@mistake(
    "vjp",
    en="backward without v works for a single number only: it can't know how to weigh the entries of f(x)",
    zh="不带 v 的 backward 只适用于一个数：它不知道 f(x) 的各元素该怎么加权",
)
def vjp_backward_of_a_vector(f, x, v):
    x = leaf(x)
    f(x).backward()
    return x.grad


@mistake(
    "vjp",
    en="this is a tuple: autograd.grad gives one gradient per input, also if there is only one",
    zh="这是一个元组：autograd.grad 对每个输入各给一个梯度，只有一个输入时也一样",
)
def vjp_as_tuple(f, x, v):
    x = leaf(x)
    return torch.autograd.grad((f(x) * v).sum(), x)


@mistake(
    "vjp",
    en="backward adds to x.grad: an older gradient gets into the result; an inner node keeps no gradient at all",
    zh="backward 会累加到 x.grad 上：旧梯度混进了结果；x 若是内部节点，则什么也留不下",
)
def vjp_into_x(f, x, v):
    x = x if x.requires_grad else leaf(x)
    (f(x) * v).sum().backward()
    return kept_in(x)


@mistake(
    "vjp",
    en="x itself is told to require gradients, and stays so: every later computation with it records a graph",
    zh="让 x 本身要求梯度，之后也没有改回来：以后凡是用到它的计算都会记录计算图",
)
def vjp_flag_left(f, x, v):
    x.requires_grad_()
    return torch.autograd.grad((f(x) * v).sum(), x)[0]


# --- freeze


@mistake(
    "freeze",
    en="the parameters still require gradients: setting requires_grad on the module, or on tensors detached from them, "
    "does not reach the parameters",
    zh="参数仍然要求梯度：requires_grad 设在模块上，或者设在从参数分离出来的张量上，都落不到参数本身",
)
def flag_on_the_module(module):
    module.requires_grad = False
    return module


@mistake(
    "freeze",
    en="only the module's own parameters are frozen, not those of the modules inside it",
    zh="只冻结了模块自己的参数，里面各个子模块的参数没有冻结",
)
def own_parameters_only(module):
    for parameter in module.parameters(recurse=False):
        parameter.requires_grad_(False)
    return module


@mistake(
    "freeze",
    en="only the parameters of modules inside it are frozen, not the module's own",
    zh="只冻结了里面各个子模块的参数，模块自己的参数没有冻结",
)
def inner_modules_only(module):
    for child in module.children():
        child.requires_grad_(False)
    return module


@mistake("freeze", en="only the weights are frozen; the biases go on learning", zh="只冻结了权重，偏置还在更新")
def weights_only(module):
    for name, parameter in module.named_parameters():
        if "bias" not in name:
            parameter.requires_grad_(False)
    return module


@mistake(
    "freeze",
    en="evaluation mode is another switch: it changes what dropout and batch normalization do, and freezes nothing",
    zh="评估模式是另一个开关：它改变暂退法、批量规范化等层的行为，并不会冻结参数",
)
def evaluation_mode_only(module):
    return module.eval()


@mistake(
    "freeze",
    en="the parameters are frozen, and besides the module is put into evaluation mode: nobody asked for that",
    zh="参数冻结了，但顺带切换到了评估模式；题面没有要求这样做",
)
def evaluation_mode_too(module):
    return module.requires_grad_(False).eval()


@mistake(
    "freeze",
    en="setting the mode again sets it for every part: one that had a mode of its own loses it",
    zh="重新设置模式会作用到每个部分：原本模式不同的部分就变了",
)
def modes_made_equal(module):
    return module.requires_grad_(False).train(module.training)


@mistake(
    "freeze",
    en="no_grad around the whole module stops every gradient, also that of what comes before it",
    zh="用 no_grad 把整个模块包起来，会挡住所有梯度，连它前面的部分也得不到梯度",
)
def no_gradient_passes(module):
    module.requires_grad_(False)
    module.forward = torch.no_grad()(module.forward)
    return module


@mistake(
    "freeze",
    en="a copy is frozen and returned; the module that was handed in goes on learning",
    zh="冻结并返回的是一份副本；传进来的那个模块还会继续更新",
)
def frozen_copy(module):
    return copy.deepcopy(module).requires_grad_(False)


@mistake("freeze", en="the module is frozen but not returned", zh="模块冻结了，却没有返回")
def module_not_returned(module):
    module.requires_grad_(False)


# --- detached_copy


@mistake(
    "detached_copy",
    en="detach gives a new tensor over the same memory: what is written to it is written to x",
    zh="detach 给出的新张量与 x 共用内存：写它就是写 x",
)
def detached_only(x):
    return x.detach()


@mistake(
    "detached_copy",
    en="x.data shares x's memory, and what is written to it escapes autograd: the gradient is silently wrong",
    zh="x.data 与 x 共用内存，而且写入时自动微分察觉不到：梯度就这样悄悄地错了",
)
def data_of_x(x):
    return x.data


@mistake(
    "detached_copy",
    en="clone is recorded like any operation: a gradient still flows from the copy back to x",
    zh="clone 也会像其他运算一样记入计算图：梯度仍会从副本流回 x",
)
def cloned_only(x):
    return x.clone()


@mistake(
    "detached_copy",
    en="the copy has no history, but requires gradients again: it begins a graph of its own",
    zh="副本没有历史了，却又被设成要求梯度：它会开始一张自己的图",
)
def copy_requires_grad(x):
    return x.detach().clone().requires_grad_()


@mistake(
    "detached_copy",
    en="detach_ with an underscore cuts x itself off its graph: no gradient reaches what x came from",
    zh="带下划线的 detach_ 把 x 本身从图上剪了下来：梯度再也传不到 x 的来源",
)
def x_cut_off(x):
    return x.detach_().clone()


@mistake(
    "detached_copy",
    en="deepcopy copies leaves only, with their requires_grad; the result of a computation it refuses",
    zh="deepcopy 只能复制叶子节点，而且会连 requires_grad 一起复制；计算得到的张量它不接受",
)
def deep_copied(x):
    return copy.deepcopy(x)


@mistake(
    "detached_copy",
    en="the way over a list of numbers loses the dtype: Python floats become float32",
    zh="绕道数字列表会丢掉 dtype：Python 浮点数会变成 float32",
)
def over_a_list(x):
    return torch.tensor(x.tolist())


# --- numerical_gradient


@mistake(
    "numerical_gradient",
    en="this is a forward difference, f(x + eps) − f(x); a central one steps to both sides",
    zh="这是前向差分 f(x + eps) − f(x)；中心差分要往两边各走一步",
)
def forward_difference(f, x, eps):
    point = x.detach().double()
    gradient = torch.zeros_like(point)
    for index in np.ndindex(*point.shape):
        step = torch.zeros_like(point)
        step[index] = eps
        gradient[index] = (f(point + step) - f(point)) / eps
    return gradient.to(x.dtype)


@mistake(
    "numerical_gradient",
    en="the two points are 2·eps apart, and the difference is divided by eps",
    zh="两点相距 2·eps，差却只除以了 eps",
)
def divided_by_eps(f, x, eps):
    return (2 * central(f, x.detach().double(), eps)).to(x.dtype)


@mistake(
    "numerical_gradient",
    en="the step goes to one side only, and the difference is divided by 2·eps",
    zh="只往一边走了一步，差却除以了 2·eps",
)
def one_side_by_two(f, x, eps):
    return forward_difference(f, x, eps) / 2


@mistake(
    "numerical_gradient",
    en="this is the exact derivative, as autograd gives it; a difference quotient with this eps is a little off",
    zh="这是自动微分给出的精确导数；按这个 eps 算差商，应当略有偏差",
)
def exact_derivative(f, x, eps):
    z = leaf(x.double())
    return torch.autograd.grad(f(z), z)[0].to(x.dtype)


@mistake(
    "numerical_gradient",
    en="all entries are moved at the same time; each one's slope takes a step of its own",
    zh="所有元素一起动了；每个元素的斜率要单独走一步来求",
)
def all_entries_at_once(f, x, eps):
    point = x.detach().double()
    slope = (f(point + eps) - f(point - eps)) / (2 * eps)
    return (slope * torch.ones_like(point)).to(x.dtype)


@mistake(
    "numerical_gradient",
    en="in float32 the difference of two near values keeps few digits; compute in float64",
    zh="用 float32 计算，两个相近的数相减后剩不下几位有效数字；请用 float64 计算",
)
def in_x_dtype(f, x, eps):
    return central(f, x.detach(), eps)


@mistake(
    "numerical_gradient",
    en="the result stays in float64; x's dtype is asked for",
    zh="结果还是 float64；题面要求与 x 的 dtype 相同",
)
def float64_returned(f, x, eps):
    return central(f, x.detach().double(), eps)


@mistake(
    "numerical_gradient",
    en="f gets tensors that hang on x's graph; detach first: no autograd is needed here, and f may not bear it",
    zh="交给 f 的张量还连在 x 的图上；应当先分离：这里用不到自动微分，f 也未必接受得了",
)
def attached_to_x(f, x, eps):
    return central(f, x.double(), eps).to(x.dtype)


@mistake(
    "numerical_gradient",
    en="reshape copies a tensor that is not contiguous: the steps go into the copy, and f never sees them",
    zh="张量不连续时，reshape 会复制一份：步子走在副本里，f 根本看不到",
)
def steps_in_a_copy(f, x, eps):
    point = x.detach().double().clone()
    flat, slopes = point.reshape(-1), []
    for i in range(flat.numel()):
        flat[i] += eps
        above = f(point)
        flat[i] -= 2 * eps
        slopes.append((above - f(point)) / (2 * eps))
        flat[i] += eps
    found = torch.tensor([float(slope) for slope in slopes], dtype=torch.float64, device=x.device)
    return found.reshape(x.shape).to(x.dtype)


@mistake(
    "numerical_gradient",
    en="the steps are not taken back: each entry's slope is measured where the earlier ones have been moved",
    zh="走出的步子没有收回：求每个元素的斜率时，前面的元素已经不在原处了",
)
def steps_left(f, x, eps):
    point = x.detach().double().clone()
    gradient = torch.zeros_like(point)
    for index in np.ndindex(*point.shape):
        point[index] += eps
        above = f(point)
        point[index] -= 2 * eps
        gradient[index] = (above - f(point)) / (2 * eps)
    return gradient.to(x.dtype)


@mistake(
    "numerical_gradient",
    en="the slopes are returned in one row; x's shape is asked for",
    zh="斜率排成了一行；题面要求与 x 的形状相同",
)
def slopes_in_a_row(f, x, eps):
    return central(f, x.detach().double(), eps).to(x.dtype).reshape(-1)


@mistake(
    "numerical_gradient",
    en="the step is a fixed one; eps is the caller's to choose",
    zh="步长是写死的；eps 由调用者决定",
)
def eps_of_ones_own(f, x, eps):
    return central(f, x.detach().double(), 1e-3).to(x.dtype)
