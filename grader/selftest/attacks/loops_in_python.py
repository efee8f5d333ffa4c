def square(x):
    return x * x


def cube(x):
    while True:
        pass
