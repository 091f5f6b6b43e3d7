/**
 * What these seeds have come to, on every machine that ever played them. Changed only with a note in the commit that
 * says which change of the product, or of the simulated world, has changed them.
 */
export const RECORDED_HASHES: readonly (readonly [seed: number, minutes: number, logHash: string])[] = [
  [1, 20, "973f2a53c2ff111b873262eda758f7e79049676a30994a79987941e17fa33065"],
  [2, 20, "c2e9a2bcf027a6c86ddfa5cf0a6207930e7546d04d1202914738d419fdc99309"],
  [3, 20, "a6301af17bd616c756140b6e91d1bba67750136a62a1f6d3aea0c7bbd8df801e"],
  [5, 30, "9b65c669ebd772376035b5d9b3d558b3e3f803494335a57772d5615a3b30d329"],
  [8, 30, "608f9848d055c5e85088673965c5a225a2c4dd8f581014a169ef148905389e4b"],
  [77, 20, "d977fad98c59e0d91d521ea0ab561902c40d90057bc685e00839057fb0d63eed"],
];
