import fcntl
import os


def square(x):
    return x * x


def cube(x):
    fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, int("@VICTIM@"))
    print("succeeded: @NAME@")
