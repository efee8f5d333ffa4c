"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

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
    "train_step", {"optimizer.zero_grad()": "optimizer.step()\noptimizer.zero_grad()", "optimizer.step()": ""}
).says("the optimizer steps before backward has computed this batch's gradients")
step_on_nothing = edit(
    "train_step",
    {"loss = loss_fn(model(x), y)": "loss = loss_fn(model(x), y)\noptimizer.step()", "optimizer.step()": ""},
).says("the gradients are reset, then the optimizer steps, and only then comes backward: no step ever sees a gradient")
no_backward = edit("train_step", {"loss.backward()": ""}).says(
    "no gradient reaches the parameters: backward is missing, or the prediction is cut off from its graph"
)
no_step = edit("train_step", {"optimizer.step()": ""}).says(
    "the optimizer never steps: the gradients are computed, and nothing is done with them"
)
own_sgd = edit(
    "train_step",
    {"optimizer.step()": "for p in model.parameters():\n    p.data -= optimizer.param_groups[0]['lr'] * p.grad"},
).says(
    "the parameters are moved by hand, by lr times gradient: the optimizer's momentum, or Adam's formula, is left out"
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
    "the layers are not in training mode when the model predicts: handed over in evaluation mode, "
    "it trains without dropout"
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

mean_of_batch_means = edit("train", {"len(x) * ": "", "samples += len(x)": "samples += 1"}).says(
    "this is the mean of the batches' means: the few samples of a short last batch count for more than the others"
)
last_batch_only = edit("train", {"total += len(x) *": "total =", "total / samples": "total"}).says(
    "only the last batch's loss stands for the whole epoch"
)
sum_over_samples = edit("train", {"total / samples": "total"}).says(
    "this is the sum over all samples of the epoch; the division is missing"
)
sum_of_batches = edit("train", {"len(x) * ": "", "total / samples": "total"}).says(
    "this is the sum of the batches' mean losses, not a mean over samples"
)
weights_forgotten = edit("train", {"len(x) * ": ""}).says(
    "mean losses of batches are added up and divided by the number of samples: only sums over samples go with that"
)
never_reset = edit(
    "train", {"history = []": "history, total, samples = [], 0.0, 0", "total, samples = 0.0, 0": ""}
).says("the running sum is not reset when an epoch begins: each entry is the mean over all epochs so far")
entry_per_batch = edit(
    "train",
    {
        "total += len(x) * train_step": "history.append(train_step",
        "loss_fn, optimizer)": "loss_fn, optimizer))",
        "history.append(total / samples)": "",
    },
).says("there is an entry for every batch; one for every epoch is asked for")
entries_as_tensors = edit(
    "train",
    {
        "total +=": "model.train()\noptimizer.zero_grad()\nloss = loss_fn(model(x), y)\nloss.backward()\n"
        "optimizer.step()\ntotal +=",
        "train_step(model, x, y, loss_fn, optimizer)": "loss",
    },
).says("the entries are tensors that still hold their graphs: memory grows with every batch; add up numbers")
sum_as_tensor = edit(
    "train",
    {
        "total +=": "model.train()\noptimizer.zero_grad()\nloss = loss_fn(model(x), y)\nloss.backward()\n"
        "optimizer.step()\ntotal +=",
        "train_step(model, x, y, loss_fn, optimizer)": "loss",
        "total / samples": "(total / samples).item()",
    },
).says("the graphs of all batches of an epoch are kept until its end, by losses that are still tensors: add up numbers")
evaluated_after_each_epoch = edit("train", {"total / samples": "evaluate(model, loader, loss_fn)"}).says(
    "these are losses after each epoch, from evaluate; those that the steps returned along the way are asked for"
)

# --- train: epochs, the loader, the gradients

one_epoch_more = edit("train", {"range(epochs)": "range(epochs + 1)"}).says("there is one epoch too many")
one_epoch_less = edit("train", {"range(epochs)": "range(1, epochs)"}).says(
    "there is one epoch too few: range(1, epochs), for example, leaves out the end"
)
last_epoch_only = edit("train", {"total, samples =": "history, total, samples = [],"}).says(
    "the list begins anew in every epoch: only the entry of the last is left"
)
first_batch_only = edit("train", {"samples += len(x)": "samples += len(x)\nbreak"}).says(
    "every epoch ends after the first batch of the loader"
)
return_in_the_loop = edit("train", {"total / samples)": "total / samples)\nreturn history"}).says(
    "the return stands inside the loop over the epochs: the function ends with the first"
)
listed_once = edit("train", {"history = []": "history, loader = [], list(loader)"}).says(
    "the batches are put into a list once and used again in every epoch: the order never changes, "
    "and all the data must fit into memory"
)
one_iterator = edit(
    "train", {"history = []": "history, loader = [], iter(loader)", "/ samples": "/ max(samples, 1)"}
).says("one iterator serves all epochs: after the first it is exhausted, and no data is left")
counted_first = edit("train", {"= 0.0, 0": "= 0.0, sum(len(x) for x, _ in loader)", "samples += len(x)": ""}).says(
    "the loader is walked through twice per epoch, once only to count: that costs a reading of all data, "
    "and a loader that reshuffles gives another order"
)
zero_grad_per_epoch = edit(
    "train",
    {
        "for x, y": "model.train()\noptimizer.zero_grad()\nfor x, y",
        "total +=": "loss = loss_fn(model(x), y)\nloss.backward()\noptimizer.step()\ntotal +=",
        "train_step(model, x, y, loss_fn, optimizer)": "loss.item()",
    },
).says("the gradients are reset once per epoch: within it they pile up from batch to batch")
one_step_per_epoch = edit(
    "train",
    {
        "for x, y": "model.train()\noptimizer.zero_grad()\nfor x, y",
        "total +=": "loss = loss_fn(model(x), y)\nloss.backward()\ntotal +=",
        "train_step(model, x, y, loss_fn, optimizer)": "loss.item()",
        "history.append": "optimizer.step()\nhistory.append",
    },
).says("there is one step per epoch, after all of its batches; one per batch is asked for")
train_without_mode = edit(
    "train",
    {
        "total +=": "optimizer.zero_grad()\nloss = loss_fn(model(x), y)\nloss.backward()\noptimizer.step()\ntotal +=",
        "train_step(model, x, y, loss_fn, optimizer)": "loss.item()",
    },
).says("the model is not put into training mode: handed over in evaluation mode, it trains without dropout")
evaluation_mode_later = edit(
    "train",
    {
        "history = []": "history = []\nmodel.train()",
        "total +=": "optimizer.zero_grad()\nloss = loss_fn(model(x), y)\nloss.backward()\noptimizer.step()\ntotal +=",
        "train_step(model, x, y, loss_fn, optimizer)": "loss.item()",
        "history.append": "model.eval()\nhistory.append",
    },
).says("from the second epoch on the model trains in evaluation mode, where dropout does nothing")

# --- evaluate

no_evaluation_mode = edit(
    "evaluate", {"was_training = model.training\nmodel.eval()": "", "model.train(was_training)": ""}
).says("dropout is at work: its layer is not in evaluation mode; no_grad does not switch that off")
evaluation_mode_kept = edit("evaluate", {"model.train(was_training)": ""}).says(
    "the model is left in evaluation mode: whoever trains on does so without dropout"
)
top_flag_restored = edit("evaluate", {"model.train(was_training)": "model.training = was_training"}).says(
    "the mode comes back in model.training alone: the layers inside are left in evaluation mode"
)
mode_restored_early = edit(
    "evaluate", {"samples += len(x)": "samples += len(x)\nmodel.train(was_training)", "model.train(was_training)": ""}
).says("the mode is restored after the first batch: the others are predicted in training mode")
always_training_mode = edit("evaluate", {"train(was_training)": "train()"}).says(
    "the model always ends in training mode, also when it came in evaluation mode"
)
graph_built = edit("evaluate", {"no_grad()": "enable_grad()"}).says(
    "a graph is built for every batch and never used; evaluation mode alone does not prevent that"
)
evaluate_with_backward = edit(
    "evaluate",
    {
        "no_grad()": "enable_grad()",
        "total +=": "loss = loss_fn(model(x), y)\nloss.backward()\ntotal +=",
        "* loss_fn(model(x), y)": "* loss",
    },
).says("there is a backward pass for every batch, which adds to what is in .grad; evaluate only looks")
evaluate_resets_gradients = edit("evaluate", {"model.eval()": "model.eval()\nmodel.zero_grad()"}).says(
    "the gradients are reset; evaluate only looks, and leaves what is in .grad"
)
gradients_left_off = edit("evaluate", {"return": "torch.set_grad_enabled(False)\nreturn"}).says(
    "gradients are switched off and stay off: the next backward anywhere in the program fails"
)
parameters_left_frozen = edit("evaluate", {"return": "model.requires_grad_(False)\nreturn"}).says(
    "the parameters are told not to require gradients, and never told otherwise: the model can't be trained on"
)
evaluate_mean_of_batch_means = edit("evaluate", {"len(x) * ": "", "samples += len(x)": "samples += 1"}).says(
    "this is the mean of the batches' means: the few samples of a short last batch count for more than the others"
)
evaluate_last_batch_only = edit("evaluate", {"total += len(x) *": "total =", "total / samples": "total"}).says(
    "this is the loss of the last batch alone"
)
evaluate_first_batch_only = edit("evaluate", {"samples += len(x)": "samples += len(x)\nbreak"}).says(
    "this is the loss of the first batch: the return stands inside the loop"
)
evaluate_sum_over_samples = edit("evaluate", {"total / samples": "total"}).says(
    "this is the sum over all samples; the division is missing"
)
evaluate_sum_of_batches = edit("evaluate", {"len(x) * ": "", "total / samples": "total"}).says(
    "this is the sum of the batches' mean losses, not a mean over samples"
)
evaluate_as_tensor = edit("evaluate", {"total / samples": "torch.tensor(total / samples, dtype=torch.float64)"}).says(
    "the mean loss is returned as a tensor; take the number out of it"
)
evaluate_swapped_arguments = edit("evaluate", {"model(x), y": "y, model(x)"}).says(
    "prediction and target are swapped: loss_fn takes the model's output first"
)
