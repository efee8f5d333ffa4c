# %% biases_not_counted
# count_parameters counts the weights only.
# named: count_weights
def count_parameters(sizes):
    return sum(a * b for a, b in zip(sizes, sizes[1:]))

# %% bias_per_input
# count_parameters counts one bias per input of a layer, not one per neuron.
# named: count_bias_per_input
def count_parameters(sizes):
    n = 0
    for i in range(len(sizes) - 1):
        n += sizes[i] * sizes[i + 1] + sizes[i]
    return n

# %% inputs_have_biases
# count_parameters counts biases for the inputs, too, so [4] gives 4.
# named: count_biases_of_inputs, count_inputs_alone
def count_parameters(sizes):
    weights = 0
    for i in range(1, len(sizes)):
        weights += sizes[i - 1] * sizes[i]
    return weights + sum(sizes)

# %% one_bias_per_layer
# count_parameters counts a single bias for each layer.
# named: count_bias_per_layer
def count_parameters(sizes):
    total = 0
    for i in range(len(sizes) - 1):
        total += sizes[i] * sizes[i + 1] + 1
    return total

# %% product_of_all_sizes
# count_parameters multiplies all sizes together for the weights.
# named: count_product
import math


def count_parameters(sizes):
    if len(sizes) == 1:
        return 0
    return math.prod(sizes) + sum(sizes[1:])

# %% single_size_raises
# count_parameters raises an error for a stack without layers.
# named: -
def count_parameters(sizes):
    if len(sizes) < 2:
        raise ValueError("a network needs at least one layer")
    return sum(sizes[i] * sizes[i + 1] + sizes[i + 1] for i in range(len(sizes) - 1))

# %% count_as_float
# count_parameters returns a float.
# named: count_as_float
def count_parameters(sizes):
    total = 0.0
    for d, m in zip(sizes, sizes[1:]):
        total += d * m + m
    return total

# %% count_in_float32
# count_parameters adds up in float32, which is not exact beyond 2**24.
# named: -
def count_parameters(sizes):
    s = torch.tensor(sizes, dtype=torch.float32)
    return int(torch.sum(s[:-1] * s[1:]) + torch.sum(s[1:]))

# %% count_as_tensor
# count_parameters returns a 0-d tensor, not an int.
# named: -
def count_parameters(sizes):
    s = torch.tensor(sizes)
    return (s[:-1] * s[1:]).sum() + s[1:].sum()

# %% last_layer_without_biases
# count_parameters counts no biases for the last layer.
# named: count_last_without_bias
def count_parameters(sizes):
    n = sum(a * b for a, b in zip(sizes, sizes[1:]))
    return n + sum(sizes[1:-1])

# %% equal_layers_counted_once
# count_parameters collects the layers in a set, so layers of equal sizes count once.
# named: -
def count_parameters(sizes):
    layers = set(zip(sizes, sizes[1:]))
    return sum(d * m + m for d, m in layers)

# %% sizes_popped
# count_parameters takes the numbers out of the caller's list.
# named: -
def count_parameters(sizes):
    d = sizes.pop(0)
    total = 0
    while sizes:
        m = sizes.pop(0)
        total += d * m + m
        d = m
    return total

# %% last_layer_not_counted
# count_parameters stops one layer too early.
# named: count_without_the_last
def count_parameters(sizes):
    total = 0
    for i in range(1, len(sizes) - 1):
        total += sizes[i - 1] * sizes[i] + sizes[i]
    return total
