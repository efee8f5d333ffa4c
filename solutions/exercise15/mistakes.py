"""What learners get wrong here, one function each. Wrong `train`s call the right train_step where they can."""

from __future__ import annotations

import torch
from reference import evaluate, train_step

from grader.checks import mistake


def steps(model, loader, loss_fn, optimizer):
    """One epoch done right: for each batch its size and the loss."""
    return [(len(x), train_step(model, x, y, loss_fn, optimizer)) for x, y in loader]


def looked_at(model, loader, loss_fn):
    """One evaluation done right: for each batch its size and the loss."""
    was_training = model.training
    model.eval()
    with torch.no_grad():
        pairs = [(len(x), loss_fn(model(x), y).item()) for x, y in loader]
    model.train(was_training)
    return pairs


def mean(pairs):
    return sum(n * loss for n, loss in pairs) / sum(n for n, _ in pairs)


# --- train_step: gradients


@mistake(
    "train_step",
    en="the gradients are never reset: backward adds to what is in .grad, and every step follows all batches so far",
    zh="梯度一直没有清零：backward 会把新梯度累加到 .grad 上，于是每一步都掺进了之前所有小批量的梯度",
)
def no_zero_grad(model, x, y, loss_fn, optimizer):
    model.train()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


@mistake(
    "train_step",
    en="the gradients are reset between backward and step: when the optimizer looks at them, they are gone",
    zh="在 backward 和 step 之间把梯度清掉了：等到优化器要用的时候，梯度已经没有了",
)
def zero_grad_before_step(model, x, y, loss_fn, optimizer):
    model.train()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
    return loss.item()


@mistake(
    "train_step",
    en="the gradients are reset only after the step: what the model brought along in .grad gets into the first one",
    zh="梯度只在更新之后才清零：模型原本带来的 .grad 会混进第一步",
)
def zero_grad_only_afterwards(model, x, y, loss_fn, optimizer):
    model.train()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()


@mistake(
    "train_step",
    en="the optimizer steps before backward has computed this batch's gradients: it follows those of the batch before",
    zh="优化器先走了一步，backward 之后才算出这个小批量的梯度：实际用的是上一个小批量的梯度",
)
def step_before_backward(model, x, y, loss_fn, optimizer):
    model.train()
    loss = loss_fn(model(x), y)
    optimizer.step()
    optimizer.zero_grad()
    loss.backward()
    return loss.item()


