import assert from 'node:assert/strict';
import type { Simulator } from '../../server/simulator/simulator.ts';

const TOKEN = /[0-9a-f]{32}$/;

/** What this world knows and no log may: the gateway's keys, every callback's token, every phone that was ever asked. */
export function secretsOf({ settings, parts, phones }: Simulator): string[] {
  const { consumerKey, consumerSecret, passkey, initiatorPassword } = settings;
  const tokens = [...parts.checkouts.values()].map(({ callbackUrl }) => TOKEN.exec(callbackUrl)?.[0]);
  const numbers = phones.all().map(({ number }) => number.slice(-9)); // However it is spelt in front.
  const all = [consumerKey, consumerSecret, passkey, initiatorPassword, parts.access.token, ...tokens, ...numbers];
  return all.filter(secret => typeof secret === 'string');
}

/** At the end of every test that opened a Tiketi: whatever was logged, these words were not in it. */
export function assertDiscreet(logged: readonly string[], secrets: readonly string[]): void {
  for (const line of logged)
    for (const secret of new Set(secrets)) assert.ok(!line.includes(secret), `S3 S22 ${secret} was logged: ${line}`);
}
