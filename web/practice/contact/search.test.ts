import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold, matcher, type SearchKey, searchKey } from './search.ts';

const matches = (key: SearchKey, query: string) => matcher(query)(key);

const muster = searchKey({
  name: 'Prof. Dr. Jörg Müller-Lüdenscheidt',
  email: 'joerg.mueller@example.org',
  telephone: '+49 (171) 234 56 78',
});

test('case, diacritics and the two ways of writing an umlaut do not matter', () => {
  for (const query of [
    'müller',
    'MULLER',
    'Mueller',
    'joerg',
    'jorg müll',
    'lüdensch',
    'mueller jo',
    'dr.',
  ]) {
    assert.ok(matches(muster, query), query);
  }
  for (const query of ['meier', 'jörg meier', 'x']) assert.ok(!matches(muster, query), query);
  assert.equal(fold('Đặng Thị Ánh'), 'dang thi anh');
  assert.equal(fold('Weiß'), fold('WEISS'));
});

test('each letter on the way to a name finds it', () => {
  for (const name of ['Bauer', 'Joel Mueller', 'Größe', 'علي حسن', 'Renée Łuczak']) {
    const key = searchKey({ name, email: '', telephone: '' });
    for (let length = 1; length <= name.length; length++) {
      assert.ok(matches(key, name.slice(0, length)), name.slice(0, length));
    }
  }
});

test('address and number find it, however the number is written', () => {
  for (const query of [
    'joerg.mueller@example',
    'example.org',
    '0171 2345',
    '+49171',
    '234 56',
    '0049171234',
  ]) {
    assert.ok(matches(muster, query), query);
  }
  for (const query of ['0172', '99']) assert.ok(!matches(muster, query), query);
});

test('ten thousand are searched within one frame or two', () => {
  const keys = Array.from({ length: 10_000 }, (_, index) =>
    searchKey({
      name: `Vorname${index} Nachname${index}`,
      email: `v${index}@example.org`,
      telephone: `030${index}`,
    }),
  );
  const start = performance.now();
  const found = keys.filter(matcher('nachname9999'));
  assert.equal(found.length, 1);
  assert.ok(performance.now() - start < 500);
});
