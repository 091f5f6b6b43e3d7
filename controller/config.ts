import { isIP } from "node:net";
import { z } from "zod";
import { LogLevel, TracesConfiguration } from "../protocol/index.ts";
import { faultLine, placeOf, policyFaults } from "./adapters/policies/hall-policy.ts";
import { HallConfiguration } from "./core/configuration.ts";

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/u;

const Host = z
  .string()
  .refine((text) => isIP(text) !== 0 || HOST_NAME.test(text), "an IP address, or a host name in lower case");
const Port = z.int().min(0).max(65_535); // 0: any free one.
const BrokerPort = z.int().min(1).max(65_535);
const LOOPBACK = "127.0.0.1";
const NAMES_MAX = 16;

const ExternalBrokerAddress = z.strictObject({ host: Host.default(LOOPBACK), port: BrokerPort.default(8883) });
export type ExternalBrokerAddress = z.infer<typeof ExternalBrokerAddress>;

/** A controller's configuration file. Unknown keys are refused. */
export const ControllerConfiguration = z
  .strictObject({
    /** Where the hall's log and keys are kept; relative to the file. */
    directory: z.string().min(1),
    /** Names and addresses under which terminals and browsers reach the controller, besides localhost and 127.0.0.1. */
    names: z.array(Host).max(NAMES_MAX).default([]),
    /** Pages and API. Not encrypted: beyond the loopback it belongs behind a proxy that is. */
    http: z
      .strictObject({
        host: Host.default(LOOPBACK),
        port: Port.default(8080),
        /** Proxies whose word about the browser's address and TLS is taken: without them all browsers count as one. */
        trustedProxies: z
          .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))
          .max(NAMES_MAX)
          .default([]),
      })
      .prefault({}),
    /** Terminals, with mutual TLS. */
    mqtt: z.strictObject({ host: Host.default(LOOPBACK), port: Port.default(8883) }).prefault({}),
    /**
     * A broker outside the controller, by the name its certificate bears. With it the controller has none of its own,
     * and `mqtt` means nothing.
     */
    externalBroker: ExternalBrokerAddress.optional(),
    logLevel: LogLevel.default("info"),
    /** Where the time of each input went is told there. Default: nowhere. */
    traces: TracesConfiguration.optional(),
    /**
     * What a controller does whose clock stands before its log was last written. By itself it goes on, says so, and is
     * late with nobody: boxes without a battery wake so every morning. "refuse": it does not start.
     */
    clockBehind: z.enum(["go-on", "refuse"]).default("go-on"),
    hall: HallConfiguration,
  })
  .superRefine(({ hall }, context) => {
    if (hall.attendance === undefined) return;
    for (const fault of policyFaults(hall.attendance, hall.appointments)) {
      context.addIssue({ code: "custom", path: placeOf(fault), message: faultLine(fault) });
    }
  });
export type ControllerConfiguration = z.infer<typeof ControllerConfiguration>;
