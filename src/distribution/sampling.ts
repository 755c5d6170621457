/** Chooses which answers are compared with a local evaluation: the first of every worker, then an even share. */

export class Sampling {
  /** By worker: when it reaches 1, the next answer is chosen. */
  private readonly due = new Map<string, number>();

  /** `share`: 0 for none, 1 for all. */
  constructor(private readonly share: number) {}

  takes(worker: string): boolean {
    if (this.share <= 0) return false;
    const due = this.due.get(worker) ?? 1;
    const taken = due >= 1;
    this.due.set(worker, due + this.share - (taken ? 1 : 0));
    return taken;
  }
}
