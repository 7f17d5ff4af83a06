import { hashLine, NOTHING_BEFORE } from '../../server/till/hash-journal.ts';
import type { CounterBook } from './counter-book.ts';
import type { Disk } from './disk.ts';

type Line = Parameters<typeof hashLine>[1];
type Row = Omit<Line, 'at' | 'details'> & { at: number; details: string; hash: string };
interface CashRow {
  keyHash: string;
  amount: number;
}

const CASH = `select p.id, p.shift, p.keyHash, r.amount from receipt r join payment p on p.id = r.payment where r.gateway = 'cash'`;
const TAKEN = `select payment, shift, cash from journal_entry where kind = 'cash_taken'`;
const GIVEN = `select details->>'refund' as refund, shift, cash from journal_entry where kind = 'cash_given_back'`;

/** What must hold of every drawer at every instant: each query finds what breaks its rule. */
const BROKEN = {
  'a cash receipt has one line in the journal of its drawer': `
    select c.id from (${CASH}) c
    where (select count(*) from (${TAKEN}) t where t.payment = c.id and t.shift = c.shift and t.cash = c.amount) != 1`,
  'cash that a journal says was taken has its receipt': `
    select t.payment from (${TAKEN}) t group by t.payment
    having count(*) != (select count(*) from (${CASH}) c where c.id = t.payment)`,
  'cash that was taken in a shift is the cash of its receipts': `
    select x.id from shift x
    where (select coalesce(sum(t.cash), 0) from (${TAKEN}) t where t.shift = x.id)
      != (select coalesce(sum(c.amount), 0) from (${CASH}) c where c.shift = x.id)`,
  'cash was given back once, for a refund that is done, and all of it': `
    select g.refund from (${GIVEN}) g group by g.refund
    having count(*) > 1 or sum(g.cash) != -(select coalesce(sum(f.amount), 0) from refund f where f.id = g.refund and f.state = 'done')`,
  'a drawer expects the sum of its journal when it is sealed': `
    select j.shift, j.details from journal_entry j where j.kind = 'sealed'`,
  'a shift takes no money after it was counted': `
    select j.id from journal_entry j join journal_entry c on c.shift = j.shift and c.kind = 'counted' and c.line < j.line
    where j.cash != 0`,
  'a counted shift leaves no sale behind': `
    select s.id from sale s join shift x on x.id = s.shift where s.state = 'open' and not x.live`,
} as const;
const SEALED = 'a drawer expects the sum of its journal when it is sealed';

/** The rules of the tills, and of the cash that really was on the counter. */
export function wrongDrawers(disk: Disk, { handed }: Pick<CounterBook, 'handed'>): string[] {
  if (disk.query('select 1 from shift limit 1')().length === 0) return [];
  return [
    ...Object.entries(BROKEN)
      .filter(([rule, sql]) => rule !== SEALED && disk.query(sql)().length > 0)
      .map(([rule]) => rule),
    ...wrongSeals(disk),
    ...brokenChains(disk),
    ...wrongCash(disk, handed),
  ];
}

function wrongSeals(disk: Disk): string[] {
  const sealed = disk.query<{ shift: number; details: string }>(BROKEN[SEALED])();
  const sum = disk.query<{ cash: number }>('select sum(cash) as cash from journal_entry where shift = ?');
  const isRight = ({ shift, details }: { shift: number; details: string }) =>
    JSON.parse(details).report.drawer.expected === Number(sum(shift)[0]?.cash);
  return sealed.every(isRight) ? [] : [SEALED];
}

/** Each line vouches for those before it, and each seal for its journal. */
function brokenChains(disk: Disk): string[] {
  const rows = disk.query<Row>(
    `select shift, line, at, kind, cash, sale, payment, actor, approver, details, hash from journal_entry
     order by shift, line`,
  )();
  const last = new Map<number, { line: number; hash: string }>();
  for (const { hash, at, details, ...row } of rows) {
    const { line, hash: before } = last.get(row.shift) ?? { line: 0, hash: NOTHING_BEFORE };
    const written = { ...row, cash: Number(row.cash), at: new Date(Number(at)), details: JSON.parse(details) };
    if (row.line !== line + 1 || hashLine(before, written) !== hash)
      return [`the journal of shift ${row.shift} is not whole at line ${row.line}`];
    last.set(row.shift, { line: row.line, hash });
  }
  const seals = disk.query<{ id: number; journalHash: string }>(
    'select id, journalHash from shift where seal is not null',
  )();
  return seals
    .filter(({ id, journalHash }) => last.get(id)?.hash !== journalHash)
    .map(({ id }) => `the journal of shift ${id} is not the one that was sealed`);
}

/** However often the cashier pressed, each customer paid once; and what the till said of it is so. */
function wrongCash(disk: Disk, handed: CounterBook['handed']): string[] {
  const left = new Map(handed);
  const breaches: string[] = [];
  for (const { keyHash, amount } of disk.query<CashRow>(CASH)()) {
    const notes = left.get(keyHash);
    left.delete(keyHash);
    if (!notes) breaches.push(`cash of ${amount} was written down ${handed.has(keyHash) ? 'twice' : 'by nobody'}`);
    else if (notes.shown === 'refused' && !notes.isPressedTwice)
      breaches.push(`cash of ${amount} was refused, and is written down`);
    else if (notes.amount !== null && notes.amount !== Number(amount))
      breaches.push(`cash of ${notes.amount} was taken, and ${amount} is written down`);
  }
  for (const { shown, amount } of left.values())
    if (shown === 'taken') breaches.push(`cash of ${amount} was taken, and is not written down`);
  return breaches;
}