@mistake(
    "train_step",
    en="the gradients are reset, then the optimizer steps, and only then comes backward: no step ever sees a gradient",
    zh="先清零，接着就更新，最后才 backward：优化器每次更新时都看不到梯度",
)
def step_on_nothing(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    optimizer.step()
    loss.backward()
    return loss.item()


@mistake(
    "train_step",
    en="backward is missing: nothing fills .grad, and the optimizer has nothing to follow",
    zh="少了 backward：.grad 里没有梯度，优化器也就无从更新",
)
def no_backward(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    optimizer.step()
    return loss.item()


@mistake(
    "train_step",
    en="the optimizer never steps: the gradients are computed, and nothing is done with them",
    zh="优化器没有更新参数：梯度算出来了，却没有用上",
)
def no_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    return loss.item()


@mistake("train_step", en="the optimizer steps twice on one batch", zh="同一个小批量上，优化器更新了两次")
def two_steps(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    optimizer.step()
    return loss.item()


@mistake(
    "train_step",
    en="backward starts from the loss times the number of samples; what loss_fn gives is a mean, and meant as one",
    zh="反向传播之前把损失乘了样本数；loss_fn 给出的已经是平均损失，直接用它即可",
)
def backward_from_the_sum(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    (loss * len(x)).backward()
    optimizer.step()
    return loss.item()


@mistake(
    "train_step",
    en="backward starts from the loss divided by the number of samples; loss_fn has taken the mean already",
    zh="反向传播之前又把损失除以了样本数；loss_fn 已经取过平均了",
)
def divided_twice(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    (loss / len(x)).backward()
    optimizer.step()
    return loss.item()


@mistake(
    "train_step",
    en="prediction and target are swapped: loss_fn takes the model's output first",
    zh="预测值和目标值的顺序反了：loss_fn 的第一个参数是模型的输出",
)
def swapped_arguments(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(y, model(x))
    loss.backward()
    optimizer.step()
    return loss.item()


# --- train_step: mode, forward passes, what is returned


@mistake(
    "train_step",
    en="the model is not put into training mode: handed over in evaluation mode, it trains without dropout",
    zh="没有把模型切换到训练模式：如果传进来时处于评估模式，暂退法在训练中就不起作用",
)
def no_training_mode(model, x, y, loss_fn, optimizer):
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


@mistake(
    "train_step",
    en="the model trains in evaluation mode, where dropout does nothing",
    zh="训练时模型处于评估模式，暂退法不起作用",
)
def evaluation_mode(model, x, y, loss_fn, optimizer):
    model.eval()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


@mistake(
    "train_step",
    en="the first forward pass is thrown away and a second one used: twice the work, and dropout draws two masks",
    zh="第一次前向传播的结果没用上，又算了一次：计算量翻倍，暂退法也随机遮蔽了两次",
)
def two_forwards(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    model(x)
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


@mistake(
    "train_step",
    en="the loss returned comes from another forward pass than the gradients; the first pass gives both",
    zh="返回的损失和梯度出自两次不同的前向传播；一次前向传播就够了",
)
def loss_of_another_forward(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss_fn(model(x), y).backward()
    loss = loss_fn(model(x), y)
    optimizer.step()
    return loss.item()


@mistake(
    "train_step",
    en="this is the loss after the step, from a forward pass of its own; the one from before is asked for",
    zh="返回的是更新之后的损失，还为此多做了一次前向传播；题面要求的是更新之前的",
)
def loss_after_the_step(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss_fn(model(x), y).backward()
    optimizer.step()
    return loss_fn(model(x), y).item()


@mistake(
    "train_step",
    en="the loss is returned as a tensor; one that still hangs on its graph keeps that in memory as long as it is kept",
    zh="返回的损失还是张量；如果它还连着计算图，那么保存它就等于把整张图留在内存里",
)
def loss_as_tensor(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.detach()


@mistake(
    "train_step",
    en="the loss returned is multiplied by the number of samples: that is their sum, and the mean is asked for",
    zh="返回的损失乘了样本数，成了总和；题面要求的是平均值",
)
def loss_summed(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item() * len(x)


@mistake("train_step", en="the training is right, and the loss is not returned", zh="训练本身没有问题，但忘了返回损失")
def nothing_returned(model, x, y, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    loss_fn(model(x), y).backward()
    optimizer.step()


# --- train: the mean of an epoch


@mistake(
    "train",
    en="this is the mean of the batches' means: the few samples of a short last batch count for more than the others",
    zh="这是各小批量平均损失的平均：最后一个小批量较小，其中的样本就占了过大的比重",
)
def mean_of_batch_means(model, loader, loss_fn, optimizer, epochs):
    history = []
    for _ in range(epochs):
        losses = [loss for _, loss in steps(model, loader, loss_fn, optimizer)]
        history.append(sum(losses) / len(losses))
    return history


@mistake(
    "train",
    en="this relies on len(loader): a loader need not have a length, nor its batches one size; "
    "count the samples as they come by",
    zh="这里用到了 len(loader)：loader 不一定有长度，各个小批量也不一定一样大；样本数可以边遍历边数",
)
def length_of_the_loader(model, loader, loss_fn, optimizer, epochs):
    return [sum(loss for _, loss in steps(model, loader, loss_fn, optimizer)) / len(loader) for _ in range(epochs)]


@mistake("train", en="only the last batch's loss stands for the whole epoch", zh="只用最后一个小批量的损失代表了整轮")
def last_batch_only(model, loader, loss_fn, optimizer, epochs):
    return [steps(model, loader, loss_fn, optimizer)[-1][1] for _ in range(epochs)]


@mistake(
    "train",
    en="this is the sum over all samples of the epoch; the division is missing",
    zh="这是整轮所有样本的损失之和，还没有做除法",
)
def sum_over_samples(model, loader, loss_fn, optimizer, epochs):
    return [sum(n * loss for n, loss in steps(model, loader, loss_fn, optimizer)) for _ in range(epochs)]


@mistake(
    "train",
    en="this is the sum of the batches' mean losses, not a mean over samples",
    zh="这是各小批量平均损失之和，不是每个样本的平均损失",
)
def sum_of_batches(model, loader, loss_fn, optimizer, epochs):
    return [sum(loss for _, loss in steps(model, loader, loss_fn, optimizer)) for _ in range(epochs)]


@mistake(
    "train",
    en="mean losses of batches are added up and divided by the number of samples: only sums over samples go with that",
    zh="把各小批量的平均损失直接相加，再除以样本数；能除以样本数的，只有各样本损失的总和",
)
def weights_forgotten(model, loader, loss_fn, optimizer, epochs):
    history = []
    for _ in range(epochs):
        pairs = steps(model, loader, loss_fn, optimizer)
        history.append(sum(loss for _, loss in pairs) / sum(n for n, _ in pairs))
    return history


@mistake(
    "train",
    en="the running sum is not reset when an epoch begins: each entry is the mean over all epochs so far",
    zh="每轮开始时没有把累加的和清零：每一项都是到目前为止所有轮的平均",
)
def never_reset(model, loader, loss_fn, optimizer, epochs):
    history, pairs = [], []
    for _ in range(epochs):
        pairs += steps(model, loader, loss_fn, optimizer)
        history.append(mean(pairs))
    return history


@mistake(
    "train",
    en="there is an entry for every batch; one for every epoch is asked for",
    zh="每个小批量都存了一项；题面要求的是每轮一项",
)
def entry_per_batch(model, loader, loss_fn, optimizer, epochs):
    return [loss for _ in range(epochs) for _, loss in steps(model, loader, loss_fn, optimizer)]


@mistake(
    "train",
    en="the entries are tensors that still hold their graphs: memory grows with every batch; add up numbers",
    zh="列表里存的是带着计算图的张量：每过一个小批量，内存就多占一些；累加时请用数值",
)
def entries_as_tensors(model, loader, loss_fn, optimizer, epochs):
    history = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        for x, y in loader:
            model.train()
            optimizer.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss * len(x)
            samples += len(x)
        history.append(total / samples)
    return history


@mistake(
    "train",
    en="these are losses after each epoch, from evaluate; those that the steps returned along the way are asked for",
    zh="返回的是每轮结束后用 evaluate 算出的损失；题面要求的是训练过程中每一步返回的损失",
)
def evaluated_after_each_epoch(model, loader, loss_fn, optimizer, epochs):
    history = []
    for _ in range(epochs):
        steps(model, loader, loss_fn, optimizer)
        history.append(evaluate(model, loader, loss_fn))
    return history


# --- train: epochs, the loader, the gradients


@mistake("train", en="there is one epoch too many", zh="多训练了一轮")
def one_epoch_more(model, loader, loss_fn, optimizer, epochs):
    return [mean(steps(model, loader, loss_fn, optimizer)) for _ in range(epochs + 1)]


@mistake(
    "train",
    en="there is one epoch too few: range(1, epochs), for example, leaves out the end",
    zh="少训练了一轮：例如 range(1, epochs) 就不包含末尾",
)
def one_epoch_less(model, loader, loss_fn, optimizer, epochs):
    return [mean(steps(model, loader, loss_fn, optimizer)) for _ in range(1, epochs)]


@mistake(
    "train",
    en="the return stands inside the loop over the epochs: the function ends with the first",
    zh="return 写进了按轮循环的循环体里：第一轮结束，函数就返回了",
)
def return_in_the_loop(model, loader, loss_fn, optimizer, epochs):
    history = []
    for _ in range(epochs):
        history.append(mean(steps(model, loader, loss_fn, optimizer)))
        return history
    return history


@mistake(
    "train",
    en="the batches are put into a list once and used again in every epoch: the order never changes, "
    "and all the data must fit into memory",
    zh="只在开头把小批量存成列表，之后每轮都用它：顺序一成不变，而且所有数据都要放进内存",
)
def listed_once(model, loader, loss_fn, optimizer, epochs):
    batches = list(loader)
    return [mean(steps(model, batches, loss_fn, optimizer)) for _ in range(epochs)]


@mistake(
    "train",
    en="one iterator serves all epochs: after the first it is exhausted, and no data is left",
    zh="所有轮共用一个迭代器：第一轮过后它就到头了，后面没有数据可用",
)
def one_iterator(model, loader, loss_fn, optimizer, epochs):
    batches = iter(loader)
    return [mean(steps(model, batches, loss_fn, optimizer) or [(1, 0.0)]) for _ in range(epochs)]


@mistake(
    "train",
    en="the loader is walked through twice per epoch, once only to count: that costs a reading of all data, "
    "and a loader that reshuffles gives another order",
    zh="每轮都把 loader 遍历了两次，其中一次只为计数：白白多读一遍数据；loader 若每次都打乱顺序，训练时的顺序也就变了",
)
def counted_first(model, loader, loss_fn, optimizer, epochs):
    history = []
    for _ in range(epochs):
        samples = sum(len(x) for x, _ in loader)
        history.append(sum(n * loss for n, loss in steps(model, loader, loss_fn, optimizer)) / samples)
    return history


@mistake(
    "train",
    en="the gradients are reset once per epoch: within it they pile up from batch to batch",
    zh="每轮只清零一次梯度：同一轮里，各小批量的梯度越积越多",
)
def zero_grad_per_epoch(model, loader, loss_fn, optimizer, epochs):
    history = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        model.train()
        optimizer.zero_grad()
        for x, y in loader:
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            samples += len(x)
        history.append(total / samples)
    return history


@mistake(
    "train",
    en="there is one step per epoch, after all of its batches; one per batch is asked for",
    zh="一轮的所有小批量都算完，才更新一次；题面要求的是每个小批量更新一次",
)
def one_step_per_epoch(model, loader, loss_fn, optimizer, epochs):
    history = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        model.train()
        optimizer.zero_grad()
        for x, y in loader:
            loss = loss_fn(model(x), y)
            loss.backward()
            total += loss.item() * len(x)
            samples += len(x)
        optimizer.step()
        history.append(total / samples)
    return history


# --- evaluate


@mistake(
    "evaluate",
    en="the model is not put into evaluation mode, so dropout is at work; no_grad does not switch that off",
    zh="没有把模型切换到评估模式，暂退法还在起作用；no_grad 并不会关掉它",
)
def no_evaluation_mode(model, loader, loss_fn):
    total, samples = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += len(x) * loss_fn(model(x), y).item()
            samples += len(x)
    return total / samples


@mistake(
    "evaluate",
    en="the model is left in evaluation mode: whoever trains on does so without dropout",
    zh="评估完没有恢复模式：之后接着训练的话，暂退法不再起作用",
)
def evaluation_mode_kept(model, loader, loss_fn):
    result = mean(looked_at(model, loader, loss_fn))
    model.eval()
    return result


@mistake(
    "evaluate",
    en="the model always ends in training mode, also when it came in evaluation mode",
    zh="结束时总是把模型设成训练模式，哪怕它传进来时处于评估模式",
)
def always_training_mode(model, loader, loss_fn):
    result = mean(looked_at(model, loader, loss_fn))
    model.train()
    return result


@mistake(
    "evaluate",
    en="a graph is built for every batch and never used; evaluation mode alone does not prevent that",
    zh="每个小批量都构建了用不上的计算图；光切换到评估模式并不能避免",
)
def graph_built(model, loader, loss_fn):
    was_training = model.training
    model.eval()
    total, samples = 0.0, 0
    for x, y in loader:
        total += len(x) * loss_fn(model(x), y).item()
        samples += len(x)
    model.train(was_training)
    return total / samples


@mistake(
    "evaluate",
    en="gradients are switched off and stay off: the next backward anywhere in the program fails",
    zh="关掉了梯度记录却没有再打开：之后程序里任何地方调用 backward 都会出错",
)
def gradients_left_off(model, loader, loss_fn):
    result = mean(looked_at(model, loader, loss_fn))
    torch.set_grad_enabled(False)
    return result


@mistake(
    "evaluate",
    en="the parameters are told not to require gradients, and never told otherwise: the model can't be trained on",
    zh="把参数设成了不需要梯度，之后没有改回来：这个模型没法接着训练了",
)
def parameters_left_frozen(model, loader, loss_fn):
    result = mean(looked_at(model, loader, loss_fn))
    model.requires_grad_(False)
    return result


@mistake(
    "evaluate",
    en="this is the mean of the batches' means: the few samples of a short last batch count for more than the others",
    zh="这是各小批量平均损失的平均：最后一个小批量较小，其中的样本就占了过大的比重",
)
def evaluate_mean_of_batch_means(model, loader, loss_fn):
    pairs = looked_at(model, loader, loss_fn)
    return sum(loss for _, loss in pairs) / len(pairs)


@mistake(
    "evaluate",
    en="this relies on len(loader): a loader need not have a length, nor its batches one size; "
    "count the samples as they come by",
    zh="这里用到了 len(loader)：loader 不一定有长度，各个小批量也不一定一样大；样本数可以边遍历边数",
)
def evaluate_length_of_the_loader(model, loader, loss_fn):
    return sum(loss for _, loss in looked_at(model, loader, loss_fn)) / len(loader)


@mistake("evaluate", en="this is the loss of the last batch alone", zh="这只是最后一个小批量的损失")
def evaluate_last_batch_only(model, loader, loss_fn):
    return looked_at(model, loader, loss_fn)[-1][1]


@mistake(
    "evaluate",
    en="this is the loss of the first batch: the return stands inside the loop",
    zh="这只是第一个小批量的损失：return 写进了循环体里",
)
def evaluate_first_batch_only(model, loader, loss_fn):
    return looked_at(model, loader, loss_fn)[0][1]


@mistake(
    "evaluate",
    en="this is the sum over all samples; the division is missing",
    zh="这是所有样本的损失之和，还没有做除法",
)
def evaluate_sum_over_samples(model, loader, loss_fn):
    return sum(n * loss for n, loss in looked_at(model, loader, loss_fn))


@mistake(
    "evaluate",
    en="this is the sum of the batches' mean losses, not a mean over samples",
    zh="这是各小批量平均损失之和，不是每个样本的平均损失",
)
def evaluate_sum_of_batches(model, loader, loss_fn):
    return sum(loss for _, loss in looked_at(model, loader, loss_fn))


@mistake(
    "evaluate",
    en="the mean loss is returned as a tensor; take the number out of it",
    zh="返回的平均损失还是张量，要取出其中的数值",
)
def evaluate_as_tensor(model, loader, loss_fn):
    return torch.tensor(mean(looked_at(model, loader, loss_fn)), dtype=torch.float64)


@mistake(
    "evaluate",
    en="prediction and target are swapped: loss_fn takes the model's output first",
    zh="预测值和目标值的顺序反了：loss_fn 的第一个参数是模型的输出",
)
def evaluate_swapped_arguments(model, loader, loss_fn):
    was_training = model.training
    model.eval()
    total, samples = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += len(x) * loss_fn(y, model(x)).item()
            samples += len(x)
    model.train(was_training)
    return total / samples
