import { randomBytes, randomUUID } from 'node:crypto';
import { insertRow } from './rows.ts';
import type { Run } from './shared-commits.ts';

const FIND = 'select id, bodyHash from booking where keyHash = ?';
const SHOWING = `select showing.id, showing.venue, startsAt, cancelledAt, price, showing.currency, country
  from showing join venue on venue.id = showing.venue where showing.id = ?`;
const TAKE = `update showing set held = held + ?, version = version + 1 where id = ? and held + sold <= capacity - ?`;

/** The statements of a hold, one after another. */
export async function hold(run: Run, showingId: number, quantity: number): Promise<string> {
  const [id, now] = [randomBytes(16).toString('hex'), Date.now()];
  await run(FIND, [id]);
  const [showing] = await run(SHOWING, [showingId]);
  await run(TAKE, [quantity, showingId, quantity]);
  await insertRow(run, 'booking', {
    ...{ id, reference: id.slice(0, 16), showing: showingId, sale: null, line: null, state: 'held', quantity },
    ...{ amount: Number(showing?.price) * quantity, currency: 'KES', customerNameSealed: null, phoneMasked: null },
    ...{ phoneSealed: null, phoneHash: null, phoneTailHash: null, emailSealed: null, heldUntil: now + 600_000 },
    ...{ holdEndsAt: now + 600_000, holdCapAt: now + 1_200_000, keyHash: randomUUID(), bodyHash: '', createdAt: now },
  });
  await writeDown(run, { booking: id, showing: showingId, version: 1, happening: 'places_held' });
  return id;
}

export async function writeDown(
  run: Run,
  { booking, showing, version, happening, payment = null }: Told,
): Promise<void> {
  await insertRow(run, 'audit_entry', {
    ...{ at: Date.now(), booking, charge: null, sale: null, version, payment, actor: 'customer', happening },
    details: '{}',
  });
  await insertRow(run, 'outbox', { topic: 'booking', subject: booking, showing, version });
}

interface Told {
  booking: string;
  showing: number;
  version: number;
  happening: string;
  payment?: string | null;
}
