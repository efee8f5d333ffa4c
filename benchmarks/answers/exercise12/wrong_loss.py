# %% loss_is_a_sum
# loss adds up the samples and doesn't divide by N.
# named: loss_sum
def loss(logits, y):
    m = logits.max(axis=1, keepdims=True)
    lse = m[:, 0] + np.log(np.exp(logits - m).sum(axis=1))
    return np.sum(lse - logits[np.arange(len(y)), y])

# %% loss_mean_over_all_entries
# loss takes the mean over all N * C entries of one_hot * log p, so it is C times too small.
# named: loss_mean_over_classes
def loss(logits, y):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    one_hot = np.eye(logits.shape[1])[y]
    return -np.mean(one_hot * log_p)

# %% loss_divided_by_the_classes
# loss divides the sum by C in place of N, which is right only where they are equal.
# named: loss_divided_by_classes
def loss(logits, y):
    total = 0.0
    for row, c in zip(logits, y):
        top = row.max()
        total += top + np.log(np.exp(row - top).sum()) - row[c]
    return total / logits.shape[1]

# %% loss_overflows
# The exponentials in loss are taken without subtracting the maximum: inf or nan near 1000.
# named: loss_overflow, loss_log_of_zero
def loss(logits, y):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(y)), y]).mean()

# %% loss_log_of_underflowed_probability
# The maximum is subtracted, but the log is taken of the probability, which may be 0: the loss is inf then.
# named: loss_log_of_zero
def loss(logits, y):
    z = logits - np.max(logits, axis=1, keepdims=True)
    p = np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)
    N = y.shape[0]
    return -np.sum(np.log(p[range(N), y])) / N

# %% loss_with_a_small_number_in_the_log
# loss takes log(p + 1e-12), so it never gets above 27.6 for one sample.
# named: loss_epsilon
def loss(logits, y):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(y)), y] + 1e-12))

# %% loss_maximum_of_the_whole_batch
# loss subtracts the largest logit of the whole batch, so a row near -1000 beside one near 1000 underflows.
# named: loss_one_maximum_in_log_sum
def loss(logits, y):
    s = logits - logits.max()
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()

# %% loss_maximum_of_the_absolute_values
# loss subtracts the largest absolute value of each row, so all exponentials of a row near -1000 become 0.
# named: -
def loss(logits, y):
    shift = np.abs(logits).max(axis=1, keepdims=True)
    log_sum = shift + np.log(np.exp(logits - shift).sum(axis=1, keepdims=True))
    return (log_sum[:, 0] - logits[np.arange(y.size), y]).mean()

# %% loss_clips_the_logits
# loss clips the logits to +-500 against the overflow: finite, but wrong beyond.
# named: -
def loss(logits, y):
    l = np.clip(logits, -500, 500)
    lse = np.log(np.exp(l).sum(axis=1))
    return np.mean(lse - l[np.arange(len(y)), y])

# %% loss_maximum_not_added_back
# The log of the sum belongs to the shifted logits, but the right logit is not shifted.
# named: loss_shifted_once
def loss(logits, y):
    m = logits.max(axis=1, keepdims=True)
    lse = np.log(np.exp(logits - m).sum(axis=1))
    return np.mean(lse - logits[np.arange(len(y)), y])

# %% softmax_over_the_batch_in_loss
# The softmax in loss is taken over axis 0, over the samples in place of the classes.
# named: loss_softmax_over_batch
def loss(logits, y):
    s = logits - logits.max(axis=0)
    log_p = s - np.log(np.exp(s).sum(axis=0))
    return -log_p[np.arange(len(y)), y].mean()

# %% softmax_over_the_whole_array
# loss divides by the sum of all exponentials of the batch, not of each row.
# named: loss_softmax_over_everything
def loss(logits, y):
    top = logits.max()
    log_p = logits - top - np.log(np.sum(np.exp(logits - top)))
    return -np.mean(log_p[np.arange(len(y)), y])

# %% loss_without_minus
# The minus sign of the loss is missing.
# named: loss_sign
def loss(logits, y):
    m = logits.max(axis=1)
    log_p = logits - m[:, None] - np.log(np.exp(logits - m[:, None]).sum(axis=1))[:, None]
    return log_p[np.arange(len(y)), y].mean()

# %% loss_picks_whole_columns
# log_p[:, y] takes N columns in place of one entry per row, and the mean is over N * N numbers.
# named: loss_columns_for_labels
def loss(logits, y):
    s = logits - logits.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[:, y].mean()

# %% loss_row_and_column_swapped
# loss looks up log_p[y, n] in place of log_p[n, y].
# named: loss_index_swapped
def loss(logits, y):
    s = logits - logits.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -np.mean([log_p[c, n] for n, c in enumerate(y)])

# %% loss_quotient_for_difference
# loss divides the right logit by the log of the sum in place of subtracting it.
# named: loss_quotient
def loss(logits, y):
    m = logits.max(axis=1)
    lse = m + np.log(np.exp(logits - m[:, None]).sum(axis=1))
    return np.mean(-logits[np.arange(len(y)), y] / lse)

# %% loss_in_bits
# loss uses the logarithm to base 2.
# named: -
def loss(logits, y):
    s = logits - logits.max(axis=1, keepdims=True)
    log_p = s / np.log(2) - np.log2(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()

# %% loss_one_number_per_sample
# loss returns an array with one loss per sample, not their mean.
# named: -
def loss(logits, y):
    m = logits.max(axis=1)
    return m + np.log(np.exp(logits - m[:, None]).sum(axis=1)) - logits[np.arange(len(y)), y]

# %% loss_of_the_likeliest_class
# loss takes the largest log p of each row and doesn't look at y.
# named: loss_labels_forgotten
def loss(logits, y):
    s = logits - logits.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p.max(axis=1).mean()

# %% right_class_left_out_of_the_sum
# The sum of exponentials in loss runs over the wrong classes only.
# named: -
def loss(logits, y):
    out = []
    for row, c in zip(logits, y):
        others = np.delete(row, c)
        top = others.max()
        out.append(top + np.log(np.exp(others - top).sum()) - row[c])
    return np.mean(out)

# %% loss_reshapes_the_labels
# loss sets y.shape, so the caller's y is [N, 1] afterwards.
# named: -
def loss(logits, y):
    y.shape = (len(y), 1)
    s = logits - logits.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -np.take_along_axis(log_p, y, axis=1).mean()

# %% loss_shifts_the_logits_in_place
# loss subtracts the maximum with -=, so the caller's logits are changed.
# named: -
def loss(logits, y):
    logits -= logits.max(axis=1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()

# %% loss_as_an_array_of_one
# loss returns an array of shape [1, 1] in place of a number.
# named: -
def loss(logits, y):
    m = logits.max(axis=1, keepdims=True)
    lse = m + np.log(np.exp(logits - m).sum(axis=1, keepdims=True))
    right = np.take_along_axis(logits, y[:, None], axis=1)
    return (lse - right).mean(axis=0, keepdims=True)

# %% loss_sums_of_rows_divide_columns
# The sum over the classes has lost its axis, so each column is divided by the sum of a row. Nothing is subtracted before exp.
# named: loss_unshifted_sum_without_keepdims
def loss(logits, y):
    p = np.exp(logits) / np.exp(logits).sum(axis=1)
    return -np.log(p[np.arange(len(y)), y]).mean()
