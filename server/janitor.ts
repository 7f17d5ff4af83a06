import { addMs, every } from '../shared/clock.ts';
import { lapseHold } from './booking/end-hold.ts';
import { recordChange } from './booking/record-change.ts';
import { sendBudgetMs } from './gateway/send-budget.ts';
import { type Em, query } from './model/entities.ts';
import type { Parts } from './parts.ts';
import { askGateway } from './payment/ask-gateway.ts';
import { forgetCallbacks } from './payment/forget-callbacks.ts';
import { pullStatements } from './payment/pull-statement.ts';
import { settleCallback } from './payment/settle-callback.ts';
import { markUncertain } from './payment/settle-refund.ts';

const ROUND_MS = 1_000; // A hold that ended is let go within this.
const LEFT_BEHIND_MS = 5_000; // A stored callback that nobody settled by then was left by a crash.
const RESULT_AWAITED_MS = 10 * 60_000; // Of a refund: most come in seconds.
const CLEANING_MS = 3_600_000;
const DUE_MAX = 1_000; // Of silent payments looked at in one round, to find the most pressing.
const BATCH = 200; // Of each kind in one round: the next comes in a second.

/** Looks after what nobody else will: silent payments, ended holds, work that a crash left behind. All of it stands in the database. */
export function startJanitor(parts: Parts): { idle(): Promise<void>; stop(): Promise<void> } {
  const loops = [
    repeat(parts, ROUND_MS, keepHouse),
    repeat(parts, ROUND_MS, askAround), // Apart: a gateway that hangs must not keep anybody's places.
    repeat(parts, CLEANING_MS, forgetCallbacks),
  ];
  return {
    async idle() {
      for (const loop of loops) await loop.idle();
    },
    async stop() {
      for (const loop of loops) loop.stop();
      for (const loop of loops) await loop.idle();
    },
  };
}

function repeat(parts: Parts, ms: number, work: (parts: Parts) => Promise<void>) {
  let running = Promise.resolve();
  const stop = every(parts.clock, ms, () => {
    running = attempt(parts, work(parts));
    return running;
  });
  return { stop, idle: () => running };
}

/** One round of everything, for whoever moves the clock by hand. */
export async function goRound(parts: Parts): Promise<void> {
  await keepHouse(parts);
  await askAround(parts);
}

/** What needs no gateway, in the order in which customers wait for it; at its end holds, which may need one. */
async function keepHouse(parts: Parts): Promise<void> {
  await settleLeftBehind(parts);
  await giveUpSending(parts);
  await endUncertainRefunds(parts);
  await endHolds(parts);
}

/** What gateways must be asked. */
async function askAround(parts: Parts): Promise<void> {
  await askAboutSilent(parts);
  await pullStatements(parts);
}

/** What fails keeps nobody else waiting: its turn comes again in the next round. */
async function attempt(parts: Parts, work: Promise<unknown>) {
  await work.catch(error => parts.log.error({ err: error }, 'the janitor stumbled'));
}

async function settleLeftBehind(parts: Parts) {
  const left = await query(parts.database.read())
    .selectFrom('callback')
    .select('id')
    .where('state', '=', 'received')
    .where('receivedAt', '<=', addMs(parts.clock.now(), -LEFT_BEHIND_MS))
    .orderBy('id')
    .limit(BATCH)
    .execute();
  for (const { id } of left) await attempt(parts, settleCallback(parts, id));
}

/** A push whose whole send budget has passed has lost its sender: nobody can say whether it left. */
async function giveUpSending(parts: Parts) {
  const { clock, config, database } = parts;
  const { gatewayTimeoutMs, promptMs } = config.rules;
  const lost = await query(database.read())
    .selectFrom('payment')
    .select(['id', 'startedAt'])
    .where('state', '=', 'started')
    .where('nextCheckAt', 'is not', null)
    .where('startedAt', '<=', addMs(clock.now(), -sendBudgetMs(gatewayTimeoutMs)))
    .limit(BATCH)
    .execute();
  for (const { id, startedAt } of lost)
    await database.write(async em => {
      const now = clock.now();
      const promptEndsAt = addMs(startedAt, sendBudgetMs(gatewayTimeoutMs) + promptMs); // At the latest: as `liveUntil` says.
      const lostOne = await query(em)
        .updateTable('payment')
        .set({ state: 'unknown', promptEndsAt })
        .where('id', '=', id)
        .where('state', '=', 'started')
        .returning(['booking', 'charge'])
        .executeTakeFirst();
      if (lostOne)
        await recordChange(em, lostOne, {
          happening: 'push_unanswered',
          actor: 'janitor',
          at: now,
          payment: id,
        });
    });
  if (lost.length > 0) parts.wakeRelay();
}

