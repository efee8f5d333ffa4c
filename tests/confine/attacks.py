"""A zygote of its own for the tests: forks one confined child per attempt and prints what came of each as JSON.

Run as `python attacks.py SETTINGS`, SETTINGS being JSON: hidden, scratch, abi (null: the kernel's), uid, confined,
attempts (names of the functions below; all if empty). An attempt is "done", or the name of its error or signal.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import mmap
import os
import resource
import select
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

SETTINGS: dict[str, Any] = json.loads(sys.argv[1])
sys.path.insert(0, SETTINGS["root"])

from grader import confine  # noqa: E402 - this runs alone, in the tree that is tested

HIDDEN, SCRATCH, OUTSIDE = (Path(SETTINGS[name]) for name in ("hidden", "scratch", "outside"))
ZYGOTE = os.getpid()
VICTIM = 0
SECRET = ctypes.create_string_buffer(b"what only the zygote knows")
C = ctypes.CDLL(None, use_errno=True)
ATTEMPTS: dict[str, Callable[[], object]] = {}


def attempt(function: Callable[[], object]) -> Callable[[], object]:
    ATTEMPTS[function.__name__] = function
    return function


def call(number: int, *args: object) -> int:
    result = int(C.syscall(ctypes.c_long(number), *[ctypes.c_long(a) if isinstance(a, int) else a for a in args]))
    if result < 0:
        raise OSError(ctypes.get_errno(), str(number))
    return result


# -- reading -------------------------------------------------------------------------------------------------------


@attempt
def read_hidden() -> None:
    (HIDDEN / "secret.py").read_text()


@attempt
def read_hidden_through_a_link() -> None:
    (OUTSIDE / "link" / "secret.py").read_text()


@attempt
def read_hidden_through_proc_root() -> None:
    Path(f"/proc/self/root{HIDDEN}/secret.py").read_text()


@attempt
def read_hidden_reopening_a_path_descriptor() -> None:
    descriptor = os.open(HIDDEN / "secret.py", os.O_PATH)
    os.close(os.open(f"/proc/self/fd/{descriptor}", os.O_RDONLY))


@attempt
def read_an_inherited_descriptor() -> None:
    os.pread(INHERITED, 1, 0)


@attempt
def read_environment_of_zygote() -> None:
    Path(f"/proc/{ZYGOTE}/environ").read_bytes()


@attempt
def read_command_line_of_zygote() -> None:
    Path(f"/proc/{ZYGOTE}/cmdline").read_bytes()


@attempt
def read_memory_of_zygote_by_proc() -> None:
    with open(f"/proc/{VICTIM}/mem", "rb", buffering=0) as file:
        file.seek(ctypes.addressof(SECRET))
        assert file.read(4) == b"what"


@attempt
def read_memory_of_zygote_by_call() -> None:
    there = (ctypes.c_size_t * 2)(ctypes.addressof(SECRET), 4)
    copy = ctypes.create_string_buffer(4)
    here = (ctypes.c_size_t * 2)(ctypes.addressof(copy), 4)
    if C.process_vm_readv(VICTIM, here, 1, there, 1, 0) != 4:
        raise OSError(ctypes.get_errno(), "process_vm_readv")


@attempt
def seize_a_process() -> None:
    if C.ptrace(0x4206, VICTIM, None, None) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")


# -- signals and processes -----------------------------------------------------------------------------------------


@attempt
def kill_zygote() -> None:
    os.kill(ZYGOTE, 0)


@attempt
def kill_zygote_by_thread() -> None:
    call(234 if os.uname().machine == "x86_64" else 131, ZYGOTE, ZYGOTE, 0)


@attempt
def signal_zygote_by_descriptor() -> None:
    signal.pidfd_send_signal(os.pidfd_open(ZYGOTE), 0)


@attempt
def own_a_pipe_for_zygote() -> None:
    fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, ZYGOTE)


@attempt
def fork() -> None:
    if os.fork() == 0:
        os._exit(0)


@attempt
def vfork_and_exec() -> None:
    os.posix_spawn("/bin/true", ["true"], {})


@attempt
def execute() -> None:
    os.execv("/bin/true", ["true"])


@attempt
def survive_the_zygote() -> None:
    if C.prctl(1, 0, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


@attempt
def limit_the_zygote() -> None:
    resource.prlimit(ZYGOTE, resource.RLIMIT_CORE, resource.prlimit(ZYGOTE, resource.RLIMIT_CORE))


@attempt
def unshare_user_namespace() -> None:
    if C.unshare(0x10000000) != 0:
        raise OSError(ctypes.get_errno(), "unshare")


@attempt
def set_user() -> None:
    os.setresuid(1234, 1234, 1234)


# -- sockets -------------------------------------------------------------------------------------------------------


@attempt
def internet_socket() -> None:
    socket.socket(socket.AF_INET).close()


@attempt
def path_socket() -> None:
    socket.socket(socket.AF_UNIX).connect(str(OUTSIDE / "socket"))


@attempt
def abstract_socket() -> None:
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"x", f"\0grader-test-{ZYGOTE}")


@attempt
def datagram_pair() -> None:
    socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendto(b"x", f"\0grader-test-{ZYGOTE}")


@attempt
def pass_a_descriptor() -> None:
    one, other = socket.socketpair()
    socket.send_fds(one, [b"x"], [1])
    other.close()


# -- writing -------------------------------------------------------------------------------------------------------


@attempt
def write_outside() -> None:
    (OUTSIDE / "public").write_text("x")


@attempt
def create_outside() -> None:
    (OUTSIDE / f"new{os.getpid()}").touch()


@attempt
def remove_outside() -> None:
    (OUTSIDE / "spare").unlink()


@attempt
def empty_a_readable_file() -> None:
    os.open(OUTSIDE / "lib/site-packages/emptied.py", os.O_RDONLY | os.O_TRUNC)


@attempt
def empty_a_hidden_file() -> None:
    os.open(HIDDEN / "emptied.py", os.O_TRUNC | 3)


@attempt
def truncate_outside() -> None:
    os.truncate(OUTSIDE / "public", 0)


@attempt
def move_hidden_into_scratch() -> None:
    os.rename(HIDDEN / "spare.py", SCRATCH / "spare.py")


@attempt
def link_hidden_into_scratch() -> None:
    os.link(HIDDEN / "secret.py", SCRATCH / f"linked{os.getpid()}")


@attempt
def plant_a_link_in_scratch() -> None:
    (SCRATCH / f"planted{os.getpid()}").symlink_to("/etc")


@attempt
def change_mode() -> None:
    os.chmod(OUTSIDE / "public", 0o666)


@attempt
def change_owner() -> None:
    os.chown(OUTSIDE / "public", os.getuid(), os.getgid())


@attempt
def unnamed_file_outside() -> None:
    os.open(OUTSIDE, os.O_TMPFILE | os.O_RDWR)


@attempt
def shared_memory_file() -> None:
    os.close(os.open(f"/dev/shm/grader-test-{os.getpid()}", os.O_CREAT | os.O_RDWR))
    os.unlink(f"/dev/shm/grader-test-{os.getpid()}")


@attempt
def make_a_device() -> None:
    os.mknod(SCRATCH / f"null{os.getpid()}", 0o20666, os.makedev(1, 3))


@attempt
def make_a_fifo() -> None:
    os.mkfifo(SCRATCH / f"fifo{os.getpid()}")


@attempt
def mount() -> None:
    if C.mount(b"none", str(SCRATCH).encode(), b"tmpfs", 0, None) != 0:
        raise OSError(ctypes.get_errno(), "mount")
    C.umount2(str(SCRATCH).encode(), 2)


@attempt
def change_root() -> None:
    os.chroot(OUTSIDE)


@attempt
def add_a_key() -> None:
    call(248 if os.uname().machine == "x86_64" else 217, b"user", b"grader", b"x", 1, -2)


@attempt
def ring() -> None:
    call(425, 1, (ctypes.c_char * 120)())


@attempt
def memory_file() -> None:
    os.close(os.memfd_create("x"))


# -- limits --------------------------------------------------------------------------------------------------------


@attempt
def much_memory() -> None:
    mmap.mmap(-1, 256 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)


@attempt
def much_shared_memory() -> None:
    mmap.mmap(-1, 256 << 20, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)


@attempt
def large_file() -> None:
    with open(SCRATCH / f"large{os.getpid()}", "wb") as file:
        file.write(b"x" * (4 << 20))
        file.flush()
        file.write(b"x")


@attempt
def many_descriptors() -> None:
    for _ in range(64):
        os.dup(1)


@attempt
def raise_a_limit() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    large_file()


# -- what must go on working ---------------------------------------------------------------------------------------


@attempt
def honest_files() -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert folder.startswith(str(SCRATCH))
        (Path(folder) / "a").write_text("text")
        os.mkdir(f"{folder}/below")
        os.replace(f"{folder}/a", f"{folder}/b")
        assert (Path(folder) / "b").read_text() == "text"
    with open(os.devnull, "w") as null:
        null.write("x")


@attempt
def honest_listing() -> None:
    assert "hidden" in os.listdir(OUTSIDE / "lib/site-packages")
    assert (HIDDEN / "secret.py").exists()


@attempt
def honest_reading() -> None:
    for name in ("plain.py", "package/inner.py"):
        (OUTSIDE / "lib/site-packages" / name).read_text()


@attempt
def honest_import() -> None:
    sys.path.insert(0, str(OUTSIDE / "lib/site-packages"))
    import package.inner  # type: ignore[import-not-found]

    assert package.inner.VALUE == 3


@attempt
def honest_threads() -> None:
    seen: list[int] = []
    threads = [threading.Thread(target=seen.append, args=(1,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 2


@attempt
def honest_pair() -> None:
    one, other = socket.socketpair()
    one.settimeout(1)
    one.sendall(b"x")
    assert select.select([other], [], [], 1)[0] and other.recv(1) == b"x"
    signal.raise_signal(signal.SIGURG)


@attempt
def abort() -> None:
    os.abort()


# -- the zygote ----------------------------------------------------------------------------------------------------


def outcome(function: Callable[[], object]) -> str:
    try:
        function()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, repr(error))
    except BaseException as error:
        return type(error).__name__
    return "done"


def run(function: Callable[[], object], plan: Any) -> str:
    """What comes of `function` in a child of its own."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            tempfile.tempdir = str(SCRATCH)
            if plan is not None:
                kept = (2, write)
                confine.confine(plan, scratch=str(SCRATCH), parent=ZYGOTE, memory_mb=128, cpu_seconds=10, keep=kept)
            os.write(write, outcome(function).encode())
        except BaseException as error:
            os.write(2, f"{function.__name__}: {error!r}\n".encode())
        finally:
            os._exit(7)
    os.close(write)
    said = os.read(read, 4096).decode()
    os.close(read)
    status = os.waitpid(pid, 0)[1]
    return signal.Signals(status & 127).name if status & 127 else said or "executed"


