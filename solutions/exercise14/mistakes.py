"""What learners get wrong in linear regression with autograd, each function spoiled in one place."""

from __future__ import annotations

import torch
from reference import fit, loss, make_data, plot_fit, predict, step

from grader.checks import mistake

# --- make_data


@mistake(
    "make_data",
    en="x and y are flat, [n]: each sample is a row, so the shape is [n, 1]",
    zh="x 和 y 是一维的 [n]：每个样本是一行，形状应为 [n, 1]",
)
def flat_data(n, gen):
    x = torch.rand(n, generator=gen)
    return x, 3 * x + 0.8


@mistake(
    "make_data",
    en="the generator is not used: its seed does not decide on the data",
    zh="没有用到传入的生成器：数据不由它的种子决定",
)
def generator_unused(n, gen):
    x = torch.rand(n, 1)
    return x, 3 * x + 0.8


@mistake(
    "make_data",
    en="the generator is seeded anew in every call: its next numbers are to be others",
    zh="每次调用都给生成器重新设种子：下一次调用应当得到别的数",
)
def generator_seeded_again(n, gen):
    return make_data(n, gen.manual_seed(gen.initial_seed()))


@mistake(
    "make_data",
    en="the seed of the generator is given to the global one, whose numbers all others use, too",
    zh="拿生成器的种子去重设了全局生成器，而全局生成器是大家共用的",
)
def global_generator_seeded(n, gen):
    torch.manual_seed(int(torch.randint(2**31, (), generator=gen)))
    x = torch.rand(n, 1)
    return x, 3 * x + 0.8


@mistake(
    "make_data",
    en="x is drawn from a normal distribution; a uniform one on [0, 1) is asked for",
    zh="x 取自正态分布；要求的是 [0, 1) 上的均匀分布",
)
def normal_inputs(n, gen):
    x = torch.randn(n, 1, generator=gen)
    return x, 3 * x + 0.8


@mistake("make_data", en="x lies in [−1, 1); [0, 1) is asked for", zh="x 取在 [−1, 1) 上；要求的是 [0, 1)")
def centred_inputs(n, gen):
    x = 2 * torch.rand(n, 1, generator=gen) - 1
    return x, 3 * x + 0.8


@mistake(
    "make_data", en="the inputs are evenly spaced; they are to be drawn at random", zh="x 是等间距的；要求随机抽取"
)
def even_inputs(n, gen):
    x = torch.linspace(0, 1, n + 1)[:n, None]
    return x, 3 * x + 0.8


@mistake("make_data", en="slope and intercept are swapped", zh="斜率和截距弄反了")
def swapped_line(n, gen):
    x, _ = make_data(n, gen)
    return x, 0.8 * x + 3


@mistake(
    "make_data",
    en="noise is added to y: here the samples lie exactly on the line",
    zh="给 y 加了噪声：这里的样本恰好都在直线上",
)
def noisy_targets(n, gen):
    x, y = make_data(n, gen)
    return x, y + 0.1 * torch.randn(n, 1, generator=gen)


@mistake(
    "make_data",
    en="the data are float64; float32, PyTorch's default, is asked for",
    zh="数据是 float64；要求的是 PyTorch 默认的 float32",
)
def data_in_float64(n, gen):
    x = torch.rand(n, 1, generator=gen, dtype=torch.float64)
    return x, 3 * x + 0.8


# --- predict


@mistake("predict", en="the bias is missing", zh="漏掉了偏置")
def predict_without_bias(x, w, b):
    return x @ w


@mistake(
    "predict",
    en="this is flat, [n]: against a column y, [n, 1], it will be broadcast to [n, n]",
    zh="结果是一维的 [n]：与一列 y（[n, 1]）运算时会广播成 [n, n]",
)
def predict_flat(x, w, b):
    return (x @ w + b)[:, 0]


@mistake("predict", en="weight and bias are swapped", zh="权重和偏置弄反了")
def predict_swapped(x, w, b):
    return x * b + w


@mistake("predict", en="the bias is multiplied, too: this is (x + b)·w", zh="偏置也乘上了权重：这是 (x + b)·w")
def predict_bias_inside(x, w, b):
    return (x + b) @ w


# --- loss


