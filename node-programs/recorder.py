#!/usr/bin/env python3
"""A small service to watch a cluster by: it says which node it runs on, and keeps records.

  GET  /                 the node's name
  POST /records          appends the body as one line; answered only when the line is on the disk
  GET  /records[?run=R]  all lines, or those that begin with `R `

Everything is in DIRECTORY/records. A record is acknowledged after fsync. When fsync fails nothing is known any more of what
was written before (see fsync(2) under EIO), so the service ends and leaves it to the cluster to start it anew.
"""
import argparse
import http.server
import os
import threading
import urllib.parse


class Ledger:
    def __init__(self, directory):
        os.makedirs(directory, exist_ok=True)
        self.path = os.path.join(directory, 'records')
        self.file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        self.cut_torn_line()
        os.fsync(self.file)
        sync_directory(directory)
        self.written = self.synced = 0
        self.writing, self.syncing = threading.Lock(), threading.Lock()

    def cut_torn_line(self):
        """A line without an end was being written when the power went, and was never acknowledged."""
        whole = self.read().rfind(b'\n') + 1
        os.ftruncate(self.file, whole)

    def append(self, line):
        with self.writing:
            data = line + b'\n'
            if os.write(self.file, data) != len(data):
                raise OSError('the line was written in part')
            self.written += 1
            mine = self.written
        # Whoever waits here may find that another's fsync covered its line, too.
        with self.syncing:
            if self.synced >= mine:
                return
            covered = self.written
            os.fsync(self.file)
            self.synced = covered

    def read(self):
        with open(self.path, 'rb') as file:
            return file.read()


def sync_directory(path):
    directory = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


class Handler(http.server.BaseHTTPRequestHandler):
    ledger = node = None
    timeout = 10

    def do_GET(self):
        place = urllib.parse.urlsplit(self.path)
        if place.path == '/':
            self.answer(200, self.node.encode() + b'\n')
        elif place.path == '/records':
            run = urllib.parse.parse_qs(place.query).get('run')
            lines = self.ledger.read().splitlines(keepends=True)
            wanted = lines if run is None else [line for line in lines if line.startswith(run[0].encode() + b' ')]
            self.answer(200, b''.join(wanted))
        else:
            self.answer(404, b'/ and /records are all there is\n')

    def do_POST(self):
        line = self.rfile.read(int(self.headers.get('Content-Length', 0)))
        if self.path != '/records' or not line or b'\n' in line:
            self.answer(400, b'one line to /records\n')
            return
        try:
            self.ledger.append(line)
        except OSError as error:
            self.answer(500, f'{error}\n'.encode())
            os._exit(1)
        self.answer(200, b'synced\n')

    def answer(self, status, body):
        self.send_response(status)
        self.send_header('X-Node', self.node)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words):
        """A line for each of fifty requests a second would fill the journal."""


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that has given up is no error of ours."""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--directory', required=True)
    parser.add_argument('--node', required=True)
    parser.add_argument('--address', default='0.0.0.0')
    parser.add_argument('--port', type=int, default=8080)
    options = parser.parse_args()
    Handler.node, Handler.ledger = options.node, Ledger(options.directory)
    Server((options.address, options.port), Handler).serve_forever()


main()
