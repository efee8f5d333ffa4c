# %% hierarchy_flat_softmax
# Class softmax over all classes.
# like: numpy_and_scatter
# named: hierarchy_flat_softmax
def hierarchical_log_prob(zg, zf, parent):
    log_group = torch.log_softmax(zg, dim=1)
    log_class = torch.log_softmax(zf, dim=1)
    return log_group[:, parent] + log_class

# %% hierarchy_groups_by_size
# Group softmax after spreading to the classes (weighted by group size).
# like: loops
# named: hierarchy_group_per_sibling
def hierarchical_log_prob(zg, zf, parent):
    outer = torch.log_softmax(zg[:, parent], dim=1)
    inner = torch.empty_like(zf)
    for g in parent.unique():
        inner[:, parent == g] = torch.log_softmax(zf[:, parent == g], dim=1)
    return outer + inner

# %% hierarchy_one_maximum_per_sample
# One maximum per sample over all groups.
# like: autograd_and_split
# named: hierarchy_maximum_of_row
import torch.nn.functional as F


def hierarchical_log_prob(zg, zf, parent):
    m = zf.detach().max(1, keepdim=True).values
    e = torch.exp(zf - m)
    one = F.one_hot(parent, zg.shape[1]).to(zf.dtype)
    s = e @ one
    inner = zf - m - torch.log(s)[:, parent]
    return inner + F.log_softmax(zg, 1)[:, parent]

# %% hierarchy_in_group_order
# Takes the classes of a group as standing side by side (output in group order).
# named: hierarchy_by_group
def hierarchical_log_prob(zg, zf, parent):
    lg = zg - log_sum_exp(zg).unsqueeze(-1)
    out = []
    for g in range(zg.shape[1]):
        part = zf[:, parent == g]
        out.append(lg[:, g:g + 1] + part - log_sum_exp(part).unsqueeze(-1))
    return torch.cat(out, dim=1)

# %% hierarchy_log_of_product
# Log of the product of probabilities (-inf at large logits).
# like: layers
# named: hierarchy_log_of_product
def hierarchical_log_prob(zg, zf, parent):
    Pg = torch.softmax(zg, dim=1)
    P = torch.zeros_like(zf)
    for g in range(zg.shape[1]):
        idx = torch.where(parent == g)[0]
        P = P.index_copy(1, idx, Pg[:, [g]] * torch.softmax(zf[:, idx], dim=1))
    return P.log()

# %% hierarchy_group_logit
# The group's logit not normalised.
# like: numpy_and_scatter
# named: hierarchy_group_logit
def hierarchical_log_prob(zg, zf, parent):
    res = torch.zeros_like(zf)
    for c in range(len(parent)):
        sib = (parent == parent[c])
        res[:, c] = zg[:, parent[c]] + zf[:, c] - log_sum_exp(zf[:, sib])
    return res

# %% hierarchy_class_part_only
# Class part only, the group's probability left out.
# like: autograd_and_split
# named: hierarchy_without_group
def hierarchical_log_prob(zg, zf, parent):
    out = zf.clone()
    for g in range(zg.shape[1]):
        who = parent == g
        out[:, who] = zf[:, who] - log_sum_exp(zf[:, who])[:, None]
    return out

# %% hierarchy_product
# The product of the probabilities, no logarithm.
# like: loops
# named: hierarchy_probability
def hierarchical_log_prob(zg, zf, parent):
    P = torch.zeros_like(zf)
    Pg = torch.softmax(zg, 1)
    for c in range(zf.shape[1]):
        sib = torch.nonzero(parent == parent[c]).squeeze(1)
        pos = int((sib == c).nonzero())
        P[:, c] = Pg[:, parent[c]] * torch.softmax(zf[:, sib], 1)[:, pos]
    return P

# %% hierarchy_masked_by_zeros
# Classes of other groups masked with 0 in place of -inf.
# like: autograd_and_split
# named: hierarchy_masked_by_zeros
def hierarchical_log_prob(zg, zf, parent):
    lg = torch.log_softmax(zg, dim=1)
    out = []
    for c, g in enumerate(parent.tolist()):
        mask = (parent == g).to(zf.dtype)
        out.append(lg[:, g] + zf[:, c] - log_sum_exp(zf * mask))
    return torch.stack(out, dim=1)

# %% hierarchy_masked_by_minus_1000
# Other groups masked with -1000.
# named: missing
def hierarchical_log_prob(zg, zf, parent):
    inside = torch.zeros_like(zf)
    for g in range(zg.shape[1]):
        m = parent == g
        s = torch.log_softmax(torch.where(m, zf, torch.full_like(zf, -1000.0)), 1)
        inside = torch.where(m, s, inside)
    return inside + torch.log_softmax(zg, 1)[:, parent]

# %% hierarchy_group_maximum_over_samples
# Maximum of each group over all samples.
# like: loops
# named: hierarchy_maximum_of_row
def hierarchical_log_prob(zg, zf, parent):
    inner = zf.clone()
    for g in range(zg.shape[1]):
        z = zf[:, parent == g]
        m = z.max()
        inner[:, parent == g] = z - m - torch.log(torch.exp(z - m).sum(1, keepdim=True))
    return inner + torch.log_softmax(zg, 1)[:, parent]

# %% hierarchy_negated
# -log P (sign).
# like: autograd_and_split
# named: hierarchy_negated
def hierarchical_log_prob(zg, zf, parent):
    lg = log_sum_exp(zg)[:, None] - zg
    inner = [log_sum_exp(zf[:, parent == g]) for g in range(zg.shape[1])]
    return lg[:, parent] + torch.stack(inner, 1)[:, parent] - zf

# %% hierarchy_one_softmax_for_both
# Group and class logits added before one softmax.
# named: hierarchy_joint_softmax
def hierarchical_log_prob(zg, zf, parent):
    z = zf + zg[:, parent]
    return z - log_sum_exp(z)[:, None]

# %% hierarchy_logarithms_multiplied
# The two logarithms multiplied.
# named: hierarchy_product_of_logs
def hierarchical_log_prob(zg, zf, parent):
    within = zf.clone()
    for g in range(zg.shape[1]):
        within[:, parent == g] = torch.log_softmax(zf[:, parent == g], dim=1)
    return torch.log_softmax(zg, dim=1)[:, parent] * within
