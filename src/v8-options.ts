/** Options that are set with the first worker. V8 takes stored code only under the options under which it was stored. */

/**
 * Where V8 has met objects of more than four classes, it looks their fields up in a table; there are eleven classes of
 * values. All threads have the option then. To set it costs a null build 2 ms, for nothing.
 */
export const MANY_CLASSES = '--max-valid-polymorphic-map-count=12';

/**
 * Workers have all of their space for new objects from the beginning (megabytes, half of the space): a long build stops
 * the growth of this space for all threads, for the sake of the main thread.
 */
export const FULL_YOUNG_SPACE = '--min-semi-space-size=16';
