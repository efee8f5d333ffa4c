import os


def square(x):
    return x * x


def cube(x):
    os.open("@KEEP@", os.O_RDONLY | os.O_TRUNC)
