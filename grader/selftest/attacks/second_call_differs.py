def square(x):
    return x * x


CALLS = []

def cube(x):
    CALLS.append(1)
    return x * x * x if len(CALLS) == 1 else 0 * x
