import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { correction, generate } from 'lean-qr';

const WIDTH = 640;
const HEIGHT = 480;
const DOT = 8; // Pixels of one module: a ticket held about a hand's length away.
const BLACK = 25;
const WHITE = 225; // As paper in a foyer, not as a screen.

/** A film of one ticket held still, for a browser that takes it for its camera. */
export async function filmOf(t: TestContext, code: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tiketi-film-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const film = join(folder, 'ticket.y4m');
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), drawTicket(code), chroma]);
  await writeFile(
    film,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]),
  );
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ];
}

function drawTicket(code: string): Buffer {
  const picture = Buffer.alloc(WIDTH * HEIGHT, WHITE);
  const qr = generate(code, { minCorrectionLevel: correction.M });
  const left = Math.floor((WIDTH - qr.size * DOT) / 2);
  const top = Math.floor((HEIGHT - qr.size * DOT) / 2);
  for (let y = 0; y < qr.size * DOT; y++)
    for (let x = 0; x < qr.size * DOT; x++)
      if (qr.get(Math.floor(x / DOT), Math.floor(y / DOT))) picture[(top + y) * WIDTH + left + x] = BLACK;
  return picture;
}