/** Asks about payments that are due, the most pressing first, until the query budget is used up. */
async function askAboutSilent(parts: Parts) {
  const due = await readDue(parts.database.read(), parts.clock.now());
  for (const { id, gateway, idsHash } of byUrgency(due, parts))
    if (idsHash === null || parts.lines.get(gateway)?.queries.has()) await attempt(parts, askGateway(parts, id, true));
}

function readDue(em: Em, now: Date) {
  return query(em)
    .selectFrom('payment')
    .leftJoin('booking', 'booking.id', 'payment.booking')
    .select([
      'payment.id',
      'payment.booking',
      'payment.charge',
      'notifiedAt',
      'checkedAt',
      'payment.amount',
      'gateway',
      'idsHash',
      'startedAt',
      'heldUntil',
      'booking.state as bookingState',
    ])
    .where('nextCheckAt', '<=', now)
    .where(one => one.or([one('leasedUntil', 'is', null), one('leasedUntil', '<=', now)]))
    .orderBy('nextCheckAt')
    .limit(DUE_MAX)
    .execute();
}

/** What the gateway itself says is new, then a hold about to end, then somebody watching, then the larger amount, then the older payment. */
function byUrgency(due: Awaited<ReturnType<typeof readDue>>, parts: Parts) {
  const soon = addMs(parts.clock.now(), parts.config.rules.promptMs);
  const ending = (one: (typeof due)[number]) =>
    Number(one.bookingState === 'held' && one.heldUntil !== null && one.heldUntil <= soon);
  const told = ({ notifiedAt, checkedAt }: (typeof due)[number]) =>
    Number(notifiedAt !== null && (checkedAt === null || checkedAt < notifiedAt));
  const watched = (one: (typeof due)[number]) => Number(parts.watchers(one.booking ?? one.charge ?? '') > 0);
  return due.sort(
    (a, b) =>
      told(b) - told(a) ||
      ending(b) - ending(a) ||
      watched(b) - watched(a) ||
      b.amount - a.amount ||
      +a.startedAt - +b.startedAt,
  );
}

/** Before places go back under an open question, the gateway is asked once, if the budget allows. */
async function endHolds(parts: Parts) {
  const { clock, database } = parts;
  const now = clock.now();
  const ended = await query(database.read())
    .selectFrom('booking')
    .select('id')
    .where('state', '=', 'held')
    .where('heldUntil', '<=', now)
    .orderBy('heldUntil')
    .limit(BATCH)
    .execute();
  const lapse = (id: string) => database.write(em => lapseHold(em, id, now));
  const asked: Promise<void>[] = [];
  for (const { id } of ended) {
    const open = await readUnasked(database.read(), id);
    if (open)
      asked.push(
        attempt(
          parts,
          askGateway(parts, open.id).finally(() => lapse(id)),
        ),
      );
    else await attempt(parts, lapse(id));
  }
  await Promise.all(asked);
  if (ended.length > 0) parts.wakeRelay();
}

/** A refund whose result has not come for so long is a person's to find out about. */
async function endUncertainRefunds({ clock, database, wakeRelay }: Parts) {
  const now = clock.now();
  const late = await query(database.read())
    .selectFrom('refund')
    .select('id')
    .where('state', '=', 'requested')
    .where('requestedAt', '<=', addMs(now, -RESULT_AWAITED_MS))
    .limit(BATCH)
    .execute();
  for (const { id } of late) await database.write(em => markUncertain(em, id, now));
  if (late.length > 0) wakeRelay();
}

/** A payment of the booking that may still be paid, and was not asked about since its prompt was over. */
function readUnasked(em: Em, bookingId: string) {
  return query(em)
    .selectFrom('payment')
    .select('id')
    .where('booking', '=', bookingId)
    .where('state', 'in', ['unknown', 'pending'])
    .where('frozen', '=', false)
    .where('idsHash', 'is not', null)
    .where(one => one.or([one('checkedAt', 'is', null), one('checkedAt', '<', one.ref('promptEndsAt'))]))
    .executeTakeFirst();
}
