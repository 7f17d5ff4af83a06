import { addMs, type Clock, pause } from '../../shared/clock.ts';

const LOOK_MS = 100; // How soon after another process has the token this one has it, too.

/** `failed` is a short code for logs. */
export type Granted = { token: string; lifetimeMs: number } | { failed: string };
export type Grasp = { token: string } | { failed: string };

export interface AccessToken {
  /** The shared token; asks for a new one where there is none, once, however many ask at the same time. Never throws. */
  get(): Promise<Grasp>;
  /** The gateway did not take this token: unless another has taken its place already, the next `get` asks for a new one. */
  forget(token: string): void;
}

export interface KeptToken {
  token: string;
  renewAt: Date;
}

/** Where several processes keep one token. All of it may throw: then each is on its own. */
export interface TokenKeeper {
  /** How long asking for one may take; who asked longer ago than that is taken for dead. */
  timeoutMs: number;
  read(): Promise<KeptToken | undefined>;
  write(kept: KeptToken): Promise<void>;
  /** True for one of those who want to ask at once. */
  mayAsk(): Promise<boolean>;
  /** That one has its answer. */
  asked(): Promise<void>;
}

interface TokenParts {
  clock: Clock;
  renewBeforeEndMs: number;
  /** Where there are other processes. */
  keeper?: TokenKeeper | undefined;
}

/** Keeps what `request` grants, until so long before its end. */
export function createAccessToken(
  { clock, renewBeforeEndMs, keeper }: TokenParts,
  request: () => Promise<Granted>,
): AccessToken {
  let current: KeptToken | null = null;
  let refused: string | null = null;
  let underWay: Promise<Grasp> | null = null;

  async function renew(): Promise<Grasp> {
    const askedAt = clock.now();
    const granted = await request();
    if ('failed' in granted) return granted;
    const { token, lifetimeMs } = granted;
    // Half of a short life, so that a token is never born too old to use.
    current = { token, renewAt: addMs(askedAt, lifetimeMs - Math.min(renewBeforeEndMs, lifetimeMs / 2)) };
    await keeper?.write(current).catch(() => {});
    return { token };
  }

  async function readKept(shared: TokenKeeper): Promise<Grasp | undefined> {
    const kept = await shared.read();
    if (!kept || kept.token === refused || kept.renewAt <= clock.now()) return undefined;
    current = kept;
    return { token: kept.token };
  }

  /** Whoever may not ask waits for the one who does, no longer than asking itself would take. */
  async function renewTogether(shared: TokenKeeper): Promise<Grasp> {
    const waitUntil = addMs(clock.now(), shared.timeoutMs);
    let kept = await readKept(shared);
    if (!kept && (await shared.mayAsk()))
      try {
        return (await readKept(shared)) ?? (await renew()); // It may have come in between.
      } finally {
        await shared.asked().catch(() => {});
      }
    while (!kept && clock.now() < waitUntil) {
      await pause(clock, LOOK_MS);
      kept = await readKept(shared);
    }
    return kept ?? { failed: 'token:another process has none' };
  }

  return {
    async get() {
      if (current !== null && clock.now() < current.renewAt) return { token: current.token };
      underWay ??= (keeper ? renewTogether(keeper).catch(renew) : renew()).finally(() => {
        underWay = null;
      });
      return underWay;
    },
    forget(token) {
      refused = token;
      if (current?.token === token) current = null;
    },
  };
}
