import type { UdevFact } from "./facts.ts";
import type { Machine } from "./machine.ts";

/** systemd's, and eudev's. */
const PROCESS_NAMES = ["systemd-udevd", "udevd"];
const PROGRAMS = ["/usr/lib/systemd/systemd-udevd", "/lib/systemd/systemd-udevd", "/usr/sbin/udevd", "/sbin/udevd"];
/** udevd's own socket: libudev, and so libusb, listens to nothing where it is not. */
const CONTROL = "/run/udev/control";

export function udevFact(machine: Machine): UdevFact {
  if (isRunning(machine)) return "running";
  return PROGRAMS.some((program) => machine.access(program) !== "absent") ? "stopped" : "missing";
}

/** The socket outlives a udevd that was killed, so its process decides; where others' are hidden, the socket does. */
function isRunning(machine: Machine): boolean {
  if (machine.access(CONTROL) === "absent") return false;
  const nameOf = (id: string): string | null => machine.readText(`/proc/${id}/comm`);
  if (nameOf("1") === null) return true;
  const ids = machine.list("/proc").filter((name) => /^\d+$/u.test(name));
  return ids.some((id) => PROCESS_NAMES.includes(nameOf(id)?.trim() ?? ""));
}
