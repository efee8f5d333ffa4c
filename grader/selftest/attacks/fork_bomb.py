import os
import time


def square(x):
    return x * x


def cube(x):
    for _ in range(40):  # more would do harm where nothing stops it
        if os.fork() == 0:
            time.sleep(1)
            os._exit(0)
    print("succeeded: @NAME@")
