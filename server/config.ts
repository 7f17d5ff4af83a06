import { readFileSync } from 'node:fs';
import { BlockList } from 'node:net';
import type { DarajaSettings } from './gateway/daraja/settings.ts';
import type { PesapalSettings } from './gateway/pesapal/settings.ts';
import { SANDBOX_PASSKEY, SANDBOX_SHORT_CODE } from './settings/contradictions.ts';
import { addRange } from './settings/kinds.ts';
import type { MailServer, Sender } from './settings/mail.ts';
import { callbackUrlOf, isLive, isLoopback, isSimulated, publicUrlOf } from './settings/meaning.ts';
import { type Environment, readSettings } from './settings/read-settings.ts';
import type { Settings } from './settings/schema.ts';

/** Safaricom's published callback addresses, as reproduced by six integrators; a signal, never a proof. */
const SAFARICOM_ADDRESSES = [
  ...['196.201.214.200', '196.201.214.206', '196.201.214.207', '196.201.214.208', '196.201.213.114', '196.201.213.44'],
  ...['196.201.212.127', '196.201.212.138', '196.201.212.129', '196.201.212.136', '196.201.212.74', '196.201.212.69'],
];
const PESAPAL_PATHS: Record<string, string> = {
  'https://cybqa.pesapal.com': '/pesapalv3',
  'https://pay.pesapal.com': '/v3',
};
const MAIL_TIMEOUTS = 3; // A mail takes as many answers as three questions to a gateway.
const HERE = ['127.0.0.0/8', '::1'];

/** How long everything may take, in milliseconds. */
export interface Rules {
  holdMs: number;
  holdCapMs: number;
  promptMs: number;
  promptGraceMs: number;
  retryAfterMs: number;
  checkAfterMs: number[];
  gatewayTimeoutMs: number;
  pushesPerSecond: number;
  queriesPerMinute: { daraja: number; pesapal: number };
  limited: boolean;
}

/** Through whom customers get mail, and from whom it comes. */
export interface MailSettings {
  server: MailServer;
  from: Sender;
  /** For one mail, from drawing its tickets to the server's answer. */
  timeoutMs: number;
}

export interface Config {
  host: string;
  port: number;
  publicUrl: string;
  /** Further origins for the routes of older pages; never with credentials. */
  allowedOrigins: string[];
  /** Where the data are: a SQLite file, `:memory:`, or `postgres://…`. */
  database: string;
  /** How many connections to PostgreSQL this process opens at most. */
  databaseConnections: number;
  /** What is not in the database itself lies beside this file; with PostgreSQL, beside the one that SQLite would have. */
  databaseFile: string;
  dataKey: string | null;
  trustedProxies: number;
  mode: 'test' | 'live';
  daraja: DarajaSettings | null;
  pesapal: PesapalSettings | null;
  callbackSources: { listed: BlockList; enforced: boolean };
  simulatorPort: number | null;
  rules: Rules;
  sampleData: boolean;
  /** The manager that the settings name; null: the first one signs in with a code. */
  manager: { name: string; password: string } | null;
  /** Null: nobody gets mail. */
  mail: MailSettings | null;
  logLevel: Settings['LOG_LEVEL'];
  /** Where /metrics is answered, apart from everything else; null: nowhere. */
  metrics: { host: string; port: number } | null;
  /** Where unexpected errors are reported by Sentry's protocol; null: nowhere but in the log. */
  sentryDsn: string | null;
  /** For how long a process that stops still takes work, until nobody sends it any; and when it stops whatever is left. */
  shutdown: { delayMs: number; deadlineMs: number };
}

/** Throws one error that lists every wrong setting. */
export function readConfig(environment: Environment): Config {
  return toConfig(readSettings(environment));
}

