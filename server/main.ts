import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Welcome } from './box-office/sign-in-code.ts';
import { type Config, readConfig } from './config.ts';
import type { Patience } from './leave.ts';
import { type StartedSimulator, startSimulator } from './simulator/start-simulator.ts';
import { startServer } from './start-server.ts';
import { stopOnSignals } from './stop-on-signals.ts';

const PAGES_FOLDER = `${import.meta.dirname}/../dist`;
const LINGER_MS = 500; // A request that is on its way on a kept connection arrives within this.

const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function start() {
  const config = readConfig({ ...file, ...process.env });
  const simulator = await startedSimulator(config);
  const server = await startServer(simulator ? withSimulated(config, simulator) : config);
  const stop = (patience?: Patience) => server.stop(patience).then(() => simulator?.stop());
  stopOnSignals({ stop, left: server.left }, { ...config.shutdown, lingerMs: LINGER_MS });
  console.log(welcome(config, simulator?.url));
  if (server.welcome) console.log(howToSignIn(server.welcome));
}

async function startedSimulator({ daraja, simulatorPort }: Config) {
  if (simulatorPort === null || !daraja) return undefined;
  const { consumerKey, consumerSecret, passkey, shortCode, tillNumber } = daraja;
  return startSimulator({
    port: simulatorPort,
    pagesFolder: PAGES_FOLDER,
    settings: { consumerKey, consumerSecret, passkey, shortCode, tillNumber },
  });
}

/** The simulated gateway has an operator who gives money back, and statements. */
function withSimulated(config: Config, { simulator }: StartedSimulator): Config {
  const { initiatorName: name, initiatorPassword: password } = simulator.settings;
  const initiator = { name, password, certificate: simulator.certificatePem };
  return config.daraja ? { ...config, daraja: { ...config.daraja, initiator, statements: true } } : config;
}

/** On a terminal the code itself; a log file is no place for it. */
function howToSignIn({ file, code }: Welcome): string {
  return `  The first manager signs in with the code in ${file}${process.stdout.isTTY ? `: ${code}` : ''}\n`;
}

function welcome({ publicUrl, mode, daraja }: Config, simulatorUrl: string | undefined): string {
  const lines = [
    `  Tiketi is open${mode === 'test' ? ', in test mode: no real money' : ''}.`,
    '',
    `  Storefront       ${publicUrl}`,
    `  Box office       ${publicUrl}/box-office`,
  ];
  if (simulatorUrl) lines.push(`  Simulated phone  ${simulatorUrl.replace('127.0.0.1', 'localhost')}`);
  if (!daraja) lines.push('  No gateway is configured: nothing can be paid for.');
  return `\n${lines.join('\n')}\n\n  Stop with Ctrl-C.\n`;
}
