import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { repositoryRoot } from './build.ts';
import { copyRepository } from './repository-copy.ts';

let copy: string;
const timeout = 180_000;

before(() => {
  copy = mkdtempSync(join(tmpdir(), 'sprechzimmer-law-'));
  // npm's hoisting makes everything reachable for everybody, ours included: what the law must withstand.
  copyRepository(copy);
});

after(() => rmSync(copy, { recursive: true }));

test('the sources as they are keep the law', { timeout }, () => {
  const { status, output } = compile();
  assert.equal(status, 0, output);
});

const broken: { law: string; file: string; imports: string }[] = [
  {
    law: 'web never imports server',
    file: 'web/practice/planted.ts',
    imports: '../../server/http/config.ts',
  },
  {
    law: 'web never imports server (room)',
    file: 'web/room/planted.ts',
    imports: '../../server/db/schema.ts',
  },
  {
    law: 'web never imports server, by name',
    file: 'web/room/planted.ts',
    imports: '@sprechzimmer/server/db/schema.ts',
  },
  {
    law: 'the practice app does not import the room app, by name',
    file: 'web/practice/planted.ts',
    imports: '@sprechzimmer/room-app/keys.ts',
  },
  {
    law: 'crypto imports nothing of ours',
    file: 'packages/crypto/planted.ts',
    imports: '@sprechzimmer/protocol/ids.ts',
  },
  {
    law: 'crypto imports nothing of ours, by path',
    file: 'packages/crypto/planted.ts',
    imports: '../protocol/ids.ts',
  },
  {
    law: 'protocol imports nothing of ours',
    file: 'packages/protocol/planted.ts',
    imports: '@sprechzimmer/crypto/bytes.ts',
  },
  { law: 'call imports no UI', file: 'packages/call/planted.ts', imports: '@sprechzimmer/design/i18n.ts' },
  {
    law: 'call does not import membership: the room never sees members',
    file: 'packages/call/planted.ts',
    imports: '@sprechzimmer/membership/log.ts',
  },
  {
    law: 'the room app does not import membership',
    file: 'web/room/planted.ts',
    imports: '@sprechzimmer/membership/log.ts',
  },
  {
    law: 'membership imports only crypto and protocol',
    file: 'packages/membership/planted.ts',
    imports: '@sprechzimmer/call/chat.ts',
  },
  {
    law: 'an earlier stage does not import a later one',
    file: 'server/appointment/planted.ts',
    imports: '../waiting-room/signalling.ts',
  },
  {
    law: 'the ground floor imports no stage',
    file: 'server/db/planted.ts',
    imports: '../appointment/book.ts',
  },
  { law: 'metrics import nothing of ours', file: 'server/metrics/planted.ts', imports: '../db/database.ts' },
  { law: 'server never imports web', file: 'server/http/planted.ts', imports: '../../web/room/keys.ts' },
  {
    law: 'the practice app does not import the room app',
    file: 'web/practice/planted.ts',
    imports: '../room/keys.ts',
  },
  {
    law: 'the room app does not import the practice app',
    file: 'web/room/planted.ts',
    imports: '../practice/api.ts',
  },
];
for (const { law, file, imports } of broken) {
  test(`${law}: an import that breaks this fails the build`, { timeout }, () => {
    const planted = join(copy, file);
    writeFileSync(planted, `export * from '${imports}';\n`);
    try {
      const { status, output } = compile();
      assert.notEqual(status, 0);
      // The file is there, but in none of the projects that this one may refer to.
      const told = output.split('\n').filter((line) => /error TS(6059|6307): /.test(line));
      assert.ok(
        told.some((line) => line.startsWith(`${file}(1,`)),
        output.slice(0, 2_000),
      );
    } finally {
      rmSync(planted);
    }
  });
}

function compile(): { status: number | null; output: string } {
  const tsc = join(repositoryRoot, 'node_modules', '.bin', 'tsc');
  const projects = [
    'packages/protocol',
    'packages/crypto',
    'packages/call',
    'packages/membership',
    'web/design',
    'web/room',
    'web/practice',
    'server',
  ];
  const { status, stdout, stderr } = spawnSync(tsc, ['-b', ...projects], { cwd: copy, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}
