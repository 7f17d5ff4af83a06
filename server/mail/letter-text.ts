import type { LetterParts } from './parts-of-letter.ts';

/** For whoever reads mail without HTML: everything that the other part says, the codes included. */
export function letterText({
  content,
  greeting,
  testMode,
  facts,
  refunds,
  tickets,
  link,
  contact,
  words,
  reference,
}: LetterParts) {
  const { say } = words;
  const blocks = [
    ...(testMode ? [testMode] : []),
    content.title.toUpperCase(),
    ...(greeting ? [greeting] : []),
    ...content.paragraphs,
    facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    ...(refunds.length > 0 ? [[`${say('refunds')}:`, ...refunds.map(line => `- ${line}`)].join('\n')] : []),
    ...(tickets.length > 0 ? [tickets.map(({ label, code }) => `${label}: ${code}`).join('\n')] : []),
    `${say('openBooking')}: ${link}\n${say('openWhy')}`,
    `${say('contact', { reference })}\n${contact.join('\n')}`,
    say('whyThisMail', { reference }),
  ];
  return `${blocks.join('\n\n')}\n`;
}
