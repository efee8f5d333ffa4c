# %% epochs_counted_from_zero
# fit returns the index of the last epoch, one less than the number of epochs.
# named: fit_counts_from_0, fit_counts_from_0_throughout
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(max_epochs):
        errors = 0
        for i in range(len(X)):
            e = int(y[i]) - int(X[i] @ w + b > 0)
            w = w + lr * e * X[i]
            b = b + lr * e
            errors += abs(e)
        if errors == 0:
            return w, b, epoch, True
    return w, b, epoch, False

# %% clean_epoch_not_counted
# fit does not count the epoch without a mistake.
# named: fit_counts_from_0
def fit(X, y, lr, max_epochs):
    w, b = torch.zeros_like(X[0]), torch.zeros((), dtype=X.dtype)
    epochs = 0
    for _ in range(max_epochs):
        wrong = False
        for xi, yi in zip(X, y.tolist()):
            if predict(xi[None], w, b).item() != yi:
                wrong = True
                w, b = update(w, b, xi, yi, lr)
        if not wrong:
            return w, b, epochs, True
        epochs += 1
    return w, b, epochs, False

# %% answers_once_per_epoch
# fit answers all rows with the weights from the start of the epoch and then updates with these old answers.
# named: fit_all_rows_at_once
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        errors = y - predict(X, w, b)
        for e, x in zip(errors.tolist(), X):
            w = w + lr * e * x
            b = b + lr * e
        if (errors == 0).all():
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% errors_cancel
# fit stops when the sum of the errors is 0, so an error of 1 and one of -1 count as none.
# named: fit_errors_cancel
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        total = 0
        for i in range(len(X)):
            e = y[i].item() - int(X[i] @ w + b > 0)
            total += e
            w = w + lr * e * X[i]
            b = b + lr * e
        if total == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% tested_after_the_epoch
# fit answers all rows again after an epoch and stops if they are right, though the epoch had a mistake.
# named: fit_tests_after_the_epoch
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        for i in range(len(X)):
            w, b = update(w, b, X[i], int(y[i]), lr)
        if torch.equal(predict(X, w, b), y):
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% mistake_seen_after_the_update
# fit checks each row after its own update, so a row that the update repaired is no mistake.
# named: fit_judges_after_the_update
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        mistakes = 0
        for i in range(len(X)):
            w, b = update(w, b, X[i], int(y[i]), lr)
            if predict(X[i:i+1], w, b)[0] != y[i]:
                mistakes += 1
        if mistakes == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% never_stops_early
# fit always goes through all max_epochs epochs, also after one without a mistake.
# named: fit_never_stops
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(max_epochs):
        mistakes = 0
        for x, t in zip(X, y):
            e = int(t) - int(x @ w + b > 0)
            mistakes += abs(e)
            w, b = w + lr * e * x, b + lr * e
    return w, b, max_epochs, mistakes == 0

# %% converged_by_epoch_number
# fit takes epochs < max_epochs for converged, which is False if the last allowed epoch had no mistake.
# named: fit_converged_by_number
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    epochs = 0
    while epochs < max_epochs:
        epochs += 1
        mistakes = 0
        for i in range(len(X)):
            if int(X[i] @ w + b > 0) != y[i]:
                mistakes += 1
            w, b = update(w, b, X[i], int(y[i]), lr)
        if mistakes == 0:
            break
    return w, b, epochs, epochs < max_epochs

# %% one_epoch_too_few
# The range in fit ends at max_epochs - 1, so the last allowed epoch is never run.
# named: fit_one_epoch_less
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    epochs, done = 0, False
    for epoch in range(1, max_epochs):
        epochs, done = epoch, True
        for i in range(len(X)):
            e = int(y[i]) - int(X[i] @ w + b > 0)
            if e != 0:
                done = False
                w, b = w + lr * e * X[i], b + lr * e
        if done:
            break
    return w, b, epochs, done

