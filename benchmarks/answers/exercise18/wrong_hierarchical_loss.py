# %% loss_label_for_the_group
# The group part uses y instead of parent[y].
# like: loops
# named: -
import math


def hierarchical_loss(zg, zf, parent, y):
    n = torch.arange(len(y))
    lg = torch.log_softmax(zg, dim=1)
    group_term = lg[n, y % zg.shape[1]]
    member = parent[None, :] == parent[y][:, None]
    class_term = zf[n, y] - log_sum_exp(zf.masked_fill(~member, -math.inf))
    return -(group_term + class_term).mean()

# %% loss_sum
# The sum instead of the mean.
# like: autograd_and_split
# named: loss_sum
def hierarchical_loss(zg, zf, parent, y):
    lp = hierarchical_log_prob(zg, zf, parent)
    return -torch.gather(lp, 1, y.unsqueeze(1)).sum()

# %% loss_log_of_mean
# Minus log of the mean probability.
# named: loss_log_of_mean
def hierarchical_loss(zg, zf, parent, y):
    p = hierarchical_log_prob(zg, zf, parent).exp()
    return -torch.log(p[torch.arange(len(y)), y].mean())

# %% loss_every_label
# Every sample against every label (lp[:, y]).
# like: layers
# named: loss_all_columns
def hierarchical_loss(zg, zf, parent, y):
    log_p = hierarchical_log_prob(zg, zf, parent)
    return -log_p[:, y].mean()

# %% loss_balanced
# Mean per class first, then over the classes (balanced).
# like: numpy_and_scatter
# named: -
def hierarchical_loss(zg, zf, parent, y):
    nll = -hierarchical_log_prob(zg, zf, parent)[torch.arange(len(y)), y]
    means = [nll[y == c].mean() for c in torch.unique(y)]
    return torch.stack(means).mean()

# %% loss_through_numpy
# Log P computed in no_grad/NumPy, no gradient.
# like: numpy_and_scatter
# named: loss_detached
import numpy as np


def hierarchical_loss(zg, zf, parent, y):
    lp = hierarchical_log_prob(zg, zf, parent).detach().numpy()
    return torch.tensor(-lp[np.arange(len(y)), y.numpy()].mean(), dtype=zf.dtype)

# %% loss_class_only
# Only the class within its group, no group part.
# like: layers
# named: loss_of_class
import math
import torch.nn.functional as F


def hierarchical_loss(zg, zf, parent, y):
    other = parent.unsqueeze(0) != parent[y].unsqueeze(1)
    lp = F.log_softmax(zf.masked_fill(other, -math.inf), dim=1)
    return -lp[torch.arange(len(y)), y].mean()

# %% loss_no_logarithm
# Minus the mean probability, no logarithm.
# like: numpy_and_scatter
# named: loss_without_log
def hierarchical_loss(zg, zf, parent, y):
    P = torch.exp(hierarchical_log_prob(zg, zf, parent))
    return -P.gather(1, y.view(-1, 1)).mean()

# %% loss_one_axis
# Shape [1].
# like: loops
# named: -
def hierarchical_loss(zg, zf, parent, y):
    lp = hierarchical_log_prob(zg, zf, parent).gather(1, y[:, None])
    return -lp.mean(0)

# %% loss_epsilon
# -log(p + 1e-12).
# like: autograd_and_split
# named: loss_epsilon
def hierarchical_loss(zg, zf, parent, y):
    p = hierarchical_log_prob(zg, zf, parent).exp()[torch.arange(len(y)), y]
    return -torch.log(p + 1e-12).mean()

# %% loss_group_as_a_constant
# The group's part without history.
# named: loss_group_detached
def hierarchical_loss(zg, zf, parent, y):
    with torch.no_grad():
        group = torch.log_softmax(zg, dim=1)
    among = torch.log_softmax(zf.masked_fill(parent != parent[y][:, None], float("-inf")), dim=1)
    n = torch.arange(len(y))
    return -(group[n, parent[y]] + among[n, y]).mean()

# %% loss_every_class
# The mean over all entries.
# named: loss_all_classes
def hierarchical_loss(zg, zf, parent, y):
    return hierarchical_log_prob(zg, zf, parent).neg().mean()
