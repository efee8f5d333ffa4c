import os
from concurrent.futures import ProcessPoolExecutor


def square(x):
    return x * x


def cube(x):
    with ProcessPoolExecutor(2) as pool:
        print("succeeded: @NAME@", pool.submit(os.getpid).result())
