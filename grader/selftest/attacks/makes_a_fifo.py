import os


def square(x):
    return x * x


def cube(x):
    os.mkfifo("fifo")
    print("succeeded: @NAME@")
