import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';

const DIST = join(import.meta.dirname, '../../dist');
const POSTERS = join(import.meta.dirname, '../../client/public/posters');
const SCRIPT_BYTES = 45_000; // Gzipped, all pages of a booking together: two seconds of slow 3G.
const POSTER_BYTES = 6_000;
const PAGES = {
  'from the programme to the ticket': ['index.html', 'showing.html', 'booking.html'],
  'paying an amount': ['pay.html', 'charge.html'],
};

const Manifest = v.record(
  v.string(),
  v.object({
    file: v.string(),
    imports: v.optional(v.array(v.string()), []),
    dynamicImports: v.optional(v.array(v.string()), []),
  }),
);

for (const [what, pages] of Object.entries(PAGES))
  test(`everything that a customer’s pages can ever load of script, ${what}, weighs at most 45 kB`, t => {
    const manifest = v.parse(Manifest, JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')));
    const reached = new Set<string>();
    const reach = (name: string) => {
      const part = manifest[name];
      if (!part || reached.has(part.file)) return;
      reached.add(part.file);
      for (const next of [...part.imports, ...part.dynamicImports]) reach(next);
    };
    for (const page of pages) reach(page);
    const sizes = [...reached].map(file => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length);
    const sum = sizes.reduce((one, other) => one + other, 0);
    t.diagnostic(`${sum} bytes in ${sizes.length} files`);
    assert.ok(sizes.length > pages.length);
    assert.ok(sum <= SCRIPT_BYTES, `${sum} bytes`);
  });

test('there is a small poster for every movie of the sample programme, and one for those without', () => {
  const programme = readFileSync(join(import.meta.dirname, '../../server/show/sample-programme.json'), 'utf8');
  const posters = readdirSync(POSTERS);
  const named = [...programme.matchAll(/"poster": "([^"]+)"/g)].map(([, name]) => name);
  assert.deepEqual([...named, 'no-poster.svg'].sort(), posters.sort());
  for (const poster of posters) assert.ok(statSync(join(POSTERS, poster)).size <= POSTER_BYTES, poster);
});
