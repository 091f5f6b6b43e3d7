import type { Lock } from "./packages.ts";

export interface FirmwareName {
  readonly name: string;
  readonly version: string;
}

/**
 * CycloneDX 1.5, JSON: the packages that are in the archive, whole or bundled, as package-lock.json pins them. Without
 * a serial number and a time, so that it hangs on the commit alone. (`npm sbom` refuses a tree in which a package asks
 * for the "latest" of another, as johnny-five does.)
 */
export function billOfMaterials(firmware: FirmwareName, lock: Lock, places: readonly string[]): string {
  const components = places.map((place) => componentOf(lock, place));
  const unique = [...new Map(components.map((component) => [component["bom-ref"], component])).values()];
  const sorted = unique.toSorted((left, right) => (left["bom-ref"] < right["bom-ref"] ? -1 : 1));
  const whole = { type: "firmware", "bom-ref": `${firmware.name}@${firmware.version}`, ...firmware };
  const bill = {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: { component: whole },
    components: sorted,
    dependencies: [{ ref: whole["bom-ref"], dependsOn: sorted.map((component) => component["bom-ref"]) }],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

function componentOf(lock: Lock, place: string) {
  const name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
  const { version = "", integrity, license } = lock[place] ?? {};
  const purl = `pkg:npm/${name.replace(/^@/u, "%40")}@${version}`;
  const content =
    integrity === undefined ? null : Buffer.from(integrity.replace(/^sha512-/u, ""), "base64").toString("hex");
  return {
    type: "library",
    "bom-ref": purl,
    name,
    version,
    purl,
    ...(content !== null && { hashes: [{ alg: "SHA-512", content }] }),
    ...(license !== undefined && { licenses: [{ expression: license }] }),
  };
}
