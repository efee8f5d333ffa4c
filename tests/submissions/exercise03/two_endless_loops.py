import torch


def sigmoid(x):
    while True:
        pass


def tanh(x):
    while True:
        pass


def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (1 - s)


def tanh_grad(x):
    t = tanh(x)
    return 1 - t * t


def tanh_from_sigmoid(x):
    return 2 * sigmoid(2 * x) - 1
