/** Parses the URL of a Redis server. */
import { isIP } from 'node:net';

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
  readonly tls?: { readonly servername?: string };
}

/** `redis://[user[:password]@]host[:port][/database]`, `rediss://` with TLS. Throws TypeError for an invalid URL. */
export function redisOptions(url: string): ServerOptions {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  // The brackets of an IPv6 address belong to the URL.
  const host = hostname.replace(/^\[|\]$/g, '') || '127.0.0.1';
  const database = pathname.slice(1);
  return {
    host,
    port: port === '' ? 6379 : Number(port),
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    ...(/^\d+$/.test(database) ? { db: Number(database) } : {}),
    // TLS allows only names here, no addresses.
    ...(protocol === 'rediss:' ? { tls: isIP(host) === 0 ? { servername: host } : {} } : {}),
  };
}

/** The URL of the server without user and password, for messages. */
export function placeOf(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
