/** The languages in which we speak to customers. */
export const LANGUAGES = ['en', 'sw'] as const;
export type Language = (typeof LANGUAGES)[number];

export const LOCALES: Record<Language, string> = { en: 'en-GB', sw: 'sw-KE' };

/** The first wanted language that we speak; `wanted` are tags such as `sw-TZ`, the favourite first. */
export function preferredLanguage(wanted: readonly string[]): Language {
  const spoken = wanted.map(tag => LANGUAGES.find(language => tag.toLowerCase().split('-')[0] === language));
  return spoken.find(language => language !== undefined) ?? 'en';
}
