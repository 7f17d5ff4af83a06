import * as v from 'valibot';
import { contradictions } from './settings/contradictions.ts';
import { Settings } from './settings/schema.ts';

export { SANDBOX_PASSKEY, SANDBOX_SHORT_CODE } from './settings/contradictions.ts';
export { addRange } from './settings/kinds.ts';
export { callbackUrlOf, isLive, isLoopback, isSimulated, publicUrlOf } from './settings/meaning.ts';
export type { Settings } from './settings/schema.ts';

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
