import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';

const ROOT = resolve(import.meta.dirname, '..');
const LINES_LISTED = 150;
const LINES_MAX = 300;
const TABLES = [
  'server/simulator/faults.ts',
  'server/simulator/pesapal/faults.ts',
  'client/kit/dictionary.ts',
  'client/kit/words.ts',
]; // Data: as long as it must be.

/** From left to right: a room may import itself and those before it on its line, never one after it. */
const ROOMS = [
  ['shared/'],
  ['server/model/'],
  ['server/view/'],
  ['server/metrics/'],
  ['server/http/', 'server/gateway/', 'server/realtime/', 'server/database/', 'server/settings/', 'server/config.ts'],
  ['server/health/', 'server/error-reports/'],
  ['server/relay'],
  ['server/parts.ts'],
  ['server/fleet/'],
  ['server/open-gateways.ts'],
  ['server/show/'],
  ['server/booking/'],
  ['server/ticket/'],
  ['server/charge/'],
  ['server/mail/'],
  ['server/payment/'],
  ['server/tutorial-pages/'],
  ['server/box-office/'],
  ['server/programme/'],
  ['server/till/'],
  ['server/board/'],
  ['server/door/'],
  ['server/report/'],
  ['server/office-events.ts'],
  ['server/janitor/', 'server/janitor.ts'],
  ['server/app.ts'],
  ['server/assemble.ts', 'server/tell-watchers.ts', 'server/open-sockets.ts', 'server/measure.ts'],
  ['server/leave.ts'],
  ['server/start-server.ts'],
  ['server/stop-on-signals.ts', 'server/main.ts'],
];
const EDGES = ['server/http/', 'server/gateway/', 'server/realtime/', 'server/database/'];

const files = ['server', 'client', 'shared', 'test'].flatMap(sources);

function sources(folder: string): { path: string; text: string; imports: string[] }[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.includes('migrations'))
    .map(name => {
      const path = `${folder}/${name}`;
      const text = readFileSync(join(ROOT, path), 'utf8');
      const imports = [...text.matchAll(/^(?:import|export)\b[^;]*?from '(\.[^']+)'/gms)].map(([, target = '']) =>
        relative(ROOT, resolve(ROOT, dirname(path), target)),
      );
      return { path, text, imports };
    });
}

/** Fails with every offender at once: `nothing` says what must not be. */
function none(nothing: string, offenders: string[]) {
  assert.deepEqual(offenders, [], nothing);
}

function linesThat(pattern: RegExp, within: (path: string) => boolean): string[] {
  return files
    .filter(({ path }) => within(path) && path !== 'test/tidy.test.ts')
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .map((line, at) => ({ line, at }))
        .filter(({ line }) => pattern.test(line))
        .map(({ line, at }) => `${path}:${at + 1} ${line.trim()}`),
    );
}

const roomOf = (path: string) => ROOMS.findIndex(room => room.some(one => path.startsWith(one)));
const inServer = (path: string) => path.startsWith('server/');
const inSimulator = (path: string) => path.startsWith('server/simulator/');
const inDomain = (path: string) =>
  /^server\/(model|view|show|booking|ticket|payment|tutorial-pages|mail|box-office|janitor|relay|gateway|realtime)/.test(
    path,
  );

test('imports point left', () => {
  none(
    'a room imports only those before it',
    files.flatMap(({ path, imports }) =>
      inServer(path) && !inSimulator(path)
        ? imports
            .filter(target => !inSimulator(target) && roomOf(target) > roomOf(path))
            .map(target => `${path} → ${target}`)
        : [],
    ),
  );
});

test('every room of the server is on the map', () => {
  none(
    'files that no room claims',
    files.map(({ path }) => path).filter(path => inServer(path) && !inSimulator(path) && roomOf(path) < 0),
  );
});

test('edges do not know each other, client and simulator know only what is shared', () => {
  const strangers = files.flatMap(({ path, imports }) =>
    imports.filter(target => isStranger(path, target)).map(target => `${path} → ${target}`),
  );
  none('imports across a border', strangers);
});

