import type { Page, WebSocketRoute } from 'playwright-core';

/** The page's socket runs through here, to be cut and mended. */
export async function openCuttableLine(page: Page) {
  const sockets: WebSocketRoute[] = [];
  let isCut = false;
  await page.routeWebSocket(/socket\.io/, socket => {
    const server = socket.connectToServer();
    if (isCut) endAtFirstWord(socket, server);
    else sockets.push(socket);
  });
  return {
    async cut() {
      isCut = true;
      for (const socket of sockets.splice(0)) await socket.close();
    },
    mend() {
      isCut = false;
    },
  };
}

/** Not before: Socket.IO sits for 20 s on a socket that opens and is closed without an error or a word. */
function endAtFirstWord(socket: WebSocketRoute, server: WebSocketRoute) {
  server.onMessage(word => {
    socket.send(word);
    void socket.close();
  });
}
