const ESCAPES: Record<string, string> = { '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Every string in it as these pages may put it into innerHTML, between tags or between quotes. An ampersand stays: they
 * write the same strings with textContent too, and alone it cannot open anything.
 */
export function escapeStrings(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/[<>"']/g, letter => ESCAPES[letter] ?? '');
  if (Array.isArray(value)) return value.map(escapeStrings);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, escapeStrings(inner)]));
}
