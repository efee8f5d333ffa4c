# %% on_the_line_gives_one
# predict uses >= 0, so a point exactly on the line gets 1 in place of 0.
# named: predict_greater_or_equal
def predict(X, w, b):
    return (X @ w + b >= 0).long()

# %% bool_answers
# predict returns a bool tensor instead of int64.
# named: predict_bool
def predict(X, w, b):
    z = torch.matmul(X, w) + b
    return z > 0

# %% float_answers
# predict returns the answers as floating numbers instead of int64.
# named: predict_float
def predict(X, w, b):
    z = X @ w + b
    return torch.where(z > 0, 1.0, 0.0)

# %% int32_answers
# predict returns int32 instead of int64.
# named: -
def predict(X, w, b):
    return torch.gt(X.mv(w) + b, 0).int()

# %% minus_one_for_zero
# predict answers -1 in place of 0.
# named: predict_sign
def predict(X, w, b):
    out = []
    for x in X:
        out.append(1 if torch.dot(x, w) + b > 0 else -1)
    return torch.tensor(out)

# %% sign_of_the_sum
# predict returns the sign of the sum, which is -1 on the negative side.
# named: predict_sign
def predict(X, w, b):
    return torch.sign(X @ w + b).long()

# %% predict_bias_forgotten
# predict leaves out the bias.
# named: predict_without_bias
def predict(X, w, b):
    return (X @ w > 0).long()

# %% bias_as_threshold
# predict compares the weighted sum with b instead of adding b to it.
# named: predict_bias_as_threshold
def predict(X, w, b):
    s = (X * w).sum(dim=1)
    return (s > b).long()

# %% bias_per_input
# predict adds the bias to every product, so it counts D times.
# named: predict_bias_in_every_term
def predict(X, w, b):
    return ((X * w + b).sum(1) > 0).long()

# %% threshold_one_half
# predict answers 1 only where the sum is greater than 0.5.
# named: predict_threshold_half
def predict(X, w, b):
    z = torch.matmul(X, w) + b
    return (z > 0.5).to(torch.int64)

# %% tolerance_around_the_line
# predict takes sums up to 1e-8 as on the line, so points very close to it get 0.
# named: predict_tolerance
def predict(X, w, b):
    eps = 1e-8
    return (X @ w + b > eps).long()

# %% sum_cut_to_an_integer
# predict cuts the sum to an integer first, so a sum between 0 and 1 gets 0.
# named: predict_tolerance
def predict(X, w, b):
    ans = torch.zeros(len(X), dtype=torch.long)
    for i in range(len(X)):
        if int((X[i] * w).sum() + b) > 0:
            ans[i] = 1
    return ans

# %% predict_in_float32
# predict computes the sum in float32, so points very close to the line land on it.
# named: predict_tolerance
def predict(X, w, b):
    z = X.float() @ w.float() + b.float()
    return (z > 0).long()

# %% axis_of_one_dropped
# predict squeezes the answers, so a batch of one row gives a 0-d tensor.
# named: predict_squeezed
def predict(X, w, b):
    z = X @ w.reshape(-1, 1) + b
    return (z > 0).long().squeeze()

# %% column_of_answers
# predict returns [N, 1] instead of [N].
# named: -
def predict(X, w, b):
    z = X @ w.view(-1, 1) + b
    return (z > 0).long()

# %% list_of_answers
# predict returns a Python list instead of a tensor.
# named: -
def predict(X, w, b):
    return [int(torch.dot(row, w) + b > 0) for row in X]

# %% answers_swapped
# predict answers 0 above the line and 1 below or on it.
# named: predict_less
def predict(X, w, b):
    z = X @ w + b
    return torch.where(z > 0, 0, 1)

# %% predict_multiplies_in_place
# predict multiplies the caller's X in place, so X is changed.
# named: -
def predict(X, w, b):
    X *= w
    return (X.sum(dim=1) + b > 0).long()

# %% predict_reads_memory_in_order
# predict takes the numbers of X in the order of memory, which is wrong for a transposed view.
# named: -
def predict(X, w, b):
    N, D = X.shape
    X = X.as_strided((N, D), (D, 1))
    return (X @ w + b > 0).long()

# %% update_in_place
# update moves the caller's w with +=.
# named: -
def update(w, b, x, y, lr):
    y_hat = int(x @ w + b > 0)
    w += lr * (y - y_hat) * x
    b = b + lr * (y - y_hat)
    return w, b

# %% update_bias_in_place
# update adds to the caller's bias in place.
# named: -
def update(w, b, x, y, lr):
    y_hat = int(torch.dot(w, x) + b > 0)
    if y != y_hat:
        w = w + lr * (y - y_hat) * x
        b.add_(lr * (y - y_hat))
    return w, b

# %% bias_never_moved
# update moves only the weights and returns the old bias.
# named: update_without_b
def update(w, b, x, y, lr):
    y_hat = int(x @ w + b > 0)
    w = w + lr * (y - y_hat) * x
    return w, b

# %% update_away
# update uses answer minus label, so the weights move the wrong way.
# named: update_sign
def update(w, b, x, y, lr):
    y_hat = int(x @ w + b > 0)
    d = y_hat - y
    return w + lr * d * x, b + lr * d

# %% learning_rate_forgotten
# update leaves out the learning rate.
# named: update_without_lr
def update(w, b, x, y, lr):
    error = y - int(x @ w + b > 0)
    return w + error * x, b + error

