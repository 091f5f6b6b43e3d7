/**
 * What these seeds have come to, on every machine that ever played them. Changed only with a note in the commit that
 * says which change of the product, or of the simulated world, has changed them.
 */
export const RECORDED_HASHES: readonly (readonly [seed: number, minutes: number, logHash: string])[] = [
  [1, 20, "373a52964406adbd0e5ac02b568a7710afeae10d6928bd070c282b7116f15209"],
  [2, 20, "5c41dc679c0f34a527248a2946b7a68f649e0910b98b3c4ef646c5f7a5d9e1cd"],
  [3, 20, "d832efd5b2f52850f1ae6d7554b5dc67fb3eea8f0549c9e85635f6b8087715b7"],
  [5, 30, "31549b3ab62cd7bcbc09c35825d9fbce4d6e5e634dbdf174ca7ca8a771c311a7"],
  [8, 30, "4848f43c6f90ff701eab5dc9c4416b6f0adc56c9ea554c02fd3b1b81802f08b6"],
  [77, 20, "0c4ab8fc556c0c4a0addef0ce772275c5d70b0519ccc2daf5cc1dc62780860e2"],
];
