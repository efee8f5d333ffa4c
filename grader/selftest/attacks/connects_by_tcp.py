import socket


def square(x):
    return x * x


def cube(x):
    with socket.create_connection(("127.0.0.1", int("@TCP@")), 1) as connection:
        connection.sendall(b"@NAME@\n")
