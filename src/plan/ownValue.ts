/** Reading parsed JSON, whose prototype has names of its own. */

/** What an object itself holds under `key`; undefined for what it only inherits. */
export function ownValue(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;
}

/**
 * As {@link ownValue}, with the key known beforehand: only keys that every object inherits need the check. Objects
 * must have no prototype but `Object.prototype`.
 */
export function keyReader(key: string): (object: object) => unknown {
  if (key in Object.prototype) return (object) => ownValue(object, key);
  return (object) => (object as Record<string, unknown>)[key];
}

/** True for objects that are neither lists nor of a class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
