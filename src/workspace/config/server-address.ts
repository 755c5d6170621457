/**
 * The address of a server without its credentials, so that a printed or stored address contains none; and the
 * credentials.
 */

/** Whether a text is a usable address: `http` or `https`, with neither query nor fragment. */
export function isServerAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && hostname !== '' && search === '' && hash === '';
}

/** The printable part of a text that should be an address: possible users and passwords are removed. */
export function withoutCredentials(text: string): string {
  return text.replace(/^((?:[a-z][a-z0-9+.-]*:)?\/\/)?.*@/is, '$1***@');
}

export class ServerAddress {
  readonly #authorization: string | null;

  private constructor(
    /** Without credentials, and without a trailing slash. */
    readonly url: string,
    authorization: string | null,
  ) {
    this.#authorization = authorization;
  }

  /** `text` is an address; a user and password in it take precedence over `token`. */
  static parse(text: string, token: string | null): ServerAddress {
    const { protocol, host, pathname, username, password } = new URL(text);
    const url = `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
    if (username === '' && password === '')
      return new ServerAddress(url, token === null ? null : `Bearer ${token}`);
    const pair = `${decoded(username)}:${decoded(password)}`;
    return new ServerAddress(url, `Basic ${Buffer.from(pair).toString('base64')}`);
  }

  /** The value of the header; null if there are no credentials. A method, so that it is not printed by accident. */
  authorization(): string | null {
    return this.#authorization;
  }
}

/** Decodes a part of an address with characters escaped as `%` and two digits. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A literal percent sign.
    return part;
  }
}