function toConfig(settings: Settings): Config {
  const publicUrl = publicUrlOf(settings);
  const simulated = isSimulated(settings);
  return {
    host: settings.HOST,
    port: settings.PORT,
    publicUrl,
    allowedOrigins: settings.ALLOWED_ORIGINS ?? [],
    ...databaseOf(settings),
    dataKey: settings.DATA_KEY ?? null,
    trustedProxies: settings.TRUSTED_PROXIES,
    mode: isLive(settings) ? 'live' : 'test',
    daraja: simulated ? simulatedDaraja(settings) : darajaSettings(settings),
    pesapal: simulated ? simulatedPesapal(settings) : pesapalSettings(settings),
    callbackSources: callbackSources(settings, simulated),
    simulatorPort: simulated ? settings.SIMULATOR_PORT : null,
    rules: rulesOf(settings),
    sampleData: settings.SAMPLE_DATA ?? !isLive(settings),
    manager: managerOf(settings),
    mail: mailOf(settings),
    logLevel: settings.LOG_LEVEL,
    metrics: settings.METRICS_PORT === undefined ? null : { host: settings.METRICS_HOST, port: settings.METRICS_PORT },
    sentryDsn: settings.SENTRY_DSN ?? null,
    shutdown: {
      delayMs: settings.SHUTDOWN_DELAY_SECONDS * 1_000,
      deadlineMs: settings.SHUTDOWN_DEADLINE_SECONDS * 1_000,
    },
  };
}

function databaseOf({ DATABASE_URL: url, DATABASE_CONNECTIONS: databaseConnections }: Settings) {
  const file = /^sqlite:(.*)/.exec(url)?.[1];
  return { database: file ?? url, databaseConnections, databaseFile: file ?? 'data/tiketi.db' };
}

function managerOf({ MANAGER_NAME: name, MANAGER_PASSWORD: password }: Settings): Config['manager'] {
  return name !== undefined && password !== undefined ? { name, password } : null;
}

function mailOf({ SMTP_URL, MAIL_FROM, GATEWAY_TIMEOUT_SECONDS }: Settings): MailSettings | null {
  if (SMTP_URL === undefined || MAIL_FROM === undefined) return null;
  return { server: SMTP_URL, from: MAIL_FROM, timeoutMs: GATEWAY_TIMEOUT_SECONDS * 1_000 * MAIL_TIMEOUTS };
}

function rulesOf(settings: Settings): Rules {
  return {
    holdMs: settings.HOLD_MINUTES * 60_000,
    holdCapMs: settings.HOLD_CAP_MINUTES * 60_000,
    promptMs: settings.PROMPT_SECONDS * 1_000,
    promptGraceMs: settings.PROMPT_GRACE_SECONDS * 1_000,
    retryAfterMs: settings.RETRY_AFTER_SECONDS * 1_000,
    checkAfterMs: settings.CHECK_AFTER_SECONDS.map(seconds => seconds * 1_000),
    gatewayTimeoutMs: settings.GATEWAY_TIMEOUT_SECONDS * 1_000,
    pushesPerSecond: settings.PUSHES_PER_SECOND,
    queriesPerMinute: { daraja: settings.DARAJA_QUERIES_PER_MINUTE, pesapal: settings.PESAPAL_QUERIES_PER_MINUTE },
    limited: settings.RATE_LIMITS,
  };
}

function darajaSettings(settings: Settings): DarajaSettings | null {
  const { MPESA_CONSUMER_KEY, MPESA_CONSUMER_SECRET, MPESA_PASSKEY, MPESA_BUSINESS_SHORT_CODE } = settings;
  if (!MPESA_CONSUMER_KEY || !MPESA_CONSUMER_SECRET || !MPESA_PASSKEY || !MPESA_BUSINESS_SHORT_CODE) return null;
  return {
    baseUrl: settings.MPESA_BASE_URL,
    consumerKey: MPESA_CONSUMER_KEY,
    consumerSecret: MPESA_CONSUMER_SECRET,
    passkey: MPESA_PASSKEY,
    shortCode: MPESA_BUSINESS_SHORT_CODE,
    tillNumber: settings.MPESA_TILL_NUMBER ?? null,
    callbackUrl: callbackUrlOf(settings),
    initiator: initiatorOf(settings),
    refundCallbackUrl: `${callbackUrlOf(settings)}/refunds`,
    statements: initiatorOf(settings) !== null && settings.MPESA_TILL_NUMBER === undefined,
    timeoutMs: settings.GATEWAY_TIMEOUT_SECONDS * 1_000,
  };
}

