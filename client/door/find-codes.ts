/** What both the browser's own detector and the library's can do. */
export interface CodeFinder {
  detect(picture: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { formats: ['qr_code'] }): CodeFinder;
  getSupportedFormats(): Promise<string[]>;
}

/** The browser's own, where it has one that reads QR codes: it is quicker. Otherwise a library, fetched only then. */
export async function createCodeFinder(): Promise<CodeFinder> {
  const own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const formats: string[] = (await own?.getSupportedFormats().catch(() => [])) ?? [];
  if (own && formats.includes('qr_code')) return new own({ formats: ['qr_code'] });
  const { BarcodeDetector } = await import('qr/decode.js');
  return new BarcodeDetector({ formats: ['qr_code'] });
}
