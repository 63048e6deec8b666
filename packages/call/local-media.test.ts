import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { type FilteredPicture, LocalMedia, type PictureFilter } from './local-media.ts';
import { settle } from './testing/settle.ts';

/** As much of the browser's tracks and streams as `LocalMedia` uses. */
class FakeTrack extends EventTarget {
  enabled = true;
  readyState = 'live';
  readonly kind: 'audio' | 'video';
  readonly name: string;
  constructor(kind: 'audio' | 'video', name: string) {
    super();
    this.kind = kind;
    this.name = name;
  }
  stop() {
    this.readyState = 'ended';
  }
  end() {
    this.stop();
    this.dispatchEvent(new Event('ended'));
  }
}

class FakeStream {
  tracks: FakeTrack[];
  constructor(tracks: FakeTrack[] = []) {
    this.tracks = tracks;
  }
  getTracks = () => this.tracks;
  getAudioTracks = () => this.tracks.filter(({ kind }) => kind === 'audio');
  getVideoTracks = () => this.tracks.filter(({ kind }) => kind === 'video');
  addTrack = (track: FakeTrack) => this.tracks.push(track);
  removeTrack(track: FakeTrack) {
    this.tracks = this.tracks.filter((one) => one !== track);
  }
}

let opened: FakeTrack[] = [];
let missing: unknown[] = [];

type Wanted = { facingMode?: unknown; deviceId?: unknown };

async function getUserMedia({ audio, video }: { audio?: Wanted; video?: Wanted }) {
  const name = ({ deviceId, facingMode }: Wanted) => JSON.stringify(deviceId ?? facingMode ?? 'any');
  for (const wanted of [audio, video]) {
    if (wanted && missing.includes(name(wanted)))
      throw Object.assign(new Error('no such device'), { name: 'OverconstrainedError' });
  }
  const tracks = [
    ...(audio ? [new FakeTrack('audio', name(audio))] : []),
    ...(video ? [new FakeTrack('video', name(video))] : []),
  ];
  opened.push(...tracks);
  return new FakeStream(tracks);
}

beforeEach(() => {
  opened = [];
  missing = [];
  Object.assign(globalThis, { MediaStream: FakeStream });
  Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia }, configurable: true });
});

/** What the other side could see so far. */
function watch(media: LocalMedia): string[] {
  const seen: string[] = [];
  media.onChange(() => {
    const track = media.tracks.video as unknown as FakeTrack | null;
    seen.push(track?.name ?? 'nothing');
  });
  return seen;
}

const blurred: PictureFilter = async () => {
  const track = new FakeTrack('video', 'blurred');
  return { track: track as unknown as MediaStreamTrack, stop: () => track.stop() };
};

test('with a filter the camera itself is never sent, not even at first or after a pause', async () => {
  const media = new LocalMedia();
  await media.setFilter(blurred);
  const seen = watch(media);
  await media.start();
  media.setCamera(false);
  media.setCamera(true);
  await settle();
  assert.deepEqual(new Set(seen), new Set(['nothing', 'blurred']));
  assert.equal(seen.at(-1), 'blurred');
  assert.equal(media.readiness.camera, 'on');
});

test('a filter chosen while the camera is on takes over once it is ready, and gives back', async () => {
  const media = new LocalMedia();
  await media.start();
  const seen = watch(media);
  await media.setFilter(blurred);
  assert.deepEqual(seen, ['blurred']);
  const made = media.tracks.video as unknown as FakeTrack;
  await media.setFilter(undefined);
  assert.deepEqual(seen, ['blurred', '"user"']);
  assert.equal(made.readyState, 'ended');
  assert.equal(media.camera?.readyState, 'live');
});

test('a filter that fails changes nothing, or leaves the camera dark where it was chosen before', async () => {
  const failing: PictureFilter = () => Promise.reject(new Error('too slow'));
  const media = new LocalMedia();
  await media.start();
  await assert.rejects(media.setFilter(failing), /too slow/);
  assert.equal((media.tracks.video as unknown as FakeTrack).name, '"user"');

  let works = true;
  await media.setFilter((camera) => (works ? blurred(camera) : failing(camera)));
  works = false;
  media.setCamera(false);
  media.setCamera(true);
  await settle();
  assert.equal(media.tracks.video, null);
  assert.equal(media.readiness.camera, 'off');
  assert.ok(opened.filter(({ kind }) => kind === 'video').every(({ readyState }) => readyState === 'ended'));
});

test('a filter that stops working takes the camera away rather than showing it', async () => {
  const media = new LocalMedia();
  await media.setFilter(blurred);
  await media.start();
  const raw = media.camera;
  (media.tracks.video as unknown as FakeTrack).end();
  assert.equal(media.tracks.video, null);
  assert.equal(media.readiness.camera, 'off');
  assert.equal(raw?.readyState, 'ended');
});

