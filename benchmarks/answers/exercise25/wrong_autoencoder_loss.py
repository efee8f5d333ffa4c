# %% ae_sum_over_inputs
# The squares are added over the inputs; the mean is over the samples only.
# named: loss_sum_per_sample
def autoencoder_loss(x, W1, b1, W2, b2, f):
    x_hat = f(x @ W1.T + b1) @ W2.T + b2
    return ((x_hat - x) ** 2).sum(dim=1).mean()


# %% ae_sum
# The sum of all squares.
# like: functional
# named: loss_sum
import torch.nn.functional as F


def autoencoder_loss(x, W1, b1, W2, b2, f):
    return F.mse_loss(F.linear(f(F.linear(x, W1, b1)), W2, b2), x, reduction="sum")


# %% ae_half
# Half the mean, as in many books.
# named: loss_half
def autoencoder_loss(x, W1, b1, W2, b2, f):
    return 0.5 * (f(x @ W1.T + b1) @ W2.T + b2 - x).pow(2).mean()


# %% ae_over_samples
# All squares, divided by N and 2.
# like: columns
# named: loss_half_of_sums
def autoencoder_loss(x, W1, b1, W2, b2, f):
    error = W2 @ f(W1 @ x.T + b1[:, None]) + b2[:, None] - x.T
    return (error**2).sum() / (2 * x.shape[0])


# %% ae_without_b2
# The decoder has no bias.
# named: loss_without_b2
def autoencoder_loss(x, W1, b1, W2, b2, f):
    x_hat = f(x @ W1.T + b1) @ W2.T
    return ((x_hat - x) ** 2).mean()


# %% ae_without_b1
# The encoder has no bias.
# like: masks
# named: loss_without_b1
def autoencoder_loss(x, W1, b1, W2, b2, f):
    h = f(x @ W1.T)
    return torch.mean((h @ W2.T + b2 - x) ** 2)


# %% ae_b1_after_f
# The encoder's bias comes after the activation.
# like: modules
# named: loss_bias_after_f
def autoencoder_loss(x, W1, b1, W2, b2, f):
    h = f(x @ W1.T) + b1
    x_hat = h @ W2.T + b2
    return nn.MSELoss()(x_hat, x)


# %% ae_f_on_the_output
# The activation at the output, too.
# named: loss_f_twice
def autoencoder_loss(x, W1, b1, W2, b2, f):
    x_hat = f(f(x @ W1.T + b1) @ W2.T + b2)
    return ((x_hat - x) ** 2).mean()


# %% ae_f_at_the_wrong_layer
# The activation at the output only.
# named: loss_f_on_output_only
def autoencoder_loss(x, W1, b1, W2, b2, f):
    code = x @ W1.T + b1
    return (f(code @ W2.T + b2) - x).square().mean()


# %% ae_linear
# No activation.
# like: copies_in_place
# named: loss_without_f
def autoencoder_loss(x, W1, b1, W2, b2, f):
    h = x @ W1.T + b1
    return ((h @ W2.T + b2 - x) ** 2).mean()


# %% ae_tanh_always
# tanh in place of f.
# named: loss_tanh
def autoencoder_loss(x, W1, b1, W2, b2, f):
    h = torch.tanh(x @ W1.T + b1)
    return ((h @ W2.T + b2 - x) ** 2).mean()


# %% ae_target_detached
# The target is a constant: its part of the gradient of x is missing.
# like: functional
# named: loss_target_detached
import torch.nn.functional as F


def autoencoder_loss(x, W1, b1, W2, b2, f):
    out = F.linear(f(F.linear(x, W1, b1)), W2, b2)
    return F.mse_loss(out, x.detach())


# %% ae_input_detached
# x is a constant in the encoder.
# named: loss_input_detached
def autoencoder_loss(x, W1, b1, W2, b2, f):
    h = f(x.detach() @ W1.T + b1)
    return ((h @ W2.T + b2 - x) ** 2).mean()


# %% ae_x_detached
# x is a constant everywhere.
# named: loss_x_detached
def autoencoder_loss(x, W1, b1, W2, b2, f):
    x = x.detach()
    return ((f(x @ W1.T + b1) @ W2.T + b2 - x) ** 2).mean()


# %% ae_code_detached
# The code is a constant: no gradient for the encoder.
# like: float64_inside
# named: loss_encoder_detached
def autoencoder_loss(x, W1, b1, W2, b2, f):
    code = f(x @ W1.T + b1).detach()
    return ((code @ W2.T + b2 - x) ** 2).mean()


# %% ae_no_gradient
# The number alone: nothing goes back.
# named: loss_detached
def autoencoder_loss(x, W1, b1, W2, b2, f):
    loss = ((f(x @ W1.T + b1) @ W2.T + b2 - x) ** 2).mean()
    return torch.tensor(loss.item(), dtype=x.dtype)


# %% ae_root
# The root of the mean square.
# named: loss_root
def autoencoder_loss(x, W1, b1, W2, b2, f):
    x_hat = f(x @ W1.T + b1) @ W2.T + b2
    return ((x_hat - x) ** 2).mean().sqrt()


# %% ae_absolute
# The mean absolute error.
# like: masks
# named: loss_absolute
def autoencoder_loss(x, W1, b1, W2, b2, f):
    x_hat = f(x @ W1.T + b1) @ W2.T + b2
    return (x_hat - x).abs().mean()


# %% ae_norm_of_each_sample
# The mean of the distances, not of their squares.
# named: loss_norms
def autoencoder_loss(x, W1, b1, W2, b2, f):
    x_hat = f(x @ W1.T + b1) @ W2.T + b2
    return torch.linalg.norm(x_hat - x, dim=1).mean()


# %% ae_tied
# The decoder takes the encoder's weights.
# named: loss_tied
def autoencoder_loss(x, W1, b1, W2, b2, f):
    h = f(x @ W1.T + b1)
    return ((h @ W1 + b2 - x) ** 2).mean()


# %% ae_untransposed
# The weights are not transposed.
# named: -
def autoencoder_loss(x, W1, b1, W2, b2, f):
    h = f(x @ W1 + b1)
    return ((h @ W2 + b2 - x) ** 2).mean()


# %% ae_each_sample
# One loss for each sample.
# named: -
def autoencoder_loss(x, W1, b1, W2, b2, f):
    x_hat = f(x @ W1.T + b1) @ W2.T + b2
    return ((x_hat - x) ** 2).mean(dim=1)


# %% ae_square_of_the_mean
# The square of the mean difference.
# named: loss_square_of_mean
def autoencoder_loss(x, W1, b1, W2, b2, f):
    x_hat = f(x @ W1.T + b1) @ W2.T + b2
    return (x_hat - x).mean() ** 2


# %% ae_compared_with_the_code
# The code is compared with the encoder's sums: x_hat and the target are taken from the wrong layer.
# named: -
def autoencoder_loss(x, W1, b1, W2, b2, f):
    h = f(x @ W1.T + b1)
    x_hat = h @ W2.T + b2
    return ((f(x_hat @ W1.T + b1) - h) ** 2).mean()


# %% ae_centred_in_place
# x loses its reconstruction in place.
# named: -
def autoencoder_loss(x, W1, b1, W2, b2, f):
    x_hat = f(x @ W1.T + b1) @ W2.T + b2
    with torch.no_grad():
        x -= x_hat
    return (x**2).mean() + 0 * x_hat.sum()
