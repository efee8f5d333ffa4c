import os


def square(x):
    return x * x


def cube(x):
    if os.fork() == 0:
        os._exit(0)
    print("succeeded: @NAME@")