# %% starts_from_ones
# fit begins with weights of 1 instead of 0.
# named: fit_w_from_ones
def fit(X, y, lr, max_epochs):
    w = torch.ones(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        wrong = 0
        for x, t in zip(X, y.tolist()):
            wrong += int(predict(x[None], w, b)[0] != t)
            w, b = update(w, b, x, t, lr)
        if wrong == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% weights_reset_each_epoch
# fit sets w and b back to 0 at the start of each epoch.
# named: fit_one_epoch, fit_count_never_reset
def fit(X, y, lr, max_epochs):
    for epoch in range(1, max_epochs + 1):
        w = torch.zeros(X.shape[1], dtype=X.dtype)
        b = torch.zeros((), dtype=X.dtype)
        wrong = 0
        for x, t in zip(X, y.tolist()):
            wrong += int(predict(x[None], w, b)[0] != t)
            w, b = update(w, b, x, t, lr)
        if wrong == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% mistakes_never_reset
# fit counts the mistakes of all epochs together, so it converges only if there never was one.
# named: fit_count_never_reset
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    mistakes = 0
    for epoch in range(1, max_epochs + 1):
        for i in range(X.shape[0]):
            e = int(y[i]) - int(X[i] @ w + b > 0)
            if e != 0:
                mistakes += 1
                w = w + lr * e * X[i]
                b = b + lr * e
        if mistakes == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% rows_shuffled
# fit goes through the rows in a random order.
# named: -
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        wrong = 0
        for i in torch.randperm(len(X)).tolist():
            wrong += int(predict(X[i:i+1], w, b)[0] != y[i])
            w, b = update(w, b, X[i], int(y[i]), lr)
        if wrong == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% fit_without_bias
# fit learns the weights only and leaves the bias at 0.
# named: fit_without_b
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        ok = True
        for x, t in zip(X, y.tolist()):
            e = t - int(x @ w + b > 0)
            if e != 0:
                ok = False
                w = w + lr * e * x
        if ok:
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% learning_rate_decays
# fit makes the learning rate smaller after every epoch.
# named: -
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        ok = True
        for x, t in zip(X, y.tolist()):
            e = t - int(x @ w + b > 0)
            ok = ok and e == 0
            w, b = w + lr * e * x, b + lr * e
        if ok:
            return w, b, epoch, True
        lr = lr * 0.9
    return w, b, max_epochs, False

# %% zeros_of_default_dtype
# fit begins with float32 zeros and casts each row to float32, so float64 data gives float32 weights.
# named: fit_from_float32_zeros, fit_float32_dot
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1])
    b = torch.tensor(0.)
    for epoch in range(1, max_epochs + 1):
        ok = True
        for x, t in zip(X.float(), y.tolist()):
            e = t - int(x @ w + b > 0)
            ok = ok and e == 0
            w, b = w + lr * e * x, b + lr * e
        if ok:
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% converged_is_a_tensor
# fit returns converged as a tensor instead of a Python bool.
# named: -
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        answers = torch.zeros_like(y)
        for i in range(len(X)):
            answers[i] = predict(X[i:i+1], w, b)[0]
            w, b = update(w, b, X[i], int(y[i]), lr)
        converged = (answers == y).all()
        if converged:
            break
    return w, b, epoch, converged

