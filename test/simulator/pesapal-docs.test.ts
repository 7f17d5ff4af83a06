import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { magicNumberTz, PESAPAL_FAMILIES } from '../../server/simulator/pesapal/fault.ts';
import { PESAPAL_FAULT_NAMES, pesapalFaultCalled } from '../../server/simulator/pesapal/faults.ts';

const page = await readFile(new URL('../../docs/simulator.md', import.meta.url), 'utf8');

test('the page about the simulator lists every fault of Pesapal’s, its magic number and what it does', () => {
  assert.ok(page.includes(faultTables()), `docs/simulator.md should contain:\n\n${faultTables()}`);
});

test('Pesapal’s magic numbers are mobile numbers of Tanzania’s, and each is one row’s own', () => {
  const numbers = PESAPAL_FAULT_NAMES.map(name => magicNumberTz(pesapalFaultCalled(name)));
  assert.equal(new Set(numbers).size, numbers.length);
  for (const number of numbers) assert.match(number, /^255700000\d{3}$/);
});

/** The tables of docs/simulator.md, as they follow from the code. */
function faultTables(): string {
  return Object.entries(PESAPAL_FAMILIES)
    .map(([family, title]) => `### ${title}\n\n| phone | fault | what happens |\n|---|---|---|\n${rows(family)}\n`)
    .join('\n');
}

function rows(family: string): string {
  return PESAPAL_FAULT_NAMES.map(name => ({ name, ...pesapalFaultCalled(name) }))
    .filter(({ digits }) => digits.startsWith(family))
    .map(({ name, digits, sentence }) => `| 0700 000 ${digits} | \`${name}\` | ${sentence} |`)
    .join('\n');
}
