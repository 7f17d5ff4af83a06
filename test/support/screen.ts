import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Browser, Page } from 'playwright-core';

export const DESK_SIZE = { width: 1280, height: 800 };

/** Somebody's screen in the box office, signed in; `told` is every text that the server ever sent to it. */
export async function openScreen(
  t: TestContext,
  browser: Browser,
  { url, cookie }: { url: string; cookie: string },
  viewport = DESK_SIZE,
) {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', acceptDownloads: true });
  t.after(() => context.close());
  const cookies = cookie.split('; ').map(pair => pair.split('='));
  await context.addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url })));
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', error => assert.fail(error));
  return { page, told: listenTo(page) };
}

function listenTo(page: Page): () => Promise<string> {
  const bodies: Promise<string>[] = [];
  const frames: string[] = [];
  page.on('response', response => {
    if (response.url().includes('/api/')) bodies.push(response.text().catch(() => ''));
  });
  page.on('websocket', socket => socket.on('framereceived', ({ payload }) => void frames.push(String(payload))));
  return async () => [...(await Promise.all(bodies)), ...frames].join('\n');
}

/** A supervisor types the PIN on this screen. */
export async function approveOn(page: Page, { name, pin }: { name: string; pin: string }): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'A supervisor’s approval' });
  await dialog.getByLabel('Supervisor').selectOption(name);
  await dialog.getByLabel('PIN', { exact: true }).fill(pin);
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Types a drawer: how many of each note, by its name such as `KES 1,000`. */
export async function countOn(page: Page, notes: Record<string, number>): Promise<void> {
  for (const [note, count] of Object.entries(notes))
    await page.getByRole('textbox', { name: note.replace(' ', '\u00a0'), exact: true }).fill(String(count));
}

/** What nobody may read there: the number by itself, as money is written or sent, not a part of another one. */
export function findsNumber(text: string, number: string): boolean {
  return new RegExp(`(?<![\\w,.-])-?${number}(?![\\w,])`).test(text);
}
