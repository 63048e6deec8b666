import type { PracticeApp } from '../practice-app.ts';
import { keepStorage, saveDevice, type StoredDevice } from '../device/key-store.ts';
import {
  type PracticeKeys,
  type RegistrationForm,
  type SealedRegistration,
  signRegistration,
} from './registration.ts';

/**
 * Registers the practice and goes on as its main user. The device's keys are stored first: if the answer is lost, the
 * same registration can be sent again, and after a reload one can sign in.
 * @throws ApiError, StorageBlockedError
 */
export async function registerPractice(
  app: PracticeApp,
  keys: PracticeKeys,
  form: RegistrationForm,
  sealed: SealedRegistration,
): Promise<void> {
  const device: StoredDevice = {
    practiceId: keys.practiceId,
    deviceId: keys.deviceId,
    keys: keys.device,
    deviceName: form.deviceName.trim(),
    practiceName: form.practiceName.trim(),
    email: sealed.email,
    registered: false,
  };
  await saveDevice(device);
  // Firefox asks the person, who may not answer for a while.
  void keepStorage();
  const { challenge } = await app.client.practice.challenge({});
  await app.client.practice.register(await signRegistration(keys, sealed, challenge));
  app.useDevice(device);
  await app.resume(device);
}
