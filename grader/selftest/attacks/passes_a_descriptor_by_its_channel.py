import socket


def square(x):
    return x * x


def cube(x):
    one, other = socket.socketpair()
    socket.send_fds(one, [b"x"], [1])
    print("succeeded: @NAME@", socket.recv_fds(other, 1, 1))
