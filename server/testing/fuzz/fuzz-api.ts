import { contract } from '@sprechzimmer/protocol/contract.ts';
import { z } from 'zod';
import { send, signedHeaders, wireBody } from '../test-client.ts';
import { openTestPractice, type TestPractice } from '../test-practice.ts';
import type { TestServer } from '../test-server.ts';
import { createRandom, type Random } from './random.ts';
import { type Known, mutated, type Schema, valueFor } from './schema-values.ts';

type Operation = { path: string; schema: Schema };

/** What hashes a password takes a hundred times as long as all else. */
const slow =
  /register|signIn|unlock|Password|recover|confirm|begin|remove(Totp|Passkey)|request|activate|changeEmail/i;
const slowShare = 0.02;
/** What an input may do to its practice (sign out, delete it) is done to this one only. */
const inputsPerPractice = 400;

/** @returns what was not as it has to be, each in a line; empty when all is well */
export async function fuzzApi(
  server: TestServer,
  { inputs, seed }: { inputs: number; seed: number },
): Promise<string[]> {
  const random = createRandom(seed);
  const operations = readOperations();
  const wrong: string[] = [];
  let practice: TestPractice | undefined;
  let known: Known = { ids: [], texts: [] };
  for (let number = 0; number < inputs; number++) {
    if (!practice || number % inputsPerPractice === 0) {
      practice = await openTestPractice(server);
      known = await readKnown(practice);
    }
    const { path, schema } = chooseOperation(operations, random);
    const fitting =
      random.chance(0.1) && path.endsWith('/book') ? (await practice.newAppointment()).input : undefined;
    const value = fitting ?? valueFor(schema, random, known);
    const body = bodyOf(random.chance(0.7) ? mutated(value, random) : value, random);
    const { browser } = practice;
    const headers = random.chance(0.9)
      ? await signedHeaders(browser, path, body)
      : { origin: server.practiceOrigin, 'content-type': 'application/json' };
    const cookie = browser.cookie;
    const response = await send(browser, headers, { path, body });
    // Whoever was signed out, goes on as somebody who shows an old cookie.
    if (random.chance(0.5)) browser.cookie = cookie;
    const answer = await response.text();
    if (response.status >= 500 || !isAnswer(answer)) {
      wrong.push(
        `seed ${seed}, input ${number}: ${path} answered ${response.status} to ${body.toString().slice(0, 500)}`,
      );
    }
  }
  return wrong;
}

function readOperations(): Operation[] {
  return Object.entries(contract).flatMap(([noun, operations]) =>
    Object.entries(operations).map(([name, operation]) => ({
      path: `/api/${noun}/${name}`,
      schema: schemaOf(operation),
    })),
  );
}

function schemaOf(operation: { '~orpc': { inputSchema?: unknown } }): Schema {
  const { inputSchema } = operation['~orpc'];
  return z.toJSONSchema(inputSchema as z.ZodType, { unrepresentable: 'any', io: 'input' }) as Schema;
}

function chooseOperation(operations: Operation[], random: Random): Operation {
  for (;;) {
    const operation = random.pick(operations);
    if (!slow.test(operation.path) || random.chance(slowShare)) return operation;
  }
}

async function readKnown(practice: TestPractice): Promise<Known> {
  const { input } = await practice.newAppointment();
  await practice.client.appointment.book(input);
  const { practiceId, userId, deviceId } = practice;
  return {
    ids: [practiceId, userId, deviceId, input.id, ...input.invitations.map(({ id }) => id)],
    texts: [practice.email, input.sealed, input.day],
  };
}

function bodyOf(value: unknown, random: Random): Buffer {
  const body = wireBody(value);
  if (random.chance(0.9)) return body;
  return random.pick([
    Buffer.alloc(0),
    body.subarray(0, random.below(body.length)),
    Buffer.concat([body, body]),
    Buffer.from('['.repeat(5_000)),
    Buffer.from('{"json":{"__proto__":{"isAdmin":true}}}'),
    random.bytes(random.below(200)),
    Buffer.from(JSON.stringify({ json: value, meta: [[0, 'json', 'x']], maps: [['json']] })),
    Buffer.from(JSON.stringify(value)),
  ]);
}

/** JSON as oRPC writes it. */
function isAnswer(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return text === '';
  }
}
