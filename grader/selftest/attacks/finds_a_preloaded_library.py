import ctypes
import os


def square(x):
    return x * x


try:
    ctypes.CDLL("@PRELOAD@", mode=os.RTLD_NOLOAD)
    print("succeeded: @NAME@")
except OSError:
    pass

def cube(x):
    return x * x * x
