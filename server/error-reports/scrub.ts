const LETTERS_MAX = 200;
const WORD_MAX = 24; // A longer one is a token, an id or a body, and no word.
const QUOTED = /"[^"]*"|'[^']*'|`[^`]*`|\{[^}]*\}|\[[^\]]*\]|\([^)]*\)|<[^>]*>/g;
const PLAIN_WORD = /^[\p{Ll}_.:;,!?'’…-]+$/u; // Names and references have capitals.

/**
 * What may leave of the words of an error: the plain ones. Libraries quote what they were given, so whatever stands in
 * quotes or brackets goes, and so does every word with a capital, a digit or a sign in it: names, references, phone
 * numbers, addresses, tokens, ids, queries, URLs. What is left says which error it is; what it was about stands in our own log, if anywhere.
 */
export function scrub(message: string): string {
  const [firstLine = ''] = message.split('\n');
  const words = firstLine.replace(QUOTED, '…').slice(0, LETTERS_MAX).split(/\s+/);
  return words.map(word => (PLAIN_WORD.test(word) && word.length <= WORD_MAX ? word : '…')).join(' ');
}
