import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Meters } from './meters.ts';

const QUICK = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]; // What this machine does alone.
const SLOW = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40]; // What waits for a gateway.
const TOGETHER = [1, 2, 4, 8, 16, 32, 64]; // Pieces of work in one commit.

export type Instruments = ReturnType<typeof createInstruments>;

/** Everything that can be read at /metrics. The only file that knows Prometheus' own library. */
export function createInstruments() {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry }); // The process itself: processor, memory, delay of the event loop.
  const gauge = <Label extends string = never>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers });
  return {
    registry,
    meters: createMeters(registers),
    happenings: new Counter({
      name: 'tiketi_happenings_total',
      help: 'Lines of the audit trail since this process started, of the whole database',
      labelNames: ['happening', 'gateway'],
      registers,
    }),
    paymentsOpen: gauge('tiketi_payments_open', 'Payments whose outcome nobody knows yet', 'gateway', 'state'),
    bookingsHeld: gauge('tiketi_bookings_held', 'Bookings that keep their places unpaid'),
    callbacksWaiting: gauge('tiketi_callbacks_waiting', 'Callbacks that are stored and not settled'),
    callbacksOldest: gauge('tiketi_callbacks_oldest_seconds', 'Age of the oldest of them'),
    outboxRows: gauge('tiketi_outbox_rows', 'Changes that watchers were not told of yet'),
    outboxOldest: gauge('tiketi_outbox_oldest_seconds', 'Age of the oldest of them'),
    worklist: gauge('tiketi_worklist', 'What a person must look at; at most 500 of each kind are counted', 'kind'),
    moneyAtRisk: gauge('tiketi_money_at_risk', 'Money that is not where it belongs, in whole units', 'currency'),
    mailsWaiting: gauge('tiketi_mails_waiting', 'Mails that were not accepted by the mail server yet'),
    mailsOverdue: gauge('tiketi_mails_overdue_seconds', 'For how long the next of them should have been tried'),
    sockets: gauge('tiketi_sockets', 'Open sockets', 'namespace'),
    breakerOpen: gauge(
      'tiketi_gateway_breaker_open',
      '1 while nothing is pushed because it does not answer',
      'gateway',
    ),
    ready: gauge('tiketi_ready', '1 where all is well, as /readyz says it', 'part'),
    looked: gauge('tiketi_looked', '0 when the database could not be asked for the figures above; they are old then'),
  };
}

function createMeters(registers: Registry[]): Meters {
  const histogram = <Label extends string = never>(
    name: string,
    help: string,
    buckets: number[],
    ...labelNames: Label[]
  ) => new Histogram({ name, help, buckets, labelNames, registers });
  const requests = histogram('tiketi_http_request_seconds', 'Requests answered', QUICK, 'method', 'route', 'status');
  const calls = histogram('tiketi_gateway_request_seconds', 'Calls to gateways', SLOW, 'gateway', 'outcome');
  const callbacks = histogram(
    'tiketi_callback_settle_seconds',
    'From the arrival of a callback until it was settled',
    [...QUICK, ...SLOW.slice(SLOW.indexOf(5))],
    'gateway',
    'verdict',
  );
  const telling = histogram('tiketi_outbox_tell_seconds', 'From a change until its watchers were told', QUICK);
  const waits = histogram('tiketi_database_write_wait_seconds', 'From asking to write until the turn came', QUICK);
  const commits = histogram('tiketi_database_commit_seconds', 'Commits', QUICK);
  const sizes = histogram('tiketi_database_writes_per_commit', 'Pieces of work that shared a commit', TOGETHER);
  const reads = histogram('tiketi_database_read_seconds', 'Queries outside of transactions', QUICK);
  return {
    answered: (method, route, status, ms) =>
      requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, ms / 1_000),
    sent: (gateway, outcome, ms) => calls.observe({ gateway, outcome }, ms / 1_000),
    settled: (gateway, verdict, lagMs) => callbacks.observe({ gateway, verdict }, lagMs / 1_000),
    told: lagMs => telling.observe(lagMs / 1_000),
    wrote({ size, waitMs, commitMs }) {
      sizes.observe(size);
      waits.observe(waitMs / 1_000);
      commits.observe(commitMs / 1_000);
    },
    read: ms => reads.observe(ms / 1_000),
  };
}
