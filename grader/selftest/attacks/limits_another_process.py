import resource


def square(x):
    return x * x


def cube(x):
    resource.prlimit(int("@VICTIM@"), resource.RLIMIT_NOFILE, (5, 5))
    print("succeeded: @NAME@")
