import os


def square(x):
    return x * x


def cube(x):
    os.mknod("null", 0o020666, os.makedev(1, 3))
    print("succeeded: @NAME@")
