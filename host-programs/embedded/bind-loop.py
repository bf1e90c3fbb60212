#!/usr/bin/env python3
"""Makes a loop device, open as 5, of the file that is open as 6. It clears itself with its last user. Argument: its name."""
import fcntl
import struct
import sys

LOOP_CONFIGURE, AUTOCLEAR, DIRECT_IO = 0x4C0A, 4, 16
name = sys.argv[1].encode()[:63]
info = struct.pack("=5Q4I64s64s32s2Q", 0, 0, 0, 0, 0, 0, 0, 0, AUTOCLEAR | DIRECT_IO, name, b"", b"", 0, 0)
fcntl.ioctl(5, LOOP_CONFIGURE, struct.pack("=2I", 6, 512) + info + bytes(64))
