/** A separate network for a server, with a link that can be cut. Only possible on Linux as root. */
import { spawnSync } from 'node:child_process';

/** The two ends of the link. Their names are unique, because other processes may have a link, too. */
const [HERE, THERE] = [1, 2].map((end) => `10.231.${process.pid % 250}.${end}`);

function ip(...args: readonly string[]): boolean {
  return spawnSync('ip', args).status === 0;
}

export class Namespace {
  private static count = 0;

  private constructor(
    readonly name: string,
    private readonly link: string,
  ) {}

  /** Null if it is impossible. A process can have only one at a time, because all use the same addresses. */
  static make(): Namespace | null {
    const name = `battbuild-${process.pid}-${Namespace.count++}`;
    // Names of links have at most 15 characters.
    const namespace = new Namespace(name, `bb${process.pid}`.slice(0, 13));
    if (namespace.isMade()) return namespace;
    namespace.remove();
    return null;
  }

  /** The address of the server in it. */
  readonly address = THERE;

  cut(): void {
    ip('link', 'set', this.link, 'down');
  }

  mend(): void {
    ip('link', 'set', this.link, 'up');
  }

  remove(): void {
    ip('link', 'del', this.link);
    ip('netns', 'del', this.name);
  }

  private isMade(): boolean {
    const { name, link } = this;
    const far = `${link}x`;
    return (
      ip('netns', 'add', name) &&
      ip('link', 'add', link, 'type', 'veth', 'peer', 'name', far) &&
      ip('link', 'set', far, 'netns', name) &&
      ip('addr', 'add', `${HERE}/30`, 'dev', link) &&
      ip('link', 'set', link, 'up') &&
      ip('netns', 'exec', name, 'ip', 'addr', 'add', `${THERE}/30`, 'dev', far) &&
      ip('netns', 'exec', name, 'ip', 'link', 'set', far, 'up')
    );
  }
}