@mistake(
    "loss",
    en="this is the sum; without the mean, the step grows with the number of samples",
    zh="这是总和；不取平均，步子就会随样本数变大",
)
def loss_sum(pred, y):
    return ((pred - y) ** 2).sum()


@mistake("loss", en="here the mean is halved: that is another convention", zh="这里多除了 2：那是另一种约定")
def loss_halved(pred, y):
    return ((pred - y) ** 2).mean() / 2


@mistake(
    "loss",
    en="the errors are not squared: the mean absolute error is something else",
    zh="误差没有平方：平均绝对误差是另一回事",
)
def loss_absolute(pred, y):
    return (pred - y).abs().mean()


@mistake(
    "loss",
    en="errors of both signs cancel: they must be squared before the mean",
    zh="正负误差互相抵消了：要先平方，再求平均",
)
def loss_signed(pred, y):
    return (pred - y).mean()


@mistake(
    "loss",
    en="the mean is squared; it is the squares whose mean is asked for",
    zh="先求了平均再平方；应当先平方再求平均",
)
def loss_square_of_mean(pred, y):
    return (pred - y).mean() ** 2


@mistake("loss", en="this is the root of the mean square", zh="这里多开了一次平方根")
def loss_root(pred, y):
    return ((pred - y) ** 2).mean().sqrt()


@mistake(
    "loss",
    en="the mean over the rows alone leaves an axis: [1]; a 0-d tensor is asked for",
    zh="只沿行求平均，还剩下一个轴，形状是 [1]；要求的是 0 维张量",
)
def loss_keeps_axis(pred, y):
    return ((pred - y) ** 2).mean(0)


@mistake(
    "loss",
    en="a row meets a column: all differences, [n, n], instead of n",
    zh="一行减一列：得到 [n, n] 个差，而不是 n 个",
)
def loss_row_against_column(pred, y):
    return ((pred[:, 0] - y) ** 2).mean()


@mistake(
    "loss",
    en="this is a number without a history: backward needs the tensor",
    zh="这是一个没有历史的数：backward 需要张量",
)
def loss_as_number(pred, y):
    return ((pred - y) ** 2).mean().item()


# --- step


def gradients_after(w, b, x, y, *, reset=True):
    """The loss before the step, a tensor; w.grad and b.grad are there."""
    if reset:
        w.grad = b.grad = None
    before = loss(predict(x, w, b), y)
    before.backward()
    return before


@mistake("step", en="this goes along the gradient, uphill: the loss grows", zh="这是顺着梯度走，也就是上坡：损失会增大")
def step_uphill(w, b, x, y, lr):
    return step(w, b, x, y, -lr)


@mistake("step", en="the learning rate is not used", zh="没有用到学习率")
def step_without_rate(w, b, x, y, lr):
    return step(w, b, x, y, 1.0)


@mistake(
    "step",
    en="the gradients are never reset: backward adds to what is there",
    zh="梯度从来没有清零：backward 是往原有的内容上加",
)
def step_without_reset(w, b, x, y, lr):
    before = gradients_after(w, b, x, y, reset=False)
    with torch.no_grad():
        w -= lr * w.grad
        b -= lr * b.grad
    return before.item()


@mistake(
    "step",
    en="the gradients are reset after the step only: w and b may come with older ones",
    zh="只在更新之后清零：w 和 b 传进来时可能就带着旧梯度",
)
def step_reset_at_the_end(w, b, x, y, lr):
    before = step_without_reset(w, b, x, y, lr)
    w.grad = b.grad = None
    return before


@mistake("step", en="only w.grad is reset, not b.grad", zh="只清空了 w.grad，没有清空 b.grad")
def step_bias_gradient_kept(w, b, x, y, lr):
    w.grad = None
    return step_without_reset(w, b, x, y, lr)


@mistake("step", en="only b.grad is reset, not w.grad", zh="只清空了 b.grad，没有清空 w.grad")
def step_weight_gradient_kept(w, b, x, y, lr):
    b.grad = None
    return step_without_reset(w, b, x, y, lr)


