import { edit, type Mutant } from './mutant.ts';

const DIALECT = 'server/database/sqlite-dialect.ts';
const TOGETHER = 'server/database/write-together.ts';
const RECORD = 'server/booking/record-change.ts';

/** What is stored when, and who is told of it. */
export const DURABILITY: Mutant[] = [
  {
    name: 'a callback is acknowledged before it is stored',
    breaks: ['I8'],
    edits: [
      edit(
        'server/payment/callback-routes.ts',
        `  const callbackId = await inbox.arriving(store(parts, addressee, { gateway: 'daraja', body, sourceAddress }));
  if (callbackId !== undefined) inbox.settle(callbackId);`,
        `  const stored = inbox.arriving(store(parts, addressee, { gateway: 'daraja', body, sourceAddress }));
  parts.inBackground('settle', stored.then(id => id !== undefined && inbox.settle(id)));`,
      ),
    ],
    killedBy: ['test/http/callbacks.test.ts', 'test/crash/crash-loop.test.ts', 'test/crash/durable.test.ts'],
  },
  {
    name: 'one callback that cannot be stored is the end of all that came with it',
    breaks: ['I8'],
    edits: [
      edit(
        'server/payment/store-together.ts',
        'else for (const one of taken) void storeAlone(one);',
        'else for (const one of taken) one.failed(error);',
      ),
    ],
    killedBy: ['test/payment/inbox.test.ts'],
  },
  {
    name: 'a commit does not wait for the disk',
    breaks: ['I8', 'I11'],
    edits: [
      edit(DIALECT, `database.pragma('synchronous = full');`, `database.pragma('synchronous = normal');`),
      edit(DIALECT, 'synchronous === 2', 'synchronous === 1'),
    ],
    killedBy: ['test/database/durable.test.ts', 'test/crash/durable.test.ts'],
  },
  {
    name: 'a transaction begins without the right to write',
    breaks: ['I11'],
    edits: [edit(DIALECT, `CompiledQuery.raw('begin immediate')`, `CompiledQuery.raw('begin')`)],
    killedBy: ['test/database/durable.test.ts'],
  },
  {
    name: 'writers are answered before the commit',
    breaks: ['I8'],
    edits: [
      edit(
        TOGETHER,
        'for (const waiting of batch) answers.push(await writeAlone(em, database, waiting));',
        'for (const waiting of batch) (await writeAlone(em, database, waiting))();',
      ),
    ],
    killedBy: ['test/database/shared-commit.test.ts', 'test/crash/crash-loop.test.ts'],
  },
  {
    name: 'one that fails in a shared commit leaves half of itself behind',
    breaks: ['I11'],
    edits: [edit(TOGETHER, 'await run.executeQuery(UNDO);', '')],
    killedBy: ['test/database/shared-commit.test.ts'],
  },
  {
    name: 'a change does not raise the version',
    breaks: ['I10', 'I14'],
    edits: [edit(RECORD, `booking('version', '+', 1)`, `booking('version', '+', 0)`)],
    killedBy: ['test/payment/settle-in-any-order.test.ts'],
  },
  {
    name: 'a change is not audited',
    breaks: ['I10'],
    edits: [edit(RECORD, `  await insertEntry.run(`, `  if (version < 2) await insertEntry.run(`)],
    killedBy: ['test/payment/settle-in-any-order.test.ts'],
  },
  {
    name: 'a change is not put into the outbox',
    breaks: ['I10', 'I14'],
    edits: [edit(RECORD, `await insertOutbox.run(em, { topic, subject, showing, version });`, '')],
    killedBy: ['test/payment/settle-in-any-order.test.ts'],
  },
  {
    name: 'the relay forgets a change before it has told it',
    breaks: ['I10', 'I11', 'I14'],
    edits: [
      edit(
        'server/relay.ts',
        `  await tell(rows);
  await told.add(rows.map(({ id }) => id));`,
        `  await forget(parts, rows.map(({ id }) => id));
  await tell(rows);`,
      ),
    ],
    killedBy: ['test/relay.test.ts'],
  },
  {
    name: 'whoever watches is read first and joins the room afterwards',
    breaks: ['I14'],
    edits: [
      edit(
        'server/realtime/welcome.ts',
        `  await socket.join(roomOf(id));
  const view = await see(id);`,
        `  const view = await see(id);
  await socket.join(roomOf(id));`,
      ),
    ],
    killedBy: ['test/booking/watching.test.ts'],
  },
  {
    name: 'a page shows whatever comes, older or not',
    breaks: ['I14'],
    edits: [
      edit(
        'client/kit/watch-newest.ts',
        'if (shown && view.version < shown.version) return; // It was overtaken on the way.',
        '',
      ),
    ],
    killedBy: ['test/client/watch-booking.test.ts', 'test/convergence/converge.test.ts'],
  },
  {
    name: 'a page does not ask when it is connected again',
    breaks: ['I14'],
    edits: [edit('client/kit/keep-asking.ts', 'line.onOpen(() => void askNow()),', 'line.onOpen(() => {}),')],
    killedBy: ['test/client/watch-booking.test.ts', 'test/convergence/converge.test.ts'],
  },
  {
    name: 'a gateway is asked inside a transaction',
    breaks: ['I7'],
    edits: [
      edit(
        'server/payment/push-payment.ts',
        `  const collected = line ? await collectInTurn(parts, line, payment) : BUSY;
  await parts.database.write(em => recordAnswer(em, parts, payment, collected));`,
        `  await parts.database.write(async em =>
    recordAnswer(em, parts, payment, line ? await collectInTurn(parts, line, payment) : BUSY),
  );`,
      ),
    ],
    killedBy: ['test/payment/asks-outside.test.ts'],
  },
  {
    name: 'a payment is pushed before it is committed',
    breaks: ['I7'],
    edits: [
      edit(
        'server/payment/routes.ts',
        'await parts.database.write(em => startPayment(em, parts, paidFor, request, key))',
        `await parts.database.write(async em => {
    const started = await startPayment(em, parts, paidFor, request, key);
    if (started.isNew) parts.inBackground('push', pushPayment(parts, started.paymentId));
    return { ...started, isNew: false };
  })`,
      ),
    ],
    killedBy: ['test/tidy.test.ts', 'test/journeys/pay.test.ts'],
  },
];
