import type { Behind, Difference, DifferenceName, Figure, ReportView } from '../../shared/office/shift-report.ts';
import { type Em, query } from '../model/entities.ts';
import { nameCounts, type Told } from './name-counts.ts';
import { behindOf as behindLine, type DrawerLine } from './read-drawer.ts';
import { figure, type ReadMoney, receiptBehind } from './read-money.ts';

type Match = ReportView['match'];

/**
 * Bookings and charges, receipts, and the drawer must tell one story. Whatever they do not agree on has a name here, a sum,
 * and the sales behind it.
 */
export async function matchThree(em: Em, money: ReadMoney, told: Told): Promise<Match> {
  const { lines, shift } = told;
  const differences = [
    ...purposes(money),
    ...cashLines(money, lines, shift.id),
    ...(await givenBack(em, lines, shift.id)),
    ...(await unpaidTickets(em, money)),
    ...nameCounts(money.receipts, told),
  ];
  return { isZero: differences.length === 0, differences };
}

/** Every receipt is for places or charges, or goes back. */
export function purposes({ receipts, places, charges, goesBack }: ReadMoney): Difference[] {
  const counted = receipts.filter(row => row.method !== 'complimentary' && row.allocation !== 'unallocated');
  const taken = figure(counted.map(receiptBehind));
  const told = places.amount + charges.amount + goesBack.amount;
  if (taken.amount === told) return [];
  return [difference('receipts_without_purpose', taken.amount - told, taken.behind)];
}

/** Every cash receipt has its line in the journal, of the same sum, and every line its receipt. */
function cashLines({ receipts }: ReadMoney, lines: DrawerLine[], shiftId: number): Difference[] {
  const cash = receipts.filter(({ method }) => method === 'cash');
  const taken = lines.filter(({ kind }) => kind === 'cash_taken');
  const byPayment = new Map(taken.map(line => [line.payment, line]));
  const paid = new Set(cash.map(({ payment }) => payment));
  return [
    ...cash.flatMap(row => {
      const inDrawer = byPayment.get(row.payment)?.cash ?? 0;
      if (inDrawer === row.amount) return [];
      return [difference('cash_receipt_without_cash', inDrawer - row.amount, [receiptBehind(row)])];
    }),
    ...taken
      .filter(({ payment }) => !paid.has(payment ?? ''))
      .map(line => difference('cash_without_receipt', line.cash, [behindLine(line, shiftId)])),
  ];
}

/** Whatever left the drawer for a customer was owed. */
async function givenBack(em: Em, lines: DrawerLine[], shiftId: number): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const line of lines.filter(({ kind }) => kind === 'cash_given_back')) {
    const refund = await query(em)
      .selectFrom('refund')
      .select(['amount', 'state'])
      .where('id', '=', String(line.details.refund))
      .executeTakeFirst();
    const owed = refund?.state === 'done' ? refund.amount : 0;
    if (owed !== -line.cash)
      differences.push(difference('given_back_not_owed', line.cash + owed, [behindLine(line, shiftId)]));
  }
  return differences;
}

/** Tickets are out for what these receipts paid: all of it must be paid. */
async function unpaidTickets(em: Em, { receipts }: ReadMoney): Promise<Difference[]> {
  const sales = [...new Set(receipts.flatMap(({ sale }) => (sale === null ? [] : [sale])))];
  const differences: Difference[] = [];
  for (const sale of sales) {
    const confirmed = await query(em)
      .selectFrom('booking')
      .select(['id', 'reference', 'amount', 'createdAt'])
      .where('sale', '=', sale)
      .where('state', '=', 'confirmed')
      .execute();
    for (const { id, reference, amount, createdAt } of confirmed) {
      const paid = await readShared(em, id);
      const behind = {
        saleId: sale,
        reference,
        bookingId: id,
        what: { kind: 'booking' as const, reference },
        amount,
        at: createdAt.toISOString(),
        shiftId: null,
      };
      if (paid !== amount) differences.push(difference('tickets_not_paid', paid - amount, [behind]));
    }
  }
  return differences;
}

async function readShared(em: Em, bookingId: string): Promise<number> {
  const shares = await query(em)
    .selectFrom('share')
    .select('amount')
    .where('booking', '=', bookingId)
    .where('refund', 'is', null)
    .execute();
  return shares.reduce((sum, { amount }) => sum + amount, 0);
}

function difference(name: DifferenceName, amount: number, behind: Behind[]): Difference {
  return { name, amount, behind, perhaps: [] };
}

/** For whoever adds up several shifts. */
export function addFigures(figures: Figure[]): Figure {
  return figure(figures.flatMap(({ behind }) => behind));
}
