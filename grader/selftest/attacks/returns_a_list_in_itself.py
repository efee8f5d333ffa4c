def square(x):
    return x * x


def cube(x):
    value = []
    value.append(value)
    return value