@mistake(
    "step",
    en="w and b stay where they were: `w = w − …` only gives an old name to a new tensor; and after a reset between "
    "backward and the update there is nothing left to move by",
    zh="w 和 b 都没有动：w = w − … 只是让旧名字指向一个新张量；而在 backward 和更新之间清零，更新要用的梯度就没了",
)
def step_without_effect(w, b, x, y, lr):
    return gradients_after(w, b, x, y).item()


@mistake(
    "step",
    en="a leaf that requires gradients can't be changed in place while autograd records: put the update under no_grad",
    zh="自动微分还在记录，不能原地修改要求梯度的叶子节点：把更新放进 no_grad",
)
def step_recorded(w, b, x, y, lr):
    before = gradients_after(w, b, x, y)
    w -= lr * w.grad
    b -= lr * b.grad
    return before.item()


@mistake(
    "step",
    en="prediction and loss stand under no_grad, too: there is no graph to go back through",
    zh="连预测和损失也放进了 no_grad：没有计算图，无法反向传播",
)
def step_all_under_no_grad(w, b, x, y, lr):
    with torch.no_grad():
        return step(w, b, x, y, lr)


@mistake(
    "step",
    en="this is the loss after the step; the one before is asked for",
    zh="这是更新之后的损失；要求的是更新之前的",
)
def step_loss_after(w, b, x, y, lr):
    step(w, b, x, y, lr)
    return loss(predict(x, w, b), y).item()


@mistake(
    "step",
    en="the loss is returned as a tensor, with its whole graph: take the number out of it",
    zh="返回的损失是张量，还连着整张计算图：要取出其中的数值",
)
def step_loss_as_tensor(w, b, x, y, lr):
    before = loss(predict(x, w, b), y)
    step(w, b, x, y, lr)
    return before


@mistake("step", en="the loss is not returned", zh="没有返回损失")
def step_returns_nothing(w, b, x, y, lr):
    step(w, b, x, y, lr)


@mistake("step", en="b does not move", zh="b 没有更新")
def step_bias_stays(w, b, x, y, lr):
    before = gradients_after(w, b, x, y)
    with torch.no_grad():
        w -= lr * w.grad
    return before.item()


@mistake("step", en="w does not move", zh="w 没有更新")
def step_weight_stays(w, b, x, y, lr):
    before = gradients_after(w, b, x, y)
    with torch.no_grad():
        b -= lr * b.grad
    return before.item()


@mistake(
    "step",
    en="b's gradient is taken after w has moved: one backward, then move both",
    zh="b 的梯度是在 w 更新之后才算的：只做一次 backward，再一起更新",
)
def step_one_by_one(w, b, x, y, lr):
    before = gradients_after(w, b, x, y).item()
    with torch.no_grad():
        w -= lr * w.grad
    gradients_after(w, b, x, y)
    with torch.no_grad():
        b -= lr * b.grad
    return before


@mistake(
    "step",
    en="the loss stands where the gradient belongs: it is one number, and has no direction",
    zh="该用梯度的地方用了损失：损失只是一个数，没有方向",
)
def step_by_the_loss(w, b, x, y, lr):
    before = gradients_after(w, b, x, y).item()
    with torch.no_grad():
        w -= lr * before
        b -= lr * before
    return before


@mistake(
    "step",
    en="after the step w and b don't require gradients any more: nobody can learn on with them",
    zh="更新之后，w 和 b 不再要求梯度：没法接着学了",
)
def step_requires_no_more(w, b, x, y, lr):
    before = step(w.requires_grad_(), b.requires_grad_(), x, y, lr)
    w.requires_grad_(False)
    b.requires_grad_(False)
    return before


# --- fit


def zeros(x):
    return (torch.zeros(shape, dtype=x.dtype, device=x.device, requires_grad=True) for shape in ((1, 1), ()))


@mistake("fit", en="there is one step too many", zh="多走了一步")
def fit_step_too_many(x, y, lr, steps):
    return fit(x, y, lr, steps + 1)


@mistake("fit", en="there is one step too few", zh="少走了一步")
def fit_step_too_few(x, y, lr, steps):
    return fit(x, y, lr, steps - 1)


@mistake(
    "fit",
    en="only the last loss is returned; a list of all is asked for",
    zh="只返回了最后一个损失；要求的是所有损失的列表",
)
def fit_last_loss(x, y, lr, steps):
    w, b, losses = fit(x, y, lr, steps)
    return w, b, losses[-1] if losses else 0.0


