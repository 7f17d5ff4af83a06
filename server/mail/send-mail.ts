import * as v from 'valibot';
import type { MailSettings } from '../config.ts';
import { isLoopback } from '../settings/meaning.ts';
import type { Letter } from './letter.ts';

const CODE_MAX = 40; // Letters; what is kept of a refusal.
const ABOUT_THIS_MAIL = ['RCPT TO', 'DATA']; // Commands whose refusal is no quarrel with us, or with our settings.

const Failure = v.object({
  code: v.optional(v.string()),
  command: v.optional(v.string()),
  response: v.optional(v.string()),
  permanent: v.optional(v.boolean(), false),
});

/** `refused`: this mail never goes through. `failed`: it may have gone or not, and is tried again. */
export type Sent = { sent: 'accepted' } | { sent: 'refused' | 'failed'; code: string };
export type SendMail = (letter: Letter, signal: AbortSignal) => Promise<Sent>;

/**
 * Hands a letter to the mail server of the settings, over a connection of its own: what hangs holds nobody else. Ends at
 * once when `signal` does. Never throws, and says no more of a failure than its code: a server's words quote addresses.
 */
export function createSendMail({ server, from, timeoutMs }: MailSettings): SendMail {
  const { host, port, secure, login } = server;
  const isHere = isLoopback(`smtp://${host.includes(':') ? `[${host}]` : host}`);
  const options = {
    ...{ host, port, secure, connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    socketCloseTimeout: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
    requireTLS: login !== null && !isHere, // A password never leaves this machine in the clear.
    tls: { rejectUnauthorized: !isHere }, // The one on this machine has a certificate that it made itself.
    ...(login && { auth: login }),
  };
  const transport = import('nodemailer').then(({ createTransport }) => createTransport(options)); // Whoever sends no mail need not load it.
  return async ({ messageId, to, replyTo, subject, text, html, attachments }, signal) => {
    const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }; // Nobody's holiday answers it.
    const message = { from, to: { name: '', address: to }, replyTo, subject, text, html, attachments };
    return (await transport)
      .sendMail({ ...message, messageId, headers, signal })
      .then((): Sent => ({ sent: 'accepted' }), readFailure);
  };
}

function readFailure(error: unknown): Sent {
  const read = v.safeParse(Failure, error);
  if (!read.success) return { sent: 'failed', code: 'unknown' };
  const { code = 'unknown', command = '', response = '', permanent } = read.output;
  const isFinal = permanent && ABOUT_THIS_MAIL.includes(command);
  return { sent: isFinal ? 'refused' : 'failed', code: (codeOf(response) || code).slice(0, CODE_MAX) };
}

/** `550 5.1.1` of "550 5.1.1 <somebody@example.com> is not known here". */
function codeOf(response: string): string {
  return /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3}\b)?/.exec(response)?.[0].replace('-', ' ') ?? '';
}
