/**
 * Where V8 has met objects of more than four classes, it looks their fields up in a table; there
 * are eleven classes of values. Workers start with this option, and then all threads have it; to set it costs a null
 * build 2 ms, for nothing.
 */
export const MANY_CLASSES = '--max-valid-polymorphic-map-count=12';
