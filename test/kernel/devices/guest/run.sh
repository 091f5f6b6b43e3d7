#!/bin/sh
# Runs in the machine: the tests' parts, one after the other; the names stand on the kernel's command line.
export NODE_NO_WARNINGS=1
/usr/lib/systemd/systemd-udevd --daemon || echo "no udev"
for part in $(sed -n 's/.*\bparts=\([^ ]*\).*/\1/p' /proc/cmdline | tr ',' ' '); do
  echo "part $part at $(cut -d' ' -f1 /proc/uptime)"
  node /program/main.mjs "$part" || echo "part $part ended with $?"
done
echo "done at $(cut -d' ' -f1 /proc/uptime)"
