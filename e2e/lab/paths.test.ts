import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CaseName, cases, runCase } from './cases.ts';
import { type Lab, openLab } from './lab.ts';

let lab: Lab;

before(async () => {
  lab = await openLab();
});

after(() => lab?.close());

const sentences = {
  open: 'two people on open networks see each other directly',
  portRestricted: 'two people behind ordinary routers see each other directly',
  symmetric: 'two people behind routers that give each peer another port see each other through the relay',
  udpBlocked: 'two people whose networks let no UDP out see each other through the relay, over TCP',
  only443: 'two people whose networks let nothing out but TCP 443 see each other through the relay, over TLS',
  ipv6Only: 'two people who have nothing but IPv6 see each other directly',
} satisfies Partial<Record<CaseName, string>>;

for (const [name, sentence] of Object.entries(sentences)) {
  test(sentence, async () => {
    const { path, protocol } = await runCase(lab, name as CaseName);
    assert.deepEqual({ path, protocol }, cases[name as CaseName].expected);
  });
}
