// The page of ours that shows the official inspector in a frame, and its script: what the package's own bridge does, for one
// site alone, and with an answer for whoever is offline.

/** @param url the official inspector, or another page that speaks as it does. */
export function statelyPage(url: string): string {
  const address = url.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><link rel="icon" href="data:,"><title>sip-retry in the official inspector</title></head>
<body><p role="status">Waiting for the official inspector …</p>
<iframe title="The official inspector" data-url="${address}" width="100%" height="900"></iframe>
<script type="module" src="/stately.js"></script></body>
</html>
`;
}

/**
 * Messages go to that site alone, and only once it has said that it is there. It says so again when it is loaded again: then
 * it is given everything again.
 */
export function statelyScript(url: string, patienceMs = PATIENCE_MS): string {
  const { origin: site } = new URL(url);
  return `const site = ${JSON.stringify(site)};
const frame = document.querySelector('iframe');
const state = document.querySelector('p');
frame.height = String(Math.max(400, window.innerHeight - 24));
let follower;
window.addEventListener('message', (event) => {
  if (event.origin !== site || event.source !== frame.contentWindow) return;
  if (event.data?.type !== '@statelyai.connected') return;
  state.hidden = true;
  follower?.abort();
  follower = new AbortController();
  void follow(follower.signal);
});
setTimeout(() => {
  if (follower !== undefined) return;
  const own = Object.assign(document.createElement('a'), { href: '/' + location.hash, textContent: 'sip-retry’s own page' });
  state.replaceChildren(site + ' does not answer: it needs the internet. ', own, ' does not.');
}, ${patienceMs});
frame.src = frame.dataset.url;
async function follow(signal) {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  while (!signal.aborted) {
    try {
      const { ok, body } = await fetch('/stately/messages', { headers: { 'X-Inspector-Token': token }, signal });
      if (ok) await relay(body, signal);
      tell(ok ? 'The program has ended.' : 'The token is missing or wrong: open the address that was printed.', signal);
    } catch {
      tell('The program has ended.', signal);
    }
    await new Promise((resolve) => setTimeout(resolve, ${AGAIN_MS}));
  }
}
async function relay(body, signal) {
  state.hidden = true;
  let rest = '';
  for (const reader = body.pipeThrough(new TextDecoderStream()).getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done || signal.aborted) return;
    const lines = (rest + value).split('\\n');
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith('data: ')) frame.contentWindow.postMessage(JSON.parse(line.slice(6)), site);
    }
  }
}
function tell(what, signal) {
  if (signal.aborted) return;
  state.textContent = what;
  state.hidden = false;
}
`;
}

const PATIENCE_MS = 5_000;
const AGAIN_MS = 1_000;
