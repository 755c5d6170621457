/** Keeps other processes from the work on a subject. */

/**
 * Resolves when no other process works on the subject, and none will begin; with true if others could have done so until
 * now.
 */
export type Claim = () => Promise<boolean>;
