#!/usr/bin/env python3
"""Asks one target again and again from this node, and says of every attempt when it was sent and when it was answered.

  probe.py ping|arp|tcp|http|writer TARGET --every MS [--port N] [--path P] [--run ID]
  probe.py records TARGET --port N --run ID

Lines, all times in microseconds of CLOCK_MONOTONIC:
  s SEQUENCE BEFORE AFTER   sent; the clock before the call and after it
  c SEQUENCE AT             the connection stands, the answer is still to come (http, writer)
  a SEQUENCE AT [WHO]       answered, and by whom if the answer says so
  x SEQUENCE AT REASON      refused, or could not be sent
  r NUMBER                  a record of the run that the service has (records)

No attempt waits for another, and none is waited for: it is given up after GIVE_UP seconds. Whoever reads the lines sees by
the times of `s` how long this program itself did not get to run.
"""
import argparse
import errno
import gc
import os
import selectors
import socket
import struct
import subprocess
import sys
import time

GIVE_UP = 3.0
LINGER_NOT = struct.pack('ii', 1, 0)
SO_TIMESTAMPNS = 35
SOL_RAW, ICMP_FILTER = 255, 1
ECHO_REPLY, ECHO_REQUEST = 0, 8


def now_us():
    return time.monotonic_ns() // 1000


class Lines:
    """Standard output that never makes the loop wait: what the reader does not take yet is kept."""

    def __init__(self, selector):
        self.selector = selector
        self.rest = bytearray()
        self.waits = False
        os.set_blocking(1, False)

    def put(self, *words):
        self.rest += (' '.join(str(word) for word in words) + '\n').encode()

    def flush(self):
        try:
            while self.rest:
                del self.rest[: os.write(1, self.rest)]
        except BlockingIOError:
            pass
        if bool(self.rest) != self.waits:
            self.waits = not self.waits
            if self.waits:
                self.selector.register(1, selectors.EVENT_WRITE, lambda _mask: None)
            else:
                self.selector.unregister(1)


def received_us(ancillary):
    """When the kernel got the packet, on the monotonic clock; now, where it does not say."""
    now = time.monotonic_ns()
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
            seconds, nanoseconds = struct.unpack('ll', data[: struct.calcsize('ll')])
            age = time.time_ns() - (seconds * 1_000_000_000 + nanoseconds)
            if 0 <= age < 10_000_000_000:
                return (now - age) // 1000
    return now // 1000


class Ping:
    """Echo requests; the whole sequence number travels in the payload."""

    def __init__(self, loop, options):
        self.loop, self.target = loop, options.target
        self.mark = os.urandom(8)
        self.id = int.from_bytes(self.mark[:2], 'big')
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
        self.socket.setblocking(False)
        self.socket.setsockopt(SOL_RAW, ICMP_FILTER, struct.pack('I', ~(1 << ECHO_REPLY) & 0xFFFFFFFF))
        self.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        loop.selector.register(self.socket, selectors.EVENT_READ, self.heard)

    def send(self, sequence):
        payload = self.mark + struct.pack('!Q', sequence)
        head = struct.pack('!BBHHH', ECHO_REQUEST, 0, 0, self.id, sequence & 0xFFFF)
        checked = struct.pack('!BBHHH', ECHO_REQUEST, 0, checksum(head + payload), self.id, sequence & 0xFFFF)
        self.socket.sendto(checked + payload, (self.target, 0))

    def heard(self, _mask):
        while True:
            try:
                packet, ancillary, _flags, (source, _port) = self.socket.recvmsg(2048, 256)
            except BlockingIOError:
                return
            body = packet[(packet[0] & 15) * 4 :]
            if source == self.target and len(body) >= 24 and body[0] == ECHO_REPLY and body[8:16] == self.mark:
                self.loop.answered(struct.unpack('!Q', body[16:24])[0], received_us(ancillary))


