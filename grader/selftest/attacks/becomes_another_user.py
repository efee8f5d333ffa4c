import os


def square(x):
    return x * x


def cube(x):
    user = os.getuid()
    os.setresuid(user, user, user)
    print("succeeded: @NAME@")