# %% bias_without_learning_rate
# update moves the bias by the whole error, without the learning rate.
# named: update_b_without_lr
def update(w, b, x, y, lr):
    error = y - predict(x[None], w, b).item()
    w_new = w + lr * error * x
    b_new = b + error
    return w_new, b_new

# %% label_in_place_of_error
# update adds lr * y * x, with the label in place of the error.
# named: update_adds_recognised, update_class_1_only
def update(w, b, x, y, lr):
    return w + lr * y * x, b + lr * y

# %% moved_even_when_right
# update moves after every row, also after a correct answer.
# named: update_hebb_signed
def update(w, b, x, y, lr):
    if y == 1:
        return w + lr * x, b + lr
    else:
        return w - lr * x, b - lr

# %% zeros_never_teach
# update moves only when a 1 was missed, not when a 0 got the answer 1.
# named: update_class_1_only
def update(w, b, x, y, lr):
    fired = x @ w + b > 0
    if y == 1 and not fired:
        w = w + lr * x
        b = b + lr
    return w, b

# %% raw_score_error
# update takes the label minus the raw sum as the error, without the step function.
# named: update_by_z
def update(w, b, x, y, lr):
    z = torch.dot(x, w) + b
    err = y - z
    return w + lr * err * x, b + lr * err

# %% sigmoid_error
# update takes the sigmoid of the sum as the answer.
# named: update_by_sigmoid
def update(w, b, x, y, lr):
    p = torch.sigmoid(x @ w + b)
    return w + lr * (y - p) * x, b + lr * (y - p)

# %% update_line_counts_as_one
# update takes a sum of exactly 0 as the answer 1.
# named: update_greater_or_equal
def update(w, b, x, y, lr):
    y_hat = 1 if x @ w + b >= 0 else 0
    return w + lr * (y - y_hat) * x, b + lr * (y - y_hat)

# %% always_moved_on_the_line
# update with labels -1 and 1 moves at margin <= 0, so a 0 exactly on the line counts as a mistake.
# named: update_always_moves_on_the_line
def update(w, b, x, y, lr):
    t = 2 * y - 1
    if t * (x @ w + b) <= 0:
        return w + lr * t * x, b + lr * t
    return w, b

# %% bias_from_moved_weights
# update answers again with the moved weights before it moves the bias.
# named: update_b_by_moved_w
def update(w, b, x, y, lr):
    w = w + lr * (y - int(x @ w + b > 0)) * x
    b = b + lr * (y - int(x @ w + b > 0))
    return w, b

# %% learning_rate_in_float32
# The error is an int64 tensor, and lr times it is float32, so float64 weights lose digits.
# named: -
def update(w, b, x, y, lr):
    error = y - predict(x.unsqueeze(0), w, b)[0]
    return w + lr * error * x, b + lr * error

# %% bias_before_weights
# update returns (b, w) instead of (w, b).
# named: -
def update(w, b, x, y, lr):
    e = y - int(x @ w + b > 0)
    return b + lr * e, w + lr * e * x

# %% bias_with_an_axis
# update returns the bias with shape [1] instead of 0-d.
# named: -
def update(w, b, x, y, lr):
    e = y - int(x @ w + b > 0)
    return w + lr * e * x, (b + lr * e).reshape(1)

# %% bias_as_python_number
# update returns the bias as a Python float instead of a tensor.
# named: -
def update(w, b, x, y, lr):
    e = y - int(x @ w + b > 0)
    return w + lr * e * x, b.item() + lr * e

# %% bias_moved_by_the_row
# update moves the bias by the sum of the row, lr * error * x.sum(), instead of lr * error.
# named: -
def update(w, b, x, y, lr):
    e = y - int(x @ w + b > 0)
    step = lr * e * x
    return w + step, b + step.sum()

# %% row_forgotten
# update adds lr * error to every weight, without the factor x.
# named: update_without_x
def update(w, b, x, y, lr):
    e = y - int(x @ w + b > 0)
    return w + lr * e, b + lr * e

# %% divided_by_learning_rate
# update divides the error by the learning rate instead of multiplying.
# named: -
def update(w, b, x, y, lr):
    e = (y - int(x @ w + b > 0)) / lr
    return w + e * x, b + e

# %% error_of_two
# update compares labels of -1 and 1, so every step is twice as long.
# named: update_doubled
def update(w, b, x, y, lr):
    t = 1 if y == 1 else -1
    o = 1 if x @ w + b > 0 else -1
    return w + lr * (t - o) * x, b + lr * (t - o)

# %% until_the_row_is_right
# update repeats the step until the row is answered correctly, instead of one step.
# named: -
def update(w, b, x, y, lr):
    for _ in range(1000):
        e = y - int(x @ w + b > 0)
        if e == 0:
            break
        w, b = w + lr * e * x, b + lr * e
    return w, b

# %% old_weights_dropped
# update returns the step itself and forgets to add the old weights when the answer was wrong.
# named: -
def update(w, b, x, y, lr):
    e = y - int(x @ w + b > 0)
    if e != 0:
        w = lr * e * x
        b = b + lr * e
    return w, b

# %% row_scaled_in_place
# update multiplies the caller's row in place.
# named: -
def update(w, b, x, y, lr):
    e = y - int(x @ w + b > 0)
    x *= lr * e
    return w + x, b + lr * e

# %% update_without_bias_in_the_answer
# update leaves the bias out of the answer.
# named: update_decides_without_bias
def update(w, b, x, y, lr):
    y_hat = int(torch.dot(x, w) > 0)
    return w + lr * (y - y_hat) * x, b + lr * (y - y_hat)

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
# named: missing
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
# named: missing
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
# named: missing
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
# named: missing
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
