import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../mutants/copy-tree.ts';
import type { Invariant } from '../mutants/mutant.ts';

export interface NamedTest {
  file: string;
  name: string;
  invariants: Invariant[];
}

/** Every test whose name begins with the promises that it is about: `I2 I3 money and tickets`. */
export function findTests(): NamedTest[] {
  return readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.test.ts'))
    .sort()
    .flatMap(name => {
      const file = `test/${name}`;
      const text = readFileSync(join(ROOT, file), 'utf8');
      return [...text.matchAll(/^test\(\s*(['"`])((?:I\d+ )+)(.*?)\1,/gm)].map(([, , ids = '', says = '']) => ({
        file,
        name: says,
        invariants: ids.trim().split(' ') as Invariant[],
      }));
    });
}
