import type { Clock } from '../../shared/clock.ts';
import { wholeShillings } from '../../shared/money.ts';
import type { ExceptionView } from '../../shared/office/exceptions.ts';
import { moneyAtRisk } from '../../shared/office/money-at-risk.ts';
import type { GatewayName } from '../../shared/views.ts';
import type { Em } from '../model/entities.ts';
import { readOpenThings } from './open-things.ts';
import type { Instruments } from './prometheus.ts';
import type { Tail } from './tail.ts';

/** What cannot be counted as it happens, but must be looked at. */
export interface Sights {
  clock: Clock;
  read(): Em;
  seeExceptions(em: Em): Promise<ExceptionView[]>;
  /** By namespace. */
  sockets(): Record<string, number>;
  breakers(): { gateway: GatewayName; isOpen: boolean }[];
  /** Each part of the server, and whether all is well with it. */
  seeHealth(): Promise<{ part: string; isWell: boolean }[]>;
  failed(error: unknown): void;
}

/** Looks at everything once and writes down what is to be seen. */
export async function look(instruments: Instruments, sights: Sights, tail: Tail): Promise<void> {
  const { sockets, breakerOpen, ready } = instruments;
  for (const [namespace, count] of Object.entries(sights.sockets())) sockets.set({ namespace }, count);
  for (const { gateway, isOpen } of sights.breakers()) breakerOpen.set({ gateway }, Number(isOpen));
  for (const { part, isWell } of await sights.seeHealth()) ready.set({ part }, Number(isWell));
  const em = sights.read();
  await tail.readOn(em, sights.clock.now(), ({ happening, gateway, lines }) =>
    instruments.happenings.inc({ happening, gateway: gateway ?? 'none' }, lines),
  );
  await showOpenThings(instruments, em, sights.clock.now());
  showWorklist(instruments, await sights.seeExceptions(em));
}

async function showOpenThings(instruments: Instruments, em: Em, now: Date) {
  const { payments, holds, callbacks, outbox, mails } = await readOpenThings(em);
  const age = (since: Date | null) => (since === null ? 0 : Math.max(0, (+now - +since) / 1_000));
  instruments.paymentsOpen.reset();
  for (const { gateway, state, count } of payments) instruments.paymentsOpen.set({ gateway, state }, count);
  instruments.bookingsHeld.set(holds);
  instruments.callbacksWaiting.set(callbacks.size);
  instruments.callbacksOldest.set(age(callbacks.since));
  instruments.outboxRows.set(outbox.size);
  instruments.outboxOldest.set(age(outbox.since));
  instruments.mailsWaiting.set(mails.size);
  instruments.mailsOverdue.set(age(mails.since));
}

function showWorklist({ worklist, moneyAtRisk: atRisk }: Instruments, exceptions: ExceptionView[]) {
  worklist.reset();
  for (const { kind } of exceptions) worklist.inc({ kind });
  atRisk.reset();
  for (const { amount, currency } of moneyAtRisk(exceptions)) atRisk.set({ currency }, wholeShillings(amount));
}
