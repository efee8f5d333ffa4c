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
