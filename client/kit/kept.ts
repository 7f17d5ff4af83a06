import * as v from 'valibot';

/** What this device remembers between visits. A browser that keeps nothing forgets when the page closes, no sooner. */
export interface Kept {
  read<T>(name: string, schema: v.GenericSchema<unknown, T>): T | null;
  write(name: string, value: unknown): void;
  remove(name: string): void;
}

export function createKept(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Kept {
  const page = new Map<string, string>();
  return {
    read(name, schema) {
      const text = attempt(() => storage.getItem(`tiketi.${name}`)) ?? page.get(name) ?? 'null';
      const parsed = v.safeParse(
        schema,
        attempt(() => JSON.parse(text)),
      );
      return parsed.success ? parsed.output : null;
    },
    write(name, value) {
      page.set(name, JSON.stringify(value));
      attempt(() => storage.setItem(`tiketi.${name}`, JSON.stringify(value)));
    },
    remove(name) {
      page.delete(name);
      attempt(() => storage.removeItem(`tiketi.${name}`));
    },
  };
}

/** Storage may be switched off, full, or hold what an older version of this page wrote. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
