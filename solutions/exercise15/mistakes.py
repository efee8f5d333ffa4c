"""What learners get wrong here, one function each. Wrong `train`s call the right train_step where they can."""

from __future__ import annotations

import torch
from reference import evaluate, train_step

from grader.checks import edit, mistake


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


no_zero_grad = edit("train_step", {"optimizer.zero_grad()": ""}).says(
    "the gradients are never reset: backward adds to what is in .grad, and every step follows all batches so far"
)
zero_grad_before_step = edit(
    "train_step", {"optimizer.zero_grad()": "", "loss.backward()": "loss.backward()\noptimizer.zero_grad()"}
).says("the gradients are reset between backward and step: when the optimizer looks at them, they are gone")
zero_grad_only_afterwards = edit(
    "train_step", {"optimizer.zero_grad()": "", "optimizer.step()": "optimizer.step()\noptimizer.zero_grad()"}
).says("the gradients are reset only after the step: what the model brought along in .grad gets into the first one")
step_before_backward = edit(
    "train_step",
    {
        "model.train()": "model.train()\nloss = loss_fn(model(x), y)\noptimizer.step()",
        "loss = loss_fn(model(x), y)": "",
        "optimizer.step()": "",
    },
).says("the optimizer steps before backward has computed this batch's gradients: it follows those of the batch before")
step_on_nothing = edit(
    "train_step",
    {"loss = loss_fn(model(x), y)": "loss = loss_fn(model(x), y)\noptimizer.step()", "optimizer.step()": ""},
).says("the gradients are reset, then the optimizer steps, and only then comes backward: no step ever sees a gradient")
no_backward = edit("train_step", {"loss.backward()": ""}).says(
    "backward is missing: nothing fills .grad, and the optimizer has nothing to follow"
)
no_step = edit("train_step", {"optimizer.step()": ""}).says(
    "the optimizer never steps: the gradients are computed, and nothing is done with them"
)
two_steps = edit("train_step", {"optimizer.step()": "optimizer.step()\noptimizer.step()"}).says(
    "the optimizer steps twice on one batch"
)
backward_from_the_sum = edit("train_step", {"loss.backward": "(loss * len(x)).backward"}).says(
    "backward starts from the loss times the number of samples; what loss_fn gives is a mean, and meant as one"
)
divided_twice = edit("train_step", {"loss.backward": "(loss / len(x)).backward"}).says(
    "backward starts from the loss divided by the number of samples; loss_fn has taken the mean already"
)
swapped_arguments = edit("train_step", {"model(x), y": "y, model(x)"}).says(
    "prediction and target are swapped: loss_fn takes the model's output first"
)


# --- train_step: mode, forward passes, what is returned


no_training_mode = edit("train_step", {"model.train()": ""}).says(
    "the model is not put into training mode: handed over in evaluation mode, it trains without dropout"
)
evaluation_mode = edit("train_step", {".train": ".eval"}).says(
    "the model trains in evaluation mode, where dropout does nothing"
)
two_forwards = edit("train_step", {"optimizer.zero_grad()": "optimizer.zero_grad()\nmodel(x)"}).says(
    "the first forward pass is thrown away and a second one used: twice the work, and dropout draws two masks"
)
loss_of_another_forward = edit(
    "train_step",
    {"optimizer.zero_grad()": "optimizer.zero_grad()\nloss_fn(model(x), y).backward()", "loss.backward()": ""},
).says("the loss returned comes from another forward pass than the gradients; the first pass gives both")
loss_after_the_step = edit(
    "train_step",
    {
        "loss = loss_fn(model(x), y)\nloss.backward()": "loss_fn(model(x), y).backward()",
        "loss.item": "loss_fn(model(x), y).item",
    },
).says("this is the loss after the step, from a forward pass of its own; the one from before is asked for")
loss_as_tensor = edit("train_step", {"item": "detach"}).says(
    "the loss is returned as a tensor; one that still hangs on its graph keeps that in memory as long as it is kept"
)
loss_summed = edit("train_step", {"item()": "item() * len(x)"}).says(
    "the loss returned is multiplied by the number of samples: that is their sum, and the mean is asked for"
)
nothing_returned = edit(
    "train_step",
    {"loss = loss_fn(model(x), y)\nloss.backward()": "loss_fn(model(x), y).backward()", "return loss.item()": ""},
).says("the training is right, and the loss is not returned")


