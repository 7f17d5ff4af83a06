import assert from 'node:assert/strict';
import { request } from 'undici';

/** What stands at /metrics: `tiketi_worklist{kind="overpaid"}` → 1. */
export type Scrape = Map<string, number>;

export async function scrape(port: number | null): Promise<Scrape> {
  const text = await scrapeText(port);
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map(line => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

export async function scrapeText(port: number | null): Promise<string> {
  assert.ok(port, 'nothing is measured');
  const { statusCode, body } = await request(`http://127.0.0.1:${port}/metrics`);
  const text = await body.text();
  assert.equal(statusCode, 200, text);
  return text;
}