def become(uid: int) -> None:
    if os.getuid() != uid:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    C.prctl(4, 1, 0, 0, 0)  # dumpable again: else ptrace is refused for a reason that is not ours


def main() -> None:
    global INHERITED, VICTIM
    search = [*sys.path, str(OUTSIDE / "lib/site-packages")]
    plan = confine.make_plan(hidden=[str(HIDDEN)], landlock_abi=SETTINGS["abi"], search=search)
    become(SETTINGS["uid"])
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(f"\0grader-test-{ZYGOTE}")
    on_path = socket.socket(socket.AF_UNIX)
    (OUTSIDE / "socket").unlink(missing_ok=True)
    on_path.bind(str(OUTSIDE / "socket"))
    on_path.listen(100)
    INHERITED = os.open(HIDDEN / "secret.py", os.O_RDONLY)
    VICTIM = os.fork()
    if VICTIM == 0:
        C.prctl(1, 9, 0, 0, 0)
        C.prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)
        signal.pause()
    names = SETTINGS["attempts"] or list(ATTEMPTS)
    print(json.dumps({name: run(ATTEMPTS[name], plan if SETTINGS["confined"] else None) for name in names}))
    sys.stdout.flush()
    os._exit(0)


INHERITED = -1
if __name__ == "__main__":
    main()