# %% fit_bias_of_one_axis
# fit begins with a bias of shape [1] and returns it so, instead of 0-d.
# named: fit_b_with_an_axis
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros(1, dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        ok = True
        for x, t in zip(X, y.tolist()):
            e = t - int(x @ w + b > 0)
            if e:
                ok = False
                w, b = w + lr * e * x, b + lr * e
        if ok:
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% first_mistake_ends_the_epoch
# fit leaves the epoch after its first mistake, so the later rows are not seen.
# named: fit_breaks_at_mistake
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        ok = True
        for x, t in zip(X, y.tolist()):
            e = t - int(x @ w + b > 0)
            if e:
                ok = False
                w, b = w + lr * e * x, b + lr * e
                break
        if ok:
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% last_row_skipped
# The inner loop of fit ends one row early.
# named: fit_last_row_skipped
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        ok = True
        for i in range(len(X) - 1):
            if predict(X[i:i+1], w, b).item() != int(y[i]):
                ok = False
                w, b = update(w, b, X[i], int(y[i]), lr)
        if ok:
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% labels_changed
# fit turns the caller's labels 0 into -1 in place.
# named: -
def fit(X, y, lr, max_epochs):
    y[y == 0] = -1
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        ok = True
        for i in range(len(X)):
            out = 1 if X[i] @ w + b > 0 else -1
            if out != y[i]:
                ok = False
                w = w + lr * int(y[i]) * X[i]
                b = b + lr * int(y[i])
        if ok:
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% equal_weights_mean_converged
# fit compares w and b before and after the epoch, but updates that cancel out also leave them equal.
# named: fit_weights_unchanged
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        old_w, old_b = w, b
        for i in range(len(X)):
            w, b = update(w, b, X[i], int(y[i]), lr)
        if torch.equal(w, old_w) and torch.equal(b, old_b):
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% best_weights_kept
# fit keeps the weights of the best epoch and returns them in place of the last ones.
# named: -
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    best = None
    for epoch in range(1, max_epochs + 1):
        wrong = 0
        for x, t in zip(X, y.tolist()):
            wrong += int(predict(x[None], w, b)[0] != t)
            w, b = update(w, b, x, t, lr)
        if best is None or wrong < best:
            best, best_w, best_b = wrong, w, b
        if wrong == 0:
            return w, b, epoch, True
    return best_w, best_b, max_epochs, False

# %% updates_counted
# fit returns the number of updates in place of the number of epochs.
# named: -
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    steps = 0
    for epoch in range(max_epochs):
        before = steps
        for x, t in zip(X, y.tolist()):
            if int(x @ w + b > 0) != t:
                steps += 1
                w, b = update(w, b, x, t, lr)
        if steps == before:
            return w, b, steps, True
    return w, b, steps, False

# %% data_centred
# fit subtracts the mean of each column and learns on these rows, not on the ones it was given.
# named: -
def fit(X, y, lr, max_epochs):
    X = X - X.mean(dim=0)
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        ok = True
        for x, t in zip(X, y.tolist()):
            e = t - int(x @ w + b > 0)
            ok = ok and e == 0
            w, b = w + lr * e * x, b + lr * e
        if ok:
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% own_limit_of_epochs
# fit ignores max_epochs and goes up to 100 epochs.
# named: fit_one_epoch_more
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, 101):
        ok = True
        for x, t in zip(X, y.tolist()):
            e = t - int(x @ w + b > 0)
            ok = ok and e == 0
            w, b = w + lr * e * x, b + lr * e
        if ok:
            return w, b, epoch, True
    return w, b, 100, False

# %% weights_kept_between_calls
# fit goes on from the weights of the last call with the same D and dtype, which are kept in a global.
# named: -
memory = {}
def fit(X, y, lr, max_epochs):
    key = (X.shape[1], X.dtype)
    if key not in memory:
        memory[key] = (torch.zeros(X.shape[1], dtype=X.dtype), torch.zeros((), dtype=X.dtype))
    w, b = memory[key]
    for epoch in range(1, max_epochs + 1):
        ok = True
        for x, t in zip(X, y.tolist()):
            e = t - int(x @ w + b > 0)
            ok = ok and e == 0
            w, b = w + lr * e * x, b + lr * e
        memory[key] = (w, b)
        if ok:
            break
    return w, b, epoch, ok

# %% fit_line_counts_as_one
# fit answers 1 for a row exactly on the line.
# named: fit_greater_or_equal
def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        ok = True
        for x, t in zip(X, y.tolist()):
            y_hat = 0 if x @ w + b < 0 else 1
            if y_hat != t:
                ok = False
                w, b = w + lr * (t - y_hat) * x, b + lr * (t - y_hat)
        if ok:
            return w, b, epoch, True
    return w, b, max_epochs, False
