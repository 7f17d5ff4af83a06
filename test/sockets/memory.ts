const EVERY_MS = 500;
const RESIDENT = /^process_resident_memory_bytes (\S+)$/m;

export interface MemoryWatch {
  /** Bytes, the most since it was asked for the last time. */
  takeMost(): number;
  stop(): Promise<void>;
}

/** Reads what the server says of its own memory, again and again; a server that is dead says nothing. */
export async function watchMemory(metricsUrl: string): Promise<MemoryWatch> {
  let most = await readResident(metricsUrl);
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      await new Promise(done => setTimeout(done, EVERY_MS));
      most = Math.max(most, await readResident(metricsUrl));
    }
  })();
  return {
    takeMost() {
      const bytes = most;
      most = 0;
      return bytes;
    },
    async stop() {
      isOver = true;
      await watching;
    },
  };
}

async function readResident(metricsUrl: string): Promise<number> {
  const answer = await fetch(`${metricsUrl}/metrics`).catch(() => null);
  return Number(RESIDENT.exec((await answer?.text().catch(() => '')) ?? '')?.[1] ?? 0);
}
