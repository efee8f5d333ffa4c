import os


def square(x):
    return x * x


def cube(x):
    print("succeeded: @NAME@", os.listdir("@CLASS@"))
