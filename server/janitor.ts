import { every } from '../shared/clock.ts';
import { askAboutSilent } from './janitor/ask-about-silent.ts';
import { attempt } from './janitor/attempt.ts';
import { endHolds } from './janitor/end-holds.ts';
import { endUncertainRefunds } from './janitor/end-uncertain-refunds.ts';
import { giveUpSending } from './janitor/give-up-sending.ts';
import { settleLeftBehind } from './janitor/settle-left-behind.ts';
import type { Parts } from './parts.ts';
import { forgetCallbacks } from './payment/forget-callbacks.ts';
import { pullStatements } from './payment/pull-statement.ts';

const ROUND_MS = 1_000; // A hold that ended is let go within this.
const CLEANING_MS = 3_600_000;

export interface Janitor {
  /** When the round that needs no gateway last came to its end. */
  wellAt(): Date;
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Looks after what nobody else will: silent payments, ended holds, work that a crash left behind. All of it stands in the database. */
export function startJanitor(parts: Parts): Janitor {
  const house = repeat(parts, ROUND_MS, keepHouse);
  const loops = [
    house,
    repeat(parts, ROUND_MS, askAround), // Apart: a gateway that hangs must not keep anybody's places.
    repeat(parts, CLEANING_MS, forgetCallbacks),
  ];
  return {
    wellAt: house.wellAt,
    async idle() {
      for (const loop of loops) await loop.idle();
    },
    async stop() {
      for (const loop of loops) loop.stop();
      for (const loop of loops) await loop.idle();
    },
  };
}

/** One round of everything, for whoever moves the clock by hand. */
export async function goRound(parts: Parts): Promise<void> {
  await keepHouse(parts);
  await askAround(parts);
}

/** What needs no gateway, in the order in which customers wait for it; at its end holds, which may need one. */
async function keepHouse(parts: Parts) {
  await settleLeftBehind(parts);
  await giveUpSending(parts);
  await endUncertainRefunds(parts);
  await endHolds(parts);
}

/** What gateways must be asked. */
async function askAround(parts: Parts) {
  await askAboutSilent(parts);
  await pullStatements(parts);
}

function repeat(parts: Parts, ms: number, work: (parts: Parts) => Promise<void>) {
  let running = Promise.resolve();
  let wellAt = parts.clock.now();
  const goRound = async () => {
    await work(parts);
    wellAt = parts.clock.now();
  };
  const stop = every(parts.clock, ms, () => {
    running = attempt(parts, goRound());
    return running;
  });
  return { stop, idle: () => running, wellAt: () => wellAt };
}
