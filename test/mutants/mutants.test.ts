import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { locate, ROOT } from './copy-tree.ts';
import { edit, type Mutant } from './mutant.ts';
import { MUTANTS } from './mutants.ts';
import { runMutants } from './run-mutants.ts';

const LEAST = 25;

test('every deliberate bug still finds the one place where it belongs, and the tests that are to notice it', () => {
  assert.ok(MUTANTS.length >= LEAST);
  assert.equal(new Set(MUTANTS.map(mutant => mutant.name)).size, MUTANTS.length, 'no name twice');
  for (const { name, edits, killedBy } of MUTANTS) {
    for (const one of edits) {
      assert.doesNotThrow(() => locate(ROOT, one), name);
      assert.notEqual(one.find, one.replace, name);
    }
    for (const file of killedBy) assert.ok(existsSync(join(ROOT, file)), `${name}: there is no ${file}`);
  }
});

const watching = (name: string, find: string, replace: string): Mutant => ({
  name,
  breaks: ['I14'],
  edits: [edit('client/kit/watch-newest.ts', find, replace)],
  killedBy: ['test/client/watch-booking.test.ts'],
});
const RULE = 'if (shown && view.version < shown.version) return;';

test('a bug that a test notices is killed, one that changes nothing lives, and a text that is gone is an error', async () => {
  const [killed, alive] = await runMutants([
    watching('no rule', RULE, ''),
    watching('a word', 'It was overtaken on the way.', 'Overtaken.'),
  ]);
  assert.match(killed?.noticed[0] ?? '', /^test\/client\/watch-booking\.test\.ts: never shows an older version/);
  assert.deepEqual([alive?.noticed, alive?.slept], [[], ['test/client/watch-booking.test.ts']]);
  await assert.rejects(runMutants([watching('gone', 'what nobody wrote', '')]), /has 0 times, not once/);
  await assert.rejects(runMutants([watching('torn', RULE, 'if (')]), /no longer loads, which proves nothing/);
});
