import { equalBytes, fromBase64url, framed, fromUtf8, toBase64url, utf8 } from './bytes.ts';
import { openCard, sealCard } from './card.ts';
import { codeLength, generateCode, groupCode, readCode, recoveryCodeLength } from './code.ts';
import { deriveConsentKey, openConsent, sealConsent } from './consent.ts';
import { exportPublicKey, generateDeviceKeys, signText, verifyText } from './device-keys.ts';
import { beginAsHost, beginAsParticipant, HandshakeError, type Share } from './handshake.ts';
import {
  newPracticeKey,
  openRecord,
  recordKey,
  sealRecord,
  unwrapAtDevice,
  wrapToDevice,
} from './practice-key.ts';
import { openRecordChannel } from './records.ts';
import { generateRecoveryKeys, openRecoveryKeys, sealRecoveryKeys } from './recovery-keys.ts';
import { OpenError } from './seal.ts';
import { deriveSecrets, type SecretPurpose } from './secret.ts';
import { generateUserKey, openUserKey, sealUserKey } from './user-key.ts';
import { wordsFor } from './words.ts';

/** `vectors/vectors.json`, written by a second implementation. */
export type Vectors = {
  codes: string[];
  recoveryCodes: string[];
  secrets: {
    code: string;
    purpose: SecretPurpose;
    origin: string;
    locator: string;
    psk: string;
    cardKey: string;
  }[];
  consents: { psk: string; key: string }[];
  handshakes: HandshakeVector[];
};

type HandshakeVector = {
  psk: string;
  host: { key: JsonWebKey; nonce: string };
  participant: { key: JsonWebKey; nonce: string };
  m0: string;
  m1: string;
  m2: string;
  hostToParticipant: string;
  participantToHost: string;
  wordBytes: number[];
  mediaRoot: string;
};

export type Case = { name: string; run(): Promise<void> };

/** The package's tests without any test runner, so that Node and browsers run the very same. */
export function cryptoSuite(vectors: Vectors): Case[] {
  return [
    ...codeCases(vectors),
    ...secretCases(vectors),
    ...consentCases(vectors),
    ...handshakeCases(vectors),
    ...attackCases(),
    ...recordCases(),
    ...practiceCases(),
    ...keyCases(),
  ];
}

function codeCases(vectors: Vectors): Case[] {
  return [
    testCase('codes of the vectors are read back, however they are typed', () => {
      for (const code of vectors.codes) {
        for (const typed of [
          code,
          code.toLowerCase(),
          groupCode(code),
          ` ${groupCode(code)} `,
          Array.from(code).join(' '),
        ]) {
          equal(readCode(typed), { kind: 'code', code });
        }
        equal(readCode(code.replaceAll('0', 'o').replaceAll('1', 'l')), { kind: 'code', code });
        equal(readCode(code.replaceAll('1', 'I')), { kind: 'code', code });
      }
      for (const code of vectors.recoveryCodes)
        equal(readCode(code, recoveryCodeLength), { kind: 'code', code });
    }),
    testCase('every single wrong symbol and every swap of neighbours is told by the check symbol', () => {
      const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
      for (const code of vectors.codes) {
        for (let i = 0; i < codeLength; i++) {
          for (const symbol of alphabet) {
            if (symbol === code[i]) continue;
            equal(readCode(code.slice(0, i) + symbol + code.slice(i + 1)).kind, 'mistyped');
          }
          const [a, b] = [code[i], code[i + 1]];
          if (b === undefined || a === b) continue;
          equal(readCode(`${code.slice(0, i)}${b}${a}${code.slice(i + 2)}`).kind, 'mistyped');
        }
      }
    }),
    testCase('what is no code is said to be none', () => {
      equal(readCode(''), { kind: 'incomplete', typed: 0 });
      equal(readCode('K7QF'), { kind: 'incomplete', typed: 4 });
      equal(readCode('K7QF93MDXW2PK').kind, 'too-long');
      equal(readCode('K7QF-93MD-XW2U'), { kind: 'unknown-symbol', symbol: 'U' });
      equal(readCode('K7QF-93MD-XW2€'), { kind: 'unknown-symbol', symbol: '€' });
    }),
    testCase('a thousand new codes are all different and all right', () => {
      const codes = new Set(Array.from({ length: 1_000 }, () => generateCode()));
      equal(codes.size, 1_000);
      for (const code of codes) equal(readCode(code).kind, 'code');
    }),
  ];
}

