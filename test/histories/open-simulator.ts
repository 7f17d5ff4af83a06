import type { Config } from '../../server/config.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../server/simulator/simulator.ts';
import { KEYS } from '../support/gateway-keys.ts';
import type { Chance } from './chance.ts';

/** The gateway at which this house has its account. Of Pesapal's habits, those that are written nowhere are drawn. */
export function openSimulator(
  { daraja, pesapal }: Config,
  chance: Chance,
  options: Omit<SimulatorOptions, 'settings'>,
): Simulator {
  const { consumerKey = '', consumerSecret = '', passkey = '', shortCode = '', initiator } = daraja ?? {};
  const operator = initiator && { initiatorName: initiator.name, initiatorPassword: initiator.password };
  const simulator = createSimulator({
    ...options,
    settings: {
      ...(daraja && { consumerKey, consumerSecret, passkey, shortCode, ...operator }),
      ...(pesapal && {
        pesapalConsumerKey: pesapal.consumerKey,
        pesapalConsumerSecret: pesapal.consumerSecret,
        pesapalBadTokenStatus: chance.oneOf([200, 401, 500] as const),
        ipnBody: chance.oneOf(['json', 'form'] as const),
        ipnRetries: chance.oneOf([0, 0, 3] as const),
        refundApprovalSeconds: null,
      }),
    },
  });
  simulator.parts.keys = KEYS;
  return simulator;
}
