import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../mutants/copy-tree.ts';
import type { Invariant } from '../mutants/mutant.ts';

export interface NamedTest {
  file: string;
  name: string;
  invariants: Invariant[];
}

const NAMED = /^test(?:OnEachStore)?\(\s*(['"`])((?:I\d+(?:–I\d+)? )+)(.*?)\1,/gm;

/** Every test whose name begins with the promises that it is about: `I2 I3 money and tickets`, `I1–I14 whatever happens`. */
export function findTests(): NamedTest[] {
  return readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.test.ts'))
    .sort()
    .flatMap(name => {
      const file = `test/${name}`;
      const text = readFileSync(join(ROOT, file), 'utf8');
      return [...text.matchAll(NAMED)].map(([, , ids = '', says = '']) => ({
        file,
        name: says,
        invariants: ids.trim().split(' ').flatMap(expand),
      }));
    });
}

/** `I1–I14` names all that lie between. */
function expand(ids: string): Invariant[] {
  const [first = 0, last = first] = ids.split('–').map(id => Number(id.slice(1)));
  return Array.from({ length: last - first + 1 }, (_, at): Invariant => `I${first + at}`);
}
