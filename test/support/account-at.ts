import type { StartedSimulator } from '../../server/simulator/start-simulator.ts';

/** The settings of a server whose gateway is this one: its account there, and a key of its own. */
export function accountAt({ url, simulator }: StartedSimulator): Record<string, string> {
  const { consumerKey, consumerSecret, passkey, shortCode } = simulator.settings;
  return {
    DATA_KEY: 'a key of at least thirty-two characters',
    MPESA_BASE_URL: url,
    MPESA_CONSUMER_KEY: consumerKey,
    MPESA_CONSUMER_SECRET: consumerSecret,
    MPESA_PASSKEY: passkey,
    MPESA_BUSINESS_SHORT_CODE: shortCode,
  };
}
