# %% relu_after_the_last_layer
# MLP applies the ReLU after every layer, the last one too.
# named: relu_at_the_end
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x

# %% no_relu
# MLP has no ReLU between the layers.
# named: no_relu
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.net = nn.Sequential(*[Linear(a, b) for a, b in zip(sizes, sizes[1:])])

    def forward(self, x):
        return self.net(x)

# %% relu_before_each_layer
# MLP applies the ReLU before every layer, so it also cuts off negative inputs.
# named: relu_on_the_inputs
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers:
            x = layer(torch.relu(x))
        return x

# %% relu_only_after_the_first_layer
# MLP applies the ReLU after the first layer only, which is right for two layers but not for more.
# named: one_relu
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i == 0 and len(self.layers) > 1:
                x = torch.relu(x)
        return x

# %% last_relu_missing
# MLP stops the ReLUs one layer too early, so there is none between the last two layers.
# named: last_relu_missing
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        n = len(self.layers)
        for i in range(n):
            x = self.layers[i](x)
            if i < n - 2:
                x = torch.relu(x)
        return x

# %% layers_in_a_plain_list
# MLP keeps its layers in a plain list, so it has no parameters.
# named: layers_in_a_list
# like: base
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = []
        for i in range(len(sizes) - 1):
            self.layers.append(Linear(sizes[i], sizes[i + 1]))

# %% output_layer_first
# MLP registers the output layer before the hidden layers, so parameters() starts with the last weight.
# named: output_layer_first
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.out = Linear(sizes[-2], sizes[-1])
        self.hidden = nn.ModuleList(Linear(a, b) for a, b in zip(sizes[:-2], sizes[1:-1]))

    def forward(self, x):
        for layer in self.hidden:
            x = torch.relu(layer(x))
        return self.out(x)

# %% weights_before_biases
# MLP lists all weights first and then all biases, not W1, b1, W2, b2.
# named: weights_then_biases
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        layers = [Linear(a, b) for a, b in zip(sizes, sizes[1:])]
        self.ws = nn.ParameterList([layer.weight for layer in layers])
        self.bs = nn.ParameterList([layer.bias for layer in layers])

    def forward(self, x):
        for i in range(len(self.ws)):
            if i > 0:
                x = torch.relu(x)
            x = x @ self.ws[i].T + self.bs[i]
        return x

# %% mlp_without_biases
# The layers of MLP have no biases.
# named: layers_without_bias
# like: base
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b, bias=False) for a, b in zip(sizes, sizes[1:]))

# %% output_layer_without_bias
# The last layer of MLP has no bias.
# named: -
# like: base
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        n = len(sizes) - 1
        self.layers = nn.ModuleList(Linear(sizes[i], sizes[i + 1], bias=i < n - 1) for i in range(n))

# %% equal_layers_shared
# MLP makes one layer per pair of sizes and reuses it, so layers of equal sizes share their parameters.
# named: layers_shared
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        made = {}
        parts = []
        for a, b in zip(sizes, sizes[1:]):
            if (a, b) not in made:
                made[(a, b)] = Linear(a, b)
            parts.append(made[(a, b)])
        self.layers = nn.ModuleList(parts)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)

# %% two_layers_only
# MLP uses only the first two and the last of the sizes, so it has two layers whatever is asked.
# named: two_layers_only
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.fc1 = Linear(sizes[0], sizes[1])
        self.fc2 = Linear(sizes[1], sizes[-1])

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))

# %% sigmoid_for_relu
# MLP has a sigmoid between the layers instead of a ReLU.
# named: sigmoid_for_relu
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.sigmoid(layer(x))
        return self.layers[-1](x)

# %% leaky_relu
# MLP has a leaky ReLU between the layers, which lets a hundredth of the negative numbers through.
# named: -
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.act = nn.LeakyReLU()

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.act(layer(x))
        return self.layers[-1](x)

# %% softmax_at_the_end
# MLP applies a softmax to its outputs.
# named: softmax_at_the_end
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return torch.softmax(self.layers[-1](x), dim=-1)

# %% input_flattened_per_sample
# MLP flattens x from the second axis on, so an x with three or more axes does not fit.
# named: -
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        if x.dim() > 1:
            x = x.flatten(1)
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)

# %% output_squeezed
# MLP squeezes its output, so axes of size 1 are lost.
# named: -
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x).squeeze()

# %% relu_on_data
# MLP computes the ReLU on the data of the hidden values, which cuts the graph between the layers.
# named: detached_between
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x).data)
        return self.layers[-1](x)

# %% input_changed_in_place
# MLP applies relu_ in place to x at the start, so it cuts off and overwrites the caller's negative inputs.
# named: relu_on_the_inputs
class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        with torch.no_grad():
            x.relu_()
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)
