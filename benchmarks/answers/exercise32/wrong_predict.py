# %% predict_without_mu
# mu forgotten.
# named: predict_without_level
def predict(p):
    return p["bu"][:, None] + p["bi"] + p["P"] @ p["Q"].T


# %% predict_without_user_bias
# bu forgotten.
# like: boolean_index
# named: predict_without_users
def predict(p):
    out = p["P"].matmul(p["Q"].t())
    out = out + p["bi"].unsqueeze(0)
    return out + p["mu"]


# %% predict_without_item_bias
# bi forgotten.
# like: optimizer
# named: predict_without_items
def predict(p):
    return torch.addmm(p["mu"] + p["bu"].view(-1, 1), p["P"], p["Q"].T)


# %% predict_without_biases
# The factors alone with mu.
# named: predict_without_biases
def predict(p):
    return p["mu"] + p["P"] @ p["Q"].T


# %% predict_without_factors
# The biases alone.
# like: loops
# named: predict_without_factors
def predict(p):
    return torch.stack([p["mu"] + b + p["bi"] for b in p["bu"]])


# %% predict_biases_swapped
# Each bias along the other's axis.
# like: weight_decay
# named: predict_biases_exchanged, predict_biases_exchanged_late
def predict(p):
    return torch.einsum("uk,ik->ui", p["P"], p["Q"]) + p["mu"] + p["bi"][:, None] + p["bu"][None, :]


# %% predict_user_bias_as_a_row
# No axis for bu.
# named: predict_users_along_rows
def predict(p):
    return p["mu"] + p["bu"] + p["bi"] + p["P"] @ p["Q"].T


# %% predict_untransposed
# P @ Q.
# named: predict_untransposed
def predict(p):
    return p["mu"] + p["bu"][:, None] + p["bi"] + p["P"] @ p["Q"]


# %% predict_reshaped
# Q reshaped to [K, I] in place of transposed.
# like: optimizer
# named: predict_reshaped
def predict(p):
    P, Q = p["P"], p["Q"]
    return p["mu"] + p["bu"].view(-1, 1) + p["bi"] + P @ Q.reshape(P.shape[1], Q.shape[0])


# %% predict_item_by_user
# [I, U].
# like: boolean_index
# named: predict_transposed
def predict(p):
    return p["Q"] @ p["P"].T + p["bi"][:, None] + p["bu"] + p["mu"]


# %% predict_mean_of_factors
# The mean over the factors.
# like: model
# named: predict_mean_of_factors
def predict(p):
    return (p["P"][:, None, :] * p["Q"][None, :, :]).mean(-1) + p["bu"][:, None] + p["bi"][None, :] + p["mu"]


# %% predict_clamped
# No rating below 0.
# named: predict_without_negative
def predict(p):
    return (p["mu"] + p["bu"][:, None] + p["bi"] + p["P"] @ p["Q"].T).clamp(min=0)


# %% predict_one_to_five
# Clamped to stars.
# like: numpy
# named: predict_clipped
def predict(p):
    x = p["mu"] + p["bu"].reshape(-1, 1) + p["bi"].reshape(1, -1) + torch.mm(p["P"], p["Q"].transpose(0, 1))
    return torch.clamp(x, 1, 5)


# %% predict_sigmoid
# Squashed.
# named: missing
def predict(p):
    return torch.sigmoid(p["mu"] + p["bu"][:, None] + p["bi"] + p["P"] @ p["Q"].T)


# %% predict_mu_as_a_number
# mu.item(): no gradient to it.
# named: -
def predict(p):
    return p["mu"].item() + p["bu"][:, None] + p["bi"] + p["P"] @ p["Q"].T


# %% predict_through_numpy
# No gradient at all.
# like: functional
# named: data_without_gradient
import numpy as np


def predict(p):
    a = {k: v.detach().cpu().numpy() for k, v in p.items()}
    x = a["mu"] + a["bu"][:, np.newaxis] + a["bi"] + a["P"] @ a["Q"].T
    return torch.from_numpy(np.asarray(x)).to(p["P"])


# %% predict_float32
# Cut to float32.
# named: -
def predict(p):
    return p["mu"] + p["bu"][:, None] + p["bi"] + (p["P"].float() @ p["Q"].float().T).to(p["mu"].dtype)


# %% predict_in_place
# Adds mu to the user's biases of the caller.
# like: in_place
# named: -
def predict(p):
    bu = p["bu"].detach()
    bu += p["mu"].detach()
    return p["P"] @ p["Q"].T + (p["bu"] - p["mu"].detach())[:, None] + p["bi"] + p["mu"]


# %% predict_squeezed
# One user or one item loses its axis.
# like: users_in_turn
# named: -
def predict(p):
    return torch.stack([p["mu"] + b + p["bi"] + p["Q"] @ f for b, f in zip(p["bu"], p["P"])]).squeeze()


# %% predict_rounded
# Whole stars.
# named: -
def predict(p):
    return torch.round(p["mu"] + p["bu"][:, None] + p["bi"] + p["P"] @ p["Q"].T)


# %% predict_matrices_only
# P Q alone.
# like: functional
# named: predict_factors_only
def predict(p):
    return torch.nn.functional.linear(p["P"], p["Q"])


# %% predict_mu_in_both
# mu once with each bias.
# like: boolean_index
# named: predict_level_twice
def predict(p):
    users = p["mu"] + p["bu"]
    items = p["mu"] + p["bi"]
    return users.unsqueeze(1) + items.unsqueeze(0) + p["P"].matmul(p["Q"].t())


# %% predict_biases_multiplied
# bu * bi.
# named: -
def predict(p):
    return p["mu"] + p["bu"][:, None] * p["bi"] + p["P"] @ p["Q"].T


# %% predict_first_factor_only
# A return inside of the loop.
# like: loops
# named: predict_first_factor
def predict(p):
    out = p["mu"] + p["bu"][:, None] + p["bi"]
    for k in range(p["P"].shape[1]):
        out = out + torch.outer(p["P"][:, k], p["Q"][:, k])
        return out


# %% predict_cosine
# The factors are normalised.
# named: -
def predict(p):
    P = torch.nn.functional.normalize(p["P"], dim=1)
    Q = torch.nn.functional.normalize(p["Q"], dim=1)
    return p["mu"] + p["bu"][:, None] + p["bi"] + P @ Q.T


# %% predict_minus_biases
# The biases subtracted.
# named: -
def predict(p):
    return p["mu"] - p["bu"][:, None] - p["bi"] + p["P"] @ p["Q"].T