@mistake(
    "fit",
    en="the losses are those after the steps; those before are asked for",
    zh="记下的是每一步更新之后的损失；要求的是更新之前的",
)
def fit_losses_after(x, y, lr, steps):
    w, b, losses = fit(x, y, lr, steps)
    return w, b, [*losses[1:], loss(predict(x, w, b), y).item()] if losses else []


@mistake(
    "fit",
    en="the losses come as one tensor; a list of Python floats is asked for",
    zh="损失放在了一个张量里；要求的是 Python 浮点数的列表",
)
def fit_losses_as_tensor(x, y, lr, steps):
    w, b, losses = fit(x, y, lr, steps)
    return w, b, torch.tensor(losses)


@mistake("fit", en="the losses are not returned", zh="没有返回损失")
def fit_without_losses(x, y, lr, steps):
    return fit(x, y, lr, steps)[:2]


@mistake(
    "fit",
    en="w and b are made anew in every step: nothing is kept of the one before",
    zh="每一步都重新建了 w 和 b：上一步的成果没有留下",
)
def fit_starts_again(x, y, lr, steps):
    runs = [fit(x, y, lr, 1) for _ in range(steps)]
    return *(runs[-1] if runs else fit(x, y, lr, 0))[:2], [losses[0] for _, _, losses in runs]


@mistake("fit", en="w and b start at 1, not at 0", zh="w 和 b 从 1 出发，而不是 0")
def fit_from_ones(x, y, lr, steps):
    w, b = (torch.ones_like(tensor, requires_grad=True) for tensor in zeros(x))
    return w, b, [step(w, b, x, y, lr) for _ in range(steps)]


@mistake("fit", en="b is [1]; a 0-d tensor is asked for", zh="b 的形状是 [1]；要求的是 0 维张量")
def fit_bias_with_axis(x, y, lr, steps):
    w, _ = zeros(x)
    b = torch.zeros(1, dtype=x.dtype, device=x.device, requires_grad=True)
    return w, b, [step(w, b, x, y, lr) for _ in range(steps)]


@mistake(
    "fit",
    en="nobody can learn on with this w and b: a detached tensor requires no gradient, and the result of an operation, "
    "such as a clone, is no leaf",
    zh="这样的 w 和 b 没法接着学：分离出来的张量不要求梯度，而运算的结果（比如克隆）不是叶子节点",
)
def fit_detached(x, y, lr, steps):
    w, b, losses = fit(x, y, lr, steps)
    return w.detach(), b.detach(), losses


@mistake(
    "fit",
    en="w and b are float32 whatever x is: they are to have x's dtype",
    zh="不管 x 是什么 dtype，w 和 b 都用了 float32：应当与 x 相同",
)
def fit_in_float32(x, y, lr, steps):
    w, b = (tensor.float().detach().requires_grad_() for tensor in zeros(x))
    return w, b, [step(w, b, x, y, lr) for _ in range(steps)]


@mistake(
    "fit", en="the learning rate is a fixed one; lr is the caller's to choose", zh="学习率是写死的；lr 应当由调用者决定"
)
def fit_fixed_rate(x, y, lr, steps):
    return fit(x, y, 0.01, steps)


# --- plot_fit


def line_between(ax, x, w, b, low, high, style="-"):
    ends = torch.tensor([[low], [high]], dtype=x.dtype)
    ax.plot(ends, predict(ends, w, b).detach(), style)


def model_line(ax, x, w, b):
    line_between(ax, x, w, b, x.min(), x.max())


@mistake(
    "plot_fit",
    en="nothing is drawn on this ax: plt.plot and the like draw on axes of their own",
    zh="这个 ax 上什么也没画：plt.plot 之类画到了别的坐标系里",
)
def plot_on_other_axes(ax, x, y, w, b):
    return None


@mistake("plot_fit", en="the samples are not drawn, only the line", zh="只画了直线，没有画样本点")
def plot_without_points(ax, x, y, w, b):
    model_line(ax, x, w, b)


