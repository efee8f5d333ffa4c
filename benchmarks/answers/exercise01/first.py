# %% columns_and_late_bias
# neuron: b added after f; returns a Python number. neuron_batch: A @ W, the columns of W; b added after f.
# named: neuron_bias_after_f, neuron_item, batch_w_untransposed, batch_bias_after_f
import torch

def neuron(a, w, b, f):
    s = 0
    for i in range(len(a)):
        s = s + a[i] * w[i]
    return (f(s) + b).item()

def neuron_batch(A, W, b, f):
    out = f(A @ W)
    return out + b

# %% lists_and_default_dtype
# neuron: f gets a Python number; the result has the default dtype. neuron_batch: the default dtype; b is forgotten.
# named: neuron_f_of_a_number, neuron_single, batch_filled_float32, batch_without_bias
import torch

def neuron(a, w, b, f):
    a = a.tolist()
    w = w.tolist()
    z = 0.0
    for x, y in zip(a, w):
        z += x * y
    z += b.item()
    return torch.tensor(float(f(z)))

def neuron_batch(A, W, b, f):
    Z = torch.zeros(len(A), len(W))
    for n in range(len(A)):
        for m in range(len(W)):
            Z[n, m] = torch.sum(A[n] * W[m])
    return f(Z)

# %% in_place_and_squeezed
# neuron: a changed in place. neuron_batch: b down the columns; the result squeezed.
# named: batch_bias_on_the_wrong_axis, batch_squeezes_samples, batch_squeezes_neurons
import torch

def neuron(a, w, b, f):
    a.mul_(w)
    return f(a.sum() + b)

def neuron_batch(A, W, b, f):
    z = torch.mm(A, W.t()) + b[:, None]
    return f(z).squeeze()

# %% mean_and_transposed
# neuron: mean of the products; f applied twice. neuron_batch: mean over the inputs; returns [M, N].
# named: neuron_mean, neuron_f_twice, batch_mean, batch_transposed
import torch

def neuron(a, w, b, f):
    z = torch.mean(a * w) + b
    y = f(z)
    return f(y)

def neuron_batch(A, W, b, f):
    out = []
    for m in range(len(W)):
        z = (A * W[m]).mean(dim=1) + b[m]
        out.append(z)
    return f(torch.stack(out))

# %% numpy_first_try
# neuron: b once per product; the result has shape [1]. neuron_batch: float32 for float64 inputs; b subtracted.
# named: neuron_bias_in_every_term, neuron_one_axis, batch_filled_float32, batch_bias_as_threshold
import torch
import numpy as np

def neuron(a, w, b, f):
    p = a.numpy() * w.numpy() + b.numpy()
    z = np.sum(p, keepdims=True)
    return f(torch.from_numpy(z))

def neuron_batch(A, W, b, f):
    A = A.numpy().astype('float32')
    W = W.numpy().astype('float32')
    b = b.numpy().astype('float32')
    return f(torch.from_numpy(np.dot(A, W.T) - b))

# %% reshape_and_one_bias
# neuron: the bias is forgotten. neuron_batch: W reshaped, not transposed; only the first bias is used.
# named: neuron_without_bias, batch_view_as_transpose, batch_first_bias
import torch

def neuron(a, w, b, f):
    z = torch.dot(a, w)
    return f(z)

def neuron_batch(A, W, b, f):
    W = W.reshape(W.shape[1], W.shape[0])
    return f(A @ W + b[0])
