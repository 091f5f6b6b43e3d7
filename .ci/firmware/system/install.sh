#!/bin/sh
# Installs or updates the terminal on this box. As root, from the unpacked archive:
#
#     ./install.sh [--controller ADDRESS]... [--sysfs-gpio] [--no-start]
#
# The firmware goes to /data/app/COMMIT, and /data/app/current is turned to it at the end in one step: whenever the power
# fails, one whole firmware is there. The one before it is kept. With --controller, nobody else on the network can be
# spoken to. With --sysfs-gpio, the driver onoff may write below /sys; gpiomon needs nothing of it.
set -eu
cd "$(dirname "$0")"
app=/data/app
units=/etc/systemd/system
keep=2

fail() { echo "install.sh: $*" >&2; exit 1; }
word() { sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p" firmware.json; }

addresses=
sysfs=no
start=yes
while [ $# -gt 0 ]; do
  case $1 in
    --controller) [ $# -gt 1 ] || fail "--controller needs an address"; addresses="$addresses $2"; shift 2 ;;
    --sysfs-gpio) sysfs=yes; shift ;;
    --no-start) start=no; shift ;;
    *) fail "unknown: $1" ;;
  esac
done

[ "$(id -u)" -eq 0 ] || fail "must be run as root"
case $(uname -m) in x86_64) machine=x64 ;; aarch64) machine=arm64 ;; *) machine=$(uname -m) ;; esac
[ "$(word architecture)" = "$machine" ] || fail "this firmware is for $(word architecture), this box is $machine"
sha256sum --check --quiet --strict SHA256SUMS || fail "the archive is damaged"
for tool in systemctl systemd-notify systemd-sysusers systemd-tmpfiles udevadm setpriv; do
  command -v "$tool" >/dev/null || fail "$tool is not installed"
done

install -D -m 644 sysusers.conf /etc/sysusers.d/hallward.conf
install -D -m 644 tmpfiles.conf /etc/tmpfiles.d/hallward.conf
install -D -m 644 modules-load.conf /etc/modules-load.d/hallward.conf
install -D -m 644 udev.rules /etc/udev/rules.d/70-hallward.rules
systemd-sysusers /etc/sysusers.d/hallward.conf
systemd-tmpfiles --create /etc/tmpfiles.d/hallward.conf

commit=$(word commit)
if [ ! -d "$app/$commit" ]; then
  draft="$app/draft.$commit"
  rm -rf "$draft"
  mkdir "$draft"
  cp -R bin lib firmware.json sbom.cdx.json LICENSE LICENSE-node SHA256SUMS "$draft"
  sync -f "$app"
  mv "$draft" "$app/$commit"
fi

for unit in hallward-terminal.service hallward-terminal.path; do install -D -m 644 "$unit" "$units/$unit"; done
dropin=$units/hallward-terminal.service.d/controller.conf
if [ -n "$addresses" ]; then
  mkdir -p "${dropin%/*}"
  { echo "[Service]"; echo "IPAddressDeny=any"; for address in $addresses; do echo "IPAddressAllow=$address"; done; } >"$dropin"
else
  rm -f "$dropin"
fi

dropin=$units/hallward-terminal.service.d/sysfs-gpio.conf
rules=/etc/udev/rules.d/71-hallward-sysfs-gpio.rules
if [ "$sysfs" = yes ]; then
  install -D -m 644 sysfs-gpio.conf "$dropin"
  install -D -m 644 sysfs-gpio.rules "$rules"
else
  rm -f "$dropin" "$rules"
fi

ln -s "$commit" "$app/next.$$"
mv -T "$app/next.$$" "$app/current"
# Newest first; the current one stays whatever its age.
touch "$app/$commit"
ls -1dt "$app"/*/ | grep -v '/current/$' | tail -n +$((keep + 1)) | while read -r old; do rm -rf "$old"; done
sync -f "$app"
sync -f "$units"

systemctl daemon-reload
udevadm control --reload
udevadm trigger --subsystem-match=tty --subsystem-match=gpio --subsystem-match=hidraw --subsystem-match=usb
systemctl restart systemd-modules-load.service || true # A box may have a driver built in, or not at all.
systemctl enable --quiet hallward-terminal.service hallward-terminal.path
[ "$start" = no ] || systemctl restart --no-block hallward-terminal.service hallward-terminal.path
echo "installed $(word version) $commit"
