import { type Markup, markup, NO_MARKUP } from './markup.ts';
import type { LetterParts } from './parts-of-letter.ts';

// Mail programs know no style sheets: every colour stands where it is used. They are those of the pages, on paper.
const BODY =
  'margin:0;padding:0;background:#f3e6d3;color:#2b121d;font:16px/1.5 system-ui,-apple-system,Segoe UI,Roboto,Arial,sans-serif';
const HEAD = 'padding:16px 24px;background:#180d14;color:#ffb72b;font-size:20px;font-weight:800';
const SHEET = 'max-width:600px;margin:0 auto;background:#fff6e6';
const TITLE = 'margin:0 0 16px;font-size:26px;line-height:1.2;color:#2b121d';
const SECOND = 'margin:24px 0 8px;font-size:20px;line-height:1.3;color:#2b121d';
const WARNING = 'margin:0;padding:8px 24px;background:#b3203a;color:#ffffff;font-weight:700';
const LABEL = 'padding:4px 16px 4px 0;text-align:left;vertical-align:top;font-weight:400;color:#6d4f5a';
const VALUE = 'padding:4px 0;vertical-align:top;font-weight:700;overflow-wrap:anywhere';
const BUTTON =
  'display:inline-block;padding:12px 24px;border-radius:8px;background:#b3203a;color:#ffffff;font-weight:700;text-decoration:none';
const CODE = 'font:14px/1.5 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere;word-break:break-all';
const SMALL = 'margin:8px 0 0;font-size:14px;color:#6d4f5a';

/** One column that fits a phone; it reads well aloud, in the dark and without pictures. */
export function letterHtml(parts: LetterParts): string {
  const { content, greeting, testMode, words } = parts;
  return markup`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${content.subject}</title>
</head>
<body style="${BODY}">
<main style="${SHEET}">
<div style="${HEAD}">Tiketi</div>
${testMode ? markup`<p style="${WARNING}">${testMode}</p>` : NO_MARKUP}
<div style="padding:24px">
<h1 style="${TITLE}">${content.title}</h1>
${[...(greeting ? [greeting] : []), ...content.paragraphs].map(paragraph)}
${facts(parts)}
${refunds(parts)}
${tickets(parts)}
${ending(parts)}
</div>
</main>
</body>
</html>
`.text;
}

function paragraph(text: string): Markup {
  return markup`<p style="margin:0 0 12px">${text}</p>
`;
}

function facts({ facts: rows }: LetterParts): Markup {
  return markup`<table style="margin:16px 0;border-collapse:collapse">
${rows.map(
  ([label, value]) => markup`<tr><th scope="row" style="${LABEL}">${label}</th><td style="${VALUE}">${value}</td></tr>
`,
)}</table>`;
}

function refunds({ refunds: lines, words }: LetterParts): Markup {
  if (lines.length === 0) return NO_MARKUP;
  return markup`<h2 style="${SECOND}">${words.say('refunds')}</h2>
<ul style="margin:0;padding-left:20px">${lines.map(line => markup`<li>${line}</li>`)}</ul>`;
}

/** The picture's words are its code: without pictures the door can still type it. */
function tickets({ tickets: all, words }: LetterParts): Markup {
  if (all.length === 0) return NO_MARKUP;
  const { say } = words;
  return markup`<h2 style="${SECOND}">${say('tickets')}</h2>
${all.map(
  ({ label, code, cid, pixels }) => markup`<div style="margin:0 0 24px">
<h3 style="margin:0 0 8px;font-size:16px">${label}</h3>
<img src="cid:${cid}" width="${pixels}" height="${pixels}" alt="${say('qrOf', { ticket: label, code })}" style="display:block;max-width:100%;height:auto;background:#ffffff">
<p style="margin:8px 0 0"><span style="${CODE}">${code}</span></p>
</div>
`,
)}`;
}

function ending({ link, contact, words, reference }: LetterParts): Markup {
  const { say } = words;
  return markup`<p style="margin:24px 0 0"><a href="${link}" style="${BUTTON}">${say('openBooking')}</a></p>
<p style="${SMALL}">${say('openWhy')}</p>
<hr style="margin:24px 0;border:0;border-top:1px solid #d3bcb4">
<p style="margin:0 0 8px">${say('contact', { reference })}</p>
<address style="font-style:normal">${contact.map(line => markup`${line}<br>`)}</address>
<p style="${SMALL}">${say('whyThisMail', { reference })}</p>`;
}