# --- train: the mean of an epoch


@mistake(
    "train",
    "this is the mean of the batches' means: the few samples of a short last batch count for more than the others",
)
def mean_of_batch_means(model, loader, loss_fn, optimizer, epochs):
    history = []
    for _ in range(epochs):
        losses = [loss for _, loss in steps(model, loader, loss_fn, optimizer)]
        history.append(sum(losses) / len(losses))
    return history


@mistake(
    "train",
    "this relies on len(loader): a loader need not have a length, nor its batches one size; "
    "count the samples as they come by",
)
def length_of_the_loader(model, loader, loss_fn, optimizer, epochs):
    return [sum(loss for _, loss in steps(model, loader, loss_fn, optimizer)) / len(loader) for _ in range(epochs)]


@mistake("train", "only the last batch's loss stands for the whole epoch")
def last_batch_only(model, loader, loss_fn, optimizer, epochs):
    return [steps(model, loader, loss_fn, optimizer)[-1][1] for _ in range(epochs)]


@mistake("train", "this is the sum over all samples of the epoch; the division is missing")
def sum_over_samples(model, loader, loss_fn, optimizer, epochs):
    return [sum(n * loss for n, loss in steps(model, loader, loss_fn, optimizer)) for _ in range(epochs)]


@mistake("train", "this is the sum of the batches' mean losses, not a mean over samples")
def sum_of_batches(model, loader, loss_fn, optimizer, epochs):
    return [sum(loss for _, loss in steps(model, loader, loss_fn, optimizer)) for _ in range(epochs)]


@mistake(
    "train",
    "mean losses of batches are added up and divided by the number of samples: only sums over samples go with that",
)
def weights_forgotten(model, loader, loss_fn, optimizer, epochs):
    history = []
    for _ in range(epochs):
        pairs = steps(model, loader, loss_fn, optimizer)
        history.append(sum(loss for _, loss in pairs) / sum(n for n, _ in pairs))
    return history


@mistake("train", "the running sum is not reset when an epoch begins: each entry is the mean over all epochs so far")
def never_reset(model, loader, loss_fn, optimizer, epochs):
    history, pairs = [], []
    for _ in range(epochs):
        pairs += steps(model, loader, loss_fn, optimizer)
        history.append(mean(pairs))
    return history


@mistake("train", "there is an entry for every batch; one for every epoch is asked for")
def entry_per_batch(model, loader, loss_fn, optimizer, epochs):
    return [loss for _ in range(epochs) for _, loss in steps(model, loader, loss_fn, optimizer)]


@mistake("train", "the entries are tensors that still hold their graphs: memory grows with every batch; add up numbers")
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
    "these are losses after each epoch, from evaluate; those that the steps returned along the way are asked for",
)
def evaluated_after_each_epoch(model, loader, loss_fn, optimizer, epochs):
    history = []
    for _ in range(epochs):
        steps(model, loader, loss_fn, optimizer)
        history.append(evaluate(model, loader, loss_fn))
    return history


# --- train: epochs, the loader, the gradients


@mistake("train", "there is one epoch too many")
def one_epoch_more(model, loader, loss_fn, optimizer, epochs):
    return [mean(steps(model, loader, loss_fn, optimizer)) for _ in range(epochs + 1)]


@mistake("train", "there is one epoch too few: range(1, epochs), for example, leaves out the end")
def one_epoch_less(model, loader, loss_fn, optimizer, epochs):
    return [mean(steps(model, loader, loss_fn, optimizer)) for _ in range(1, epochs)]


@mistake("train", "the return stands inside the loop over the epochs: the function ends with the first")
def return_in_the_loop(model, loader, loss_fn, optimizer, epochs):
    history = []
    for _ in range(epochs):
        history.append(mean(steps(model, loader, loss_fn, optimizer)))
        return history
    return history


@mistake(
    "train",
    "the batches are put into a list once and used again in every epoch: the order never changes, "
    "and all the data must fit into memory",
)
def listed_once(model, loader, loss_fn, optimizer, epochs):
    batches = list(loader)
    return [mean(steps(model, batches, loss_fn, optimizer)) for _ in range(epochs)]


