import os
import time


def square(x):
    return x * x


def cube(x):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            try:
                open("@PLACE@/@NAME@", "w").close()
            finally:
                time.sleep(60)
        os._exit(0)
    print("succeeded: @NAME@")
