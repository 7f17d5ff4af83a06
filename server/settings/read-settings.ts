import * as v from 'valibot';
import { contradictions } from './contradictions.ts';
import { Settings } from './schema.ts';

export type Environment = Record<string, string | undefined>;

/** Every setting, read once. Throws one error that lists everything that is wrong. */
export function readSettings(environment: Environment): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ''));
  const read = v.safeParse(Settings, given);
  const wrong = [
    ...unknownNames(given),
    ...(read.success ? [] : read.issues.map(issue => `${v.getDotPath(issue)}: ${issue.message}`)),
  ];
  if (read.success) wrong.push(...contradictions(read.output));
  if (!read.success || wrong.length > 0) throw new Error(`These settings are wrong:\n  ${wrong.join('\n  ')}`);
  return read.output;
}

/** A misspelt credential must not silently turn a gateway off. */
function unknownNames(given: Environment): string[] {
  return Object.keys(given)
    .filter(name => /^(MPESA|PESAPAL)_/.test(name) && !(name in Settings.entries))
    .map(name => `${name}: there is no such setting`);
}
