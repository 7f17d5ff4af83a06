import { isAtLeast, type Role } from '../../shared/office/people.ts';
import type { OfficePage } from './page.ts';

/** The page at `path` for somebody of this role, if there is one. */
export function pageAt(pages: readonly OfficePage[], path: string, role: Role): OfficePage | undefined {
  return pages.find(page => matches(page.path, path) && isAtLeast(role, page.role));
}

/** What stands in the navigation. */
export function pagesOf(pages: readonly OfficePage[], role: Role): OfficePage[] {
  return pages.filter(page => !page.path.includes(':') && isAtLeast(role, page.role));
}

/** What `:name` stands for in a page's path: `partOf('/box-office/bookings/:id', path)`. */
export function partOf(pattern: string, path: string): string {
  const at = pattern.split('/').findIndex(part => part.startsWith(':'));
  return decodeURIComponent(path.split('/')[at] ?? '');
}

function matches(pattern: string, path: string): boolean {
  const parts = path.split('/');
  const wanted = pattern.split('/');
  return wanted.length === parts.length && wanted.every((part, at) => part.startsWith(':') || part === parts[at]);
}

/** The link that a plain click on `event.target` would follow, if it stays in the box office. */
export function linkFollowed(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return null;
  return link.pathname.startsWith('/box-office') ? link.pathname + link.search + link.hash : null;
}
