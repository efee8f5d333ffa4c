import ctypes


def square(x):
    return x * x


def cube(x):
    library = ctypes.CDLL(None, use_errno=True)
    if library.syscall(425, 1, (ctypes.c_char * 120)()) < 0:
        raise OSError(ctypes.get_errno(), "io_uring_setup")
    print("succeeded: @NAME@")
