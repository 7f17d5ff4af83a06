import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const WORTH_BYTES = 1_024; // Below it a compressed file saves no packet.

/** Beside each file its .br and .gz, for sirv. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir }, files) {
      for (const name of Object.keys(files)) {
        const path = `${dir}/${name}`;
        const content = readFileSync(path);
        if (content.length < WORTH_BYTES || !/\.(html|js|css|svg|json)$/.test(name)) continue;
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
      }
    },
  };
}
