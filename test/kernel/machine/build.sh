#!/usr/bin/env bash
# build.sh: makes the virtual machine's kernel and initramfs, and prints the directory they are in (vmlinux, initrd.gz,
# release). The kernel is the distribution's newest 6.1 as the package lists offer it; what was made once from the same
# package and the same scripts is used again. Needs no root when the package lists are there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache="$(cd "$here/../../.." && pwd)/.build/kernel"
mkdir -p "$cache"
exec {lock}>"$cache/lock" # Two test files may want the same at the same time: the second finds it made.
flock "$lock"

# Loaded at every boot: the disk, the host's files, the channels.
BASE_MODULES=(virtio_pci virtio_blk virtio_console virtio-rng crc32c_generic crc32c-intel ext4 9pnet_virtio 9p overlay)
# For a box with systemd (become=systemd): a USB reader plugged into a simulated controller.
BOX_MODULES=(configfs dummy_hcd libcomposite usb_f_acm cdc-acm hid-generic)

say() { echo "build.sh: $*" >&2; }

kernel_package() { # the one the meta package stands for now; nothing when the lists do not know it
  { apt-cache depends linux-image-amd64 2>/dev/null || true; } |
    awk '$1 == "Depends:" && $2 ~ /^linux-image-6\.1\./ && !n++ { print $2 }'
}
checksum_of() { apt-cache show --no-all-versions "$1" | awk '$1 == "SHA256:" && !n++ { print $2 }'; }
read_lists() { quietly apt-get -o DPkg::Lock::Timeout=120 update; }

quietly() { # What failed is said without the addresses it was fetched from.
  local said
  said=$("$@" 2>&1) || { sed -E 's#[a-z]+://[^ ]+#<address>#g' <<<"$said" >&2; return 1; }
}

# fetch <package> <directory>: its .deb, checked against the list's checksum, into the cache.
fetch() {
  local package=$1 sum=$2 draft
  [ -f "$cache/$sum.deb" ] && echo "$sum  $cache/$sum.deb" | sha256sum --check --status && return 0
  draft=$(mktemp -d "$cache/fetch.XXXXXX")
  (cd "$draft" && quietly apt-get download "$package") &&
    echo "$sum  $(echo "$draft"/*.deb)" | sha256sum --check --status && mv "$draft"/*.deb "$cache/$sum.deb"
  rm -rf "$draft"
  [ -f "$cache/$sum.deb" ] || { say "$package cannot be had, or its checksum is wrong"; return 1; }
}

# The boot image is a small loader around a compressed kernel; without the loader it boots in a third of the time. Where
# the payload lies stands in the image's header (Documentation/arch/x86/boot.rst: setup_sects, payload_offset, _length).
unpack_kernel() { # unpack_kernel <vmlinuz> <vmlinux>
  local sectors offset length start
  sectors=$(od -An -tu1 -j $((0x1f1)) -N1 "$1")
  offset=$(od -An -tu4 -j $((0x248)) -N4 "$1")
  length=$(od -An -tu4 -j $((0x24c)) -N4 "$1")
  start=$(((sectors + 1) * 512 + offset))
  # The payload's last four bytes are the unpacked size, not part of the stream.
  head -c $((start + length - 4)) "$1" | tail -c +$((start + 1)) | xz -dc >"$2"
}

# copy_modules <unpacked package> <release> <target directory> <module...>: in the order of their dependencies.
copy_modules() {
  local root=$1 release=$2 target=$3 number=0 module
  shift 3
  mkdir -p "$target"
  while read -r module; do
    number=$((number + 1))
    cp "$module" "$target/$(printf %03d $number)_$(basename "$module")"
  done < <(modprobe -d "$root" -S "$release" -D -a "$@" | awk '$1 == "insmod" && !seen[$2]++ { print $2 }')
}

build() { # build <package.deb> <target directory>
  local release root # not work: the trap needs it
  work=$(mktemp -d "$cache/work.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  dpkg-deb -x "$1" "$work/deb"
  release=$(basename "$work"/deb/lib/modules/*)
  depmod -b "$work/deb" "$release"
  root="$work/root"
  mkdir -p "$root"/{bin,dev,proc,sys,tmp,host}
  cp "$(command -v busybox)" "$root/bin/busybox"
  ln -s busybox "$root/bin/sh"
  install -m 755 "$here/init" "$root/init"
  copy_modules "$work/deb" "$release" "$root/modules/base" "${BASE_MODULES[@]}"
  copy_modules "$work/deb" "$release" "$root/modules/box" "${BOX_MODULES[@]}"
  mkdir "$work/made"
  (cd "$root" && find . | cpio --create --format=newc --quiet | gzip -1) >"$work/made/initrd.gz"
  unpack_kernel "$work/deb/boot/vmlinuz-$release" "$work/made/vmlinux"
  echo "$release" >"$work/made/release"
  mv -T "$work/made" "$2" 2>/dev/null || [ -f "$2/release" ] # Another run may have been first.
}

main() {
  local package sum scripts made
  package=$(kernel_package)
  if [ -z "$package" ]; then
    read_lists
    package=$(kernel_package)
  fi
  [ -n "$package" ] || { say "no linux-image-6.1 is offered by the package lists"; exit 1; }
  sum=$(checksum_of "$package")
  if ! fetch "$package" "$sum"; then # The lists may be older than what the mirror still has.
    read_lists
    package=$(kernel_package)
    sum=$(checksum_of "$package")
    fetch "$package" "$sum"
  fi
  scripts=$(cat "$here/build.sh" "$here/init" | sha256sum | head -c 16)
  made="$cache/${sum:0:16}-$scripts"
  [ -f "$made/release" ] || build "$cache/$sum.deb" "$made"
  echo "$made"
}

[ "${BASH_SOURCE[0]}" != "$0" ] || main # build-devices.sh has use for its parts.
