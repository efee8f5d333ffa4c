def square(x):
    return x * x


def cube(x):
    for number in range(60):  # 240 MB: more would do harm where nothing stops it
        with open(f"full{number}", "wb") as file:
            file.write(bytes(4_000_000))
    import time

    time.sleep(0.5)
    print("succeeded: @NAME@")
    return x * 0
