"""What learners get wrong here, each as an edit of reference.py; what no edit can say is a function with @mistake.

How a training goes is the learner's choice, so its numbers tell no mistake from another. What names one are facts that
hold for every training: what a small model wrote down of it (probes.py).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from reference import evaluate

from grader.checks import edit, mistake

# --- Net

SECOND = "nn.Conv2d(16, 24, kernel_size=3, padding=1)"
HEAD = "nn.Linear(24 * 4 * 4, 10)"

no_convolution = edit(
    "Net.__init__",
    "super().__init__()\nself.layers = nn.Sequential(nn.Flatten(), nn.Linear(64, 100), nn.ReLU(), nn.Linear(100, 10))",
).says(
    "there is no convolution: what is learned of a stroke in one place is not known in any other, since each pixel has "
    "weights of its own"
)
one_convolution = edit("Net.__init__", {SECOND: "nn.Conv2d(16, 24, kernel_size=1)"}).says(
    "only one convolution counts; two are asked for, with kernels larger than 1×1 and smaller than the image"
)
too_many_parameters = edit("Net.__init__", {HEAD: "nn.Linear(384, 128), nn.ReLU(), nn.Linear(128, 10)"}).says(
    "there are more than 20,000 parameters; a fully connected layer has inputs times outputs of them"
)
softmax_in_the_network = edit("Net.forward", {"self.layers(x)": "self.layers(x).softmax(dim=1)"}).says(
    "the network ends in a softmax: its outputs are probabilities. Logits are asked for, cross_entropy takes those"
)
detached_features = edit(
    "Net.forward", {"return self.layers(x)": "return self.layers[-1](self.layers[:-1](x).detach())"}
).says("the graph is cut within the network: the layers before the cut never learn")

# --- shift

same_shift_for_all = edit("shift", {"(2, len(x), 1, 1)": "(2, 1, 1, 1)"}).says(
    "all images of a batch move alike; each is to move by itself"
)
wraps_around = edit("shift", {"(1, 1, 1, 1))": "(1, 1, 1, 1), mode='circular')"}).says(
    "what leaves the image at one edge comes in at the opposite one, as with torch.roll; zeros are to come in"
)
sideways_only = edit("shift", {"top + pixel": "1 + pixel"}).says("the images move to the side only, never up or down")
up_and_down_only = edit("shift", {"left + pixel": "1 + pixel"}).says(
    "the images move up and down only, never to the side"
)
diagonal_only = edit("shift", {"left + pixel": "top + pixel"}).says(
    "one number is drawn for both directions: images move along a diagonal only"
)
never_back = edit("shift", {"randint(3,": "randint(1, 3,"}).says(
    "only some of the nine moves are made: −1, 0 and 1 are asked for in each direction (the upper bound of randint "
    "is not drawn)"
)
shift_ignores_gen = edit("shift", {", generator=gen": ""}).says(
    "gen is not used: the moves come from the global generator, and the same seed does not give them again"
)
shift_reseeds = edit("shift", {"padded =": "gen.manual_seed(gen.initial_seed())\npadded ="}).says(
    "every call with the same generator moves the images alike; each is to go on where the last one stopped"
)

# --- evaluate

evaluated_in_training_mode = edit("evaluate", {"model.eval()": ""}).says(
    "the model is not in evaluation mode: dropout is at work while it is measured"
)
mode_not_restored = edit("evaluate", {"model.train(was_training)": ""}).says(
    "the model is left in evaluation mode: whoever goes on training it trains without dropout"
)
always_training_afterwards = edit("evaluate", {"train(was_training)": "train()"}).says(
    "the model is in training mode afterwards, however it came; it is to have the mode that it had"
)
graph_built = edit("evaluate", {"with torch.no_grad():": "if True:"}).says(
    "the predictions are made with a graph, which nobody needs: no_grad or inference_mode is missing"
)
gradients_switched_off = edit(
    "evaluate", {"with torch.no_grad():\n    logits": "torch.set_grad_enabled(False)\nlogits"}
).says("gradients stay switched off after the call: use no_grad as a context, which puts things back")
softmax_before_the_loss = edit(
    "evaluate", {"F.cross_entropy(logits, y)": "F.cross_entropy(logits.softmax(1), y)"}
).says(
    "cross_entropy is given probabilities; it takes logits and does the softmax itself, so that here it is done twice"
)
loss_summed = edit("evaluate", {"cross_entropy(logits, y)": "cross_entropy(logits, y, reduction='sum')"}).says(
    "the loss is the sum over the images; their mean is asked for"
)
accuracy_in_percent = edit("evaluate", {"correct / len(y)": "100 * correct / len(y)"}).says(
    "the accuracy is in percent; a share from 0 to 1 is asked for"
)
correct_counted = edit("evaluate", {"correct / len(y)": "float(correct)"}).says(
    "this is the number of right answers; divide it by the number of images"
)
argmax_over_images = edit("evaluate", {"argmax(dim=1) == y).sum()": "argmax(dim=0) == y[:10]).sum()"}).says(
    "argmax runs over the images, not over the classes"
)
results_swapped = edit(
    "evaluate",
    {"F.cross_entropy(logits, y).item(), correct / len(y)": "correct / len(y), F.cross_entropy(logits, y).item()"},
).says("the two results have changed places: first the loss, then the accuracy")


def _batches(model, x, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        found = [
            (F.cross_entropy(model(a), b).item(), (model(a).argmax(1) == b).double().mean().item())
            for a, b in zip(x.split(64), y.split(64), strict=True)
        ]
    model.train(was_training)
    return found


@mistake(
    "evaluate", "the means of batches of 64 are averaged: the images of a short last batch count more than the others"
)
def mean_of_batch_means(model, x, y):
    losses, accuracies = zip(*_batches(model, x, y), strict=True)
    return sum(losses) / len(losses), sum(accuracies) / len(accuracies)


@mistake("evaluate", "this is the last batch of 64 alone: the numbers of the batches before it are overwritten")
def last_batch_only(model, x, y):
    return _batches(model, x, y)[-1]


@mistake("evaluate", "the loss is right, and the accuracy is that of the last batch of 64 alone")
def accuracy_of_the_last_batch(model, x, y):
    return evaluate(model, x, y)[0], _batches(model, x, y)[-1][1]


# --- train

no_zero_grad = edit("train", {"optimizer.zero_grad()": ""}).says(
    "the gradients are never reset: backward adds to what is in .grad, and every step follows all batches so far"
)
zero_grad_before_step = edit(
    "train", {"optimizer.zero_grad()": "", "loss.backward()": "loss.backward()\noptimizer.zero_grad()"}
).says("no step changes anything: the gradients are reset between backward and step, or step or backward is missing")
softmax_before_training_loss = edit(
    "train", {"model(shift(x[rows], gen))": "model(shift(x[rows], gen)).softmax(dim=1)"}
).says(
    "a label that the model holds for impossible hardly changes it: the loss gets probabilities, not logits, and where "
    "the softmax is sure, its slope is almost 0"
)
trained_in_evaluation_mode = edit("train", {"model.train()": ""}).says(
    "the steps are made in evaluation mode: the model may come in it, and evaluate may have left it in it"
)
trained_on_validation = edit("train", {"x, y = train": "x, y = (torch.cat(pair) for pair in zip(train, val))"}).says(
    "the model is trained on validation images: then they no longer tell how it does on new ones"
)
batches_too_large = edit("train", {"(64,)": "(128,)"}).says(
    "the model sees more than 64·max_steps images in training mode"
)
too_many_steps = edit(
    "train",
    {"range(max_steps)": "range(2 * max_steps)", "1 - step / max_steps": "1 - step / (2 * max_steps)"}
    | {'"steps": max_steps': '"steps": 2 * max_steps', "(64,)": "(32,)"},
).says("more than max_steps steps are made")
steps_miscounted = edit("train", {'"steps": max_steps': '"steps": step'}).says(
    "steps is not the number of steps made: the last index is one less, and epochs are something else"
)
stops_early_reports_all = edit("train", {"range(max_steps)": "range(max_steps - max_steps // 10)"}).says(
    "steps is max_steps, although fewer steps were made"
)
train_ignores_gen = edit("train", {", generator=gen)": ")"}).says(
    "batches are drawn from the global generator; gen is to give all random numbers"
)
REPORTS = "train_loss, _ = evaluate(model, x, y)\nval_loss, val_accuracy = evaluate(model, *val)"
loss_of_the_last_batch = edit("train", {'"train_loss": train_loss': '"train_loss": loss.item()'}).says(
    "train_loss is the loss of a batch, in training mode; that of all training images is asked for, in evaluation mode"
)
measured_in_training_mode = edit(
    "train", {"train_loss, _ = evaluate(model, x, y)": "train_loss = F.cross_entropy(model(x), y).item()"}
).says("a loss is measured in training mode, where dropout is at work; these images count as trained on, too")
measured_before_the_last_step = edit(
    "train",
    {
        "optimizer.zero_grad()": "if step + 1 == max_steps:\n    train_loss, _ = evaluate(model, x, y)\n    "
        "val_loss, val_accuracy = evaluate(model, *val)\noptimizer.zero_grad()",
        REPORTS: "",
    },
).says("the numbers are from before the last step; they are to be those of the model that is left")
validation_before_the_last_step = edit(
    "train",
    {
        "optimizer.zero_grad()": "if step + 1 == max_steps:\n    val_loss, val_accuracy = evaluate(model, *val)\n"
        "optimizer.zero_grad()",
        "val_loss, val_accuracy = evaluate(model, *val)": "",
    },
).says("val_loss and val_accuracy are those of an earlier state; they are to be those of the model that is left")
accuracy_reported_in_percent = edit(
    "train", {'"val_accuracy": val_accuracy': '"val_accuracy": 100 * val_accuracy'}
).says("val_accuracy is in percent; a share from 0 to 1 is asked for")
losses_exchanged = edit(
    "train", {'"train_loss": train_loss, "val_loss": val_loss': '"train_loss": val_loss, "val_loss": train_loss'}
).says("train_loss and val_loss have changed places")

# --- save and load

weights_only = edit(
    "save", {"model.state_dict()": "{k: v if v.ndim > 1 else 0 * v for k, v in model.state_dict().items()}"}
).says("only some of the parameters come back: those of all layers are asked for, weights and biases")
saved_rounded = edit("save", {"model.state_dict()": "{k: v.half() for k, v in model.state_dict().items()}"}).says(
    "the numbers come back rounded: keep them in their own dtype"
)
ending_added = edit("save", {", path)": ", str(path) + '.pt')"}).says(
    "there is no file at `path`: the name is to be used as it is"
)
saved_in_evaluation_mode = edit("save", {"model.state_dict()": "model.eval().state_dict()"}).says(
    "save changes the mode of the model; it is to leave it as it is"
)
left_in_training_mode = edit("load", {"model.eval()": "model"}).says(
    "what load gives is in training mode, as every new Module: dropout would be at work in it"
)
nothing_loaded = edit("load", {"model.load_state_dict(torch.load(path, weights_only=True))": "torch.load(path)"}).says(
    "load gives a new Net, into which nothing of the file was put"
)
state_returned = edit("load", "return torch.load(path, weights_only=True)").says(
    "load gives what the file holds; a Net with it is asked for"
)
any_code_run = edit("load", {"weights_only=True": "weights_only=False"}).says(
    "code that a file brings along is run: torch.load with weights_only=False runs whatever it finds"
)
