#!/usr/bin/env node
/* A fake QEMU in which the guest that asks for exit code 33 runs at once. */
process.exit(33);
