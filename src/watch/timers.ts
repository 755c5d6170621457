/** Time as a watch sees it; tests give one that moves when told to. */
export interface Timers {
  /** Milliseconds from any fixed moment, never going back. */
  now(): number;
  /** Calls `action` once after so many milliseconds, unless the returned function is called before. */
  after(milliseconds: number, action: () => void): () => void;
}

export const systemTimers: Timers = {
  now: () => performance.now(),
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};