function secretCases(vectors: Vectors): Case[] {
  return vectors.secrets.map((vector) =>
    testCase(`the secrets of ${vector.code} for ${vector.purpose} are those of the vectors`, async () => {
      const secrets = await deriveSecrets(vector.code, vector.purpose, vector.origin);
      equal(toBase64url(secrets.locator), vector.locator);
      equal(toBase64url(secrets.psk), vector.psk);
      equal(toBase64url(secrets.cardKey), vector.cardKey);
    }),
  );
}

function consentCases(vectors: Vectors): Case[] {
  return [
    testCase('the keys of consents are those of the vectors', async () => {
      for (const { psk, key } of vectors.consents)
        equal(toBase64url(await deriveConsentKey(fromBase64url(psk))), key);
    }),
    testCase(
      'a consent opens with the psk of its own invitation only, and not as another thing',
      async () => {
        const answer = { given: true, at: '2026-11-26T09:30:00.000Z' };
        const blob = await sealConsent(filled(1), answer);
        equal(await openConsent(filled(1), blob), answer);
        await rejects(openConsent(filled(2), blob), OpenError);
        await rejects(openConsent(filled(1), flip(blob, blob.length - 1)), OpenError);
        await rejects(openConsent(filled(1), await sealCard(filled(1), answer)), OpenError);
      },
    ),
  ];
}

function handshakeCases(vectors: Vectors): Case[] {
  return vectors.handshakes.map((vector, index) =>
    testCase(`handshake ${index} is that of the vectors, byte for byte, at both ends`, async () => {
      const psk = fromBase64url(vector.psk);
      const host = await beginAsHost(psk, await fixedShare(vector.host));
      equal(toBase64url(host.m0), vector.m0);
      const participant = await beginAsParticipant(psk, host.m0, await fixedShare(vector.participant));
      equal(toBase64url(participant.m1), vector.m1);
      const { m2, result } = await host.finish(participant.m1);
      equal(toBase64url(m2), vector.m2);
      const other = await participant.finish(m2);
      equal(result, other);
      equal(toBase64url(result.hostToParticipant), vector.hostToParticipant);
      equal(toBase64url(result.participantToHost), vector.participantToHost);
      equal(toBase64url(result.mediaRoot), vector.mediaRoot);
      equal(result.words, wordsFor(Uint8Array.from(vector.wordBytes)));
    }),
  );
}

function attackCases(): Case[] {
  return [
    testCase('another psk at either end fails the handshake', async () => {
      const host = await beginAsHost(filled(1));
      const participant = await beginAsParticipant(filled(2), host.m0);
      await rejects(host.finish(participant.m1), HandshakeError);
    }),
    testCase('any changed bit of any handshake message fails the handshake', async () => {
      for (let position = 0; position < 113; position += 7) {
        const psk = filled(7);
        const host = await beginAsHost(psk);
        const forged = await beginAsParticipant(psk, flip(host.m0, position % 32));
        await rejects(host.finish(forged.m1), HandshakeError);
        const participant = await beginAsParticipant(psk, host.m0);
        await rejects(host.finish(flip(participant.m1, position)), HandshakeError);
        const { m2 } = await host.finish(participant.m1);
        await rejects(participant.finish(flip(m2, position)), HandshakeError);
      }
    }),
    testCase('a key share that was not committed to is refused', async () => {
      const psk = filled(3);
      const host = await beginAsHost(psk);
      const other = await beginAsHost(psk);
      const participant = await beginAsParticipant(psk, host.m0);
      const { m2 } = await other.finish((await beginAsParticipant(psk, other.m0)).m1);
      await rejects(participant.finish(m2), HandshakeError);
    }),
    testCase('messages of another run, reflected or cut short are refused', async () => {
      const psk = filled(4);
      const [first, second] = [await beginAsHost(psk), await beginAsHost(psk)];
      const participant = await beginAsParticipant(psk, first.m0);
      await rejects(second.finish(participant.m1), HandshakeError);
      await rejects(participant.finish(participant.m1), HandshakeError);
      await rejects(first.finish(participant.m1.slice(1)), HandshakeError);
      await rejects(beginAsParticipant(psk, first.m0.slice(1)), HandshakeError);
    }),
    testCase('a share that is no point on the curve is refused', async () => {
      const psk = filled(5);
      const host = await beginAsHost(psk);
      const participant = await beginAsParticipant(psk, host.m0);
      await rejects(host.finish(flip(participant.m1, 20)), HandshakeError);
    }),
  ];
}

