import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { makeNamespaces, removeNamespaces, requireLab } from './namespaces.ts';

requireLab();

const names = () => spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' }).stdout;
const maker = `
  import { makeNamespaces } from ${JSON.stringify(new URL('namespaces.ts', import.meta.url).href)};
  const { one } = makeNamespaces(['one']);
  process.stdout.write(one.name);
  setInterval(() => {}, 1_000);
`;

for (const [signal, sentence] of [
  ['SIGINT', 'a lab that is interrupted takes its namespaces with it'],
  ['SIGKILL', 'the namespaces of a lab that was killed are removed by the next one'],
] as const) {
  test(sentence, async () => {
    const lab = spawn(process.execPath, ['--input-type=module', '-e', maker], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const name = String((await once(lab.stdout, 'data'))[0]);
    assert.ok(names().includes(name));
    lab.kill(signal);
    await once(lab, 'exit');
    const next = makeNamespaces(['two']);
    assert.ok(!names().includes(name));
    assert.ok(names().includes(next.two.name));
    removeNamespaces([next.two]);
    assert.ok(!names().includes(next.two.name));
  });
}

test('who may not make namespaces is told so in a sentence', () => {
  const script = `
    import { requireLab } from ${JSON.stringify(new URL('namespaces.ts', import.meta.url).href)};
    process.setuid(65_534);
    requireLab();
  `;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  assert.notEqual(status, 0);
  assert.match(stderr, /network namespaces of its own, which needs root/);
});
