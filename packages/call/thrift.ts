type Battery = EventTarget & { charging: boolean; level: number };
type Machine = {
  getBattery?: () => Promise<Battery>;
  connection?: { saveData?: boolean };
};

const lowLevel = 0.2;
let battery: Battery | undefined;

/** Whether this machine asks to be spared: its battery is low, or its owner saves data. */
export function isThrifty(): boolean {
  const { connection } = navigator as Machine;
  return (
    connection?.saveData === true || (battery !== undefined && !battery.charging && battery.level <= lowLevel)
  );
}

/** Asked for once it matters. Browsers that do not tell are not thrifty. */
export async function learnBattery(): Promise<void> {
  battery ??= await (navigator as Machine).getBattery?.().catch(() => undefined);
}
