/**
 * The outlets of a build: one for solver programs and one for programs in Python, which not every worker takes. Users
 * see them as one queue.
 */
import type { Outlet, OutletListener, OutletState, OutletTrouble } from './outlet.js';
import type { WorkerAnswer, WorkerRequest } from './protocol.js';

/** The kind of programs that an outlet is for. */
export type Language = 'solver' | 'python';

export type WorkerOutlet = Outlet<WorkerRequest, WorkerAnswer, Uint8Array>;

export type OpenOutlet = (language: Language, listener: OutletListener) => Promise<WorkerOutlet>;

export class Outlets {
  /** Gets the state of remote workers during a build; null between builds. */
  listener: OutletListener | null = null;
  private readonly opened = new Map<Language, WorkerOutlet>();
  private readonly states = new Map<Language, OutletState>();
  /** The kinds of problems that this build knows. */
  private readonly told = new Set<string>();
  /** Problems between builds: the next build reports them. */
  private untold: OutletTrouble[] = [];

  constructor(private readonly openOutlet: OpenOutlet) {}

  begin(listener: OutletListener): void {
    this.listener = listener;
    this.told.clear();
    for (const trouble of this.untold.splice(0)) this.tell(trouble);
    for (const outlet of this.opened.values()) outlet.begin();
  }

  async open(language: Language): Promise<WorkerOutlet> {
    const outlet = await this.openOutlet(language, {
      changed: (state) => {
        this.states.set(language, state);
        this.listener?.changed(together([...this.states.values()]));
      },
      trouble: (trouble) => this.tell(trouble),
    });
    this.opened.set(language, outlet);
    return outlet;
  }

  private tell(trouble: OutletTrouble): void {
    if (this.listener === null) {
      this.untold.push(trouble);
      return;
    }
    // Both outlets notice that the server is gone.
    const said = trouble.kind === 'different-answer' ? trouble.message : trouble.kind;
    if (this.told.has(said)) return;
    this.told.add(said);
    this.listener.trouble(trouble);
  }
}

/** A worker that takes programs in Python takes solver programs, too. */
function together(states: readonly OutletState[]): OutletState {
  const most = (of: (state: OutletState) => number) => Math.max(...states.map(of));
  return {
    workers: most(({ workers }) => workers),
    slots: most(({ slots }) => slots),
    machines: [...new Set(states.flatMap(({ machines }) => machines))].sort(),
    out: states.reduce((sum, { out }) => sum + out, 0),
  };
}
