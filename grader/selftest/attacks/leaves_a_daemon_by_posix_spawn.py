import os


def square(x):
    return x * x


def cube(x):
    os.posix_spawn("/bin/sleep", ["sleep", "60"], {}, setsid=True)
    print("succeeded: @NAME@")