/** Who may give money back; the certificate was checked with the settings. */
function initiatorOf(settings: Settings): DarajaSettings['initiator'] {
  const { MPESA_INITIATOR_NAME: name, MPESA_INITIATOR_PASSWORD: password, MPESA_CERTIFICATE_FILE: file } = settings;
  if (name === undefined || password === undefined || file === undefined) return null;
  return { name, password, certificate: readFileSync(file, 'utf8') };
}

/** The simulator's own account; its real port is filled in once it listens. */
function simulatedDaraja(settings: Settings): DarajaSettings {
  return {
    baseUrl: `http://127.0.0.1:${settings.SIMULATOR_PORT}`,
    consumerKey: 'simulated-key',
    consumerSecret: 'simulated-secret',
    passkey: SANDBOX_PASSKEY,
    shortCode: SANDBOX_SHORT_CODE,
    tillNumber: settings.MPESA_TILL_NUMBER ?? null,
    callbackUrl: callbackUrlOf(settings),
    initiator: null,
    refundCallbackUrl: `${callbackUrlOf(settings)}/refunds`,
    statements: false,
    timeoutMs: settings.GATEWAY_TIMEOUT_SECONDS * 1_000,
  };
}

function pesapalSettings(settings: Settings): PesapalSettings | null {
  const { PESAPAL_CONSUMER_KEY: consumerKey, PESAPAL_CONSUMER_SECRET: consumerSecret } = settings;
  if (!consumerKey || !consumerSecret) return null;
  const ipnId = settings.PESAPAL_IPN_ID ?? null;
  return {
    ...pesapalUrls(settings),
    baseUrl: pesapalBase(settings.PESAPAL_API_DOMAIN),
    consumerKey,
    consumerSecret,
    ipnId,
  };
}

/** Pesapal's two domains have a path each; anything else is taken for the whole base. */
function pesapalBase(domain: string): string {
  return domain + (PESAPAL_PATHS[domain] ?? '');
}

/** What they have in common; the secret part of the notification URL is known once the database is open. */
function pesapalUrls(settings: Settings) {
  return {
    notificationUrl: `${publicUrlOf(settings)}/callbacks/pesapal`,
    returnUrl: `${publicUrlOf(settings)}/return/pesapal`,
    timeoutMs: settings.GATEWAY_TIMEOUT_SECONDS * 1_000,
  };
}

/** The simulator's own account, as above. */
function simulatedPesapal(settings: Settings): PesapalSettings {
  return {
    ...pesapalUrls(settings),
    baseUrl: `http://127.0.0.1:${settings.SIMULATOR_PORT}/pesapalv3`,
    consumerKey: 'simulated-pesapal-key',
    consumerSecret: 'simulated-pesapal-secret',
    ipnId: null,
  };
}

/** A gateway on this machine (the simulator, a test's own) calls back from this machine. */
function callbackSources(settings: Settings, simulated: boolean): Config['callbackSources'] {
  const local = simulated || isLoopback(settings.MPESA_BASE_URL);
  const listed = new BlockList();
  const ranges = settings.MPESA_CALLBACK_IPS ?? [...SAFARICOM_ADDRESSES, ...(local ? HERE : [])];
  for (const range of ranges) addRange(listed, range);
  return { listed, enforced: settings.MPESA_CALLBACK_IPS_ENFORCE };
}
