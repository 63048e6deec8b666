import { Drawing } from './drawing.tsx';
import type { Step } from './steps.ts';

/** One thing to do after the other, each with its picture. */
export function StepList({ steps }: { steps: Step[] }) {
  return (
    <ol class="help-steps">
      {steps.map(({ text, drawing }) => (
        <li key={text}>
          <p>{text}</p>
          {drawing && <Drawing drawing={drawing} />}
        </li>
      ))}
    </ol>
  );
}
