import { z } from "zod";

/** The keys that objects at `path` of `schema` may have, from every alternative that is possible there. */
export const keysAt = (schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] => {
  let places: readonly z.core.$ZodType[] = [schema];
  for (const step of path) places = places.flatMap((place) => childrenOf(place, step));
  return [...new Set(places.flatMap(objectsIn).flatMap((object) => Object.keys(object.shape)))];
};

const childrenOf = (place: z.core.$ZodType, step: PropertyKey): readonly z.core.$ZodType[] =>
  unwrapped(place).flatMap((inner) => {
    if (inner instanceof z.ZodObject) {
      const child: unknown = inner.shape[String(step)];
      return child instanceof z.core.$ZodType ? [child] : [];
    }
    if (inner instanceof z.ZodArray) return [inner.element];
    return inner instanceof z.ZodRecord ? [inner.valueType] : [];
  });

const objectsIn = (place: z.core.$ZodType): readonly z.ZodObject[] =>
  unwrapped(place).filter((inner) => inner instanceof z.ZodObject);

/** The schema behind defaults, options and refinements; for a union every alternative. */
function unwrapped(place: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (place instanceof z.ZodUnion) return place.options.flatMap(unwrapped);
  if (place instanceof z.ZodPipe) return unwrapped(place.in);
  if (
    place instanceof z.ZodOptional ||
    place instanceof z.ZodNullable ||
    place instanceof z.ZodDefault ||
    place instanceof z.ZodPrefault ||
    place instanceof z.ZodReadonly
  ) {
    return unwrapped(place.unwrap());
  }
  return [place];
}
