import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
import type { Database } from '../../../server/database/open-database.ts';

const TICK_MS = 10; // As Linux tells it to everybody, however it counts itself.

/** What the processor has done so far for PostgreSQL, which runs on this machine; not a number where the system does not tell. */
export async function postgresCpuMs({ orm }: Database): Promise<number> {
  if (platform() !== 'linux') return Number.NaN;
  const [row] = await orm.em.fork().execute(`select pg_read_file('postmaster.pid') as said`);
  const first = Number.parseInt(row?.said, 10);
  const children = readFileSync(`/proc/${first}/task/${first}/children`, 'utf8').trim().split(' ');
  const all = children.map(child => ticksOf(Number(child)).own);
  const { own, ended } = ticksOf(first);
  return TICK_MS * all.reduce((sum, ticks) => sum + ticks, own + ended);
}

/** `ended`: of its children that are gone. */
function ticksOf(pid: number): { own: number; ended: number } {
  const words = readStat(pid).split(') ')[1]?.split(' ') ?? [];
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = words.slice(11, 15).map(Number);
  return { own: user + system, ended: endedUser + endedSystem };
}

function readStat(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return ''; // It has just ended.
  }
}
