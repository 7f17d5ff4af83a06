import type { Sharp } from 'sharp';
import { invalid } from '../http/problem.ts';

const PIXELS_MAX = 40_000_000; // The largest telephones take 12 to 50 million; a bomb of a few kilobytes unpacks to billions.
const LEAST_WIDTH = 200;
const LEAST_HEIGHT = 300; // Smaller ones would be seen as blocks.
const SECONDS_MAX = 15;
const SMALL = { width: 400, height: 600 }; // On the storefront, and on most telephones.
const LARGE = { width: 800, height: 1_200 };
const QUALITY = 78; // Of 100; text on posters stays readable.

/** A poster as we give it out: WebP, upright, without anything that the camera or the program wrote beside the picture. */
export interface DrawnPoster {
  small: Buffer;
  large: Buffer;
}

let drawing: Promise<unknown> = Promise.resolve();

/** Draws what was uploaded anew, whatever it claims to be: only pixels come through. One at a time, beside the server's own work. */
export function drawPoster(uploaded: Buffer): Promise<DrawnPoster> {
  const drawn = drawing.then(() => draw(uploaded));
  drawing = drawn.catch(() => {});
  return drawn;
}

async function draw(uploaded: Buffer): Promise<DrawnPoster> {
  if (uploaded.length === 0) notAPicture(undefined);
  const picture = await openPicture(uploaded);
  const { width, height, autoOrient } = await picture.metadata().catch(notAPicture);
  if (width * height > PIXELS_MAX) throw refused('This picture has too many pixels');
  if (autoOrient.width < LEAST_WIDTH || autoOrient.height < LEAST_HEIGHT)
    throw refused(`A poster has at least ${LEAST_WIDTH} × ${LEAST_HEIGHT} pixels`);
  const large = await sized(picture, LARGE).catch(notAPicture);
  return { large, small: await sized(picture, SMALL).catch(notAPicture) };
}

/** Loaded when it is first needed: the library is large, and most processes never see a poster. */
async function openPicture(uploaded: Buffer): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.block({ operation: ['VipsForeignLoad'] }); // SVG is a program, and every reader that nobody needs is a door.
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
  });
  sharp.cache(false);
  return sharp(uploaded, { limitInputPixels: PIXELS_MAX, failOn: 'warning' }); // Half a file is refused, not guessed.
}

/** Cut to the shape of a poster, around its middle. */
function sized(picture: Sharp, { width, height }: { width: number; height: number }): Promise<Buffer> {
  return picture
    .clone()
    .autoOrient()
    .resize(width, height, { fit: 'cover' })
    .flatten({ background: '#180d14' })
    .webp({ quality: QUALITY })
    .timeout({ seconds: SECONDS_MAX })
    .toBuffer();
}

function notAPicture(error: unknown): never {
  const why = error instanceof Error && /pixel limit/.test(error.message);
  throw refused(why ? 'This picture has too many pixels' : 'This is no whole JPEG, PNG or WebP picture');
}

function refused(message: string) {
  return invalid('invalid_body', 'poster', message);
}
