import type { Behind, JournalKind, ReportView } from '../../shared/office/shift-report.ts';
import { type Em, query } from '../model/entities.ts';
import { figure } from './read-money.ts';

export type Drawer = ReportView['drawer'];
export type DrawerLine = Awaited<ReturnType<typeof readLines>>[number];

/** What the journal says of a shift's cash. `counted` is null until somebody counted. */
export function drawerOf(lines: DrawerLine[], shiftId: number, counted: number | null): Drawer {
  const of = (kind: JournalKind) =>
    figure(lines.filter(line => line.kind === kind).map(line => behindOf(line, shiftId)));
  const expected = lines.reduce((sum, { cash }) => sum + cash, 0);
  return {
    float: of('shift_opened'),
    cashTaken: of('cash_taken'),
    givenBack: of('cash_given_back'),
    paidIn: of('paid_in'),
    paidOut: of('paid_out'),
    drops: of('drop'),
    expected,
    counted,
    difference: counted === null ? null : counted - expected,
  };
}

export function readLines(em: Em, shiftId: number) {
  return query(em)
    .selectFrom('journal_entry')
    .leftJoin('sale', 'sale.id', 'journal_entry.sale')
    .select([
      'line',
      'at',
      'kind',
      'cash',
      'journal_entry.sale',
      'payment',
      'actor',
      'approver',
      'details',
      'reference',
    ])
    .where('journal_entry.shift', '=', shiftId)
    .orderBy('line')
    .execute();
}

/** What the card terminal said at the last count; null if nobody told. */
export function terminalOf(lines: DrawerLine[]): number | null {
  const last = lines.findLast(({ kind }) => kind === 'counted');
  return typeof last?.details.cardTotal === 'number' ? last.details.cardTotal : null;
}

export function behindOf({ sale, reference, kind, line, cash, at, details }: DrawerLine, shiftId: number): Behind {
  const reason = typeof details.reason === 'string' ? details.reason : null;
  const what = { kind: 'line' as const, line, entry: kind, reason };
  return { saleId: sale, reference, bookingId: null, what, amount: cash, at: at.toISOString(), shiftId };
}
