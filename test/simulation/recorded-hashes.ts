/**
 * What these seeds have come to, on every machine that ever played them. Changed only with a note in the commit that
 * says which change of the product, or of the simulated world, has changed them.
 */
export const RECORDED_HASHES: readonly (readonly [seed: number, minutes: number, logHash: string])[] = [
  [1, 20, "01ce8082fe44cb6c8e9a26a0a1740dd26ac993ea47fe8b9d2fe3f0cf74b07308"],
  [2, 20, "2d0bbe46c536823b782137f3e0fa26533738b8128e1cdb5c12970344eaed92f9"],
  [3, 20, "95938efca487372c1cbe34163663c0db754edaf7044d58c94917ec483c1c17af"],
  [5, 30, "81c8ee9442ba517cceda46aa2903f8f88c57f4069406efd2a831026eaba1e4b3"],
  [8, 30, "a4aca1871613ad52a8d3a208d27f4d147060b62e79ee9853132058e68e5dad91"],
  [77, 20, "3b978853d7658a47b96586820611bd4b58d555d057631b7afb757fbe82bd2e3c"],
];
