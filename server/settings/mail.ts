import * as v from 'valibot';

const PORTS: Record<string, number> = { 'smtp:': 587, 'smtps:': 465 };
const EMAIL = v.pipe(v.string(), v.email());

/** Where mail is handed over. `secure`: by TLS from the first byte; otherwise as soon as the server offers it. */
export interface MailServer {
  host: string;
  port: number;
  secure: boolean;
  login: { user: string; pass: string } | null;
}

export interface Sender {
  name: string;
  address: string;
}

/** What is wrong is never quoted: it may be the password. */
export const mailServer = v.pipe(
  v.string(),
  v.check(isMailUrl, 'Not a mail server such as smtp://user:password@mail.example.com:587 or smtps://…'),
  v.transform(readMailUrl),
);
export const sender = v.pipe(
  v.string(),
  v.check(isSender, 'Not a sender such as Tiketi <tickets@example.com>'),
  v.transform(readSender),
);

function isMailUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || PORTS[url.protocol] === undefined || url.hostname === '') return false;
  const isPlain = /^\/?$/.test(url.pathname) && url.search + url.hash === '' && url.port !== '0';
  return isPlain && (url.username === '') === (url.password === '') && isDecodable(url.username + url.password);
}

function readMailUrl(text: string): MailServer {
  const { protocol, hostname, port, username, password } = new URL(text);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (PORTS[protocol] ?? 0) : Number(port),
    secure: protocol === 'smtps:',
    login: username === '' ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
  };
}

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== null;
  } catch {
    return false;
  }
}

function isSender(text: string): boolean {
  const { name, address } = readSender(text);
  return /^[^\p{Cc}\p{Cs}<>"]*$/u.test(name) && v.is(EMAIL, address);
}

/** `Tiketi <tickets@example.com>`, or the address alone. */
function readSender(text: string): Sender {
  const [, name = '', address = text.trim()] = /^\s*(.*?)\s*<([^<>]*)>\s*$/.exec(text) ?? [];
  return { name, address };
}
