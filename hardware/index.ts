export * from "./ports/badge-reader.ts";
export * from "./ports/button-panel.ts";
export * from "./ports/byte-link.ts";
export * from "./ports/counter-devices.ts";
export * from "./ports/device-health.ts";
export * from "./ports/nameplate.ts";
export * from "./ports/rating-keypad.ts";
