/**
 * What these seeds have come to, on every machine that ever played them. Changed only with a note in the commit that
 * says which change of the product, or of the simulated world, has changed them.
 */
export const RECORDED_HASHES: readonly (readonly [seed: number, minutes: number, logHash: string])[] = [
  [1, 20, "2c338b69dfe15a2db1fee25a89f159238aec8d207ef2d4e251b9d51b82c73330"],
  [2, 20, "76cfd768c9b0039c319c411f178c75c7aa1f74c5177ade24db3957678652a19a"],
  [3, 20, "d832efd5b2f52850f1ae6d7554b5dc67fb3eea8f0549c9e85635f6b8087715b7"],
  [5, 30, "e7fc8927031a681f07e6884c77337d478435e464e8bafc4b93e181b3c39301d4"],
  [8, 30, "4848f43c6f90ff701eab5dc9c4416b6f0adc56c9ea554c02fd3b1b81802f08b6"],
  [77, 20, "ddadbe86347506782ac275486168873500a527ca3e4cbd26c5f6be5a6702f79f"],
];
