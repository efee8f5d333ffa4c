import ctypes


def square(x):
    return x * x


def cube(x):
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(0x10000000) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    print("succeeded: @NAME@")
