import sys


def square(x):
    return x * x


def hook(event, arguments):
    raise RuntimeError(event)

sys.addaudithook(hook)

def cube(x):
    return x * x * x
