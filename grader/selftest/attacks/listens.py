import socket


def square(x):
    return x * x


def cube(x):
    socket.create_server(("127.0.0.1", 0)).close()
    print("succeeded: @NAME@")
