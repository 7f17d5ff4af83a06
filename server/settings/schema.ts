import * as v from 'valibot';
import { addresses, duration, number, numbers, onOff, optional, origins, sentryDsn, webUrl, whole } from './kinds.ts';
import { mailServer, sender } from './mail.ts';

const CHECKS = '25,45,75,120,180,300,600,1200,2400,5400,10800,21600,43200,86400';
const DATA_KEY_BYTES_MIN = 16;

/** Every setting with its default; what each means is told where it is used. */
export const Settings = v.object({
  HOST: v.optional(v.string(), '127.0.0.1'),
  PORT: v.optional(whole(0, 65_535), '3000'),
  PUBLIC_URL: v.optional(webUrl),
  ALLOWED_ORIGINS: v.optional(origins),
  DATABASE_URL: v.optional(
    v.pipe(v.string(), v.regex(/^(sqlite:.|postgres(ql)?:\/\/.)/, 'Neither sqlite:/path/to/file nor postgres://…')),
    'sqlite:data/tiketi.db',
  ),
  DATABASE_CONNECTIONS: v.optional(whole(2, 500), '16'),
  DATA_KEY: v.optional(v.pipe(v.string(), v.minLength(DATA_KEY_BYTES_MIN * 2, 'At least 32 characters'))),
  METRICS_HOST: v.optional(v.string(), '127.0.0.1'),
  METRICS_PORT: v.optional(whole(0, 65_535)),
  SENTRY_DSN: v.optional(sentryDsn),
  SHUTDOWN_DELAY_SECONDS: v.optional(number(0, 300), '0'),
  SHUTDOWN_DEADLINE_SECONDS: v.optional(number(0.1, 3_600), '20'),
  TRUSTED_PROXIES: v.optional(whole(0, 10), '0'),
  MPESA_BASE_URL: v.optional(webUrl, 'https://sandbox.safaricom.co.ke'),
  MPESA_CONSUMER_KEY: optional,
  MPESA_CONSUMER_SECRET: optional,
  MPESA_PASSKEY: optional,
  MPESA_BUSINESS_SHORT_CODE: v.optional(v.pipe(v.string(), v.regex(/^\d{5,7}$/, 'Not 5 to 7 digits'))),
  MPESA_TILL_NUMBER: v.optional(v.pipe(v.string(), v.regex(/^\d{5,9}$/, 'Not 5 to 9 digits'))),
  MPESA_CALLBACK_URL: v.optional(webUrl),
  MPESA_INITIATOR_NAME: optional,
  MPESA_INITIATOR_PASSWORD: optional,
  MPESA_CERTIFICATE_FILE: optional,
  MPESA_CALLBACK_IPS: v.optional(addresses),
  MPESA_CALLBACK_IPS_ENFORCE: v.optional(onOff, 'off'),
  PESAPAL_API_DOMAIN: v.optional(webUrl, 'https://cybqa.pesapal.com'),
  PESAPAL_CONSUMER_KEY: optional,
  PESAPAL_CONSUMER_SECRET: optional,
  PESAPAL_IPN_ID: optional,
  SIMULATOR: v.optional(v.picklist(['auto', 'on', 'off']), 'auto'),
  SIMULATOR_PORT: v.optional(whole(0, 65_535), '3001'),
  MANAGER_NAME: optional,
  MANAGER_PASSWORD: optional,
  SMTP_URL: v.optional(mailServer),
  MAIL_FROM: v.optional(sender),
  HOLD_MINUTES: v.optional(duration, '10'),
  HOLD_CAP_MINUTES: v.optional(duration, '20'),
  PROMPT_SECONDS: v.optional(duration, '90'),
  PROMPT_GRACE_SECONDS: v.optional(number(0, 1_000_000), '30'),
  RETRY_AFTER_SECONDS: v.optional(number(0, 1_000_000), '120'),
  CHECK_AFTER_SECONDS: v.optional(numbers, CHECKS),
  PUSHES_PER_SECOND: v.optional(duration, '20'),
  GATEWAY_TIMEOUT_SECONDS: v.optional(duration, '20'),
  DARAJA_QUERIES_PER_MINUTE: v.optional(duration, '5'),
  PESAPAL_QUERIES_PER_MINUTE: v.optional(duration, '300'),
  RATE_LIMITS: v.optional(onOff, 'on'),
  SAMPLE_DATA: v.optional(onOff),
  LOG_LEVEL: v.optional(v.picklist(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), 'info'),
});
export type Settings = v.InferOutput<typeof Settings>;
