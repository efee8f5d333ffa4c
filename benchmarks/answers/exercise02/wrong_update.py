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
