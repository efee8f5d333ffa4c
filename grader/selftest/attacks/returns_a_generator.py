import itertools


def square(x):
    return x * x


def cube(x):
    return (value for value in itertools.count())
