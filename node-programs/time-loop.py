"""Prints how many ms this machine takes for a million turns of an empty loop, in Python, which pcs and the agents are
written in; the best of three, for a node that has just booted has other things to do. Python 2 runs it as well."""
import time


def turn():
    start = time.time()
    i = 0
    while i < 1000000:
        i += 1
    return time.time() - start


print(int(1000 * min(turn(), turn(), turn())))
