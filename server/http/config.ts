/** What one server runs with. `readConfig` is the only reader of the environment. */
export type Config = {
  /** Folder of the embedded database; unused with `databaseUrl`. Absolute. */
  dataDir: string;
  /** A PostgreSQL to use instead of the embedded one. */
  databaseUrl: string | undefined;
  listenHost: string;
  practicePort: number;
  roomPort: number;
  /** Addresses as browsers see them, without a slash at the end. */
  practiceOrigin: string;
  roomOrigin: string;
  /** STUN servers handed to browsers, such as `stun:stun.example.org:3478`; empty: direct connections only. */
  stunUrls: string[];
  /** Believe `X-Forwarded-For`: only behind a proxy that sets it. */
  trustProxy: boolean;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
};
