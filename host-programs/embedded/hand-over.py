#!/usr/bin/env python3
"""Hands an open connection to FUSE, open as 5, over to the listener of a socket. Argument: the socket."""
import socket
import sys

to = socket.socket(socket.AF_UNIX)
to.settimeout(5)
to.connect(sys.argv[1])
socket.send_fds(to, [b"fuse"], [5])
