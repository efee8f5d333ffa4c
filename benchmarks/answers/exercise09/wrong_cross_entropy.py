# %% ce_log_of_softmax
# cross_entropy takes the logarithm of the softmax: inf where the right class's probability underflows to 0.
# named: cross_entropy_log_of_probability
def cross_entropy(z, y):
    p = softmax(z)
    right = p[torch.arange(len(y)), y]
    return -torch.log(right).mean()

# %% ce_log_with_eps
# cross_entropy adds 1e-9 to the probability before the logarithm: no row can cost more than 20.7, and all values change a little.
# named: cross_entropy_epsilon
def cross_entropy(z, y):
    p = softmax(z).gather(1, y.unsqueeze(1))
    return -(p + 1e-9).log().mean()

# %% ce_summed
# cross_entropy is the sum over the rows and not the mean.
# named: cross_entropy_sum
def cross_entropy(z, y):
    loss = z.new_zeros(())
    log_p = log_softmax(z)
    for i in range(len(y)):
        loss = loss - log_p[i, y[i]]
    return loss

# %% ce_softmax_twice
# cross_entropy applies the softmax to the logits before log_softmax does it a second time.
# named: cross_entropy_twice
def cross_entropy(z, y):
    p = softmax(z)
    return -log_softmax(p)[torch.arange(len(y)), y].mean()

# %% ce_every_pair
# cross_entropy indexes with [:, y], which picks N x N values: each row with the classes of all rows.
# named: cross_entropy_all_columns
def cross_entropy(z, y):
    return -log_softmax(z)[:, y].mean()

# %% ce_of_probabilities
# cross_entropy averages minus the probability of the right class; the logarithm is missing.
# named: cross_entropy_without_log
def cross_entropy(z, y):
    return -softmax(z).gather(1, y.view(-1, 1)).mean()

# %% ce_mean_over_classes
# cross_entropy averages the one-hot products over all N * C entries, so that the loss is too small by C.
# named: cross_entropy_over_everything
def cross_entropy(z, y):
    hot = torch.nn.functional.one_hot(y, z.shape[1])
    return -(hot * log_softmax(z)).mean()

# %% ce_without_minus
# cross_entropy lacks the minus sign.
# named: cross_entropy_sign
def cross_entropy(z, y):
    log_p = log_softmax(z)
    return log_p[range(len(y)), y.tolist()].mean()

# %% ce_index_swapped
# cross_entropy swaps the two indices: it takes row y and column n, silently for N = C.
# named: cross_entropy_indices_exchanged
def cross_entropy(z, y):
    log_p = log_softmax(z)
    return -log_p[y, torch.arange(len(y))].mean()

# %% ce_float32_number
# cross_entropy builds its result from Python numbers without the dtype, so that it is float32 for float64 logits.
# named: -
def cross_entropy(z, y):
    log_p = log_softmax(z).tolist()
    losses = [-row[c] for row, c in zip(log_p, y.tolist())]
    return torch.tensor(sum(losses) / len(losses))

# %% ce_changes_labels
# cross_entropy unsqueezes y in place, so that the caller's labels have the shape (N, 1) afterwards.
# named: -
def cross_entropy(z, y):
    n = len(y)
    return -log_softmax(z).gather(1, y.unsqueeze_(1)).sum() / n
