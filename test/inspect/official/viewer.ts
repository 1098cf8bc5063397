// A page that stands in for the official inspector: the package's own receiver, which says that it is there and shows what it gets.
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';

const SCRIPT = `
import { createBrowserReceiver } from '@statelyai/inspect';
window.received = [];
window.ended = false;
createBrowserReceiver({ window }).subscribe((message) => window.received.push(message));
window.addEventListener('message', ({ data }) => {
  if (data?.type === '@statelyai.disconnected') window.ended = true;
});
`;

export interface Viewer {
  readonly url: string;
  readonly server: Server;
}

/** @param paths pages of its own beside the viewer: scripts by their names. */
export async function serveViewer(paths: Readonly<Record<string, string>> = {}): Promise<Viewer> {
  const scripts = new Map<string, string>();
  for (const [name, source] of Object.entries({ inspect: SCRIPT, ...paths })) scripts.set(name, await bundled(source));
  const server = createServer(({ url = '/' }, response) => {
    const [, name = '', suffix] = /^\/([a-z]+)(\.js)?$/.exec(url) ?? [];
    const script = scripts.get(name);
    if (script === undefined) response.writeHead(404).end();
    else if (suffix !== undefined) response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
    else {
      const page = `<!doctype html><link rel="icon" href="data:,"><title>${name}</title><script type="module" src="/${name}.js"></script>`;
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(page);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/inspect`, server };
}

async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    conditions: ['browser'],
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
