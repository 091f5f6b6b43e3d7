import type { ConfigurationFact, DeviceFact, Facts } from "./facts.ts";
import { bad, type Finding, type FindingCode, note, well } from "./finding.ts";
import { judgeAnswer } from "./judge-answers.ts";
import { judgeDevice } from "./judge-devices.ts";
import type { DeviceAnswer } from "./probe-devices.ts";
import { judgeCertificate, judgeClock, judgeController, judgeDisk } from "./judge-host.ts";
import { judgeChips, judgeHid, judgeSerial, judgeTools, judgeUsb } from "./judge-machine.ts";
import { judgeUdev } from "./judge-udev.ts";

/** What to tell a technician of these facts: the machine first, then what the configuration makes of it. */
export function diagnose(facts: Facts, answers: readonly DeviceAnswer[] = []): readonly Finding[] {
  const { configuration, clock } = facts;
  const told = configuration.state === "read" ? configuration.told : null;
  const needsGpio = told?.devices.some(({ driver }) => driver === "gpiomon") ?? false;
  const needsUdev = told?.devices.some(({ place }) => place.kind === "usb" && place.through === "libusb") ?? false;
  const machine = [
    ...judgeSerial(facts),
    ...judgeUsb(facts),
    ...judgeHid(facts),
    ...judgeChips(facts),
    ...judgeTools(facts.tools, needsGpio),
    ...judgeUdev(facts.udev, needsUdev),
    judgeClock(facts),
  ];
  if (told === null) return [...machine, ...judgeConfiguration(configuration)];
  return [
    ...machine,
    ...judgeConfiguration(configuration),
    ...told.devices.map((device) => judgeDevice(device, facts)),
    ...told.devices.flatMap((device) => answerOf(device, facts, answers)),
    judgeDisk(told),
    ...judgeController(told),
    judgeCertificate(told.certificate, clock.nowMs),
  ];
}

/** What is not there, or not ours to open, has been told once already. */
function answerOf(device: DeviceFact, facts: Facts, answers: readonly DeviceAnswer[]): readonly Finding[] {
  const answer = answers.find((given) => given.device === device.device);
  const isOpenable = !CLOSED.has(judgeDevice(device, facts).code) && device.place.kind !== "file";
  return answer === undefined || !isOpenable ? [] : [judgeAnswer(answer, device.driver)];
}

const CLOSED: ReadonlySet<FindingCode> = new Set(["DEVICE_MISSING", "DEVICE_DENIED"]);

function judgeConfiguration(configuration: ConfigurationFact): readonly Finding[] {
  switch (configuration.state) {
    case "none":
      return [
        note(
          "CONFIG_NONE",
          "没有给出终端配置：加 --config FILE 一并检查",
          "no configuration was given: --config FILE checks it too",
        ),
      ];
    case "read":
      return [well("CONFIG_OK", `配置 ${configuration.file}`, `configuration ${configuration.file}`)];
    case "refused":
      return configuration.reasons.map((reason) =>
        bad(
          "CONFIG_REFUSED",
          { zh: `配置有误：${reason}`, en: `the configuration is refused: ${reason}` },
          { zh: "按提示修改后再运行", en: "mend it as it says, and run again" },
        ),
      );
  }
}

export const isWell = (findings: readonly Finding[]): boolean => findings.every(({ state }) => state !== "bad");
