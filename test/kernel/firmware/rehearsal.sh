#!/bin/sh
# Runs in the machine as a unit of its own, and plays the technician, the reader on the USB bus, a finger, and fate. Says each step
# to the host, a line a step: what it says has happened.
exec >/dev/vport0p2 2>&1
set -x
unit=hallward-terminal.service
option() { sed -n "s/.*\b$1=\([^ ]*\).*/\1/p" /proc/cmdline; }
project="/host$(option project)"
mkfifo /run/said
cat </run/said >/dev/vport0p1 &
exec 3>/run/said
say() { echo "$*" >&3; }
show() { systemctl show --value --property="$1" "$unit"; }

give_up() {
  systemctl status --no-pager --full "$unit"
  ls -lR /dev/serial /dev/ttyACM* /data/app /var/lib/hallward
  ls -l /sys/class/gpio
  journalctl --no-pager --lines=60
  say "failed $*"
  exit 1
}

# Waits until the unit says that it works, with another process than before.
active() {
  before=${1:-0}
  while :; do
    pid=$(show MainPID)
    [ "$(show ActiveState)" = active ] && [ "$pid" != "$before" ] && [ "$pid" != 0 ] && break
    [ "$(show ActiveState)" = failed ] && give_up "the unit has failed"
    sleep 0.5
  done
  say "active $pid $(cut -d' ' -f1 /proc/uptime)"
}

plug_reader() {
  gadget=/sys/kernel/config/usb_gadget/reader
  mkdir -p "$gadget/strings/0x409" "$gadget/configs/c.1" "$gadget/functions/acm.0"
  echo 0x1d6b >"$gadget/idVendor"
  echo 0x0104 >"$gadget/idProduct"
  echo 1 >"$gadget/strings/0x409/serialnumber"
  echo hallward >"$gadget/strings/0x409/manufacturer"
  echo reader >"$gadget/strings/0x409/product"
  ln -s "$gadget/functions/acm.0" "$gadget/configs/c.1/"
  ls /sys/class/udc | head -n 1 >"$gadget/UDC"
  while [ ! -e /dev/ttyGS0 ]; do sleep 0.2; done
  stty -F /dev/ttyGS0 raw -echo
}

# One card, in the reader's frame: docs/badges.md.
tap() {
  sum=$(printf '%02X' $((0x10 ^ 0x00 ^ 0x86 ^ 0xF4 ^ $1)))
  printf '\002100086F4%02X%s\003' "$1" "$sum" >/dev/ttyGS0
}

# Taps once more and waits until the journal has it; what is not read yet is tapped again.
taps=0
TAPS_MAX=120
journalled() {
  tapped=$taps
  before=$(cat /run/journalled)
  while [ "$(cat /run/journalled)" -le "$before" ]; do
    taps=$((taps + 1))
    tap $((taps % 250))
    sleep 1
    [ "$taps" -lt $((tapped + TAPS_MAX)) ] || give_up "nothing is journalled"
  done
}

# Two keys on a chip of the kernel's simulator, and nobody's finger on them.
wire_keys() {
  for module in "/host$(option modules)"/*.ko; do insmod "$module"; done
  chip=/sys/kernel/config/gpio-sim/desk
  mkdir -p "$chip/bank0/line1" "$chip/bank0/line2"
  echo 3 >"$chip/bank0/num_lines"
  echo hallward-desk >"$chip/bank0/label"
  echo 1 >"$chip/live"
  lines="/sys/devices/platform/$(cat "$chip/dev_name")/$(cat "$chip/bank0/chip_name")"
  for line in 1 2; do echo pull-up >"$lines/sim_gpio$line/pull"; done
}

# Holds the pause key until help is called for; a key that nobody watches yet is let go and held again.
HOLDS_MAX=15
assisted() {
  before=$(cat /run/assisted)
  holds=0
  while [ "$(cat /run/assisted)" -le "$before" ]; do
    echo pull-down >"$lines/sim_gpio2/pull"
    for held in 1 2 3 4 5 6 7; do
      sleep 1
      [ "$(cat /run/assisted)" -le "$before" ] || break
    done
    echo pull-up >"$lines/sim_gpio2/pull"
    sleep 0.5
    holds=$((holds + 1))
    [ "$holds" -lt "$HOLDS_MAX" ] || give_up "no key is heard"
  done
}

watch_journal() {
  echo 0 | tee /run/journalled >/run/assisted
  /data/app/current/bin/node "$project/test/kernel/firmware/watch-journal.ts" >/run/said &
}

install_firmware() {
  mkdir /run/unpacked
  mount -t tmpfs -o size=400m tmpfs /run/unpacked
  tar -xzf "/host$(option archive)" -C /run/unpacked --strip-components=1
  say "unpacked $(cut -d' ' -f1 /proc/uptime)"
  sh /run/unpacked/install.sh --controller 127.0.0.1 --sysfs-gpio || give_up "install.sh ended with $?"
  umount /run/unpacked
  say "installed $(cut -d' ' -f1 /proc/uptime)"
}

plug_reader
wire_keys
[ -e /data/app/current ] || install_firmware
active
first=$pid
watch_journal
journalled
if [ "$(option work)" = rehearse ]; then
  say "security $(systemd-analyze security --no-pager "$unit" | tail -n 1)"
  kill -KILL "$first"
  active "$first"
  second=$pid
  journalled
  assisted
  kill -STOP "$second"
  active "$second"
  journalctl --no-pager --unit="$unit" | grep -q "Watchdog timeout" || give_up "no watchdog was seen"
  say "watchdog $(show NRestarts)"
fi
while :; do journalled; done
