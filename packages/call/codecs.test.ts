import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inOrder, tuneSound } from './codecs.ts';

const lines = [
  'v=0',
  'a=fingerprint:sha-256 AB:CD',
  'm=audio 9 UDP/TLS/RTP/SAVPF 63 111 9',
  'a=rtpmap:63 red/48000/2',
  'a=fmtp:63 111/111',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=1;stereo=1',
  'a=rtpmap:9 G722/8000',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'a=rtpmap:96 VP8/90000',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  '',
];

suite('how sound is asked for', () => {
  test('a microphone: silent in pauses, correcting itself, one channel', () => {
    const tuned = tuneSound(lines.join('\r\n')).split('\r\n');
    assert.equal(tuned[6], 'a=fmtp:111 minptime=10;usedtx=1;useinbandfec=1;stereo=0;maxaveragebitrate=40000');
  });

  test('the sound of a screen: never silent by itself; a missing line is put in where it belongs', () => {
    const tuned = tuneSound(lines.join('\r\n')).split('\r\n');
    assert.equal(tuned[12], 'a=fmtp:111 usedtx=0;useinbandfec=1;maxaveragebitrate=64000');
    assert.equal(tuned[13], 'a=rtcp-fb:111 transport-cc');
  });

  test('everything else stays to the letter', () => {
    const tuned = tuneSound(lines.join('\r\n')).split('\r\n');
    assert.deepEqual(
      tuned.filter((line) => !line.startsWith('a=fmtp:111')),
      lines.filter((line) => !line.startsWith('a=fmtp:111')),
    );
    const strange = 'v=0\r\nm=audio 9 RTP/SAVPF 0\r\na=rtpmap:0 PCMU/8000\r\n';
    assert.equal(tuneSound(strange), strange);
  });

  test('the preferred codecs come first, and none is left out', () => {
    const codecs = ['audio/opus', 'audio/G722', 'audio/red', 'audio/PCMU'].map((mimeType) => ({ mimeType }));
    assert.deepEqual(
      inOrder(codecs, ['audio/red', 'audio/opus']).map(({ mimeType }) => mimeType),
      ['audio/red', 'audio/opus', 'audio/G722', 'audio/PCMU'],
    );
  });
});
