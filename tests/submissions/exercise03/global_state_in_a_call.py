import torch


def sigmoid(x):
    return 1 / (1 + torch.exp(-x))


def tanh(x):
    return 2 / (1 + torch.exp(-2 * x)) - 1


def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (1 - s)


def tanh_grad(x):
    torch.manual_seed(0)
    torch.set_default_dtype(torch.float16)
    torch.set_num_threads(2)
    torch.set_grad_enabled(False)
    t = tanh(x)
    return 1 - t * t


def tanh_from_sigmoid(x):
    return 2 * sigmoid(2 * x) - 1
