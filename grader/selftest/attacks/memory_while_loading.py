def square(x):
    return x * x


kept = [bytes(1 << 24) for _ in range(96)]
print("succeeded: @NAME@")

def cube(x):
    return x * 0
