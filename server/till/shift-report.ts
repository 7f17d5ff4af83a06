import * as v from 'valibot';
import { ReportView } from '../../shared/office/shift-report.ts';
import { METHODS } from '../../shared/views.ts';
import { type Em, query } from '../model/entities.ts';
import type { FoundShift } from './find-shift.ts';
import { matchThree } from './match-three.ts';
import { drawerOf, readLines, terminalOf } from './read-drawer.ts';
import { figure, type MoneyRow, readMoney, receiptBehind } from './read-money.ts';

const NOTHING = figure([]);

/** An X-report as things stand now; of a sealed shift its Z-report, as it was sealed. */
export async function reportOfShift(em: Em, shift: FoundShift, now: Date): Promise<ReportView> {
  if (shift.sealedAt) return readSealed(em, shift, now);
  return { ...(await drawUp(em, shift, now)), kind: 'x' };
}

/** Everything that a Z-report says but its seal. */
export async function drawUp(em: Em, shift: FoundShift, now: Date): Promise<ReportView> {
  const lines = await readLines(em, shift.id);
  const money = await readMoney(em, { shift: shift.id, until: null });
  const drawer = drawerOf(lines, shift.id, shift.counted);
  const cards = cardsOf(money.receipts, terminalOf(lines));
  const venue = await readVenue(em, shift.venue);
  return {
    now: now.toISOString(),
    kind: 'z',
    of: { what: 'shift', shiftId: shift.id, cashier: shift.cashier },
    venueId: shift.venue,
    venue: venue.name,
    timeZone: venue.timeZone,
    currency: shift.currency,
    from: shift.openedAt.toISOString(),
    to: now.toISOString(),
    methods: byMethod(money.receipts),
    granted: ofReceipts(money.receipts.filter(({ method }) => method === 'complimentary')),
    places: money.places,
    charges: money.charges,
    goesBack: money.goesBack,
    unallocated: ofReceipts(money.receipts.filter(({ allocation }) => allocation === 'unallocated')),
    online: NOTHING,
    drawer,
    cards,
    match: await matchThree(em, money, { lines, drawer, cards, shift }),
    notes: lines.flatMap(({ actor, approver, details, kind }) =>
      kind === 'sealed' && typeof details.note === 'string' ? [{ by: approver ?? actor, note: details.note }] : [],
    ),
    seal: null,
  };
}

function cardsOf(receipts: MoneyRow[], terminal: number | null): ReportView['cards'] {
  const booked = receipts.filter(({ method }) => method === 'card').reduce((sum, { amount }) => sum + amount, 0);
  return { booked, terminal };
}

/** Each method that took anything; grants are no money. */
export function byMethod(receipts: MoneyRow[]): ReportView['methods'] {
  return METHODS.filter(method => method !== 'complimentary').flatMap(method => {
    const rows = receipts.filter(row => row.method === method && row.allocation !== 'unallocated');
    return rows.length > 0 ? [{ method, taken: ofReceipts(rows) }] : [];
  });
}

export function ofReceipts(rows: MoneyRow[]) {
  return figure(rows.map(receiptBehind));
}

async function readSealed(em: Em, shift: FoundShift, now: Date): Promise<ReportView> {
  const { details } = await query(em)
    .selectFrom('journal_entry')
    .select('details')
    .where('shift', '=', shift.id)
    .where('kind', '=', 'sealed')
    .executeTakeFirstOrThrow();
  const { seal: number, sealHash: hash, previousHash, sealedBy: by } = shift;
  const seal =
    number !== null && hash !== null && previousHash !== null && by !== null
      ? { number, hash, previousHash, by }
      : null;
  return { ...v.parse(ReportView, details.report), now: now.toISOString(), seal };
}

function readVenue(em: Em, venueId: number) {
  return query(em).selectFrom('venue').select(['name', 'timeZone']).where('id', '=', venueId).executeTakeFirstOrThrow();
}
