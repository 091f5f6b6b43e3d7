import { Bug } from "./assert.ts";

/** Closes an exhaustive `switch`: a new variant that nobody handles does not compile. */
export function unreachable(value: never): never {
  throw new Bug(`unreachable: ${JSON.stringify(value)}`);
}
