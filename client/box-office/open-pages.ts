import type { Office, OfficePage, OpenPage } from './page.ts';

/** The page that is looked at, and those that go on meanwhile. */
export class OpenPages {
  readonly #open = new Map<OfficePage, { path: string; opened: OpenPage }>();
  #shown: OfficePage | null = null;

  get shown(): OpenPage | null {
    return (this.#shown && this.#open.get(this.#shown)?.opened) ?? null;
  }

  /** The page of before is closed, unless it stays; the same address twice changes nothing. */
  show(page: OfficePage | null, path: string, office: Office): void {
    const before = this.#shown;
    const known = page && this.#open.get(page);
    if (before && before !== page && !before.stays) this.#close(before);
    if (page && known && known.path !== path) this.#close(page);
    if (page && !this.#open.has(page)) this.#open.set(page, { path, opened: page.open(office, path) });
    this.#shown = page;
  }

  closeAll(): void {
    this.#shown = null;
    for (const page of [...this.#open.keys()]) this.#close(page);
  }

  #close(page: OfficePage) {
    this.#open.get(page)?.opened.close();
    this.#open.delete(page);
  }
}