function isStranger(path: string, target: string): boolean {
  if (path.startsWith('client/')) return !target.startsWith('client/') && !target.startsWith('shared/');
  if (path.startsWith('shared/')) return !target.startsWith('shared/');
  if (inSimulator(path)) return !inSimulator(target) && !target.startsWith('shared/');
  if (inSimulator(target)) return path !== 'server/main.ts' && !path.startsWith('test/');
  const edge = EDGES.find(one => path.startsWith(one));
  if (edge === 'server/gateway/') return !target.startsWith(edge) && !target.startsWith('shared/');
  if (edge === 'server/realtime/') return !target.startsWith(edge) && !target.startsWith('shared/');
  return edge !== undefined && EDGES.some(one => one !== edge && target.startsWith(one));
}

test('no file has grown past its story', () => {
  const lengths = files.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
  const long = lengths.filter(
    ({ path, lines }) => lines > LINES_LISTED && !path.startsWith('test/') && !TABLES.includes(path),
  );
  for (const { path, lines } of long) console.log(`${lines} lines: ${path}`);
  none(
    'files of more than 300 lines',
    lengths.filter(({ path, lines }) => lines > LINES_MAX && !TABLES.includes(path)).map(({ path }) => path),
  );
});

test('the environment is read in one place', () => {
  none(
    'process.env',
    linesThat(/process\.env/, path => inServer(path) && path !== 'server/main.ts'),
  );
});

test('time, timers and chance are handed in', () => {
  none(
    'a clock of its own',
    linesThat(
      /Date\.now|new Date\(\)|performance\.now|setTimeout|setInterval|Math\.random|randomUUID|randomBytes/,
      path =>
        (inDomain(path) || inSimulator(path) || path.startsWith('shared/')) &&
        path !== 'shared/clock.ts' &&
        path !== 'shared/random.ts',
    ),
  );
});

test('nobody lets an EntityManager load or keep entities: one reads for all', () => {
  none(
    'the unit of work',
    linesThat(/\bem\.(find\w*|create|persist|flush|remove|populate|getReference|refresh|upsert\w*)\(/, inServer),
  );
});

test('no gateway is waited for inside a transaction', () => {
  const network = /\.(collect|ask|wait|statement)\(|\bsend\(|pushPayment\(|askGateway\(/;
  const offenders = files
    .filter(({ path }) => inServer(path) && !inSimulator(path))
    .flatMap(({ path, text }) =>
      [...insideWrites(text), ...takingAnEm(text)].filter(code => network.test(code)).map(() => path),
    );
  none('a network call between begin and commit', offenders);
});

/** What stands between the parentheses of each `write(…)`. */
function insideWrites(text: string): string[] {
  return [...text.matchAll(/\bwrite\(/g)].map(({ index }) => {
    let depth = 0;
    let end = text.indexOf('(', index);
    do depth += text[end] === '(' ? 1 : text[end] === ')' ? -1 : 0;
    while (depth > 0 && ++end < text.length);
    return text.slice(index, end);
  });
}

/** Functions that work in somebody's transaction say so by their first parameter. */
function takingAnEm(text: string): string[] {
  return text.split(/\n}\n/).filter(code => /function \w+(<[^>]*>)?\(\s*em: Em/.test(code));
}

test('nothing is left for later', () => {
  none(
    'notes to oneself',
    linesThat(/\b(TODO|FIXME|XXX|HACK)\b/, () => true),
  );
  none(
    'skipped tests',
    linesThat(/\b(test|it|describe)\.(skip|todo|only)\b|\{ skip:/, path => path.startsWith('test/')),
  );
});

test('no utils, helpers or index files that only pass on', () => {
  none(
    'names that say nothing',
    files
      .map(({ path }) => path)
      .filter(path => /(^|\/)(utils?|helpers?|common|services?|managers?|index)(\.ts|\/)/.test(path)),
  );
});
