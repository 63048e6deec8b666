import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { validate, ValidationSeverity } from 'dockerfile-utils';
import { repositoryRoot } from '../scripts/build.ts';
import { readConfig } from '../server/http/config.ts';
import { knownSettings } from './testing/known-settings.ts';

const text = readFileSync(join(import.meta.dirname, 'Containerfile'), 'utf8');
const instructions = text
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => /^[A-Z]/.test(line));
const lastStage = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM')));

test('the container file has nothing that its linter would warn of', () => {
  const strict = {
    emptyContinuationLine: ValidationSeverity.ERROR,
    instructionCasing: ValidationSeverity.ERROR,
    instructionCmdMultiple: ValidationSeverity.ERROR,
    instructionEntrypointMultiple: ValidationSeverity.ERROR,
    instructionHealthcheckMultiple: ValidationSeverity.ERROR,
    instructionJSONInSingleQuotes: ValidationSeverity.ERROR,
    instructionWorkdirRelative: ValidationSeverity.ERROR,
    deprecatedMaintainer: ValidationSeverity.ERROR,
  };
  assert.deepEqual(validate(text, strict), []);
  assert.notDeepEqual(validate(`${text}\nCMD ["a"`, strict), []);
});

test('the server runs as a user without rights, by programs and not by a shell', () => {
  const user = lastStage.findLast((line) => line.startsWith('USER'));
  const [, uid, gid] = /^USER ([1-9]\d{3,}):([1-9]\d{3,})$/.exec(user ?? '') ?? [];
  // Without a name of its own the embedded PostgreSQL would not start.
  assert.ok(
    lastStage.some((line) => line.includes('"useradd"') && line.includes(`--uid=${uid}", "--gid=${gid}`)),
  );
  const commands = instructions.filter((line) => /^(RUN|CMD|ENTRYPOINT|HEALTHCHECK)/.test(line));
  for (const line of commands) assert.match(line, /\["[^"]+"(, "[^"]+")*\]$/);
  for (const script of ['scripts/start.ts', 'scripts/healthcheck.ts'])
    assert.ok(existsSync(join(repositoryRoot, script)) && commands.some((line) => line.includes(script)));
});

test('every stage stands on an image that the operator can name', () => {
  const froms = instructions.filter((line) => line.startsWith('FROM'));
  assert.ok(froms.length === 3 && froms.every((line) => line.startsWith('FROM ${NODE_IMAGE}')));
  assert.match(text, /ARG NODE_IMAGE=\S+\/node:24-/);
});

test('what is built is taken from the first stage, and packages from the one without those of development', () => {
  const [web, packages] = text.split(/^FROM /m).slice(1);
  assert.match(web ?? '', /"scripts\/build\.ts"/);
  assert.match(packages ?? '', /"npm", "ci", "--ignore-scripts", "--omit=dev"/);
  const copies = lastStage.filter((line) => line.startsWith('COPY'));
  assert.equal(copies[0], 'COPY --from=packages /sprechzimmer ./');
  assert.equal(copies.filter((line) => line.startsWith('COPY --from=web ')).length, 3);
});

test('ports and settings are those of the product', () => {
  const { practicePort, roomPort } = readConfig({}, repositoryRoot);
  assert.ok(lastStage.includes(`EXPOSE ${practicePort} ${roomPort}`));
  const settings = lastStage.find((line) => line.startsWith('ENV'))!.matchAll(/(\w+)=/g);
  const known = knownSettings().add('NODE_ENV');
  for (const [, key] of settings) assert.ok(known.has(key!), key);
});

test('neither data nor secrets nor history come into the image', () => {
  const ignored = readFileSync(join(repositoryRoot, '.dockerignore'), 'utf8').split('\n');
  for (const path of [
    '.git',
    'data',
    'deploy/pages',
    'deploy/secrets',
    '**/node_modules',
    '**/dist',
    '**/*.test.ts',
  ])
    assert.ok(ignored.includes(path), path);
});
