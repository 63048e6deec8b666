export type ToWorker =
  | { kind: 'start'; readable: ReadableStream<VideoFrame>; writable: WritableStream<VideoFrame> }
  | { kind: 'stop' };

/** `ready`: the first blurred frame is on its way. `over`: the camera gives no more. The others are why it ends. */
export type FromWorker = { kind: 'ready' | 'over' | 'too-slow' | 'failed' };
