import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Acknowledged } from './acknowledged.ts';
import { Commits } from './commits.ts';
import { corrupted } from './corrupted.ts';
import type { Handed } from './counter-book.ts';
import type { Disk } from './disk.ts';
import { wrongDrawers } from './drawers.ts';
import { wronglyBack } from './given-back.ts';
import { type History, live, theDisk } from './history.ts';
import { HONEST } from './knowledge.ts';
import { missingMoney } from './money.ts';

const UNGUARDED = ['journal_only_grows', 'shift_sealed_for_ever'];
const A_LINE_AGAIN = (kind: string) =>
  `insert into journal_entry (shift, line, at, kind, cash, sale, payment, actor, details, hash)
   select shift, line + 100, at, kind, cash, sale, payment, actor, details, hash from journal_entry where kind = '${kind}'`;

/** What somebody could have done to the drawers behind our back, and the rule that must notice. */
const CORRUPTIONS: [rule: RegExp, sql: string][] = [
  [/^a cash receipt has one line/, `delete from journal_entry where kind = 'cash_taken'`],
  [/^cash that a journal says was taken/, `delete from receipt where gateway = 'cash'`],
  [/^cash that was taken in a shift/, `update receipt set amount = amount + 100 where gateway = 'cash'`],
  [/^cash was given back once/, A_LINE_AGAIN('cash_given_back')],
  [/^cash was given back once/, `update refund set state = 'due'`],
  [/^a drawer expects the sum/, `update journal_entry set cash = cash + 100 where kind = 'shift_opened'`],
  [/^a shift takes no money after/, A_LINE_AGAIN('shift_opened')],
  [/^a counted shift leaves no sale behind/, `update sale set state = 'open'`],
  [/^the journal of shift 1 is not whole at line 2/, `update journal_entry set actor = 'Juma' where line = 2`],
  [/^the journal of shift 1 is not whole at line 2/, 'delete from journal_entry where line = 1'],
  [/^the journal of shift 1 is not the one/, `delete from journal_entry where kind = 'sealed'`],
  [
    /^cash of \d+ was written down twice/,
    `insert into receipt (gateway, number, payment, amount, currency, allocation, createdAt)
     select gateway, 'X9' || id, payment, amount, currency, allocation, createdAt from receipt where gateway = 'cash'`,
  ],
];

let history: History;
let disk: Disk;

/** The first in which cash was taken and given back, drawers were sealed, and confirmed money that was paid by hand stands in the books. */
before(async () => {
  for (let seed = 1; ; seed++) {
    history = await live(seed);
    disk = await theDisk();
    const met = ['cash_taken', 'cash_given_back', 'sealed'].every(kind => history.counts.has(`till: ${kind}`));
    if (met && history.breaches.length === 0 && confirmed() !== undefined) return;
  }
});

function confirmed(): string | undefined {
  const known = disk.query('select 1 from receipt where number = ?');
  const wentBack = new Set(history.ledger.reversals.map(one => one.originalReceiptNumber));
  const isHere = (number: string) => known(number).length > 0 && !wentBack.has(number);
  return [...history.counter.loose].find(([number, word]) => word === 'confirmed' && isHere(number))?.[0];
}

/** Without the guards, which let nobody do it. */
function broken<T>(sql: string, look: () => T): T {
  const guards = UNGUARDED.flatMap(name =>
    disk.query<{ name: string }>(`select name from sqlite_master where type = 'trigger' and name like ?`)(`${name}%`),
  );
  return corrupted(disk, `${guards.map(({ name }) => `drop trigger "${name}"`).join('; ')}; ${sql}`, look);
}

test('each rule of the drawers notices when it is broken, and nothing when it is not', () => {
  assert.deepEqual(wrongDrawers(disk, history.counter), []);
  for (const [rule, sql] of CORRUPTIONS) {
    const wrong = broken(sql, () => wrongDrawers(disk, history.counter));
    assert.ok(
      wrong.some(one => rule.test(one)),
      `${rule} did not notice: ${sql}\n${wrong.join('\n')}`,
    );
  }
  assert.deepEqual(wrongDrawers(disk, history.counter), []);
});

