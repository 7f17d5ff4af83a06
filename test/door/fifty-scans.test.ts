import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Em, query } from '../../server/model/entities.ts';
import { rowsOf } from '../support/office.ts';
import type { Tiketi } from '../support/tiketi.ts';
import { openDoor, scan } from './door.ts';

const SCANS = 50;

test('S30 of fifty doors that scan one ticket in the same instant, one lets it in', async t => {
  const { tiketi, amina, showingId, booking, first } = await openDoor(t);
  const answers = await Promise.all(Array.from({ length: SCANS }, () => scan(amina, first, showingId)));
  const verdicts = answers.map(({ verdict }) => verdict);
  assert.equal(verdicts.filter(verdict => verdict === 'admitted').length, 1);
  assert.equal(verdicts.filter(verdict => verdict === 'already_admitted').length, SCANS - 1);
  const entries = `select id from audit_entry where booking = '${booking.bookingId}' and happening = 'ticket_admitted'`;
  assert.equal((await rowsOf(tiketi, entries)).length, 1);
});

test('S30 the same fifty, at doors that look first and write then, let it in again and again', async t => {
  const { tiketi, first } = await openDoor(t);
  const admitted = await Promise.all(Array.from({ length: SCANS }, () => admitCarelessly(tiketi, first)));
  assert.ok(admitted.filter(Boolean).length > 1, 'otherwise the test above could not have failed');
});

test('S30 a ticket that is refunded while it is scanned is either let in before or refused after, never both', async t => {
  const { tiketi, manager, amina, showingId, booking, first } = await openDoor(t);
  const refund = { bookingId: booking.bookingId, note: 'while at the door' };
  const scans = Array.from({ length: 10 }, () => scan(amina, first, showingId));
  const [answers] = await Promise.all([Promise.all(scans), manager.does('POST', '/refunds', refund)]);
  const letIn = answers.filter(({ verdict }) => verdict === 'admitted').length;
  const [ticket] = await rowsOf<{ state: string }>(tiketi, `select state from ticket where code = '${first}'`);
  assert.equal(ticket?.state, letIn === 1 ? 'admitted' : 'void');
  assert.ok(letIn <= 1);
});

/** The door as careless people build it: is it valid? then let it in. */
async function admitCarelessly({ server }: Tiketi, code: string): Promise<boolean> {
  const { database } = server.parts;
  const isValid = await database.write(em => readState(em, code));
  if (!isValid) return false;
  await database.write(async em => {
    await query(em).updateTable('ticket').set({ state: 'admitted' }).where('code', '=', code).execute();
  });
  return true;
}

async function readState(em: Em, code: string): Promise<boolean> {
  const ticket = await query(em).selectFrom('ticket').select('state').where('code', '=', code).executeTakeFirst();
  return ticket?.state === 'valid';
}
