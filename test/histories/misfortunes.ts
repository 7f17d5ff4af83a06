import type { FaultName } from '../../server/simulator/faults.ts';

/** What is known about the messages of one payment. */
export class Misfortunes {
  /** What the push met of the simulator's own faults. */
  odd: FaultName | null = null;
  /** Somebody told, or will always tell, another amount than was taken. */
  misquoted = false;
  /** Its money carried the receipt number of another payment, which nobody can know. */
  misnumbered = false;
  /** The prompt was on the phone, or the gateway's page was opened. */
  seen = false;
  pushedAt: Date | null = null;
  /** Callbacks on their way. */
  underWay = 0;
  /** How often a query said "failed" by mistake. */
  denials = 0;
  /** Every query says "failed", for ever. */
  isStubborn = false;
  /** Resolves with the first callback that was answered. */
  readonly reported = Promise.withResolvers<void>();
}