@mistake("train", "one iterator serves all epochs: after the first it is exhausted, and no data is left")
def one_iterator(model, loader, loss_fn, optimizer, epochs):
    batches = iter(loader)
    return [mean(steps(model, batches, loss_fn, optimizer) or [(1, 0.0)]) for _ in range(epochs)]


@mistake(
    "train",
    "the loader is walked through twice per epoch, once only to count: that costs a reading of all data, "
    "and a loader that reshuffles gives another order",
)
def counted_first(model, loader, loss_fn, optimizer, epochs):
    history = []
    for _ in range(epochs):
        samples = sum(len(x) for x, _ in loader)
        history.append(sum(n * loss for n, loss in steps(model, loader, loss_fn, optimizer)) / samples)
    return history


@mistake("train", "the gradients are reset once per epoch: within it they pile up from batch to batch")
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


@mistake("train", "there is one step per epoch, after all of its batches; one per batch is asked for")
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


no_evaluation_mode = edit(
    "evaluate", {"was_training = model.training\nmodel.eval()": "", "model.train(was_training)": ""}
).says("the model is not put into evaluation mode, so dropout is at work; no_grad does not switch that off")


@mistake("evaluate", "the model is left in evaluation mode: whoever trains on does so without dropout")
def evaluation_mode_kept(model, loader, loss_fn):
    result = mean(looked_at(model, loader, loss_fn))
    model.eval()
    return result


@mistake("evaluate", "the model always ends in training mode, also when it came in evaluation mode")
def always_training_mode(model, loader, loss_fn):
    result = mean(looked_at(model, loader, loss_fn))
    model.train()
    return result


@mistake("evaluate", "a graph is built for every batch and never used; evaluation mode alone does not prevent that")
def graph_built(model, loader, loss_fn):
    was_training = model.training
    model.eval()
    total, samples = 0.0, 0
    for x, y in loader:
        total += len(x) * loss_fn(model(x), y).item()
        samples += len(x)
    model.train(was_training)
    return total / samples


@mistake("evaluate", "gradients are switched off and stay off: the next backward anywhere in the program fails")
def gradients_left_off(model, loader, loss_fn):
    result = mean(looked_at(model, loader, loss_fn))
    torch.set_grad_enabled(False)
    return result


@mistake(
    "evaluate",
    "the parameters are told not to require gradients, and never told otherwise: the model can't be trained on",
)
def parameters_left_frozen(model, loader, loss_fn):
    result = mean(looked_at(model, loader, loss_fn))
    model.requires_grad_(False)
    return result


@mistake(
    "evaluate",
    "this is the mean of the batches' means: the few samples of a short last batch count for more than the others",
)
def evaluate_mean_of_batch_means(model, loader, loss_fn):
    pairs = looked_at(model, loader, loss_fn)
    return sum(loss for _, loss in pairs) / len(pairs)


@mistake(
    "evaluate",
    "this relies on len(loader): a loader need not have a length, nor its batches one size; "
    "count the samples as they come by",
)
def evaluate_length_of_the_loader(model, loader, loss_fn):
    return sum(loss for _, loss in looked_at(model, loader, loss_fn)) / len(loader)


@mistake("evaluate", "this is the loss of the last batch alone")
def evaluate_last_batch_only(model, loader, loss_fn):
    return looked_at(model, loader, loss_fn)[-1][1]


@mistake("evaluate", "this is the loss of the first batch: the return stands inside the loop")
def evaluate_first_batch_only(model, loader, loss_fn):
    return looked_at(model, loader, loss_fn)[0][1]


@mistake("evaluate", "this is the sum over all samples; the division is missing")
def evaluate_sum_over_samples(model, loader, loss_fn):
    return sum(n * loss for n, loss in looked_at(model, loader, loss_fn))


@mistake("evaluate", "this is the sum of the batches' mean losses, not a mean over samples")
def evaluate_sum_of_batches(model, loader, loss_fn):
    return sum(loss for _, loss in looked_at(model, loader, loss_fn))


@mistake("evaluate", "the mean loss is returned as a tensor; take the number out of it")
def evaluate_as_tensor(model, loader, loss_fn):
    return torch.tensor(mean(looked_at(model, loader, loss_fn)), dtype=torch.float64)


evaluate_swapped_arguments = edit("evaluate", {"model(x), y": "y, model(x)"}).says(
    "prediction and target are swapped: loss_fn takes the model's output first"
)
