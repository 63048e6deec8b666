import type { RoomMessage } from './room-message.ts';

type Question = Extract<RoomMessage, { kind: 'who' }>;
type Answer = Extract<RoomMessage, { kind: 'these' }>;

export type Questions = ReturnType<typeof createQuestions>;

const answerWithinMs = 1_000;

/** Asks other instances who is in their rooms. Of one that does not answer in time, nobody is. */
export function createQuestions(send: (instance: string, link: number, question: Question) => void) {
  const open = new Map<number, (answer: Answer) => void>();
  let given = 0;

  return {
    ask(instance: string, question: Omit<Question, 'kind'>): Promise<Answer> {
      const number = ++given;
      return new Promise((resolve) => {
        const settle = (answer: Answer) => {
          clearTimeout(timer);
          open.delete(number);
          resolve(answer);
        };
        const nobody: Answer = { kind: 'these', hosts: [], invitationIds: [] };
        const timer = setTimeout(() => settle(nobody), answerWithinMs);
        open.set(number, settle);
        send(instance, number, { kind: 'who', ...question });
      });
    },
    handle(link: number, answer: Answer): void {
      open.get(link)?.(answer);
    },
  };
}
