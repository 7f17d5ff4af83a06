import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '..');
const SKIPPED = /(^|\/)(node_modules|\.git|dist|data|results|screens)(\/|$)/;
const TEXT = /\.(ts|json|md|html|css|svg)$|(^|\/)(\.npmrc|\.gitignore|\.gitattributes|run)$/;
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/; // PostgreSQL's binaries are only published as betas of their package.
const SANDBOX_PASSKEY = 'bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919'; // Public, and the same for everybody.

/** The first version of each without a known weakness that would matter here, and what that was. */
const AT_LEAST: Record<string, [version: string, because: string]> = {
  'socket.io-parser': ['4.2.7', 'CVE-2026-33151 and CVE-2026-69185: attachments without a limit fill the memory'],
  ws: ['8.21.0', 'CVE-2026-45736: bytes of others in a close frame; CVE-2026-48779: tiny fragments fill the memory'],
  'engine.io': ['6.4.2', 'CVE-2023-31125: one request ends the process'],
  koa: ['3.1.2', 'CVE-2025-8129 and CVE-2026-27959: a Host header that leads elsewhere'],
};

interface Locked {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  hasInstallScript?: boolean;
}
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
const installed = Object.entries(packages).filter(([path]) => path !== '');

test('S29 every package is pinned to one version and to its own bytes, and comes from the registry', () => {
  const { dependencies, devDependencies } = read('package.json') as Record<string, Record<string, string>>;
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    assert.match(version, EXACT, name);
  assert.ok(installed.length > 100);
  for (const [path, { version = '', integrity = '', resolved, link }] of installed) {
    assert.match(version, EXACT, path);
    assert.match(integrity, /^sha512-[A-Za-z0-9+/]{86}==$/, `${path}: its bytes are not pinned`);
    assert.ok(!link && (resolved ?? '').match(/^(https:\/\/registry\.npmjs\.org\/.*)?$/), `${path} from ${resolved}`);
  }
});

test('S29 no package is older than the version that mended what is known of it', () => {
  for (const [name, [least, because]] of Object.entries(AT_LEAST)) {
    const found = installed.filter(([path]) => path.endsWith(`node_modules/${name}`));
    assert.ok(found.length > 0, `${name} is installed`);
    for (const [path, { version = '' }] of found)
      assert.ok(isAtLeast(version, least), `${path} is ${version}, not ${least}. ${because}`);
  }
});

test('S29 no package runs anything of its own when it is installed, but those that were looked at', () => {
  const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };
  const running = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
  const unknown = running.map(path => path.replace(/^.*node_modules\//, '')).filter(name => !(name in allowScripts));
  assert.deepEqual(
    unknown.filter(name => name !== 'fsevents'), // Of macOS alone, and optional.
    [],
  );
});

test('S29 a version is at least another by its numbers, not by its letters', () => {
  for (const [version, least, is] of [
    ['4.2.7', '4.2.7', true],
    ['4.2.10', '4.2.7', true],
    ['5.0.0', '4.2.7', true],
    ['4.2.6', '4.2.7', false],
    ['3.9.9', '4.2.7', false],
    ['4.2.7-rc.1', '4.2.7', false],
  ] as const)
    assert.equal(isAtLeast(version, least), is, `${version} ${least}`);
});

const SECRETS: [what: string, pattern: RegExp][] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a key of a cloud', /\b(AKIA[0-9A-Z]{16}|gh[pousr]_\w{36}|xox[baprs]-[\w-]{10}|sk_live_\w{16})/],
  ['a setting with a secret in it', /^(MPESA|PESAPAL)_\w*(KEY|SECRET|PASSWORD)=(?!…|$)\S+/m],
  ['sixty-four digits of hex', /\b(?!0{64})[0-9a-f]{64}\b/],
];

test('S21 no secret stands in the repository, and a settings file cannot slip in', () => {
  const names = sourceFiles('');
  assert.ok(names.length > 400, `${names.length} files`);
  for (const name of names) {
    const text = readFileSync(join(ROOT, name), 'utf8').replaceAll(SANDBOX_PASSKEY, '');
    for (const [what, pattern] of SECRETS) assert.doesNotMatch(text, pattern, `${name}: ${what}`);
  }
  const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n');
  for (const private_ of ['.env', 'data/']) assert.ok(ignored.includes(private_), private_);
});

test('S21 what browsers are given names no setting and holds no key', () => {
  const files = readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' }).filter(name =>
    /\.(js|html|css)$/.test(name),
  );
  assert.ok(files.length > 5);
  for (const name of files) {
    const text = readFileSync(join(ROOT, 'dist', name), 'utf8');
    assert.doesNotMatch(
      text,
      /MPESA_|PESAPAL_[A-Z]|DATA_KEY|DATABASE_URL|consumerSecret|simulated-(consumer|password)/,
      name,
    );
    assert.ok(!text.includes(SANDBOX_PASSKEY), name);
    assert.doesNotMatch(text, /sourceMappingURL/, `${name} leads to our sources`);
  }
});

/** By numbers; a version before the release is before it. */
function isAtLeast(version: string, least: string): boolean {
  const [numbers = '', early] = version.split('-');
  const [have, want] = [numbers.split('.').map(Number), least.split('.').map(Number)];
  const at = have.findIndex((number, place) => number !== want[place]);
  return at < 0 ? early === undefined : (have[at] ?? 0) > (want[at] ?? 0);
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, name), 'utf8'));
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).flatMap(name => {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (SKIPPED.test(path)) return [];
    if (statSync(join(ROOT, path)).isDirectory()) return sourceFiles(path);
    return TEXT.test(path) ? [path] : [];
  });
}
