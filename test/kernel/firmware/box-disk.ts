import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { PROJECT } from "../machine/virtual-machine.ts";

export const TERMINAL = "t001";
/** As udev names the reader that rehearsal.sh plugs in. */
const READER = "/dev/serial/by-id/usb-hallward_reader_1-if00";
/** Two keys on a chip that rehearsal.sh makes, taken through sysfs: the way that needs most of the unit. */
const BUTTONS = {
  driver: "onoff",
  chip: "hallward-desk",
  offsets: { "call-button": 1, "pause-button": 2 },
  buttons: { call: "call-button", pause: "pause-button" },
};
/** Runs from the start of every boot, after the product's own units. */
const REHEARSAL = `[Unit]
Description=The technician, the reader and fate
After=multi-user.target
[Service]
ExecStart=/bin/sh /host${PROJECT}/test/kernel/firmware/rehearsal.sh
[Install]
WantedBy=multi-user.target
`;
/** Nobody is in a hurry on a machine without KVM: how long a start takes is not what is tested. */
const PATIENT = "[Service]\nTimeoutStartSec=infinity\n";
/** What a system boots of the host's that has no place in a box. */
const MASKED = `
  dbus.service dbus.socket systemd-logind.service getty.target systemd-user-sessions.service
  systemd-update-utmp.service systemd-update-utmp-runlevel.service systemd-firstboot.service
  systemd-hwdb-update.service systemd-journal-catalog-update.service ldconfig.service systemd-repart.service
  systemd-binfmt.service systemd-machine-id-commit.service kmod-static-nodes.service
  systemd-update-done.service systemd-remount-fs.service remote-fs.target networking.service
`;
const GENERATORS = ["fstab", "getty", "gpt-auto", "sysv", "cryptsetup", "rc-local", "hibernate-resume", "veritysetup"];

/** Lays out `root` as the disk of a box: what is written over the host's files, and a terminal's identity. */
export function layOutDisk(root: string, identity: string): void {
  const upper = join(root, "upper");
  const write = (path: string, text: string): void => {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
  };
  mkdirSync(join(root, "work"), { recursive: true });
  for (const folder of ["host", "root-of-box"]) mkdirSync(join(upper, folder), { recursive: true });
  cpSync(identity, join(root, "var/lib/hallward"), { recursive: true });
  const config = {
    hall: "bench",
    terminal: TERMINAL,
    controller: { host: "127.0.0.1", mqttPort: 8883 },
    directory: "/var/lib/hallward",
    devices: { badgeReader: { driver: "rdm6300", path: READER }, buttons: BUTTONS },
  };
  write(join(upper, "etc/hallward/terminal.yaml"), stringify(config));
  const generators = join(upper, "etc/systemd/system-generators");
  mkdirSync(generators, { recursive: true });
  for (const name of GENERATORS) symlinkSync("/dev/null", join(generators, `systemd-${name}-generator`));
  const units = join(root, "units");
  write(join(units, "rehearsal.service"), REHEARSAL);
  write(join(units, "hallward-terminal.service.d/patient.conf"), PATIENT);
  mkdirSync(join(units, "multi-user.target.wants"));
  symlinkSync("../rehearsal.service", join(units, "multi-user.target.wants/rehearsal.service"));
  for (const name of MASKED.trim().split(/\s+/u)) symlinkSync("/dev/null", join(units, name));
}
