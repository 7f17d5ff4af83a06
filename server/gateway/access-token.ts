import { addMs, type Clock } from '../../shared/clock.ts';

/** `failed` is a short code for logs. */
export type Granted = { token: string; lifetimeMs: number } | { failed: string };
export type Grasp = { token: string } | { failed: string };

export interface AccessToken {
  /** The shared token; asks for a new one where there is none, once, however many ask at the same time. Never throws. */
  get(): Promise<Grasp>;
  /** The gateway did not take this token: unless another has taken its place already, the next `get` asks for a new one. */
  forget(token: string): void;
}

/** Keeps what `request` grants, until so long before its end. */
export function createAccessToken(
  { clock, renewBeforeEndMs }: { clock: Clock; renewBeforeEndMs: number },
  request: () => Promise<Granted>,
): AccessToken {
  let current: { token: string; renewAt: Date } | null = null;
  let underWay: Promise<Grasp> | null = null;

  async function renew(): Promise<Grasp> {
    const askedAt = clock.now();
    const granted = await request();
    if ('failed' in granted) return granted;
    const { token, lifetimeMs } = granted;
    // Half of a short life, so that a token is never born too old to use.
    current = { token, renewAt: addMs(askedAt, lifetimeMs - Math.min(renewBeforeEndMs, lifetimeMs / 2)) };
    return { token };
  }

  return {
    async get() {
      if (current !== null && clock.now() < current.renewAt) return { token: current.token };
      underWay ??= renew().finally(() => {
        underWay = null;
      });
      return underWay;
    },
    forget(token) {
      if (current?.token === token) current = null;
    },
  };
}
