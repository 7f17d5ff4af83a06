import type { Logger } from 'pino';

/** Where unexpected errors are reported. */
export interface Reports {
  /** `what`: what went wrong, in the fixed words of the code. Never throws and never waits. */
  report(error: unknown, what: string): void;
  /** Sends what is on its way, for a moment. */
  close(): Promise<void>;
}

/** Whatever is logged as an error with an `err` is reported too: the log is where all of them meet. */
export function reporting(log: Logger, reports: Reports | null): Logger {
  if (reports === null) return log;
  const told: Logger = Object.create(log);
  return Object.assign(told, {
    error(said: unknown, what?: unknown) {
      if (typeof said === 'object' && said !== null && 'err' in said) reports.report(said.err, String(what ?? ''));
      log.error(said, typeof what === 'string' ? what : undefined);
    },
  });
}
