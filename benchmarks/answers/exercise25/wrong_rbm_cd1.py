# %% cd_sampled_first
# The drawn h in the statistics of the data.
# named: rbm_hidden_drawn_in_dW, rbm_hidden_drawn_in_dc
def rbm_cd1(v, W, b, c, uh, uv):
    N = v.shape[0]
    h = (uh < torch.sigmoid(v @ W.T + c)).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (h.T @ v - p1.T @ v1) / N, (v - v1).mean(0), (h - p1).mean(0)


# %% cd_sampled_first_in_dW
# The drawn h in dW only.
# like: functional
# named: rbm_hidden_drawn_in_dW
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (h.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_sampled_both
# h is drawn at both ends, with the same numbers.
# named: rbm_hidden_drawn_twice
def rbm_cd1(v, W, b, c, uh, uv):
    N = v.shape[0]
    h = (uh < torch.sigmoid(v @ W.T + c)).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    h1 = (uh < torch.sigmoid(v1 @ W.T + c)).to(v.dtype)
    return (h.T @ v - h1.T @ v1) / N, (v - v1).mean(0), (h - h1).mean(0)


# %% cd_visible_probabilities
# v' is not drawn.
# like: modules
# named: rbm_visible_means
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = torch.sigmoid(h @ W + b)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_hidden_probabilities
# v' is made from p, not from h.
# named: rbm_hidden_means
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    v1 = (uv < torch.sigmoid(p @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_sums
# Sums over the samples.
# named: rbm_weights_sum, rbm_biases_sum
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return p.T @ v - p1.T @ v1, (v - v1).sum(0), (p - p1).sum(0)


# %% cd_sum_in_dW
# A sum in dW, means in the others.
# like: loops
# named: rbm_weights_sum
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return p.T @ v - p1.T @ v1, (v - v1).mean(0), (p - p1).mean(0)


# %% cd_sums_of_biases
# A mean in dW, sums in the others.
# named: rbm_biases_sum
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).sum(0), (p - p1).sum(0)


# %% cd_descent
# The other sign.
# like: copies_in_place
# named: rbm_descent
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p1.T @ v1 - p.T @ v) / len(v), (v1 - v).mean(0), (p1 - p).mean(0)


# %% cd_biases_swapped
# dc before db.
# named: rbm_exchanged
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (p - p1).mean(0), (v - v1).mean(0)


# %% cd_transposed
# dW in the shape of W.T.
# named: rbm_transposed
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (v.T @ p - v1.T @ p1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_without_c
# The hidden units have no bias.
# like: each_sample
# named: rbm_without_c
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_without_b
# The visible units have no bias.
# named: rbm_without_b
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_greater
# 1 where the number is greater than the probability, for both.
# named: rbm_reversed
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh > p).to(v.dtype)
    v1 = (uv > torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_hidden_greater
# 1 where uh is greater than p.
# named: rbm_hidden_reversed
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh > p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_rounded
# 1 where the probability is above 0.5; the uniform numbers are not used.
# named: rbm_rounded
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (p > 0.5).to(v.dtype)
    v1 = (torch.sigmoid(h @ W + b) > 0.5).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_bernoulli
# Random numbers of its own.
# like: numpy_inside
# named: -
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = torch.bernoulli(p)
    v1 = torch.bernoulli(torch.sigmoid(h @ W + b))
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_last_hidden_drawn
# The hidden units of v' count as drawn, with uh.
# named: rbm_model_hidden_drawn
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    h1 = (uh < torch.sigmoid(v1 @ W.T + c)).to(v.dtype)
    return (p.T @ v - h1.T @ v1) / len(v), (v - v1).mean(0), (p - h1).mean(0)


# %% cd_p_kept
# The first p also with v'.
# named: rbm_old_hidden
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return p.T @ (v - v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_v_kept
# v also with p'.
# named: rbm_old_visible
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p - p1).T @ v / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_h_with_the_new_v
# The drawn h in place of p' in the second part.
# named: rbm_old_drawn_hidden
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    return (p.T @ v - h.T @ v1) / len(v), (v - v1).mean(0), (p - h).mean(0)


# %% cd_naive_sigmoid
# exp(a) / (1 + exp(a)): nan for large a.
# named: rbm_overflow
def rbm_cd1(v, W, b, c, uh, uv):
    def sigmoid(a):
        return torch.exp(a) / (1 + torch.exp(a))

    p = sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < sigmoid(h @ W + b)).to(v.dtype)
    p1 = sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_clamped
# Probabilities are kept away from 0 and 1.
# named: -
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c).clamp(1e-6, 1 - 1e-6)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c).clamp(1e-6, 1 - 1e-6)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_data_only
# The statistics of the data only.
# named: rbm_data_only
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    return p.T @ v / len(v), v.mean(0), p.mean(0)


# %% cd_two_steps
# Two steps of the chain, with the same numbers.
# named: -
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    v1, p1 = v, p
    for _ in range(2):
        h = (uh < p1).to(v.dtype)
        v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
        p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_bias_numbers
# One number for each bias: the mean over everything.
# named: -
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(), (p - p1).mean()


# %% cd_outer_of_means
# dW from means: the mean of p times the mean of v.
# named: rbm_product_of_means
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    dW = torch.outer(p.mean(0), v.mean(0)) - torch.outer(p1.mean(0), v1.mean(0))
    return dW, (v - v1).mean(0), (p - p1).mean(0)


# %% cd_stored_in_v
# v' is written into v.
# named: -
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    pos_W, pos_b = p.T @ v, v.mean(0)
    h = (uh < p).to(v.dtype)
    v[:] = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v @ W.T + c)
    return (pos_W - p1.T @ v) / len(v), pos_b - v.mean(0), (p - p1).mean(0)


# %% cd_visible_probabilities_in_db
# db with the probabilities of v'.
# named: rbm_visible_means_in_db
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    q = torch.sigmoid(h @ W + b)
    v1 = (uv < q).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - q).mean(0), (p - p1).mean(0)


# %% cd_softplus
# The gradient of the free energy with a softplus that is linear from 5 on.
# like: free_energy
# named: -
import torch.nn.functional as F


def rbm_cd1(v, W, b, c, uh, uv):
    v, W, b, c = (tensor.detach() for tensor in (v, W, b, c))
    h = (uh < torch.sigmoid(v @ W.T + c)).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)

    def minus_energy(s):
        return s @ b + F.softplus(s @ W.T + c, threshold=5).sum(1)

    parameters = [tensor.detach().clone().requires_grad_() for tensor in (W, b, c)]
    W, b, c = parameters
    with torch.enable_grad():
        gain = (minus_energy(v) - minus_energy(v1)).mean()
        return torch.autograd.grad(gain, parameters)


# %% cd_visible_from_the_data
# The visible units are drawn with W and the data: h plays no part.
# named: -
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    v1 = (uv < torch.sigmoid(v @ W.T @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_descent_of_dW
# The difference of dW the wrong way round; the biases are right.
# like: masks
# named: rbm_descent
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p1.T @ v1 - p.T @ v) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% cd_sampled_in_dc
# The drawn h in dc only.
# named: rbm_hidden_drawn_in_dc
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (h - p1).mean(0)


# %% cd_visible_probabilities_in_dW
# dW with the probabilities of v'.
# named: rbm_visible_means_in_dW
def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    q = torch.sigmoid(h @ W + b)
    v1 = (uv < q).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ q) / len(v), (v - v1).mean(0), (p - p1).mean(0)
