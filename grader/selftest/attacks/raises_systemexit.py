import sys


def square(x):
    return x * x


def cube(x):
    sys.exit(0)
