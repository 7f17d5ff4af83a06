import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { type Answer, problemOf } from '../support/customer.ts';
import { rowsOf, signedIn } from '../support/office.ts';
import { openBoxOffice } from '../support/people.ts';
import { programmer } from '../support/programme.ts';

const DAY_MS = 24 * 3_600_000;
const picture = (width = 300, height = 500, background = '#56d3c4') =>
  sharp({ create: { width, height, channels: 3, background } });
const imageUrlOf = ({ body }: Answer) => (body as { imageUrl: string }).imageUrl;

test('a poster becomes two WebP pictures, upright and without anything else that was in the file, for every site and for long', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { upload, addMovie } = programmer(tiketi, manager.cookie);
  const photo = await picture(900, 600) // As a telephone keeps it: lying on its side, with where it was taken.
    .composite([{ input: await picture(450, 600, '#b3203a').png().toBuffer(), gravity: 'west' }])
    .withExif({ IFD0: { ImageDescription: 'a secret place' }, IFD3: { GPSLatitudeRef: 'S' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  assert.ok(photo.includes('a secret place'));
  const answer = await upload(photo);
  assert.equal(answer.status, 201);
  const imageUrl = imageUrlOf(answer);
  for (const [size, width, height] of [
    ['small', 400, 600],
    ['large', 800, 1_200],
  ] as const) {
    const sent = await fetch(tiketi.url + imageUrl.replace('small', size));
    const bytes = Buffer.from(await sent.arrayBuffer());
    const { format, width: wide, height: high, exif, orientation } = await sharp(bytes).metadata();
    assert.deepEqual([format, wide, high, exif, orientation], ['webp', width, height, undefined, undefined]);
    assert.ok(!bytes.includes('secret'));
    const above = await sharp(bytes)
      .extract({ left: width - 100, top: 0, width: 100, height: 200 })
      .png()
      .toBuffer();
    assert.ok((await sharp(above).stats()).dominant.r > 150, 'what was on its left is above: it stands upright');
    assert.match(sent.headers.get('cache-control') ?? '', /max-age=31536000, immutable/);
    assert.equal(sent.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(sent.headers.get('content-type'), 'image/webp');
  }
  assert.equal((await addMovie({ imageUrl })).imageUrl, imageUrl);
  assert.equal(imageUrlOf(await upload(photo)), imageUrl, 'the same picture again is the same poster');
  assert.equal((await rowsOf(tiketi, 'select id from poster')).length, 1);
  const clear = sharp({ create: { width: 200, height: 300, channels: 4, background: '#0000' } });
  for (const file of [await clear.png().toBuffer(), await clear.webp().toBuffer()]) {
    const { body } = await upload(file);
    const sent = await fetch(tiketi.url + imageUrlOf({ status: 201, headers: {}, body }));
    const { dominant } = await sharp(Buffer.from(await sent.arrayBuffer())).stats();
    assert.ok(dominant.r < 40 && dominant.g < 40 && dominant.b < 40, JSON.stringify(dominant));
  }
});

test('what is no picture, half a picture, a program or a bomb is refused, and nothing is kept', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { upload } = programmer(tiketi, manager.cookie);
  const jpeg = await picture().jpeg().toBuffer();
  const png = await picture().png().toBuffer();
  const bad: [what: string, file: Uint8Array | string, why: RegExp][] = [
    ['nothing', '', /no whole/],
    ['text', 'GIF? No: just words', /no whole/],
    [
      'an SVG with a script',
      '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="600"><script>alert(1)</script></svg>',
      /no whole/,
    ],
    ['a GIF', await picture().gif().toBuffer(), /no whole/],
    ['a TIFF', await picture().tiff().toBuffer(), /no whole/],
    ['a page that begins like a JPEG', Buffer.concat([jpeg.subarray(0, 20), Buffer.from('<html>')]), /no whole/],
    ['half a JPEG', jpeg.subarray(0, jpeg.length * 0.6), /no whole/],
    ['a PNG without its end', png.subarray(0, png.length - 30), /no whole/],
    ['a bomb: 30,000 × 30,000 pixels in a few kilobytes', bomb(30_000, 30_000), /too many pixels/],
    ['a stamp', await picture(100, 150).png().toBuffer(), /at least 200 × 300/],
  ];
  for (const [what, file, why] of bad) {
    const answer = await upload(file);
    assert.equal(problemOf(answer).code, 'invalid_body', what);
    assert.match(problemOf(answer).detail, why, what);
  }
  const heavy = await upload(Buffer.alloc(5 * 1_024 * 1_024 + 1));
  assert.equal(problemOf(heavy).code, 'body_too_large');
  assert.deepEqual(await rowsOf(tiketi, 'select id from poster'), []);
  assert.equal((await upload(jpeg)).status, 201, 'and the next one is drawn as ever');
});

test('a movie takes no poster that is not there; uploads that no movie took are gone after a day', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { ask, upload, addMovie } = programmer(tiketi, manager.cookie);
  const used = imageUrlOf(await upload(await picture().png().toBuffer()));
  const unused = imageUrlOf(await upload(await picture(310).png().toBuffer()));
  const { movieId } = await addMovie({ imageUrl: used });
  await tiketi.pass(DAY_MS + 1_000);
  assert.equal((await ask('GET', '/box-office/movies')).status, 401, 'the session is over, too');
  const next = programmer(tiketi, (await signedIn(tiketi)).cookie);
  await next.upload(await picture(320).png().toBuffer());
  assert.equal((await fetch(tiketi.url + used)).status, 200);
  assert.equal((await fetch(tiketi.url + unused)).status, 404);
  for (const imageUrl of [unused, 'javascript:alert(1)', '/api/v1/movies', '//evil.example/x.png'])
    assert.equal(problemOf(await next.ask('PATCH', `/movies/${movieId}`, { imageUrl })).errors?.[0]?.path, 'imageUrl');
});

test('a movie is added and edited; who did what stands in the log', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { ask, addMovie, log } = programmer(tiketi, manager.cookie);
  const movie = await addMovie();
  assert.deepEqual([movie.imageUrl, movie.showings], ['/posters/no-poster.svg', []]);
  const wrong = [{ title: '' }, { minutes: 0 }, { minutes: 601 }, { minutes: 1.5 }, { rating: '' }];
  for (const change of wrong) assert.equal((await ask('PATCH', `/movies/${movie.movieId}`, change)).status, 422);
  assert.equal((await ask('PATCH', `/movies/${movie.movieId}`, { minutes: 120 })).status, 200);
  assert.equal((await ask('PATCH', '/movies/999', { minutes: 120 })).status, 404);
  assert.deepEqual(
    (await log()).slice(0, 1).map(({ who, what, about }) => [who, what, about]),
    [['Wanjiru', 'changed the movie (minutes from 100 to 120)', 'The Long Rain']],
  );
  const { body } = await ask('GET', '/box-office/movies');
  const [newest] = (body as { movies: { title: string; coming: number }[] }).movies;
  assert.deepEqual([newest?.title, newest?.coming], ['The Long Rain', 0]);
});

/** All black, one row a stripe of zeroes: deflate makes a thousandth of it. */
function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8); // One bit a pixel, grey.
  const rows = deflateSync(Buffer.alloc(Math.ceil(width / 8 + 1) * 64));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
