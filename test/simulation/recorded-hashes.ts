/**
 * What these seeds have come to, on every machine that ever played them. Changed only with a note in the commit that
 * says which change of the product, or of the simulated world, has changed them.
 */
export const RECORDED_HASHES: readonly (readonly [seed: number, minutes: number, logHash: string])[] = [
  [1, 20, "01ce8082fe44cb6c8e9a26a0a1740dd26ac993ea47fe8b9d2fe3f0cf74b07308"],
  [2, 20, "957406d17cb0760702c6aa72ffa8abad8572711ccc4cefd63ec4e759e1074344"],
  [3, 20, "95938efca487372c1cbe34163663c0db754edaf7044d58c94917ec483c1c17af"],
  [5, 30, "d3ccbffcd06697d3ad8ca91f173c74ede5ee2157ba94d3b17e01a66a73cfbc44"],
  [8, 30, "a4aca1871613ad52a8d3a208d27f4d147060b62e79ee9853132058e68e5dad91"],
  [77, 20, "3b978853d7658a47b96586820611bd4b58d555d057631b7afb757fbe82bd2e3c"],
];
