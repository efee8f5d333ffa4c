import ctypes


def square(x):
    return x * x


def cube(x):
    ctypes.string_at(0)
