import os
import tempfile

NAMES = [f"{folder}/grade-selftest-@TOKEN@-@NAME@"
         for folder in (".", tempfile.gettempdir(), "@PLACE@", "/dev/shm", "/tmp", "/var/tmp")]
if any(map(os.path.exists, NAMES)):  # each call meets a new process, as the next submission does
    print("succeeded: @NAME@")
for name in NAMES:
    try:
        open(name, "w").close()
    except OSError:
        continue

def square(x):
    os._exit(5)

def cube(x):
    os._exit(5)
