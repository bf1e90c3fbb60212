"""Takes an address away and gives it back, in the network namespace it runs in, and says when: halab has no part in it.

take-away.py DEVICE ADDRESS SECONDS_AWAY... : for each, one line `BEFORE AFTER BEFORE AFTER` in microseconds of
CLOCK_MONOTONIC, around the taking and around the giving back. Between two it waits a little. The kernel is asked by
rtnetlink(7), since a program to be started first would make the times unsure.
"""
import random
import socket
import struct
import sys
import time

RTM_NEWADDR, RTM_DELADDR = 20, 21
NLM_F_REQUEST, NLM_F_ACK, NLM_F_CREATE = 1, 4, 0x400
IFA_ADDRESS, IFA_LOCAL = 1, 2

device, address, *away = sys.argv[1:]
netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
netlink.bind((0, 0))


def change(kind, flags):
    packed = socket.inet_aton(address)
    body = struct.pack('BBBBI', socket.AF_INET, 32, 0, 0, socket.if_nametoindex(device))
    for attribute in (IFA_LOCAL, IFA_ADDRESS):
        body += struct.pack('HH', 8, attribute) + packed
    head = struct.pack('IHHII', 16 + len(body), kind, NLM_F_REQUEST | NLM_F_ACK | flags, 1, 0)
    before = time.monotonic_ns() // 1000
    netlink.send(head + body)
    code = struct.unpack('i', netlink.recv(4096)[16:20])[0]
    after = time.monotonic_ns() // 1000
    if code:
        sys.exit(f'rtnetlink: error {-code}')
    return before, after


change(RTM_NEWADDR, NLM_F_CREATE)
print('ready', flush=True)
sys.stdin.readline()
for seconds in map(float, away):
    time.sleep(0.5 + random.random() / 10)
    taken = change(RTM_DELADDR, 0)
    time.sleep(seconds)
    given = change(RTM_NEWADDR, NLM_F_CREATE)
    print(*taken, *given, flush=True)
time.sleep(0.5)
print('done', flush=True)
