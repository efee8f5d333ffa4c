import time


def square(x):
    return x * x


def cube(x):
    while True:
        try:
            time.sleep(1000)
        except BaseException:
            continue
