/** The address of a server, and the credentials for it: apart, so that whatever prints or stores the address has none. */

/** Whether a text is an address that can be asked: `http` or `https`, with neither query nor fragment. */
export function isServerAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && hostname !== '' && search === '' && hash === '';
}

/** What may be printed of a text that was to be an address: whatever could be user and password is left out. */
export function withoutCredentials(text: string): string {
  return text.replace(/^((?:[a-z][a-z0-9+.-]*:)?\/\/)?.*@/is, '$1***@');
}

export class ServerAddress {
  readonly #authorization: string | null;

  private constructor(
    /** Without credentials, and without a slash at its end. */
    readonly url: string,
    authorization: string | null,
  ) {
    this.#authorization = authorization;
  }

  /** `text` is an address; user and password in it count for more than `token`. */
  static parse(text: string, token: string | null): ServerAddress {
    const { protocol, host, pathname, username, password } = new URL(text);
    const url = `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
    if (username === '' && password === '')
      return new ServerAddress(url, token === null ? null : `Bearer ${token}`);
    const pair = `${decoded(username)}:${decoded(password)}`;
    return new ServerAddress(url, `Basic ${Buffer.from(pair).toString('base64')}`);
  }

  /** The value of the header; null where there are no credentials. No property, so that nothing writes it by accident. */
  authorization(): string | null {
    return this.#authorization;
  }
}

/** A part of an address in which characters may be written as `%` and two digits. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A percent sign that stands for itself.
    return part;
  }
}
