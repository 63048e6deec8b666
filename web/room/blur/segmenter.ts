import modelAddress from '@twilio/video-processors/dist/build/selfie_segmentation_landscape.tflite?url';
import create, { type Network } from '@twilio/video-processors/dist/build/tflite-simd-1-0-0.js';
import runtimeAddress from '@twilio/video-processors/dist/build/tflite-simd-1-0-0.wasm?url';

/** Less sure than the first is room, surer than the second is person; between them a soft edge. */
const [room, person] = [0.3, 0.7];
/** How much of the mask before stays, so that edges do not flicker. */
const inertia = 0.35;

export type Segmenter = {
  readonly width: number;
  readonly height: number;
  /** Writes into the pixels' alpha how much of a person each shows. */
  mask(pixels: ImageData): void;
};

/** A small network that tells a person from their room, from this server and on this device alone. */
export async function loadSegmenter(): Promise<Segmenter> {
  const [wasmBinary, model] = await Promise.all([load(runtimeAddress), load(modelAddress)]);
  const network = await create({ wasmBinary, print: () => {}, printErr: () => {} });
  network.HEAPU8.set(new Uint8Array(model), network._getModelBufferMemoryOffset());
  if (network._loadModel(model.byteLength) !== 0) throw new Error('the model could not be read');
  return segmenterOf(network);
}

function segmenterOf(network: Network): Segmenter {
  const [width, height] = [network._getInputWidth(), network._getInputHeight()];
  const input = network._getInputMemoryOffset() / 4;
  const output = network._getOutputMemoryOffset() / 4;
  const before = new Float32Array(width * height);
  return {
    width,
    height,
    mask({ data }) {
      for (let i = 0; i < before.length; i++) {
        for (let channel = 0; channel < 3; channel++)
          network.HEAPF32[input + i * 3 + channel] = data[i * 4 + channel]! / 255;
      }
      network._runInference();
      for (let i = 0; i < before.length; i++) {
        const sure = before[i]! * inertia + network.HEAPF32[output + i]! * (1 - inertia);
        before[i] = sure;
        const share = Math.min(1, Math.max(0, (sure - room) / (person - room)));
        data[i * 4 + 3] = 255 * share * share * (3 - 2 * share);
      }
    },
  };
}

async function load(address: string): Promise<ArrayBuffer> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} could not be loaded`);
  return response.arrayBuffer();
}