test('the other camera of a phone takes over, and the first comes back where there is no other', async () => {
  const media = new LocalMedia();
  await media.start();
  const [first] = media.stream.getVideoTracks();
  await media.setFacing('environment');
  assert.equal((media.tracks.video as unknown as FakeTrack).name, '{"exact":"environment"}');
  assert.equal(first?.readyState, 'ended', 'many phones cannot open both');
  assert.equal(media.facing, 'environment');

  missing = ['{"exact":"user"}'];
  await media.setFacing('user');
  assert.equal(media.facing, 'environment');
  assert.equal(media.readiness.camera, 'on');
});

test('a camera that is unplugged is missing, with a filter as well', async () => {
  const media = new LocalMedia();
  await media.setFilter(blurred);
  await media.start();
  (media.camera as unknown as FakeTrack).end();
  assert.equal(media.readiness.camera, 'missing');
  assert.equal(media.tracks.video, null);
});

const nameOf = (track: MediaStreamTrack | null) => (track as unknown as FakeTrack | null)?.name;

test('devices that were chosen another day are taken, and where one is gone another is', async () => {
  const media = new LocalMedia({ camera: 'desk', microphone: 'headset' });
  await media.start();
  assert.equal(nameOf(media.tracks.video), '{"exact":"desk"}');
  assert.equal(nameOf(media.tracks.audio), '{"exact":"headset"}');
  media.stop();
  missing = ['{"exact":"headset"}'];
  await media.start();
  assert.equal(nameOf(media.tracks.video), '{"exact":"desk"}');
  assert.equal(nameOf(media.tracks.audio), '"any"');
  assert.deepEqual(media.readiness, { camera: 'on', microphone: 'on' });
});

test('another microphone takes over at once, and one that is off stays off', async () => {
  const media = new LocalMedia();
  await media.start();
  const before = media.tracks.audio;
  media.setMicrophone(false);
  await media.useMicrophone('headset');
  assert.equal(nameOf(media.tracks.audio), '{"exact":"headset"}');
  assert.equal(media.tracks.audio?.enabled, false);
  assert.equal(media.readiness.microphone, 'off');
  assert.equal(before?.readyState, 'ended');
});

test('a microphone that cannot be had changes nothing', async () => {
  const media = new LocalMedia();
  await media.start();
  const before = media.tracks.audio;
  missing = ['{"exact":"gone"}'];
  await media.useMicrophone('gone');
  assert.equal(media.tracks.audio, before);
  assert.equal(before?.readyState, 'live');
  assert.equal(media.readiness.microphone, 'on');
});

test('another camera takes over, and where it cannot be had the one before comes back', async () => {
  const media = new LocalMedia();
  await media.start();
  await media.useCamera('desk');
  assert.equal(nameOf(media.tracks.video), '{"exact":"desk"}');
  missing = ['{"exact":"gone"}'];
  await media.useCamera('gone');
  assert.equal(nameOf(media.tracks.video), '{"exact":"desk"}');
  assert.equal(media.readiness.camera, 'on');
  assert.equal(opened.filter(({ kind, readyState }) => kind === 'video' && readyState === 'live').length, 1);
});

test('a camera that is off stays off when another is chosen, which comes when it is switched on', async () => {
  const media = new LocalMedia();
  await media.start();
  media.setCamera(false);
  await media.useCamera('desk');
  assert.equal(media.tracks.video, null);
  media.setCamera(true);
  await settle();
  assert.equal(nameOf(media.tracks.video), '{"exact":"desk"}');
});

test('who has muted themselves stays muted when their headset is gone and another microphone takes over', async () => {
  const media = new LocalMedia();
  await media.start();
  media.setMicrophone(false);
  (media.tracks.audio as unknown as FakeTrack).end();
  await media.start();
  assert.equal(media.tracks.audio?.enabled, false);
  assert.equal(media.readiness.microphone, 'off');
});

test('a halted camera is taken up anew', async () => {
  const media = new LocalMedia();
  await media.start();
  const before = media.tracks.video;
  await media.renew('camera');
  assert.equal(before?.readyState, 'ended');
  assert.equal(media.tracks.video?.readyState, 'live');
});

test('a camera that was switched off stays off when the headset is gone or a microphone is asked for', async () => {
  const media = new LocalMedia();
  await media.start();
  media.setCamera(false);
  (media.tracks.audio as unknown as FakeTrack).end();
  await media.start();
  assert.deepEqual(media.readiness, { camera: 'off', microphone: 'on' });
  missing = ['"any"'];
  (media.tracks.audio as unknown as FakeTrack).end();
  await media.start();
  assert.deepEqual(media.readiness, { camera: 'off', microphone: 'missing' });
  assert.equal(opened.filter(({ kind }) => kind === 'video').length, 1, 'its light never came on again');
  media.setCamera(true);
  await settle();
  assert.equal(media.readiness.camera, 'on');
});

