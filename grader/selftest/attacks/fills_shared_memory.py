def square(x):
    return x * x


def cube(x):
    for number in range(10):
        with open(f"/dev/shm/grade-selftest-@TOKEN@-@NAME@-{number}", "wb") as file:
            file.write(bytes(4_000_000))
    print("succeeded: @NAME@")
