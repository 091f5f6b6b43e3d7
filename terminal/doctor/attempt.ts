/** What a look at the machine gave, or else what stands for "not seen": the doctor never fails for a missing thing. */
export function glance<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}

export async function attempt<T>(look: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await look();
  } catch {
    return otherwise;
  }
}
