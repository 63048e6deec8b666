import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extensionOf, mayRun, safeFileName } from './file-name.ts';

const cases: [what: string, given: string, safe: string][] = [
  ['a usual name stays', 'Befund Müller 2026-11.pdf', 'Befund Müller 2026-11.pdf'],
  ['a path of Windows is gone', '..\\..\\evil.exe', 'evil.exe'],
  ['a path of Unix is gone', '../../../etc/passwd', 'passwd'],
  ['a drive is gone', 'C:\\Windows\\win.ini', 'win.ini'],
  ['what turns the reading direction is gone', 'Rechnung\u202Efdp.exe', 'Rechnungfdp.exe'],
  ['isolates, marks and zero-width characters are gone', '\u2067a\u2069\u200Fb\u200B\uFEFF.txt', 'ab.txt'],
  ['control characters are gone', 'a\u0000b\r\nc\u001B[31m.txt', 'abc[31m.txt'],
  ['a device of Windows gets another name', 'con.txt', '_con.txt'],
  ['a device of Windows without an ending, too', 'LPT1', '_LPT1'],
  ['a device of Windows behind a space, too', 'Aux .pdf', '_Aux .pdf'],
  ['hidden files are not hidden', '.htaccess', 'htaccess'],
  ['dots and spaces at the end, which Windows drops, are gone', 'a.exe. . ', 'a.exe'],
  [
    'many spaces that push the ending out of sight are one',
    `photo.jpg${' '.repeat(200)}.exe`,
    'photo.jpg .exe',
  ],
  ['alternate data streams are none', 'a.txt:evil.exe', 'a.txt_evil.exe'],
  ['what shells and Windows forbid is gone', '<a>|"b"?*.txt', '_a___b___.txt'],
  ['look-alikes of dots and slashes are gone', 'a\u2024exe\uFF0Fb\u2215c.pdf', 'a_exe_b_c.pdf'],
  ['lone surrogates are gone', 'a\uD800b.txt', 'ab.txt'],
  ['decomposed letters are composed', 'u\u0308ber.txt', 'über.txt'],
  ['nothing stays nothing', '../', ''],
  ['dots alone are nothing', '...', ''],
];

for (const [what, given, safe] of cases) {
  test(what, () => assert.equal(safeFileName(given), safe));
}

test('a long name keeps its ending', () => {
  const name = safeFileName(`${'ä'.repeat(5_000)}.jpg.exe`);
  assert.equal(name.length, 120);
  assert.ok(name.endsWith('ä.exe'));
});

test('a name that is safe stays as it is', () => {
  for (const [, , safe] of cases) assert.equal(safeFileName(safe), safe);
});

test('the ending is what a system goes by', () => {
  assert.equal(extensionOf('Foto.jpg.EXE'), 'exe');
  assert.equal(extensionOf('LIESMICH'), '');
  assert.ok(mayRun('Foto.jpg.EXE'));
  assert.ok(mayRun('seite.html') && mayRun('bild.svg'));
  assert.ok(!mayRun('Foto.exe.jpg'));
});
