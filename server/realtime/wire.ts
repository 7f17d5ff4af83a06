import type { ServerOptions } from 'socket.io';

/** News of what was committed; a notification on it arrives when the transaction that sent it has committed, or never. */
export const NEWS_CHANNEL = 'tiketi-news';
export const NEWS_MAX_BYTES = 7_000; // NOTIFY takes 7,999.

/** What connects this process to the others that serve the same database. */
export interface Wire {
  /** So that ending somebody's sockets ends them wherever they are. */
  adapter: NonNullable<ServerOptions['adapter']>;
  /** `heard`: news of any process, this one's too. `back`: the connection was lost and is there again; what was said meanwhile is not. */
  listen(to: { heard(news: string): void; back(): void }): void;
  close(): Promise<void>;
}