def checksum(data):
    total = sum(struct.unpack(f'!{len(data) // 2}H', data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


class Arp:
    """Who-has requests. A reply does not say which request it is to: it is taken for the newest without one."""

    def __init__(self, loop, options):
        self.loop = loop
        device, source = route_to(options.target)
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806))
        self.socket.bind((device, 0x0806))
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self.mac = self.socket.getsockname()[4]
        self.source, self.target = socket.inet_aton(source), socket.inet_aton(options.target)
        self.open = []
        request = struct.pack('!HHBBH', 1, 0x0800, 6, 4, 1) + self.mac + self.source + bytes(6) + self.target
        self.frame = b'\xff' * 6 + self.mac + struct.pack('!H', 0x0806) + request
        loop.selector.register(self.socket, selectors.EVENT_READ, self.heard)

    def send(self, sequence):
        self.open = self.open[-200:] + [sequence]
        self.socket.send(self.frame)

    def heard(self, _mask):
        while True:
            try:
                frame, ancillary, _flags, _source = self.socket.recvmsg(2048, 256)
            except BlockingIOError:
                return
            is_reply = frame[20:22] == b'\x00\x02'
            if is_reply and frame[28:32] == self.target and frame[32:42] == self.mac + self.source and self.open:
                who = ':'.join(f'{byte:02x}' for byte in frame[22:28])
                self.loop.answered(self.open.pop(), received_us(ancillary), who)


def route_to(target):
    said = subprocess.run(['ip', '-o', 'route', 'get', target], check=True, capture_output=True, text=True).stdout.split()
    return said[said.index('dev') + 1], said[said.index('src') + 1]


class Connect:
    """One connection an attempt; it counts as answered when it stands."""

    def __init__(self, loop, options):
        self.loop, self.place = loop, (options.target, options.port)

    def send(self, sequence):
        Call(self.loop, sequence, self.place, self.request(sequence))

    def request(self, _sequence):
        return None


class Get(Connect):
    """A GET an attempt; the header X-Node, or else the first line of the body, says who answered."""

    def __init__(self, loop, options):
        super().__init__(loop, options)
        self.path, self.host = options.path, options.target

    def request(self, _sequence):
        return f'GET {self.path} HTTP/1.0\r\nHost: {self.host}\r\n\r\n'.encode()


class Write(Connect):
    """A record an attempt: none is sent twice, so one that the service has twice was doubled behind the client's back."""

    def __init__(self, loop, options):
        super().__init__(loop, options)
        self.run, self.host = options.run, options.target

    def request(self, sequence):
        body = f'{self.run} {sequence}'.encode()
        head = f'POST /records HTTP/1.0\r\nHost: {self.host}\r\nContent-Length: {len(body)}\r\n\r\n'
        return head.encode() + body


class Call:
    """One connection from its opening to its answer."""

    def __init__(self, loop, sequence, place, request):
        self.loop, self.sequence, self.request, self.reply = loop, sequence, request, b''
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # What is closed here is gone at once: a port in TIME_WAIT for each attempt would use them up.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
        code = self.socket.connect_ex(place)
        if code not in (0, errno.EINPROGRESS):
            self.socket.close()
            raise OSError(code, os.strerror(code))
        loop.calls[sequence] = self
        loop.selector.register(self.socket, selectors.EVENT_WRITE, self.go_on)

    def go_on(self, mask):
        try:
            if mask & selectors.EVENT_WRITE:
                self.connected()
            else:
                self.heard()
        except BlockingIOError:
            pass
        except OSError as error:
            self.end()
            self.loop.refused(self.sequence, error.strerror or str(error))

    def connected(self):
        code = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, os.strerror(code))
        if self.request is None:
            at = now_us()
            self.end()
            self.loop.answered(self.sequence, at)
            return
        self.loop.lines.put('c', self.sequence, now_us())
        self.socket.send(self.request)
        self.loop.selector.modify(self.socket, selectors.EVENT_READ, self.go_on)

    def heard(self):
        part = self.socket.recv(65536)
        at = now_us()
        self.reply += part
        if part and not is_whole(self.reply):
            return
        self.end()
        status, who = told_by(self.reply)
        if 200 <= status < 300:
            self.loop.answered(self.sequence, at, who)
        else:
            self.loop.refused(self.sequence, f'http {status}' if status else 'closed without an answer')

    def end(self):
        self.loop.calls.pop(self.sequence, None)
        self.loop.selector.unregister(self.socket)
        self.socket.close()


