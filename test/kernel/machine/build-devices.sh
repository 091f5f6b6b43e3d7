#!/usr/bin/env bash
# build-devices.sh: makes the initramfs of the machine whose devices do not exist, and prints the directory it is in
# (devices.gz, beside it the kernel's vmlinux). In it: the kernel's simulated USB controllers and HID devices; gpio-sim,
# which the distribution's kernel leaves out, built from the distribution's own sources of it; the tools of libgpiod 2,
# which only the distribution's backports have. Everything is checked against the package lists' SHA-256 and kept by it.
. "$(dirname "${BASH_SOURCE[0]}")/build.sh"
shopt -s inherit_errexit

MACHINE_MODULES=(virtio_pci virtio_console virtio-rng configfs uhid hid-generic usbhid evdev dummy_hcd libcomposite
  usb_f_acm usb_f_hid cdc-acm)
GPIO_TOOLS=(gpiod libgpiod3)
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

newest() { # newest <package>: fetched; prints the file.
  local sum
  sum=$(checksum_of "$1" 2>/dev/null || true)
  if [ -z "$sum" ] || ! fetch "$1" "$sum"; then # The lists may be older than what the mirror still has.
    read_lists
    sum=$(checksum_of "$1" 2>/dev/null || true)
    [ -n "$sum" ] || { say "$1 is not offered by the package lists"; return 1; }
    fetch "$1" "$sum" || return 1
  fi
  echo "$cache/$sum.deb"
}

# Lists of the backports, kept apart from the system's, whose mirror and keyring they are read with.
backports() { # backports <command...>
  local mirror
  if [ ! -f "$cache/backports/apt.conf" ]; then
    mkdir -p "$cache/backports/lists/partial"
    mirror=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' | awk '$1 == "bookworm" && !n++ { print $2 }')
    [ -n "$mirror" ] || { say "the package lists know no bookworm"; return 1; }
    echo "deb [signed-by=$KEYRING] $mirror bookworm-backports main" >"$cache/backports/sources.list"
    cat >"$cache/backports/apt.conf" <<EOF
Dir::Etc::sourcelist "$cache/backports/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State::lists "$cache/backports/lists";
Dir::Cache "$cache/backports";
EOF
  fi
  APT_CONFIG="$cache/backports/apt.conf" "$@"
}

# Three files of the kernel's sources. tar stops reading when it has them, so what feeds it may end in a broken pipe.
take_sources() { # take_sources <linux-source.deb> <target directory>
  local tree=linux-source-6.1
  local files=("$tree/drivers/gpio/gpio-sim.c" "$tree/drivers/gpio/gpiolib.h" "$tree/kernel/irq/irq_sim.c")
  { dpkg-deb --fsys-tarfile "$1" | tar -xO "./usr/src/$tree.tar.xz" | xz -dc |
    tar -x -C "$work" --occurrence=1 "${files[@]}"; } 2>/dev/null || true
  mkdir -p "$2"
  (cd "$work" && cp "${files[@]}" "$2")
}

# irq_sim is no module upstream: it says its licence, and finds an interrupt by the function that modules may call.
build_gpio_sim() { # build_gpio_sim <release>
  local headers="$work/headers/usr/src/linux-headers-$1" sources="$work/gpio-sim" package file
  for package in "linux-headers-$1" "linux-headers-${1%-amd64}-common" linux-kbuild-6.1; do
    file=$(newest "$package")
    dpkg-deb -x "$file" "$work/headers"
  done
  take_sources "$(newest linux-source-6.1)" "$sources"
  sed -i -e 's/irq_to_desc(\([^)]*\))/irq_data_to_desc(irq_get_irq_data(\1))/' \
    -e 's/^#include <linux\/irq_sim.h>/#include <linux\/module.h>\n#include <linux\/irqdesc.h>\n&/' "$sources/irq_sim.c"
  echo 'MODULE_LICENSE("GPL");' >>"$sources/irq_sim.c"
  echo 'obj-m := irq_sim.o gpio-sim.o' >"$sources/Kbuild"
  sed -i "s#/usr/src#$work/headers/usr/src#" "$headers/Makefile"
  make -s -C "$headers" M="$sources" modules >"$work/make.log" 2>&1 || { cat "$work/make.log" >&2; return 1; }
  strip --strip-debug "$sources"/*.ko
}

build_devices() { # build_devices <kernel directory> <target directory>
  local kernel=$1 release package file root
  release=$(cat "$kernel/release")
  work=$(mktemp -d "$cache/work.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  root="$work/root"
  mkdir -p "$root"/{bin,dev,proc,sys,tmp,run} "$work/made"
  cp "$(command -v busybox)" "$root/bin/busybox"
  ln -s busybox "$root/bin/sh"
  install -m 755 "$here/devices-init" "$root/init"
  package=$(echo "$cache/$(basename "$kernel" | cut -d- -f1)"*.deb)
  dpkg-deb -x "$package" "$work/deb"
  depmod -b "$work/deb" "$release"
  copy_modules "$work/deb" "$release" "$root/modules" "${MACHINE_MODULES[@]}"
  build_gpio_sim "$release"
  cp "$work/gpio-sim/irq_sim.ko" "$root/modules/900_irq_sim.ko"
  cp "$work/gpio-sim/gpio-sim.ko" "$root/modules/901_gpio-sim.ko"
  for package in "${GPIO_TOOLS[@]}"; do
    file=$(backports newest "$package")
    dpkg-deb -x "$file" "$root"
  done
  rm -rf "$root/usr/share"
  (cd "$root" && find . | cpio --create --format=newc --quiet | gzip -1) >"$work/made/devices.gz"
  ln "$kernel/vmlinux" "$work/made/vmlinux"
  mv -T "$work/made" "$2" 2>/dev/null || [ -f "$2/devices.gz" ] # Another run may have been first.
}

main_devices() {
  local kernel scripts made
  kernel=$(main)
  scripts=$(cat "$here/build-devices.sh" "$here/devices-init" | sha256sum | head -c 16)
  made="$cache/devices-$(basename "$kernel" | cut -d- -f1)-$scripts"
  [ -f "$made/devices.gz" ] || build_devices "$kernel" "$made"
  echo "$made"
}

main_devices