@mistake(
    "plot_fit",
    en="the points lie on the line: they are the model's values, not the samples",
    zh="点都落在直线上：画的是模型的预测值，不是样本",
)
def plot_predictions_as_points(ax, x, y, w, b):
    plot_fit(ax, x, predict(x, w, b).detach(), w, b)


@mistake("plot_fit", en="x and y of the samples are swapped", zh="样本的 x 和 y 弄反了")
def plot_swapped_axes(ax, x, y, w, b):
    ax.scatter(y, x)
    model_line(ax, x, w, b)


@mistake(
    "plot_fit",
    en="the samples are joined by a line: ax.plot draws one unless told to draw markers alone",
    zh="样本被连成了折线：ax.plot 默认画线，要让它只画标记",
)
def plot_samples_joined(ax, x, y, w, b):
    ax.plot(x, y)
    model_line(ax, x, w, b)


@mistake(
    "plot_fit",
    en="the line's ends are drawn as points, too: they are no samples",
    zh="直线的两端也画成了点：它们不是样本",
)
def plot_line_with_markers(ax, x, y, w, b):
    ax.scatter(x, y)
    line_between(ax, x, w, b, x.min(), x.max(), "o-")


@mistake("plot_fit", en="the axes are returned; nothing is to be returned", zh="返回了 ax；不应返回任何东西")
def plot_returns_axes(ax, x, y, w, b):
    plot_fit(ax, x, y, w, b)
    return ax


@mistake("plot_fit", en="the line is missing", zh="没有画直线")
def plot_without_line(ax, x, y, w, b):
    ax.scatter(x, y)


@mistake(
    "plot_fit",
    en="the model's values are drawn as points; a line is asked for",
    zh="模型的预测值画成了点；要求的是一条线",
)
def plot_line_as_points(ax, x, y, w, b):
    ax.scatter(x, y)
    ax.scatter(x, predict(x, w, b).detach())


@mistake(
    "plot_fit",
    en="the line runs from the first sample to the last; their x need not be smallest and largest",
    zh="直线从第一个样本画到了最后一个；它们的 x 不一定最小、最大",
)
def plot_first_to_last(ax, x, y, w, b):
    ax.scatter(x, y)
    line_between(ax, x, w, b, x[0, 0], x[-1, 0])


@mistake(
    "plot_fit", en="the line is drawn over [0, 1], wherever the samples are", zh="不管样本在哪里，直线都画在 [0, 1] 上"
)
def plot_over_unit_interval(ax, x, y, w, b):
    ax.scatter(x, y)
    line_between(ax, x, w, b, 0.0, 1.0)


@mistake(
    "plot_fit",
    en="the line starts at 0; it is to reach from the smallest x to the largest",
    zh="直线从 0 画起；应当从最小的 x 画到最大的 x",
)
def plot_from_zero(ax, x, y, w, b):
    ax.scatter(x, y)
    line_between(ax, x, w, b, 0.0, x.max())


@mistake(
    "plot_fit",
    en="this is the line that the data were made from, 3x + 0.8; the model's own is asked for",
    zh="画的是生成数据用的直线 3x + 0.8；要求画模型自己的直线",
)
def plot_true_line(ax, x, y, w, b):
    plot_fit(ax, x, y, torch.full_like(w, 3.0), torch.full_like(b, 0.8))


@mistake("plot_fit", en="the line leaves out the bias", zh="直线漏掉了偏置")
def plot_without_bias(ax, x, y, w, b):
    plot_fit(ax, x, y, w, torch.zeros_like(b))


@mistake(
    "plot_fit",
    en="the model's values still have a history: Matplotlib takes no tensor that requires gradients",
    zh="模型的预测值还带着历史：Matplotlib 不接受要求梯度的张量",
)
def plot_not_detached(ax, x, y, w, b):
    ax.scatter(x, y)
    ends = torch.stack([x.min(), x.max()]).reshape(2, 1)
    ax.plot(ends, predict(ends, w, b))


@mistake(
    "plot_fit",
    en="w and b themselves no longer require gradients, so they can learn no more: detach a result",
    zh="让 w 和 b 本身不再要求梯度：这样就没法接着学了；应当分离的是计算结果",
)
def plot_ends_learning(ax, x, y, w, b):
    plot_fit(ax, x, y, w.requires_grad_(False), b.requires_grad_(False))
