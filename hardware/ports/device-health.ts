/** What a device says of itself. `fault` names one from the driver's documented list, lower-case and stable. */
export type DeviceHealth = { readonly state: "ok" } | { readonly state: "fault"; readonly fault: string };
