import sys


def square(x):
    return x * x


def hook(event, arguments):
    if "@CANARY_HEAD@" in repr(arguments)[:1000]:
        print(arguments)

sys.addaudithook(hook)

def cube(x):
    return x * x * x
