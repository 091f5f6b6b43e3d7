/**
 * What these seeds have come to, on every machine that ever played them. Changed only with a note in the commit that
 * says which change of the product, or of the simulated world, has changed them.
 */
export const RECORDED_HASHES: readonly (readonly [seed: number, minutes: number, logHash: string])[] = [
  [1, 20, "07f14a65026cd1b02d4bb1080aaeced95f6405092ac4be64b86ada9144996dd8"],
  [2, 20, "c2e9a2bcf027a6c86ddfa5cf0a6207930e7546d04d1202914738d419fdc99309"],
  [3, 20, "a06c31077754f2b4fdea6adc23d786d2c9933bb9f4f5ad6a104780adeb9b5f67"],
  [5, 30, "363638a10126cbe626937cc949cee4f08f714a579c36bd9ee09e3f95993ef949"],
  [8, 30, "608f9848d055c5e85088673965c5a225a2c4dd8f581014a169ef148905389e4b"],
  [77, 20, "d977fad98c59e0d91d521ea0ab561902c40d90057bc685e00839057fb0d63eed"],
];
