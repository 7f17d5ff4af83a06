import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { JournalAnswer } from '../../shared/office/shift-report.ts';
import { forge } from '../support/forge.ts';
import { change, rowsOf } from '../support/office.ts';
import {
  atCounter,
  atTill,
  type Counter,
  cash,
  closeShift,
  hundreds,
  openCounter,
  popcorn,
  reportOf,
} from '../support/till.ts';

const run = promisify(execFile);

atCounter('a sealed shift is sealed for ever: its rows refuse every change', async c => {
  assert.equal((await closeShift(c, 2_000)).status, 201);
  const before = await rowsOf(c.tiketi, 'select * from shift');
  for (const sql of [
    'update shift set counted = 0',
    'delete from shift',
    `update journal_entry set cash = 0 where line = 1`,
    'delete from journal_entry',
  ])
    await assert.rejects(change(c.tiketi, sql), /constraint/i, sql);
  assert.deepEqual(await rowsOf(c.tiketi, 'select * from shift'), before);
  assert.equal(
    (await c.amina.ask('POST', `/shifts/${c.shiftId}/counts`, { ...hundreds(1), approval: c.approval })).status,
    409,
  );
  await c.amina.does('POST', `/shifts/${c.shiftId}/seals`, { approval: c.approval });
  assert.deepEqual(await rowsOf(c.tiketi, 'select * from shift'), before);
});

async function verify({ tiketi }: Counter): Promise<string> {
  const place = tiketi.server.parts.config.database;
  const { stdout } = await run(process.execPath, ['server/till/verify-journal.ts', place]).catch(failed => failed);
  return stdout.trim();
}

/** As the page of the shift says it. */
async function chainOf({ baraka, shiftId }: Counter) {
  return v.parse(JournalAnswer, await baraka.does('GET', `/shifts/${shiftId}/journal`)).chain;
}

for (const [forgery, sql, named] of [
  [
    'a sum in the middle',
    `update journal_entry set cash = 1 where line = 2`,
    /^broken: shift 1, line 2: it was changed$/,
  ],
  ['a line that is gone', `delete from journal_entry where line = 2`, /^broken: shift 1, line 2: it is missing$/],
  [
    'the last line that is gone',
    `delete from journal_entry where kind = 'sealed'`,
    /^broken: shift 1: its journal is not the one that was sealed$/,
  ],
  ['a name', `update journal_entry set actor = 'Juma' where line = 1`, /^broken: shift 1, line 1: it was changed$/],
  [
    'a whole shift behind its seal',
    `update shift set journalHash = '${'0'.repeat(64)}'`,
    /^broken: shift 1: its journal is not/,
  ],
  ['a seal', `update shift set sealHash = '${'0'.repeat(64)}'`, /^broken: shift 1: its seal was changed$/],
] as const)
  test(`the chain of journals finds a forgery and names it: ${forgery}`, async t => {
    const c = await openCounter(t);
    await c.amina.sell([popcorn(300)], cash(300));
    await closeShift(c, 2_300);
    assert.equal(await verify(c), '1 shifts, 4 lines: all as they were written');
    assert.deepEqual(await chainOf(c), { isWhole: true, brokenLine: null });
    forge(c, sql);
    assert.match(await verify(c), named);
    const line = named.source.match(/line (\d)/)?.[1];
    assert.deepEqual(await chainOf(c), { isWhole: false, brokenLine: line === undefined ? null : Number(line) });
  });

atCounter('each seal carries the one before it', async ({ tiketi, hire, approval, baraka, ...c }) => {
  const counter = { tiketi, hire, approval, baraka, ...c };
  assert.equal((await closeShift(counter, 2_000)).status, 201);
  const juma = atTill(tiketi, await hire('Juma'));
  const { shiftId } = await juma.openShift();
  await juma.does('POST', `/shifts/${shiftId}/counts`, hundreds(20));
  await juma.does('POST', `/shifts/${shiftId}/seals`, { approval });
  const first = await reportOf(baraka, `/shifts/${c.shiftId}/report`);
  const second = await reportOf(baraka, `/shifts/${shiftId}/report`);
  assert.equal(first.seal?.previousHash, '0'.repeat(64));
  assert.deepEqual([second.seal?.number, second.seal?.previousHash], [2, first.seal?.hash]);
});
