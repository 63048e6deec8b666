import { implement } from '@orpc/server';
import { contract } from '@sprechzimmer/protocol/contract.ts';
import { bookAppointment } from './appointment/book.ts';
import { cancelAppointment } from './appointment/cancel.ts';
import { listAppointments } from './appointment/list.ts';
import { rescheduleAppointment } from './appointment/reschedule.ts';
import type { Context } from './http/context.ts';
import { authenticate, type SignedRequest } from './practice/authenticate.ts';
import { issueChallenge } from './practice/challenge.ts';
import type { PracticeLimits } from './practice/limits.ts';
import { lock } from './practice/lock.ts';
import { register } from './practice/register.ts';
import { signIn } from './practice/sign-in.ts';
import { signOut } from './practice/sign-out.ts';
import { unlock } from './practice/unlock.ts';
import { viewSession } from './practice/view-session.ts';
import { issueHostTicket } from './waiting-room/issue-host-ticket.ts';

/** One request of the practice API. */
export type Call = {
  context: Context;
  limits: PracticeLimits;
  addressKey: string;
  request: SignedRequest;
  setCookie: (cookie: string) => void;
};

const open = implement(contract).$context<Call>();

/** Before the input is even looked at: without session and signature there is no other answer. */
const signedIn = open.use(async ({ context: { context, request }, next }) =>
  next({ context: { signedIn: await authenticate(context, request) } }),
);
const signedInOrLocked = open.use(async ({ context: { context, request }, next }) =>
  next({ context: { signedIn: await authenticate(context, request, 'locked-too') } }),
);

/** Every operation of the contract and what stands in front of it. */
export const router = open.router({
  practice: {
    challenge: open.practice.challenge.handler(async ({ context: { context, limits, addressKey } }) =>
      issueChallenge(context, limits, addressKey),
    ),
    register: open.practice.register.handler(async ({ context: call, input }) => {
      call.setCookie(await register(call.context, call.limits, input, call.addressKey));
      return {};
    }),
    signIn: open.practice.signIn.handler(async ({ context: call, input }) => {
      call.setCookie(await signIn(call.context, call.limits, input, call.addressKey));
      return {};
    }),
    signOut: signedInOrLocked.practice.signOut.handler(async ({ context: call }) => {
      call.setCookie(await signOut(call.context, call.signedIn));
      return {};
    }),
    lock: signedIn.practice.lock.handler(async ({ context: call }) => {
      await lock(call.context, call.signedIn);
      return {};
    }),
    unlock: signedInOrLocked.practice.unlock.handler(async ({ context: call, input }) => {
      await unlock(call.context, call.signedIn, input.password);
      return {};
    }),
    session: signedIn.practice.session.handler(async ({ context: call }) =>
      viewSession(call.context, call.signedIn),
    ),
  },
  appointment: {
    list: signedIn.appointment.list.handler(async ({ context: call, input }) =>
      listAppointments(call.context.db, call.signedIn.practiceId, input),
    ),
    book: signedIn.appointment.book.handler(async ({ context: call, input }) =>
      bookAppointment(call.context, call.signedIn, input),
    ),
    reschedule: signedIn.appointment.reschedule.handler(async ({ context: call, input }) =>
      rescheduleAppointment(call.context, call.signedIn, input),
    ),
    cancel: signedIn.appointment.cancel.handler(async ({ context: call, input }) => {
      await cancelAppointment(call.context.db, call.signedIn.practiceId, input);
      return {};
    }),
  },
  waitingRoom: {
    hostTicket: signedIn.waitingRoom.hostTicket.handler(async ({ context: call }) =>
      issueHostTicket(call.context, call.signedIn),
    ),
  },
});