def is_whole(reply):
    head, found, body = reply.partition(b'\r\n\r\n')
    length = header_of(head, b'content-length') if found else None
    return length is not None and len(body) >= int(length)


def header_of(head, name):
    for line in head.split(b'\r\n')[1:]:
        key, _, value = line.partition(b':')
        if key.strip().lower() == name:
            return value.strip()
    return None


def told_by(reply):
    head, _, body = reply.partition(b'\r\n\r\n')
    words = head.split(b' ', 2)
    status = int(words[1]) if len(words) > 1 and words[0].startswith(b'HTTP/') and words[1][:3].isdigit() else 0
    who = header_of(head, b'x-node') or body.strip().split(b'\n')[0]
    return status, ''.join(letter for letter in who.decode('utf-8', 'replace')[:64] if letter.isprintable()).strip()


KINDS = {'ping': Ping, 'arp': Arp, 'tcp': Connect, 'http': Get, 'writer': Write}


class Loop:
    def __init__(self):
        self.selector = selectors.DefaultSelector()
        self.lines = Lines(self.selector)
        self.calls = {}
        self.sent = {}

    def answered(self, sequence, at, who=''):
        self.lines.put('a', sequence, at, who)

    def refused(self, sequence, reason):
        self.lines.put('x', sequence, now_us(), reason)

    def attempt(self, kind, sequence):
        before = now_us()
        failure = None
        try:
            kind.send(sequence)
        except OSError as error:
            failure = error.strerror or str(error)
        self.lines.put('s', sequence, before, now_us())
        if failure:
            self.refused(sequence, failure)
        self.sent[sequence] = before

    def give_up(self, before):
        for sequence, at in list(self.sent.items()):
            if at > before:
                return
            del self.sent[sequence]
            if sequence in self.calls:
                self.calls[sequence].end()

    def run(self, kind, every):
        """Attempts at fixed times; those that went by while this program did not run are left out, not made up for."""
        sequence, due = 0, time.monotonic()
        while True:
            now = time.monotonic()
            if now >= due:
                sequence += 1
                self.attempt(kind, sequence)
                self.give_up(int((now - GIVE_UP) * 1e6))
                while due <= now:
                    due += every
            self.lines.flush()
            for key, mask in self.selector.select(max(0.0, due - time.monotonic())):
                key.data(mask)


def records(options):
    """What the service has of this run, asked until it answers."""
    until = time.monotonic() + GIVE_UP * 3
    while True:
        try:
            with socket.create_connection((options.target, options.port), timeout=GIVE_UP) as connection:
                connection.sendall(f'GET /records?run={options.run} HTTP/1.0\r\n\r\n'.encode())
                reply = b''.join(iter(lambda: connection.recv(1 << 20), b''))
            status, _ = told_by(reply)
            if status == 200 and is_whole(reply):
                break
            reason = f'http {status}' if status else 'an answer that was cut off'
        except OSError as error:
            reason = str(error)
        if time.monotonic() > until:
            sys.exit(f'the records could not be read back: {reason}')
        time.sleep(0.1)
    for line in reply.partition(b'\r\n\r\n')[2].decode('utf-8', 'replace').splitlines():
        run, _, number = line.partition(' ')
        if run == options.run:
            print('r', number)


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument('kind', choices=[*KINDS, 'records'])
    parser.add_argument('target')
    parser.add_argument('--every', type=float, default=20.0)
    parser.add_argument('--port', type=int, default=80)
    parser.add_argument('--path', default='/')
    parser.add_argument('--run', default='run')
    return parser.parse_args()


def main():
    options = parse()
    if options.kind == 'records':
        return records(options)
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    except PermissionError:
        pass  # In a container it is not to be had, and its absence shows in the times.
    loop = Loop()
    kind = KINDS[options.kind](loop, options)
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        loop.run(kind, options.every / 1000)
    except BrokenPipeError:
        pass  # Nobody reads any more.


main()
