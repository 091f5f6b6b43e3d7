import type { ConfigurationFact, Facts } from "./facts.ts";
import { bad, type Finding, note, well } from "./finding.ts";
import { judgeDevice } from "./judge-devices.ts";
import { judgeCertificate, judgeClock, judgeController, judgeDisk } from "./judge-host.ts";
import { judgeChips, judgeHid, judgeSerial, judgeTools, judgeUsb } from "./judge-machine.ts";

/** What to tell a technician of these facts: the machine first, then what the configuration makes of it. */
export function diagnose(facts: Facts): readonly Finding[] {
  const { configuration, clock } = facts;
  const told = configuration.state === "read" ? configuration.told : null;
  const needsGpio = told?.devices.some(({ driver }) => driver === "gpiomon") ?? false;
  const machine = [
    ...judgeSerial(facts),
    ...judgeUsb(facts),
    ...judgeHid(facts),
    ...judgeChips(facts),
    ...judgeTools(facts.tools, needsGpio),
    judgeClock(facts),
  ];
  if (told === null) return [...machine, ...judgeConfiguration(configuration)];
  return [
    ...machine,
    ...judgeConfiguration(configuration),
    ...told.devices.map((device) => judgeDevice(device, facts)),
    judgeDisk(told),
    ...judgeController(told),
    judgeCertificate(told.certificate, clock.nowMs),
  ];
}

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
