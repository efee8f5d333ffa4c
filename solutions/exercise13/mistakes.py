"""What learners get wrong here, each as an edit of reference.py; what no edit can say is a function with @mistake."""

from __future__ import annotations

import copy
import warnings

import torch

from grader.checks import edit, mistake


def leaf(x):
    """A new leaf with the values of x."""
    return x.detach().requires_grad_()


def kept_in(x):
    """x.grad, without PyTorch's warning where x is no leaf: a grader tries mistakes in silence."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return x.grad


# --- grad_of


@mistake(
    "grad_of",
    "x itself is told to require gradients, and backward adds to x.grad, where an older gradient gets into the result; "
    "for an inner node this does not work at all; work with a detached x",
)
def grad_into_x(f, x):
    x.requires_grad_()
    f(x).backward()
    return kept_in(x)


grad_emptied = edit("grad_of", {"x = x": "x.grad = None\nx = x"}).says(
    "x.grad is emptied: whoever needs the gradient that was there has lost it"
)
grad_replaced = edit(
    "grad_of",
    {
        "x = x.detach()": "x = x if x.requires_grad and x.is_leaf else x.detach()",
        "return torch.autograd.grad(f(x), x)[0]": "x.grad = None\nf(x).backward()\nreturn x.grad",
    },
).says("x.grad is emptied and filled anew: whoever needs the gradient that was there has lost it")


@mistake(
    "grad_of", "backward does not stop at x: it goes on through x's graph and adds to the .grad of every leaf behind it"
)
def grad_beyond_x(f, x):
    x = x if x.requires_grad else leaf(x)
    x.retain_grad()
    old, x.grad = x.grad, None
    f(x).backward()
    found, x.grad = x.grad, old
    return found


grad_of_x_as_it_is = edit("grad_of", {"x = x.detach().requires_grad_()": ""}).says(
    "an x that does not require gradients is taken as it is: then no graph is recorded"
)
grad_flag_left = edit("grad_of", {"x = x.detach()": "x"}).says(
    "x itself is told to require gradients, and stays so: every later computation with it records a graph"
)
grad_as_tuple = edit("grad_of", {"[0]": ""}).says(
    "this is a tuple: autograd.grad gives one gradient per input, also if there is only one"
)


@mistake("grad_of", "a clone still hangs on x's graph: it is no leaf, so the gradient goes on to where x keeps its own")
def grad_of_attached_clone(f, x):
    x = x.clone().requires_grad_()
    f(x).backward()
    return kept_in(x)


grad_cuts_x = edit("grad_of", {"detach": "detach_().clone"}).says(
    "detach_ with an underscore cuts x itself off its graph; without it a new tensor is made"
)
grad_with_history = edit("grad_of", {", x)[0]": ", x, create_graph=True)[0]"}).says(
    "the gradient that is returned has a history: whoever keeps it keeps a graph in memory"
)
grad_is_the_value = edit("grad_of", "return f(x).detach()").says("this is the value of f, not its gradient")

# --- accumulate

sum_with_old_gradient = edit("accumulate", {"w.grad = None": ""}).says(
    "what was in w.grad before is still in the sum: backward adds to it"
)
last_batch_only = edit(
    "accumulate", {"w.grad = None": "", "for batch in batches:": "for batch in batches:\n    w.grad = None"}
).says("this is the gradient of the last batch alone: those of the earlier ones are not in it")
first_batch_only = edit("accumulate", {"f(w, batch).backward()": "f(w, batch).backward()\nbreak"}).says(
    "the return stands inside the loop: the function ends with the first batch"
)
zero_of_none = edit("accumulate", {" = None": ".zero_()"}).says(
    "w.grad is None before the first backward: there is no zero_() to call on it"
)
one_backward = edit(
    "accumulate",
    {"for batch in batches:\n    f(w, batch).backward()": "sum(f(w, batch) for batch in batches).backward()"},
).says("all losses are computed before the first backward: the graphs of all batches are in memory at the same time")
mean_over_batches = edit(
    "accumulate",
    {" = None": ", count = None, 0", "return w.grad.clone()": "    count += 1\nw.grad /= count\nreturn w.grad.clone()"},
).says("this is the mean over the batches; the sum is asked for")
sum_not_left = edit(
    "accumulate",
    {
        "w.grad = None": "old, w.grad = w.grad, None",
        "return w.grad.clone()": "total, w.grad = w.grad, old\nreturn total",
    },
).says("the sum is returned but not left in w.grad")
sum_cleared = edit(
    "accumulate", {"return w.grad.clone()": "total = w.grad.clone()\nw.grad.zero_()\nreturn total"}
).says("w.grad is reset after the sum has been taken from it: the sum must stay there, too")
sum_with_history = edit("accumulate", {"w.grad.clone()": "w.grad + 0 * w"}).says(
    "the sum has a history: whoever keeps it keeps a graph in memory"
)
w_grad_itself = edit("accumulate", {".clone()": ""}).says(
    "what is returned is w.grad itself: resetting that also resets the result; return a copy"
)
sum_not_returned = edit("accumulate", {"return w.grad.clone()": ""}).says("the sum is left in w.grad but not returned")

# --- vjp

vjp_without_v = edit("vjp", {"(f(x) * v)": "f(x)"}).says("v is not used: this is the gradient of the plain sum of f(x)")
vjp_v_afterwards = edit("vjp", {"return torch": "return v * torch", "(f(x) * v)": "f(x)"}).says(
    "v weighs the entries of f(x), not those of x: it has to go in before the gradient is taken"
)


@mistake("vjp", "this is the Jacobian times v: a sum over x, where v has the shape of f(x) and is summed over that")
def jacobian_times_v(f, x, v):
    x = leaf(x)
    rows = [torch.autograd.grad(value, x, retain_graph=True)[0].reshape(-1) for value in f(x).reshape(-1)]
    return (torch.stack(rows) @ v.reshape(-1)).reshape(x.shape)


vjp_mean = edit("vjp", {"sum()": "mean()"}).says("the products are averaged over f(x); they are to be summed")
vjp_backward_of_a_vector = edit(
    "vjp", {"return torch.autograd.grad((f(x) * v).sum(), x)[0]": "f(x).backward()\nreturn x.grad"}
).says("backward without v works for a single number only: it can't know how to weigh the entries of f(x)")
vjp_as_tuple = edit("vjp", {"[0]": ""}).says(
    "this is a tuple: autograd.grad gives one gradient per input, also if there is only one"
)


@mistake(
    "vjp", "backward adds to x.grad: an older gradient gets into the result; an inner node keeps no gradient at all"
)
def vjp_into_x(f, x, v):
    x = x if x.requires_grad else leaf(x)
    (f(x) * v).sum().backward()
    return kept_in(x)


@mistake("vjp", "the gradients of the earlier entries of f(x) are still in .grad: backward adds to it")
def vjp_rows_pile_up(f, x, v):
    x = leaf(x)
    product = torch.zeros_like(x)
    for value, weight in zip(f(x).reshape(-1), v.reshape(-1), strict=True):
        value.backward(retain_graph=True)
        product = product + weight * x.grad
    return product.detach()


vjp_with_history = edit("vjp", {", x)[0]": ", x, create_graph=True)[0]"}).says(
    "the product that is returned has a history: whoever keeps it keeps a graph in memory"
)
vjp_flag_left = edit("vjp", {"x = x.detach()": "x"}).says(
    "x itself is told to require gradients, and stays so: every later computation with it records a graph"
)

# --- freeze

flag_on_the_module = edit("freeze", "module.requires_grad = False\nreturn module").says(
    "the parameters still require gradients: each has a requires_grad of its own, which is set nowhere here"
)
own_parameters_only = edit("freeze", {"()": "(recurse=False)"}).says(
    "only the module's own parameters are frozen, not those of the modules inside it"
)
inner_modules_only = edit(
    "freeze", {"parameter in module.parameters": "child in module.children", "parameter.": "child."}
).says("only the parameters of modules inside it are frozen, not the module's own")
one_level_only = edit(
    "freeze",
    {
        "for parameter": "for part in (module, *module.children()):\n    for parameter",
        "module.parameters()": "part.parameters(recurse=False)",
        "    parameter.requires_grad_(False)": "        parameter.requires_grad_(False)",
    },
).says("what lies deeper than one level inside the module is not frozen")
children_alone = edit(
    "freeze",
    {
        "for parameter": "for part in module.children():\n    for parameter",
        "module.parameters()": "part.parameters(recurse=False)",
        "    parameter.requires_grad_(False)": "        parameter.requires_grad_(False)",
    },
).says("only what lies exactly one level inside the module is frozen: not its own parameters, and none that lie deeper")
weights_only = edit(
    "freeze",
    {
        "parameter in module.parameters()": "name, parameter in module.named_parameters()",
        "parameter.requires_grad_": "'bias' in name or parameter.requires_grad_",
    },
).says("only the weights are frozen; the biases go on learning")
linear_layers_only = edit(
    "freeze",
    {
        "parameter in module.parameters()": "layer in module.modules()",
        "parameter.": "if isinstance(layer, torch.nn.Linear):\n        layer.",
    },
).says("only the linear layers are frozen; other parts of a module have parameters, too")
evaluation_mode_only = edit("freeze", "return module.eval()").says(
    "evaluation mode is another switch: it changes what dropout and batch normalization do, and freezes nothing"
)
evaluation_mode_too = edit("freeze", "return module.requires_grad_(False).eval()").says(
    "the parameters are frozen, and besides the module is put into evaluation mode: nobody asked for that"
)
modes_made_equal = edit("freeze", "return module.requires_grad_(False).train(module.training)").says(
    "setting the mode again sets it for every part: one that had a mode of its own loses it"
)
no_gradient_passes = edit(
    "freeze", {"return module": "module.forward = torch.no_grad()(module.forward)\nreturn module"}
).says("no_grad around the whole module stops every gradient, also that of what comes before it")


@mistake("freeze", "a copy is frozen and returned; the module that was handed in goes on learning")
def frozen_copy(module):
    return copy.deepcopy(module).requires_grad_(False)


module_not_returned = edit("freeze", {"return module": ""}).says("the module is frozen but not returned")

# --- detached_copy

detached_only = edit("detached_copy", {".clone()": ""}).says(
    "detach gives a new tensor over the same memory: what is written to it is written to x"
)
data_of_x = edit("detached_copy", {"detach().clone()": "data"}).says(
    "the copy shares x's memory, as x.data and x.detach().numpy() do, and what is written to it escapes autograd: the "
    "gradient is silently wrong"
)
cloned_only = edit("detached_copy", {"detach().": ""}).says(
    "the copying is recorded like any operation, with clone as with copy_: a gradient still flows back from the copy "
    "to x"
)
contiguous_only = edit("detached_copy", {"clone": "contiguous"}).says(
    "contiguous copies only what is not contiguous: otherwise the result shares x's memory"
)
copy_requires_grad = edit("detached_copy", {"clone()": "clone().requires_grad_()"}).says(
    "the copy has no history, but requires gradients again: it begins a graph of its own"
)
x_cut_off = edit("detached_copy", {".detach": ".detach_"}).says(
    "detach_ with an underscore cuts x itself off its graph: no gradient reaches what x came from"
)


@mistake(
    "detached_copy", "deepcopy copies leaves only, with their requires_grad; the result of a computation it refuses"
)
def deep_copied(x):
    return copy.deepcopy(x)


over_a_list = edit("detached_copy", {"x.detach().clone()": "torch.tensor(x.tolist())"}).says(
    "the way over a list of numbers loses the dtype: Python floats become float32"
)

# --- numerical_gradient

forward_difference = edit("numerical_gradient", {"f(point - step)) / (2 * eps)": "f(point)) / eps"}).says(
    "this is a forward difference, f(x + eps) − f(x); a central one steps to both sides"
)
divided_by_eps = edit("numerical_gradient", {"(2 * eps)": "eps"}).says(
    "the two points are 2·eps apart, and the difference is divided by eps"
)
multiplied_by_eps = edit("numerical_gradient", {"(2 * eps)": "2 * eps"}).says(
    "`/ 2 * eps` divides by 2 and multiplies by eps: the brackets around 2 * eps are missing"
)
one_side_by_two = edit("numerical_gradient", {"f(point - step)": "f(point)"}).says(
    "the step goes to one side only, and the difference is divided by 2·eps"
)
exact_derivative = edit(
    "numerical_gradient", "z = x.detach().double().requires_grad_()\nreturn torch.autograd.grad(f(z), z)[0].to(x.dtype)"
).says(
    "this comes out as the exact derivative, from autograd or from a tiny step of one's own; a difference quotient "
    "with this eps is a little off"
)
more_than_two_values = edit(
    "numerical_gradient",
    {
        "(f(point + step) - f(point - step)) / (2 * eps)": "8 * (f(point + step) - f(point - step)) / (12 * eps)\n"
        "gradient[index] -= (f(point + 2 * step) - f(point - 2 * step)) / (12 * eps)"
    },
).says("this comes nearer to the derivative than the central difference: values further away than eps go in, too")
all_entries_at_once = edit("numerical_gradient", {"step[index] = eps": "step += eps"}).says(
    "all entries are moved at the same time; each one's slope takes a step of its own"
)
rows_at_once = edit("numerical_gradient", {"np.ndindex(*x.shape)": "range(len(x))"}).says(
    "the loop goes over the first axis alone: all entries of a row are moved at the same time"
)
in_x_dtype = edit("numerical_gradient", {".double()": ""}).says(
    "in float32 the difference of two near values keeps few digits; compute in float64"
)
steps_rounded = edit(
    "numerical_gradient",
    {".double()": "", "f(point + step) - f(point - step)": "f((point + step).double()) - f((point - step).double())"},
).says("x + eps is rounded to float32: convert to float64 before the step is added")
float64_returned = edit("numerical_gradient", {".to(x.dtype)": ""}).says(
    "the result stays in float64; x's dtype is asked for"
)
attached_to_x = edit("numerical_gradient", {".detach()": ""}).says(
    "f gets tensors that hang on x's graph; detach first: no autograd is needed here, and f may not bear it"
)


@mistake(
    "numerical_gradient",
    "reshape copies a tensor that is not contiguous: the steps go into the copy, and f never sees them",
)
def steps_in_a_copy(f, x, eps):
    point = x.detach().double().clone()
    flat, slopes = point.reshape(-1), []
    for i in range(flat.numel()):
        flat[i] += eps
        above = f(point).item()
        flat[i] -= 2 * eps
        slopes.append((above - f(point).item()) / (2 * eps))
        flat[i] += eps
    found = torch.tensor(slopes, dtype=torch.float64, device=x.device)
    return found.reshape(x.shape).to(x.dtype)


steps_left = edit("numerical_gradient", {"(2 * eps)": "(2 * eps)\npoint = point - step"}).says(
    "the steps are not taken back: each entry's slope is measured where the earlier ones have been moved"
)
slopes_in_a_row = edit("numerical_gradient", {"to(x.dtype)": "to(x.dtype).reshape(-1)"}).says(
    "the slopes are returned in one row; x's shape is asked for"
)
OWN_STEP = "the step is a fixed one; eps is the caller's to choose"
eps_of_ones_own = edit("numerical_gradient", {"point = x": "eps = 1e-4\npoint = x"}).says(OWN_STEP)
smaller_eps_of_ones_own = edit("numerical_gradient", {"point = x": "eps = 1e-5\npoint = x"}).says(OWN_STEP)
smallest_eps_of_ones_own = edit("numerical_gradient", {"point = x": "eps = 1e-6\npoint = x"}).says(OWN_STEP)