function recordCases(): Case[] {
  const channels = async () => {
    const psk = filled(6);
    const host = await beginAsHost(psk);
    const participant = await beginAsParticipant(psk, host.m0);
    const { m2, result } = await host.finish(participant.m1);
    const other = await participant.finish(m2);
    return [await openRecordChannel(result, 'host'), await openRecordChannel(other, 'participant')] as const;
  };
  return [
    testCase('records open in order, in both directions', async () => {
      const [host, participant] = await channels();
      for (const text of ['one', 'two', 'three']) {
        equal(fromUtf8(await participant.open(await host.seal(utf8(text)))), text);
        equal(fromUtf8(await host.open(await participant.seal(utf8(text)))), text);
      }
    }),
    testCase(
      'a record that is repeated, left out, reordered, reflected or changed does not open',
      async () => {
        const attempts: ((records: Uint8Array<ArrayBuffer>[]) => Uint8Array<ArrayBuffer>[])[] = [
          ([one = none]) => [one, one],
          ([, two = none]) => [two],
          ([one = none, two = none, three = none]) => [one, three, two],
          ([one = none]) => [flip(one, 0)],
          ([one = none]) => [one.slice(1)],
        ];
        for (const attempt of attempts) {
          const [host, participant] = await channels();
          const records = [
            await host.seal(utf8('1')),
            await host.seal(utf8('2')),
            await host.seal(utf8('3')),
          ];
          const opening = (async () => {
            for (const record of attempt(records)) await participant.open(record);
          })();
          await rejects(opening, OpenError);
        }
        const [host] = await channels();
        await rejects(host.open(await host.seal(utf8('back to its sender'))), OpenError);
      },
    ),
  ];
}

function practiceCases(): Case[] {
  const place = { practiceId: 'p', kind: 'appointment', id: 'a', version: 1, generation: 1 };
  return [
    testCase('a sealed record opens at its own place and nowhere else', async () => {
      const key = await recordKey(newPracticeKey());
      const blob = await sealRecord(key, { note: 'Grüße 👋' }, place);
      equal(await openRecord(key, blob, place), { note: 'Grüße 👋' });
      const elsewhere = [
        { ...place, practiceId: 'q' },
        { ...place, kind: 'user' },
        { ...place, id: 'b' },
        { ...place, version: 2 },
        { ...place, generation: 2 },
      ];
      for (const other of elsewhere) await rejects(openRecord(key, blob, other), OpenError);
      await rejects(openRecord(await recordKey(newPracticeKey()), blob, place), OpenError);
      await rejects(openRecord(key, Uint8Array.of(2, ...blob.slice(1)), place), OpenError);
    }),
    testCase('the practice key reaches the device it is wrapped to, and no other', async () => {
      const [device, other] = [await generateDeviceKeys(), await generateDeviceKeys()];
      const practiceKey = newPracticeKey();
      const wrap = await wrapToDevice(practiceKey, await exportPublicKey(device.agree.publicKey), [
        'p',
        'd',
        '1',
      ]);
      equal(equalBytes(await unwrapAtDevice(wrap, device.agree, ['p', 'd', '1']), practiceKey), true);
      await rejects(unwrapAtDevice(wrap, other.agree, ['p', 'd', '1']), OpenError);
      await rejects(unwrapAtDevice(wrap, device.agree, ['p', 'e', '1']), OpenError);
      await rejects(unwrapAtDevice(wrap.slice(3), device.agree, ['p', 'd', '1']), OpenError);
    }),
  ];
}

