def square(x):
    return x * x


def cube(x):
    value = []
    for _ in range(1_000_000):
        value = [value]
    return value