test('cash that is written down otherwise than it was on the counter is noticed', () => {
  const { handed } = history.counter;
  const [key, notes] = [...handed].find(([, { shown }]) => shown === 'taken') ?? [];
  assert.ok(key && notes);
  const look = (other: Partial<Handed> | null) => {
    const seen = new Map(handed);
    if (other) seen.set(key, { ...notes, isPressedTwice: false, ...other });
    else seen.delete(key);
    return wrongDrawers(disk, { handed: seen }).join();
  };
  assert.match(look(null), /^cash of \d+ was written down by nobody$/);
  assert.match(look({ shown: 'refused' }), /^cash of \d+ was refused, and is written down$/);
  assert.match(look({ amount: 1 }), /^cash of 1 was taken, and \d+ is written down$/);
  const more = new Map(handed).set('x', { ...notes, shown: 'taken' });
  assert.match(wrongDrawers(disk, { handed: more }).join(), /^cash of \d+ was taken, and is not written down$/);
});

test('I2 money that was paid by hand and confirmed is missed; what nobody told of is not', () => {
  const { ledger, counter } = history;
  const number = confirmed();
  const look = (isConfirmed: boolean) =>
    missingMoney(disk, ledger, {
      ...{ ...HONEST, isLoose: one => counter.loose.has(one), isConfirmed: one => isConfirmed && one === number },
    }).join();
  const gone = `delete from receipt where number = '${number}'`;
  assert.doesNotMatch(look(true), /paid by hand/);
  broken(gone, () => assert.match(look(true), new RegExp(`I2 ${number} .* was paid by hand and confirmed`)));
  broken(gone, () => assert.doesNotMatch(look(false), /paid by hand/));
});

test('I2 I4 a refund in cash that left no drawer, and a debt that went away unpaid, are noticed', () => {
  const byHand = new Set(
    disk
      .query<{ id: string }>('select id from refund')()
      .map(({ id }) => id),
  );
  const [cash] = disk.query<{ id: string }>(
    `select details->>'refund' as id from journal_entry where kind = 'cash_given_back'`,
  )();
  byHand.delete(cash?.id ?? '');
  const look = () => wronglyBack(disk, { reversals: [] }, { foreign: new Set(), byHand }).join();
  assert.equal(look(), '');
  broken(`delete from journal_entry where kind = 'cash_given_back'`, () =>
    assert.match(look(), /is done, and nothing/),
  );
  const commits = new Commits(disk);
  const due = `update refund set state = 'due'; update receipt set allocation = 'refund_due'`;
  const gone = (more: string) =>
    broken(due, () => {
      commits.look();
      return broken(`delete from refund where id = '${cash?.id}'; ${more}`, () => commits.look().join());
    });
  assert.match(gone(''), /I4 a refund disappeared/);
  assert.match(gone(`update refund set state = 'done'`), /I4 a refund disappeared/);
  assert.doesNotMatch(
    gone(`update receipt set allocation = 'applied'`),
    /disappeared/,
    'its places were free after all',
  );
});

test('I8 a sale, a confirmation, and what was decided at the till are missed', () => {
  const acknowledged = new Acknowledged();
  const [sale] = disk.query<{ id: string }>('select id from sale')();
  acknowledged.answer('POST', { status: 201, body: { sale: { saleId: sale?.id }, payment: null } });
  acknowledged.decision('shifts/1/seals', 201, {});
  assert.deepEqual(acknowledged.missing(disk), []);
  acknowledged.answer('POST', { status: 201, body: { sale: { saleId: 'x' }, payment: { paymentId: 'y' } } });
  for (const decision of ['sales/x/abandonments', 'shifts/9/counts', 'shifts/9/seals'])
    acknowledged.decision(decision, 201, {});
  acknowledged.decision(`refunds/${disk.query<{ id: string }>('select id from refund')()[0]?.id}/placements`, 200, {});
  for (let times = 0; times < 1_000; times++) acknowledged.confirmation();
  const missing = acknowledged.missing(disk).map(one => one.split(' ').slice(0, 3).join(' '));
  assert.deepEqual(missing, [...['I8 sale x', 'I8 a confirmation', 'I8 payment y'], ...Array(4).fill('I8 it was')]);
});
