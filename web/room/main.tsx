import { render } from 'preact';
import type { CodeReading } from '@sprechzimmer/crypto/code.ts';
import { keptPlace, type Place } from './place.ts';
import { findLack } from './support.ts';
import { readLink } from './welcome/typed-code.ts';
import { LoadFailed, Welcome } from './welcome/welcome.tsx';

const root = document.getElementById('app') ?? document.body;
/** With what it says. */
const loadParticipant = async () => {
  const { showParticipant, loadMessages } = await import('./participant/participant-app.tsx');
  await loadMessages();
  return showParticipant;
};

start();

function start(): void {
  const query = new URLSearchParams(location.search);
  const practiceOrigin = query.get('host');
  const link = takeLink();
  const lack = findLack();
  // A link that is opened in the same window means its own code, whatever was here before.
  addEventListener('hashchange', () => location.reload());
  if (lack) {
    void import('./browser/unsupported.tsx').then(({ showUnsupported }) =>
      showUnsupported(clear(root), lack, link),
    );
  } else if (practiceOrigin !== null) {
    void import('./host/host-app.tsx').then(({ showHost, loadMessages }) =>
      loadMessages().then(() => showHost(clear(root), practiceOrigin)),
    );
  } else if (query.has('host-code')) {
    void import('./host/host-code-app.tsx').then(({ showHostCode, loadMessages }) =>
      loadMessages().then(() => showHostCode(clear(root), link)),
    );
  } else if (query.has('test')) {
    void import('./check/test-app.tsx').then(({ showTest, loadMessages }) =>
      loadMessages().then(() => showTest(clear(root), link)),
    );
  } else {
    const kept = link ? undefined : keptPlace();
    if (kept) void enter(kept).catch(() => render(<LoadFailed />, clear(root)));
    else welcome(link);
  }
}

/** Takes the code out of the address bar at once, so that it stands in no history and on no shared screen. */
function takeLink(): CodeReading | undefined {
  const link = readLink(location.hash);
  if (location.hash) history.replaceState(null, '', location.pathname + location.search);
  return link;
}

function welcome(link: CodeReading | undefined): void {
  render(<Welcome link={link} onEnter={enter} />, clear(root));
  // After the first paint: load what follows while the person types.
  requestAnimationFrame(() => setTimeout(() => void loadParticipant().catch(() => undefined)));
}

async function enter(place: Place): Promise<void> {
  const showParticipant = await loadParticipant();
  showParticipant(clear(root), place);
}

/** Removes what index.html shows before any script has run, or the page before. */
function clear(element: HTMLElement): HTMLElement {
  render(null, element);
  element.replaceChildren();
  return element;
}
