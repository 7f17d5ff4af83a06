import type { Config } from '../../server/config.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../server/simulator/simulator.ts';
import { KEYS } from './gateway-keys.ts';

/** The gateway at which this house has its account. */
export function openSimulator({ daraja }: Config, options: Omit<SimulatorOptions, 'settings'>): Simulator {
  const { consumerKey = '', consumerSecret = '', passkey = '', shortCode = '', initiator } = daraja ?? {};
  const account = { consumerKey, consumerSecret, passkey, shortCode };
  const operator = initiator && { initiatorName: initiator.name, initiatorPassword: initiator.password };
  const simulator = createSimulator({ ...options, settings: { ...account, ...operator } });
  simulator.parts.keys = KEYS;
  return simulator;
}
