import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { openBoxOffice, type Person } from '../support/people.ts';
import type { Tiketi } from '../support/tiketi.ts';
import { watchExceptions } from './watch-exceptions.ts';

export const SOON = 250; // What happens in one moment is told together: this is after that moment.

export type Scenery = Awaited<ReturnType<typeof openExceptions>>;

/** A box office whose manager, of all venues, watches the list. */
export async function openExceptions(t: TestContext, settings: Record<string, string> = {}) {
  const office = await openBoxOffice(t, settings);
  const list = await watchExceptions(await office.manager.socket());
  return { ...office, list, sends: moneyTo(office.tiketi) };
}

/** Somebody pays to our number by themselves, and the gateway tells us; answers the receipt number. */
export function moneyTo({ customer, server, clock }: Tiketi) {
  let sent = 0;
  return async (shillings: number, under = ''): Promise<string> => {
    sent += 1;
    const number = `QK1234567${sent}`;
    const body = {
      TransID: number,
      TransAmount: `${shillings}.00`,
      BillRefNumber: under,
      TransTime: '20261122150000',
    };
    const path = `/callbacks/daraja/c2b/${server.parts.notificationSecret}`;
    assert.equal((await customer.ask('POST', path, body)).status, 200);
    await server.idle();
    clock.move(SOON);
    await server.idle();
    return number;
  };
}

/** The word of somebody else, as it goes into a request. */
export const wordOf = ({ name, pin }: Pick<Person, 'name' | 'pin'>) => ({ approval: { name, pin } });
