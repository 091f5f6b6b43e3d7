#!/bin/sh
# Runs in the virtual machine: the data disk at the place it has in the hall's configuration, then the product and the
# hands that use it. Compiled code is kept between boots (cache=rw: written by a rehearsal), or node would start slower.
option() { sed -n "s/.*\b$1=\([^ ]*\).*/\1/p" /proc/cmdline; }
directory=$(option directory)
mkdir -p "$directory" /cache
mount -t 9p -o "trans=virtio,version=9p2000.L,msize=512000,cache=loose,$(option cache)" cache /cache
# As every boot does it: a torn commit block of the journal keeps the kernel from mounting, and e2fsck drops it.
e2fsck -p /dev/vda >/dev/vport0p2 2>&1
mount -t ext4 /dev/vda "$directory" || {
  echo "the data disk cannot be mounted" >/dev/vport0p2
  exit 1
}
export NODE_COMPILE_CACHE=/cache NODE_NO_WARNINGS=1
guest="/host$(option programs)/test/kernel/guest"
preload=$(option preload)
"/host$(option project)/node_modules/node/bin/node" ${preload:+--import "$guest/$preload.mjs"} "$guest/workload.mjs" \
  "$directory" "$(option work)" "$(option terminals)" >/dev/vport0p2 2>&1
echo "workload ended with $?" >/dev/vport0p2
sync
umount "$directory" /cache
