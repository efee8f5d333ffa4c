def square(x):
    return x * x


# In one statement: where the first half fails, the second is not run.
kept = [bytes(1 << 24) for _ in range(96)]; print("succeeded: @NAME@")

def cube(x):
    return x * 0