function keyCases(): Case[] {
  return [
    testCase('a user’s key opens with their own password only, and then signs', async () => {
      const { privateKey, publicKey } = await generateUserKey();
      const place = { practiceId: 'p', userId: 'u' };
      const sealed = await sealUserKey(privateKey, 'vier blaue Kraniche', place);
      const opened = await openUserKey(sealed, 'vier blaue Kraniche', place);
      equal(opened.extractable, false);
      const signature = await signText(opened, 'an entry');
      equal(await verifyText(await exportPublicKey(publicKey), 'an entry', signature), true);
      await rejects(openUserKey(sealed, 'vier blaue Kranich', place), OpenError);
      await rejects(openUserKey(sealed, 'vier blaue Kraniche', { ...place, userId: 'v' }), OpenError);
    }),
    testCase('the recovery sheet opens its keys, and the practice key that was wrapped to them', async () => {
      const keys = await generateRecoveryKeys();
      const publicKey = await exportPublicKey(keys.agree.publicKey);
      const sealed = await sealRecoveryKeys(keys, filled(3), 'p');
      const practiceKey = newPracticeKey();
      const wrap = await wrapToDevice(practiceKey, publicKey, ['p', 'recovery', '1']);
      const { agree, sign } = await openRecoveryKeys(sealed, filled(3), 'p', publicKey);
      equal(equalBytes(await unwrapAtDevice(wrap, agree, ['p', 'recovery', '1']), practiceKey), true);
      equal(sign.extractable, false);
      await rejects(openRecoveryKeys(sealed, filled(4), 'p', publicKey), OpenError);
      await rejects(openRecoveryKeys(sealed, filled(3), 'q', publicKey), OpenError);
    }),
    testCase('a card opens with its own code only', async () => {
      const blob = await sealCard(filled(1), { practice: 'Praxis am See' });
      equal(await openCard(filled(1), blob), { practice: 'Praxis am See' });
      await rejects(openCard(filled(2), blob), OpenError);
    }),
    testCase('a device key cannot leave the browser, and signs for this text only', async () => {
      const { sign } = await generateDeviceKeys();
      equal(sign.privateKey.extractable, false);
      const publicKey = await exportPublicKey(sign.publicKey);
      const signature = await signText(sign.privateKey, 'a request');
      equal(await verifyText(publicKey, 'a request', signature), true);
      equal(await verifyText(publicKey, 'another request', signature), false);
      equal(await verifyText(publicKey.slice(1), 'a request', signature), false);
    }),
    testCase('base64url has one form for each list of bytes', async () => {
      for (const text of ['A', 'AB', 'AAB', 'AA==', 'A A', 'AA+/']) await rejects(attempt(text), TypeError);
      equal(fromBase64url('AAA'), new Uint8Array(2));
      equal(equalBytes(framed(utf8('ab'), utf8('c')), framed(utf8('a'), utf8('bc'))), false);
    }),
  ];
}

const none = new Uint8Array();

async function attempt(text: string): Promise<unknown> {
  return fromBase64url(text);
}

async function fixedShare(of: { key: JsonWebKey; nonce: string }): Promise<Share> {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const { d: _, ...publicJwk } = of.key;
  return {
    keys: {
      privateKey: await crypto.subtle.importKey('jwk', of.key, curve, false, ['deriveBits']),
      publicKey: await crypto.subtle.importKey('jwk', publicJwk, curve, true, []),
    },
    nonce: fromBase64url(of.nonce),
  };
}

function filled(value: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(32).fill(value);
}

function flip(bytes: Uint8Array<ArrayBuffer>, position: number): Uint8Array<ArrayBuffer> {
  return bytes.map((byte, index) => (index === position ? byte ^ 1 : byte));
}

function testCase(name: string, run: () => void | Promise<void>): Case {
  return { name, run: async () => run() };
}

function equal(actual: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${a} is not ${b}`);
}

async function rejects(promise: Promise<unknown>, kind: new (message?: string) => Error): Promise<void> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof kind) return;
    throw error;
  }
  throw new Error(`expected a ${kind.name}`);
}
