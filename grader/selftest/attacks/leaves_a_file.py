import os
import tempfile

FOUND = []
for folder in (".", tempfile.gettempdir(), "@PLACE@", "/dev/shm", "/tmp", "/var/tmp"):
    try:
        name = f"{folder}/grade-selftest-@TOKEN@-@NAME@"
        FOUND += [folder] if os.path.exists(name) else []
        open(name, "w").close()
    except OSError:
        continue
if FOUND:
    print("succeeded: @NAME@", FOUND)

def square(x):
    os._exit(5)

def cube(x):
    os._exit(5)
