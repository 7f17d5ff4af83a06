import { test } from 'node:test';
import { runSeeds } from './run-seeds.ts';

test('I1–I14 hold in whatever happens: histories 251 to 500', () => runSeeds(251, 500));
