import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { checkBundles, measureRoom, roomBudget } from './budget.ts';

const made: string[] = [];
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

const page = '<script type="module" src="/assets/index-1.js" integrity="sha384-x"></script>';
const good = {
  'index.html': page,
  'assets/index-1.js':
    'import{a}from"./base-1.js";void import(`./participant-app-1.js`);void import("./host-app-1.js")',
  'assets/base-1.js': 'export const a="http://www.w3.org/2000/svg"',
  'assets/participant-app-1.js':
    'import"./base-1.js";void import("./tool-1.js");const c=`wss://${location.host}/`;c//i.test("x")',
  'assets/tool-1.js': 'export{}',
  'assets/host-app-1.js': 'export{}',
};

test('bundles within the budget and without foreign hosts pass', () => {
  assert.deepEqual(checkBundles('room', build(good)).problems, []);
  assert.deepEqual(checkBundles('practice', build(good)).problems, []);
});

test('requests are what a patient loads, the first screen what stands before it', () => {
  const size = measureRoom(build(good));
  assert.equal(size.requests, 4);
  assert.ok(size.firstScreenJs < size.js);
});

const recording = ['new MediaRecorder(stream)', 'video.captureStream()'];
const foreign = [
  'fetch("https://example.org/x")',
  'fetch(`http://192.0.2.1`)',
  'new WebSocket("wss://example.org")',
  'import("//example.org/x.js")',
  'a="http://www.w3.org.example.org/"',
  'a="http://localhost.example.org/"',
];
for (const planted of [...recording, ...foreign]) {
  test(`${planted} in a bundle is found in both apps`, () => {
    const files = {
      ...good,
      'assets/participant-app-1.js': `${good['assets/participant-app-1.js']};${planted}`,
    };
    for (const app of ['room', 'practice'] as const) {
      const { problems } = checkBundles(app, build(files));
      assert.equal(problems.length, 1);
      assert.match(problems[0]!, /participant-app-1\.js/);
    }
  });
}

test('a foreign host in a stylesheet or in the page is found', () => {
  const inStyle = build({ ...good, 'assets/style-1.css': '@import url(//fonts.example.org/a.css);' });
  assert.equal(checkBundles('room', inStyle).problems.length, 1);
  const inPage = build({ ...good, 'index.html': `${page}<img src="https://example.org/pixel">` });
  assert.equal(checkBundles('room', inPage).problems.length, 1);
});

test('too many bytes before the first screen fail, even in an import of an import', () => {
  const files = { ...good, 'assets/base-1.js': incompressible(roomBudget.firstScreenJs) };
  assert.match(checkBundles('room', build(files)).problems.join(), /firstScreenJs/);
});

for (const person of ['participant', 'host']) {
  test(`too many bytes to talk fail in what a ${person} loads`, () => {
    const files = { ...good, [`assets/${person}-app-1.js`]: incompressible(roomBudget.js) };
    assert.match(checkBundles('room', build(files)).problems.join(), /js is/);
  });
}

test('one language counts, and it is the longer one', () => {
  const half = Math.round(roomBudget.js / 2);
  const both = {
    ...good,
    'assets/messages.de-1.js': incompressible(half),
    'assets/messages.en-1.js': incompressible(half + 1),
  };
  assert.deepEqual(checkBundles('room', build(both)).problems, []);
  const long = { ...both, 'assets/messages.en-1.js': incompressible(roomBudget.js) };
  assert.match(checkBundles('room', build(long)).problems.join(), /js is/);
});

test('what is loaded only when chosen does not count, and is searched all the same', () => {
  const large = { ...good, 'assets/tool-1.js': incompressible(roomBudget.js) };
  assert.deepEqual(checkBundles('room', build(large)).problems, []);
  const recording = { ...good, 'assets/tool-1.js': 'new MediaRecorder(stream)' };
  assert.equal(checkBundles('room', build(recording)).problems.length, 1);
});

test('too many requests fail', () => {
  const names = Array.from({ length: 6 }, (_, index) => `part-${index}.js`);
  const files = {
    ...good,
    'assets/participant-app-1.js': names.map((name) => `import"./${name}";`).join(''),
    ...Object.fromEntries(names.map((name) => [`assets/${name}`, 'export{}'])),
  };
  assert.match(checkBundles('room', build(files)).problems.join(), /requests is 10/);
});

test('a script without integrity fails, and a page without a script is no page', () => {
  const bare = build({ ...good, 'index.html': '<script type="module" src="/assets/index-1.js"></script>' });
  assert.match(checkBundles('room', bare).problems.join(), /without integrity/);
  assert.throws(() => measureRoom(build({ 'index.html': '<p>' })), /loads no script/);
});

function build(files: Record<string, string>): string {
  const dist = mkdtempSync(join(tmpdir(), 'sprechzimmer-dist-'));
  made.push(dist);
  mkdirSync(join(dist, 'assets'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dist, name), content);
  return dist;
}

function incompressible(bytes: number): string {
  return `export const a="${randomBytes(bytes).toString('base64')}"`;
}
