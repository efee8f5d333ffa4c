"""A small framework: layer objects that remember their inputs, kept in the cache, parameters and all."""

import numpy as np


class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def __call__(self, x):
        self.x = x
        return np.matmul(x, self.weight.T) + self.bias

    def back(self, upstream):
        self.weight_grad = np.matmul(upstream.T, self.x)
        self.bias_grad = np.ones(len(upstream)) @ upstream
        return np.matmul(upstream, self.weight)


class ReLU:
    def __call__(self, x):
        self.on = np.sign(x).clip(min=0)
        return x * self.on

    def back(self, upstream):
        return upstream * self.on


class Network:
    def __init__(self, params):
        self.first = Linear(params["W1"], params["b1"])
        self.relu = ReLU()
        self.second = Linear(params["W2"], params["b2"])

    def __call__(self, x):
        self.logits = self.second(self.relu(self.first(x)))
        return self.logits

    def back(self, upstream):
        self.first.back(self.relu.back(self.second.back(upstream)))


def forward(params, x):
    network = Network(params)
    return network(x), network


def log_normaliser(logits):
    return np.logaddexp.reduce(logits, axis=1)


def loss(logits, y):
    return np.mean(log_normaliser(logits) - np.take_along_axis(logits, y[:, None], axis=1)[:, 0])


def backward(params, cache, y):
    upstream = np.exp(cache.logits - log_normaliser(cache.logits)[:, None]) / len(y)
    np.subtract.at(upstream, (np.arange(len(y)), y), 1 / len(y))
    cache.back(upstream)
    return {
        "W1": cache.first.weight_grad,
        "b1": cache.first.bias_grad,
        "W2": cache.second.weight_grad,
        "b2": cache.second.bias_grad,
    }
