import assert from 'node:assert/strict';
import { pino } from 'pino';
import { readConfig } from '../../server/config.ts';
import { plainHash } from '../../server/database/vault.ts';
import type { Em } from '../../server/model/entities.ts';
import type { Debit } from '../../server/simulator/ledger.ts';
import { startServer } from '../../server/start-server.ts';
import { MINOR_UNITS } from '../../shared/money.ts';
import type { PaymentState } from '../../shared/views.ts';
import { BROKEN } from '../support/invariants.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { execute } from '../support/raw-sql.ts';
import { acknowledged } from './promised.ts';
import type { Victim } from './victim.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The janitor looks after each; a failure that only queries tell of must be told twice. */
const SEVEN_DAYS_MS = [1_000, 1_000, 60_000, 60_000, HOUR_MS, ...Array<number>(7).fill(DAY_MS)];
const TURNS = 5;

/** What still wants to become something else by itself. */
const OPEN = {
  'a hold': `select count(*) as open from booking where state = 'held'`,
  'a push': `select count(*) as open from payment where state = 'started'`,
  'a prompt': `select count(*) as open from payment where state = 'pending'`,
  'a callback': `select count(*) as open from callback where state = 'received'`,
  'a change untold': `select count(*) as open from outbox`,
};

/** What became of each shilling that really left a phone. */
export interface Accounts {
  debits: number;
  applied: number;
  refundDue: number;
  /** Of payments whose answer and callback both died with the server: staff see them. */
  unknown: number;
}

/**
 * The last life, in this process: the server comes back, nobody disturbs it any more, and seven days pass. Everything must
 * come to its end, and every debit of the gateway's own ledger must be somewhere.
 */
export async function aftermath({ environment, gateway }: Pick<Victim, 'environment' | 'gateway'>): Promise<Accounts> {
  const clock = new ManualClock(new Date().toISOString());
  const complaints: string[] = [];
  const log = pino({ level: 'warn' }, { write: line => void complaints.push(line) });
  const server = await startServer(readConfig(environment), { clock, log });
  try {
    for (const ms of SEVEN_DAYS_MS) {
      clock.move(ms);
      for (let turn = 0; turn < TURNS; turn++) await new Promise(setImmediate);
      await server.idle();
    }
    const em = server.parts.database.read();
    await assertEverythingEnded(em);
    for (const [rule, sql] of Object.entries(BROKEN)) assert.deepEqual(await em.execute(sql), [], rule);
    assert.deepEqual(complaints, []);
    await assertPushesWereIntended(em, gateway.simulator.parts);
    await assertCallbacksCount(em, gateway.simulator.parts);
    return await account(em, gateway.simulator.ledger.debits);
  } finally {
    await server.stop();
  }
}

/** I12. */
async function assertEverythingEnded(em: Em) {
  for (const [what, sql] of Object.entries(OPEN)) {
    const [{ open = 0 } = {}] = await em.execute<{ open: number }[]>(sql);
    assert.equal(open, 0, `seven days later ${what} is still open`);
  }
}

interface PaymentRow {
  id: string;
  state: PaymentState;
  accountReference: string;
  callbackTokenHash: string;
}

type SimulatorParts = Victim['gateway']['simulator']['parts'];

/** I6, I7: whatever reached the gateway had been written down before, and no payment was pushed twice. */
async function assertPushesWereIntended(em: Em, { checkouts }: SimulatorParts) {
  const payments = await execute<PaymentRow>(em, 'select * from payment');
  const byReference = new Map(payments.map(payment => [payment.accountReference, payment]));
  for (const { accountReference, callbackUrl } of checkouts.values()) {
    const payment = byReference.get(accountReference);
    assert.ok(payment, 'the gateway was asked for a payment that nobody wrote down, or twice');
    assert.equal(payment.callbackTokenHash, plainHash(callbackUrl.slice(callbackUrl.lastIndexOf('/') + 1)));
    byReference.delete(accountReference);
  }
}

/** I8: whoever was told "accepted" was heard: no such success ends as something that nobody knows. */
async function assertCallbacksCount(em: Em, { callbacks }: SimulatorParts) {
  const rows = await execute<{ token: string; state: PaymentState }>(
    em,
    'select callbackTokenHash as token, state from payment',
  );
  const states = new Map(rows.map(({ token, state }) => [token, state]));
  for (const token of acknowledged(callbacks).keys())
    assert.ok(['paid', 'failed'].includes(states.get(token) ?? ''), 'a callback was accepted and did not count');
}

interface ReceiptRow {
  accountReference: string;
  state: PaymentState;
  number: string | null;
  amount: number | null;
  allocation: 'applied' | 'refund_due' | 'unallocated' | null;
}

/** I2, I3, I5, I13: each debit is in exactly one place, and nowhere is there money that was not debited. */
async function account(em: Em, debits: readonly Debit[]): Promise<Accounts> {
  const rows = await execute<ReceiptRow>(
    em,
    `select accountReference, state, number, r.amount, allocation from payment p left join receipt r on r.payment = p.id`,
  );
  const accounts: Accounts = { debits: debits.length, applied: 0, refundDue: 0, unknown: 0 };
  const unexplained = new Set(rows.filter(row => row.allocation !== null));
  for (const debit of debits) {
    const ofPayment = rows.filter(row => row.accountReference === debit.accountReference);
    const [row, ...more] = ofPayment;
    assert.ok(row && more.length === 0, `a debit of ${debit.amount} has ${ofPayment.length} places`);
    if (row.allocation === null) {
      assert.equal(row.state, 'unknown', 'money came, and staff do not see the payment as unknown');
      accounts.unknown++;
      continue;
    }
    assert.ok(row.number === null || row.number === debit.receiptNumber, 'another receipt number');
    assert.equal(row.amount, debit.amount * MINOR_UNITS);
    assert.notEqual(row.allocation, 'unallocated');
    accounts[row.allocation === 'applied' ? 'applied' : 'refundDue']++;
    unexplained.delete(row);
  }
  assert.deepEqual([...unexplained], [], 'money that never left a phone');
  return accounts;
}
