import type { Plugin } from 'vite';

/** What Socket.IO brings for other transports, for changing from one to another, for what is not text, and for a queue of its own. */
const TRANSPORTS = 'engine.io-client/build/esm/transports/';
const UNUSED_OF_SOCKETS: { file: string; pattern: RegExp; instead?: string }[] = [
  { file: `${TRANSPORTS}index.js`, pattern: /^.*(polling|webtransport).*$/gm },
  { file: 'engine.io-client/build/esm/socket.js', pattern: /^ {4}_probe\(name\) \{.*?^ {4}\}/ms },
  {
    file: 'engine.io-client/build/esm/socket.js',
    pattern: /(_getWritablePackets\(\) \{).*?^ {4}\}/ms,
    instead: '$1 return this.writeBuffer; }',
  },
  {
    file: 'engine.io-parser/build/esm/contrib/base64-arraybuffer.js',
    pattern: /.*/s,
    instead: 'export const decode = () => null;',
  },
  {
    file: 'socket.io-parser/build/esm/is-binary.js',
    pattern: /.*/s,
    instead: 'export const isBinary = () => false, hasBinary = isBinary;',
  },
  {
    file: 'socket.io-parser/build/esm/binary.js',
    pattern: /.*/s,
    instead: 'export const deconstructPacket = null, reconstructPacket = null;',
  },
  { file: 'socket.io-parser/build/esm/index.js', pattern: /^export function isPacketValid.*?^\}/ms },
  { file: 'socket.io-client/build/esm/socket.js', pattern: /^ {4}_addToQueue\(args\) \{.*?^ {4}\}/ms },
  {
    file: 'socket.io-client/build/esm/socket.js',
    pattern: /^ {4}_drainQueue\(.*?^ {4}\}/ms,
    instead: '_drainQueue() {}',
  },
];

/** Valibot's: what an issue says, and what other libraries would ask a schema for. */
const UNUSED_OF_CHECKS: [pattern: RegExp, instead: string][] = [
  [/^\t+(reference|async|expects|message\$1): .*,\n/gm, ''],
  [/return (\/\* @__PURE__ \*\/ )?_standardSchema\(/g, 'return ('],
  [/^function _stringify\(.*?^\}/ms, 'function _stringify() {}'],
  [
    /^function _addIssue\(.*?^\}/ms,
    `function _addIssue(context, label, dataset) {
      if (context.kind === 'schema') dataset.typed = false;
      (dataset.issues ??= []).push({});
    }`,
  ],
];

/** The pages speak no other transport, never change to one and send text only: they need not carry the code for more. */
export function webSocketOnly(): Plugin {
  return {
    name: 'web-socket-only',
    apply: 'build',
    transform(code, id) {
      const unused = UNUSED_OF_SOCKETS.filter(({ file }) => id.endsWith(file));
      const used = unused.reduce((left, { pattern, instead = '' }) => left.replace(pattern, instead), code);
      if (!id.includes(TRANSPORTS)) return unused.length > 0 ? { code: used, map: null } : null;
      return { code: used, map: null, moduleSideEffects: false };
    },
  };
}

/** Pages ask whether something is what it should be, never why not: of valibot's checks they need not carry the sentences. */
export function checksWithoutReasons(): Plugin {
  return {
    name: 'checks-without-reasons',
    apply: 'build',
    transform: (code, id) =>
      id.endsWith('valibot/dist/index.mjs')
        ? {
            code: UNUSED_OF_CHECKS.reduce((left, [pattern, instead]) => left.replace(pattern, instead), code),
            map: null,
          }
        : null,
  };
}

/** What is fetched later brings neither styles nor scripts of its own, so it needs no helper that fetches those first. */
export function plainImports(): Plugin {
  return {
    name: 'plain-imports',
    apply: 'build',
    transform: (_, id) =>
      id.endsWith('vite/preload-helper.js')
        ? { code: 'export const __vitePreload = fetch => fetch();', map: null }
        : null,
  };
}