test('a camera that is switched off while the browser still asks does not come', async () => {
  const media = new LocalMedia();
  const started = media.start();
  media.setCamera(false);
  await started;
  assert.deepEqual(media.readiness, { camera: 'off', microphone: 'on' });
  assert.deepEqual(camerasRunning(), []);
});

test('a camera that is off stays off when the phone is to look the other way', async () => {
  const media = new LocalMedia();
  await media.start();
  media.setCamera(false);
  await media.setFacing('environment');
  assert.deepEqual(camerasRunning(), []);
  media.setCamera(true);
  await settle();
  assert.equal(nameOf(media.tracks.video), '"environment"');
});

test('after the end nothing comes on, which is told, and who comes back has both again', async () => {
  const media = new LocalMedia();
  await media.start();
  media.setCamera(false);
  let told = 0;
  media.onChange(() => told++);
  media.stop();
  assert.equal(told, 1);
  media.setCamera(true);
  await media.renew('microphone');
  assert.ok(opened.every(({ readyState }) => readyState === 'ended'));
  media.stop();
  await media.start();
  assert.deepEqual(media.readiness, { camera: 'on', microphone: 'on' });
});

/** A filter whose pictures take their time: one entry for each camera it was asked for. */
function slowFilter() {
  const asked: { camera: MediaStreamTrack; made: FakeTrack; ready(): void; fail(): void }[] = [];
  const filter: PictureFilter = (camera) => {
    const { promise, resolve, reject } = Promise.withResolvers<FilteredPicture>();
    const made = new FakeTrack('video', 'blurred');
    const picture = { track: made as unknown as MediaStreamTrack, stop: () => made.stop() };
    asked.push({ camera, made, ready: () => resolve(picture), fail: () => reject(new Error('failed')) });
    return promise;
  };
  return { filter, asked };
}

function camerasRunning(): FakeTrack[] {
  return opened.filter(({ kind, readyState }) => kind === 'video' && readyState === 'live');
}

for (const outcome of ['fail', 'ready'] as const) {
  test(`a camera that comes before the room of the one before is blurred stays dark until its own is (${outcome})`, async () => {
    for (const change of ['off and on', 'exchanged']) {
      const media = new LocalMedia();
      await media.start();
      const { filter, asked } = slowFilter();
      const chosen = media.setFilter(filter);
      const seen = watch(media);
      if (change === 'exchanged') void media.useCamera('desk');
      else {
        media.setCamera(false);
        media.setCamera(true);
      }
      await settle();
      asked[0]?.[outcome]();
      await chosen;
      assert.equal(media.tracks.video, null, change);
      asked[1]?.ready();
      await settle();
      assert.equal(nameOf(media.tracks.video), 'blurred');
      assert.equal(media.readiness.camera, 'on');
      assert.ok(!seen.some((name) => name !== 'nothing' && name !== 'blurred'), `seen: ${seen.join()}`);
      if (outcome === 'ready') assert.equal(asked[0]?.made.readyState, 'ended');
      media.stop();
      assert.deepEqual(camerasRunning(), []);
    }
  });
}

test('who does not want to wait for the blurred room is seen as they are, and what comes late goes nowhere', async () => {
  const media = new LocalMedia();
  const { filter, asked } = slowFilter();
  await media.setFilter(filter);
  const started = media.start();
  await settle();
  assert.equal(media.tracks.video, null);
  await media.setFilter(undefined);
  await started;
  assert.equal(nameOf(media.tracks.video), '"user"');
  assert.equal(media.readiness.camera, 'on');
  asked[0]?.ready();
  await settle();
  assert.equal(nameOf(media.tracks.video), '"user"');
  assert.equal(asked[0]?.made.readyState, 'ended');
});

test('of two choices the last one counts, however the first one ends', async () => {
  const media = new LocalMedia();
  await media.start();
  const [first, second] = [slowFilter(), slowFilter()];
  const chosen = [media.setFilter(first.filter), media.setFilter(second.filter)];
  second.asked[0]?.ready();
  await settle();
  first.asked[0]?.fail();
  await Promise.all(chosen);
  assert.equal(media.tracks.video, second.asked[0]?.made);
  media.setCamera(false);
  media.setCamera(true);
  await settle();
  assert.equal(second.asked.length, 2);
});

test('a camera that is unplugged before its room is blurred is missing, and the next one is blurred too', async () => {
  const media = new LocalMedia();
  await media.start();
  const { filter, asked } = slowFilter();
  const chosen = media.setFilter(filter);
  const raw = media.camera as unknown as FakeTrack;
  // The filter may notice first.
  raw.readyState = 'ended';
  asked[0]?.fail();
  await chosen;
  raw.end();
  assert.equal(media.readiness.camera, 'missing');
  void media.start();
  await settle();
  assert.equal(media.tracks.video, null);
  asked[1]?.ready();
  await settle();
  assert.equal(nameOf(media.tracks.video), 'blurred');
});
