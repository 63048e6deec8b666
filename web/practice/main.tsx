import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app.tsx';
import { messages } from './messages.ts';
import { watchApproveLinks } from './device/approve-link.ts';
import { createPracticeApp } from './practice-app.ts';

const root = document.getElementById('app');
if (!root) throw new Error('no #app');
watchApproveLinks();
const app = createPracticeApp(location.origin);
effect(() => {
  document.title = messages().documentTitle;
});
root.replaceChildren(); // the sentences for pages that have not started
render(<App app={app} />, root);
void app.start();
