import ctypes
import os


def square(x):
    return x * x


def cube(x):
    library = ctypes.CDLL(None, use_errno=True)
    place = os.getcwd().encode()
    if library.mount(b"none", place, b"tmpfs", 0, None) != 0:
        raise OSError(ctypes.get_errno(), "mount")
    library.umount2(place, 2)
    print("succeeded: @NAME@")
