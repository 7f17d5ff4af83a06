import { test } from 'node:test';
import { runSeeds } from './run-seeds.ts';

test('I1–I14 hold in whatever happens: histories 1 to 250', () => runSeeds(1, 250));
