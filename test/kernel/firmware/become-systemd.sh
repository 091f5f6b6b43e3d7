# Sourced by the machine's first process: its root is the host's files with the box's own disk above them, and systemd
# takes over. Whatever is written from then on lies on the disk.
mkdir -p /disk /root-of-box
e2fsck -p /dev/vda >/dev/vport0p2 2>&1
mount -t ext4 /dev/vda /disk
mount -t overlay -o lowerdir=/host,upperdir=/disk/upper,workdir=/disk/work overlay /root-of-box
# What the host keeps there is nothing of the box, and much to look through.
mount --bind /disk/var /root-of-box/var
mount -t tmpfs tmp /root-of-box/tmp
mount --bind /disk/units /root-of-box/etc/systemd/system
mount --move /host /root-of-box/host
exec switch_root /root-of-box /usr/lib/systemd/systemd
