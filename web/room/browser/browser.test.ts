import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTooOld, readBrowser } from './browser.ts';

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const pixel = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)';
const webView =
  'Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.6367.82 Mobile Safari/537.36';
const blink = 'AppleWebKit/537.36 (KHTML, like Gecko)';

const browsers: [userAgent: string, touchPoints: number, said: string][] = [
  [`${windows} ${blink} Chrome/126.0.0.0 Safari/537.36`, 0, 'windows chrome 126'],
  [`${windows} ${blink} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.81`, 10, 'windows edge 126'],
  [`${windows} ${blink} Chrome/126.0.0.0 Safari/537.36 OPR/112.0.0.0`, 0, 'windows opera 112'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0',
    0,
    'windows firefox 128',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 0, 'other firefox 140'],
  [`${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 Safari/605.1.15`, 0, 'macos safari 17'],
  [`${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 Safari/605.1.15`, 5, 'ios safari 17'],
  [`${iphone} Version/17.4.1 Mobile/15E148 Safari/604.1`, 5, 'ios safari 17'],
  [`${iphone} CriOS/125.0.6422.80 Mobile/15E148 Safari/604.1`, 5, 'ios chrome 125'],
  [`${iphone} FxiOS/127.0 Mobile/15E148 Safari/605.1.15`, 5, 'ios firefox 127'],
  [`${iphone} Version/17.0 EdgiOS/124.0.2478.71 Mobile/15E148 Safari/604.1`, 5, 'ios edge 124'],
  [`${pixel} Chrome/125.0.6422.113 Mobile Safari/537.36`, 5, 'android chrome 125'],
  [`${pixel} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`, 5, 'android samsung 25'],
  [`${pixel} Chrome/124.0.0.0 Mobile Safari/537.36 EdgA/124.0.0.0`, 5, 'android edge 124'],
  ['Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0', 5, 'android firefox 127'],
];
for (const [userAgent, touchPoints, said] of browsers) {
  test(`${userAgent.slice(13, 60)} … with ${touchPoints} touch points is ${said}, and a browser of its own`, () => {
    const { system, name, version, insideOf } = readBrowser(userAgent, touchPoints);
    assert.equal(`${system} ${name} ${version}`, said);
    assert.equal(insideOf, undefined);
  });
}

const inside: [userAgent: string, program: string][] = [
  [
    `${iphone} Mobile/15E148 [FBAN/FBIOS;FBAV/463.0.0.29.103;FBBV/596136483;FBDV/iPhone13,2;FBMD/iPhone]`,
    'Facebook',
  ],
  [`${iphone} Mobile/15E148 [FBAN/MessengerForiOS;FBAV/459.0.0.34.106;FBDV/iPhone15,3]`, 'Messenger'],
  [`${webView} [FB_IAB/FB4A;FBAV/465.0.0.56.82;]`, 'Facebook'],
  [`${webView} [FB_IAB/Orca-Android;FBAV/460.0.0.48.109;]`, 'Messenger'],
  [
    `${iphone} Mobile/21E236 Instagram 330.0.3.29.84 (iPhone14,5; iOS 17_4_1; de_DE; de; scale=3.00; 1170x2532)`,
    'Instagram',
  ],
  [`${webView} Instagram 332.0.0.38.90 Android (34/14; 480dpi; 1080x2106; samsung; SM-S911B)`, 'Instagram'],
  [`${iphone} Mobile/15E148 WhatsApp/24.11.80`, 'WhatsApp'],
  [`${iphone} GSA/319.0.635186219 Mobile/15E148 Safari/604.1`, 'Google'],
  [`${webView.replace('; wv', '')} GSA/15.21.39.28.arm64`, 'Google'],
  [`${iphone} Mobile/15E148 Safari Line/14.7.0`, 'LINE'],
  [`${iphone} Mobile/15E148 MicroMessenger/8.0.49(0x18003133) NetType/WIFI Language/de_DE`, 'WeChat'],
  [`${webView} Telegram-Android/10.12.0 (Samsung SM-S911B; Android 14; SDK 34; HIGH)`, 'Telegram'],
  [`${iphone} Mobile/15E148 Outlook-iOS/723.4119.1234`, 'Outlook'],
  [`${webView} Outlook-Android/4.2419.1`, 'Outlook'],
  [`${webView} PKeyAuth/1.0 com.microsoft.office.outlook`, 'Outlook'],
  // A mail program that only shows the system's own view of the web, as Gmail and many others do.
  [webView, ''],
  [`${iphone} Mobile/15E148`, ''],
];
for (const [userAgent, program] of inside) {
  test(`…${userAgent.slice(-48)} is open inside ${program || 'a program without a name'}`, () => {
    assert.equal(readBrowser(userAgent, 5).insideOf, program);
  });
}

test('a browser is too old by its own version, and never where it does not tell one', () => {
  const chrome = (version: number) =>
    readBrowser(`${windows} ${blink} Chrome/${version}.0.0.0 Safari/537.36`, 0);
  assert.equal(isTooOld(chrome(86)), true);
  assert.equal(isTooOld(chrome(109)), false);
  assert.equal(
    isTooOld(readBrowser(`${iphone.replace('17_4_1', '14_8')} Version/14.1.2 Mobile/15E148 Safari/604.1`, 5)),
    true,
  );
  assert.equal(isTooOld(readBrowser(`${iphone} Mobile/15E148`, 5)), false);
});
