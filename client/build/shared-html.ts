import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const PART = /^ *<!-- part: ([a-z-]+) -->\n/gm;

/** What pages have in common stands once, in `parts/`; a page says where with `<!-- part: head -->`. */
export function sharedHtml(): Plugin {
  return {
    name: 'shared-html',
    transformIndexHtml: {
      order: 'pre', // Before links and scripts are looked for.
      handler: html =>
        html.replace(PART, (_, part) => readFileSync(`${import.meta.dirname}/parts/${part}.html`, 'utf8')),
    },
  };
}
