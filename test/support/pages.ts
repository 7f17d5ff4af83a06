import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { openTiketi } from './tiketi.ts';

export const PHONE_SIZE = { width: 360, height: 740 };

/** A cheap Android phone, looking at a Tiketi of its own; what its console complains about fails the test. */
export async function openOnPhone(t: TestContext, browser: Browser, settings: Record<string, string> = {}) {
  const tiketi = await openTiketi(t, settings);
  const context = await browser.newContext({
    viewport: PHONE_SIZE,
    isMobile: true,
    hasTouch: true,
    reducedMotion: 'reduce',
  });
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', error => assert.fail(error));
  page.on('console', message => assert.ok(!/Content Security Policy/.test(message.text()), message.text()));
  return { tiketi, page };
}

/** Waits until the page shows it to eyes; the live region says it to ears as well. */
export async function shows(page: Page, text: string | RegExp) {
  await page.getByText(text).and(page.locator(':not([role=status])')).filter({ visible: true }).first().waitFor();
}

/** What somebody would stumble over who cannot see the page, or not well, or has no mouse. */
export async function stumblingBlocks(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.map(one => `${one.id}: ${one.nodes.map(node => node.html).join(' ')}`);
  });
}
