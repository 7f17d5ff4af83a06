import type { Behind, Difference, DifferenceName, ReportView, What } from '../../shared/office/shift-report.ts';
import type { Method } from '../../shared/views.ts';
import type { Drawer, DrawerLine } from './read-drawer.ts';
import { type MoneyRow, receiptBehind } from './read-money.ts';

/** What the journal, the cashier's count and the card terminal say of one shift. */
export interface Told {
  lines: DrawerLine[];
  drawer: Drawer;
  cards: ReportView['cards'];
  shift: { id: number; countedAt: Date | null };
}

/** Two counts of the same thing: what somebody saw, and what the books say. */
interface Counts {
  seen: number;
  books: number;
  words: [What['kind'] & ('counted' | 'terminal'), What['kind'] & ('expected' | 'booked')];
  short: DifferenceName;
  over: DifferenceName;
  /** What was typed, where money is missing, and where there is too much of it. */
  typed: { short: Method; over: Method };
}

/** The drawer and the card terminal, as the cashier counted them blind, against the books. */
export function nameCounts(receipts: MoneyRow[], { drawer, cards, shift }: Told): Difference[] {
  const at = (shift.countedAt ?? new Date(0)).toISOString();
  const all: Counts[] = [];
  if (drawer.counted !== null)
    all.push({
      ...{ seen: drawer.counted, books: drawer.expected, words: ['counted', 'expected'] },
      ...{ short: 'drawer_short', over: 'drawer_over', typed: { short: 'cash', over: 'card' } },
    });
  if (cards.terminal !== null)
    all.push({
      ...{ seen: cards.terminal, books: cards.booked, words: ['terminal', 'booked'] },
      ...{ short: 'cards_short', over: 'cards_over', typed: { short: 'card', over: 'cash' } },
    });
  return all.filter(({ seen, books }) => seen !== books).map(counts => nameOne(receipts, counts, { at, shift }));
}

function nameOne(
  receipts: MoneyRow[],
  { seen, books, words: [saw, told], short, over, typed }: Counts,
  { at, shift }: { at: string; shift: Told['shift'] },
): Difference {
  const amount = seen - books;
  const side = (kind: Counts['words'][number], sum: number): Behind => {
    return { saleId: null, reference: null, bookingId: null, what: { kind }, amount: sum, at, shiftId: shift.id };
  };
  const method = amount < 0 ? typed.short : typed.over;
  const perhaps = receipts.filter(row => row.method === method && row.amount === Math.abs(amount)).map(receiptBehind);
  return { name: amount < 0 ? short : over, amount, behind: [side(saw, seen), side(told, -books)], perhaps };
}
