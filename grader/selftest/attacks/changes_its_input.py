def square(x):
    return x * x


def cube(x):
    x.fill_(1)
    return x
