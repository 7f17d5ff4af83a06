import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '..');
const GROUPS = join(ROOT, 'node_modules/.cache/test-groups');
const TOGETHER = 8; // Files in one process: so many that loading is little, so few that all cores end together.
const AT_ONCE = 3; // Processes: while one waits for a browser or another process, two cores still have work.
const MEMORY_FOLDER = '/dev/shm';
const MEMORY_BYTES = 2 * 1024 ** 3; // Of it and of this machine; the tests need a quarter of that.
const ALONE = /^test\/(histories|client)\//; // The longest, and those whose hooks are meant for their own tests only.
const OPENS_BROWSER = /\bopenBrowser\(/; // Such files share one.

/**
 * `npm test`: all test files, several to a process. To load the server and to get warm takes longer than most files do,
 * and they disturb each other as little as the tests of one file. Any file still runs by itself, with `node --test`.
 */
const folder = makeFolder();
const child = spawn(
  process.execPath,
  [
    `--import=${pathToFileURL(join(ROOT, 'test/support/lighter-runner.ts'))}`,
    ...['--test', `--test-concurrency=${AT_ONCE}`, '--test-timeout=240000'],
    '--test-global-setup=test/support/global.ts',
    ...process.argv.slice(2),
    ...writeGroups(),
  ],
  { cwd: ROOT, stdio: 'inherit', env: { ...process.env, TMPDIR: folder } },
);
process.on('SIGINT', () => {}); // Theirs: we tidy up after them.
child.on('exit', code => {
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = code ?? 1;
});

/** For everything that they write, gone when they are. */
function makeFolder(): string {
  const made = mkdtempSync(join(roomyFolder(), 'tiketi-tests-'));
  chmodSync(made, 0o755); // PostgreSQL does not run as root, and has its own in here.
  return made;
}

/** Databases of tests wait for no disk where there is memory for them: nobody pulls this machine's plug. */
function roomyFolder(): string {
  if (!existsSync(MEMORY_FOLDER)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
  return Math.min(bavail * bsize, process.availableMemory()) < MEMORY_BYTES ? tmpdir() : MEMORY_FOLDER;
}

/** Each a module that loads its files, in the order in which they are to begin: what takes longest first. */
function writeGroups(): string[] {
  rmSync(GROUPS, { recursive: true, force: true });
  mkdirSync(GROUPS, { recursive: true });
  return group(globSync('test/**/*.test.ts', { cwd: ROOT }).sort()).map(({ name, files }, at) => {
    const path = join(GROUPS, `${String(at).padStart(3, '0')}-${name}.mjs`);
    const lines = files.map(file => `import ${JSON.stringify(pathToFileURL(join(ROOT, file)))};\n`);
    writeFileSync(path, lines.join(''));
    return path;
  });
}

/** Browsers wait and histories compute: they begin side by side. */
function group(files: string[]): { name: string; files: string[] }[] {
  const groups = Map.groupBy(files, nameOf);
  const split = (name: string) => {
    const members = groups.get(name) ?? [];
    groups.delete(name);
    const size = ALONE.test(`test/${name}/`) ? 1 : TOGETHER;
    return Array.from({ length: Math.ceil(members.length / size) }, (_, at) => ({
      name,
      files: members.slice(at * size, (at + 1) * size),
    }));
  };
  const [waiting, computing] = [split('browser'), split('histories')];
  const first = waiting.flatMap((one, at) => [one, ...computing.slice(at, at + 1)]);
  return [...first, ...computing.slice(waiting.length), ...[...groups.keys()].flatMap(split)];
}

function nameOf(file: string): string {
  if (ALONE.test(file)) return file.split('/')[1] ?? '';
  return OPENS_BROWSER.test(readFileSync(join(ROOT, file), 'utf8')) ? 'browser' : (file.split('/').at(-2) ?? '');
}
