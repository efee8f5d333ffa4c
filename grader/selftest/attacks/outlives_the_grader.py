import ctypes


def square(x):
    return x * x


def cube(x):
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(1, 0, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    print("succeeded: @NAME@")
