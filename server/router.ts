import { implement, type Router } from '@orpc/server';
import { contract } from '@sprechzimmer/protocol/contract.ts';
import { bookAppointment } from './appointment/book.ts';
import { cancelAppointment } from './appointment/cancel.ts';
import { exportAppointments } from './appointment/export-page.ts';
import { listAnswered, listAppointments } from './appointment/list.ts';
import { rescheduleAppointment } from './appointment/reschedule.ts';
import { exportCounts } from './billing/export-counts.ts';
import { setCases } from './billing/set-cases.ts';
import { monthUsage } from './billing/usage.ts';
import { viewQuarter } from './billing/view-quarter.ts';
import { listContacts } from './contact/list.ts';
import { removeContact } from './contact/remove.ts';
import { saveContact } from './contact/save.ts';
import { declineRequest } from './device/decline.ts';
import { exchangeAtApprover } from './device/exchange.ts';
import { matchCode } from './device/match-code.ts';
import { openRequests } from './device/open-requests.ts';
import { pollRequest } from './device/poll.ts';
import { requestDevice } from './device/request.ts';
import type { Context } from './http/context.ts';
import { dismissDelivery } from './mail/dismiss-delivery.ts';
import { listTroubles } from './mail/list-troubles.ts';
import { setMailTime } from './mail/set-mail-time.ts';
import { appendToLog } from './membership/append.ts';
import { completeRecovery } from './membership/complete-recovery.ts';
import { recover } from './membership/recover.ts';
import { reseal } from './membership/reseal.ts';
import { staleRecords } from './membership/stale-records.ts';
import { acknowledgeRecovery } from './practice/acknowledge-recovery.ts';
import { activateUser } from './practice/activate-user.ts';
import { authenticate, type SignedRequest } from './practice/authenticate.ts';
import { beginExport } from './practice/begin-export.ts';
import { issueChallenge } from './practice/challenge.ts';
import { changeEmail } from './practice/change-email.ts';
import { changePassword } from './practice/change-password.ts';
import type { PracticeLimits } from './practice/limits.ts';
import { listEvents } from './practice/list-events.ts';
import { lock } from './practice/lock.ts';
import { register } from './practice/register.ts';
import { removePicture } from './practice/remove-picture.ts';
import { requestPlan } from './practice/request-plan.ts';
import { requireSecondFactor } from './practice/require-second-factor.ts';
import { saveProfile } from './practice/save-profile.ts';
import { listSecondFactors } from './practice/second-factor/list.ts';
import { beginPasskey, confirmPasskey } from './practice/second-factor/passkey.ts';
import { removePasskey, removeTotp } from './practice/second-factor/remove-factor.ts';
import { beginTotp, confirmTotp } from './practice/second-factor/totp.ts';
import { signIn } from './practice/sign-in.ts';
import { signOut } from './practice/sign-out.ts';
import { unlock } from './practice/unlock.ts';
import { viewSession } from './practice/view-session.ts';
import { requestDeletion, undoDeletion, viewContents } from './retention/practice-deletion.ts';
import { setRetention } from './retention/set-retention.ts';
import { viewDeletions } from './retention/view-deletions.ts';
import { previewRetention, viewRetention } from './retention/view-retention.ts';
import { roomKey } from './waiting-room/admit.ts';
import { createIceServers } from './waiting-room/ice-servers.ts';
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
export const router: Router<typeof contract, Call> = open.router({
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
    changePassword: signedIn.practice.changePassword.handler(async ({ context: call, input }) => {
      await changePassword(call.context, call.limits, call.signedIn, input);
      return {};
    }),
    requireSecondFactor: signedIn.practice.requireSecondFactor.handler(async ({ context: call, input }) => {
      await requireSecondFactor(call.context.db, call.signedIn, input.required);
      return {};
    }),
    setMailTime: signedIn.practice.setMailTime.handler(async ({ context: call, input }) => {
      await setMailTime(call.context, call.signedIn, input.mailTime);
      return {};
    }),
    requestPlan: signedIn.practice.requestPlan.handler(async ({ context: call, input }) => {
      await requestPlan(call.context, call.signedIn, input.plan);
      return {};
    }),
    recover: open.practice.recover.handler(async ({ context: call, input }) =>
      recover(call.context, call.limits, input, call.addressKey),
    ),
    completeRecovery: open.practice.completeRecovery.handler(async ({ context: call, input }) => {
      call.setCookie(await completeRecovery(call.context, call.limits, input, call.addressKey));
      return {};
    }),
    acknowledgeRecovery: signedIn.practice.acknowledgeRecovery.handler(async ({ context: call }) => {
      await acknowledgeRecovery(call.context.db, call.signedIn);
      return {};
    }),
    session: signedIn.practice.session.handler(async ({ context: call }) =>
      viewSession(call.context, call.signedIn),
    ),
  },
  membership: {
    append: signedIn.membership.append.handler(async ({ context: call, input }) => {
      await appendToLog(call.context, call.signedIn, input);
      return {};
    }),
    staleRecords: signedIn.membership.staleRecords.handler(async ({ context: call }) =>
      staleRecords(call.context, call.signedIn.practiceId),
    ),
    reseal: signedIn.membership.reseal.handler(async ({ context: call, input }) =>
      reseal(call.context, call.signedIn.practiceId, input.records),
    ),
  },
  device: {
    request: open.device.request.handler(async ({ context: call, input }) =>
      requestDevice(call.context, call.limits, input, call.addressKey),
    ),
    poll: open.device.poll.handler(async ({ context: call, input }) => pollRequest(call.context, input)),
    requests: signedIn.device.requests.handler(async ({ context: call }) =>
      openRequests(call.context, call.signedIn),
    ),
    matchCode: signedIn.device.matchCode.handler(async ({ context: call, input }) => {
      await matchCode(call.context, call.signedIn, input);
      return {};
    }),
    exchange: signedIn.device.exchange.handler(async ({ context: call, input }) =>
      exchangeAtApprover(call.context, call.signedIn, input),
    ),
    decline: signedIn.device.decline.handler(async ({ context: call, input }) => {
      await declineRequest(call.context, call.signedIn, input.requestId);
      return {};
    }),
  },
  user: {
    activate: open.user.activate.handler(async ({ context: call, input }) => {
      const { cookie, ...user } = await activateUser(call.context, call.limits, input, call.addressKey);
      call.setCookie(cookie);
      return user;
    }),
    changeEmail: signedIn.user.changeEmail.handler(async ({ context: call, input }) => {
      await changeEmail(call.context, call.limits, call.signedIn, input);
      return {};
    }),
  },
  profile: {
    save: signedIn.profile.save.handler(async ({ context: call, input }) => {
      await call.context.db.transaction().execute((db) => saveProfile(db, call.signedIn, input));
      return {};
    }),
    removePicture: signedIn.profile.removePicture.handler(async ({ context: call }) => {
      await removePicture(call.context.db, call.signedIn);
      return {};
    }),
  },
  secondFactor: {
    list: signedIn.secondFactor.list.handler(async ({ context: call }) =>
      listSecondFactors(call.context.db, call.signedIn.userId),
    ),
    beginTotp: signedIn.secondFactor.beginTotp.handler(async ({ context: call, input }) =>
      beginTotp(call.context, call.limits, call.signedIn, input.password),
    ),
    confirmTotp: signedIn.secondFactor.confirmTotp.handler(async ({ context: call, input }) =>
      confirmTotp(call.context, call.signedIn, input.code),
    ),
    removeTotp: signedIn.secondFactor.removeTotp.handler(async ({ context: call, input }) => {
      await removeTotp(call.context, call.limits, call.signedIn, input.password);
      return {};
    }),
    beginPasskey: signedIn.secondFactor.beginPasskey.handler(async ({ context: call, input }) =>
      beginPasskey(call.context, call.limits, call.signedIn, input.password),
    ),
    confirmPasskey: signedIn.secondFactor.confirmPasskey.handler(async ({ context: call, input }) =>
      confirmPasskey(call.context, call.signedIn, input),
    ),
    removePasskey: signedIn.secondFactor.removePasskey.handler(async ({ context: call, input }) => {
      await removePasskey(call.context, call.limits, call.signedIn, input);
      return {};
    }),
  },
  securityEvent: {
    list: signedIn.securityEvent.list.handler(async ({ context: call, input }) =>
      listEvents(call.context.db, call.signedIn, input.before),
    ),
  },
  appointment: {
    list: signedIn.appointment.list.handler(async ({ context: call, input }) =>
      listAppointments(call.context, call.signedIn.practiceId, input),
    ),
    answered: signedIn.appointment.answered.handler(async ({ context: call }) =>
      listAnswered(call.context, call.signedIn.practiceId),
    ),
    book: signedIn.appointment.book.handler(async ({ context: call, input }) =>
      bookAppointment(call.context, call.signedIn, input),
    ),
    reschedule: signedIn.appointment.reschedule.handler(async ({ context: call, input }) =>
      rescheduleAppointment(call.context, call.signedIn, input),
    ),
    cancel: signedIn.appointment.cancel.handler(async ({ context: call, input }) => {
      await cancelAppointment(call.context, call.signedIn, input);
      return {};
    }),
  },
  contact: {
    list: signedIn.contact.list.handler(async ({ context: call, input }) =>
      listContacts(call.context.db, call.signedIn.practiceId, input.after),
    ),
    save: signedIn.contact.save.handler(async ({ context: call, input }) => {
      const { practiceId } = call.signedIn;
      await call.context.db.transaction().execute((db) => saveContact(db, practiceId, input));
      return {};
    }),
    remove: signedIn.contact.remove.handler(async ({ context: call, input }) => {
      await removeContact(call.context, call.signedIn.practiceId, input);
      return {};
    }),
  },
  billing: {
    usage: signedIn.billing.usage.handler(async ({ context: call }) =>
      monthUsage(call.context, call.signedIn),
    ),
    quarter: signedIn.billing.quarter.handler(async ({ context: call, input }) =>
      viewQuarter(call.context.db, call.signedIn, input.quarter),
    ),
    setCases: signedIn.billing.setCases.handler(async ({ context: call, input }) => {
      await setCases(call.context.db, call.signedIn, input);
      return {};
    }),
  },
  delivery: {
    troubles: signedIn.delivery.troubles.handler(async ({ context: call }) => ({
      troubles: await listTroubles(call.context, call.signedIn.practiceId),
    })),
    dismiss: signedIn.delivery.dismiss.handler(async ({ context: call, input }) => {
      await dismissDelivery(call.context, call.signedIn.practiceId, input.id);
      return {};
    }),
  },
  retention: {
    view: signedIn.retention.view.handler(async ({ context: call }) =>
      viewRetention(call.context, call.signedIn),
    ),
    preview: signedIn.retention.preview.handler(async ({ context: call, input }) =>
      previewRetention(call.context, call.signedIn, input.days),
    ),
    set: signedIn.retention.set.handler(async ({ context: call, input }) =>
      setRetention(call.context, call.limits, call.signedIn, input),
    ),
    deletions: signedIn.retention.deletions.handler(async ({ context: call, input }) =>
      viewDeletions(call.context.db, call.signedIn, input.before),
    ),
  },
  practiceDeletion: {
    contents: signedIn.practiceDeletion.contents.handler(async ({ context: call }) =>
      viewContents(call.context, call.signedIn),
    ),
    request: signedIn.practiceDeletion.request.handler(async ({ context: call, input }) =>
      requestDeletion(call.context, call.limits, call.signedIn, { ...input, addressKey: call.addressKey }),
    ),
    undo: signedIn.practiceDeletion.undo.handler(async ({ context: call }) => {
      await undoDeletion(call.context, call.signedIn);
      return {};
    }),
  },
  export: {
    begin: signedIn.export.begin.handler(async ({ context: call, input }) => {
      await beginExport(call.context, call.limits, call.signedIn, input.password);
      return {};
    }),
    appointments: signedIn.export.appointments.handler(async ({ context: call, input }) =>
      exportAppointments(call.context.db, call.signedIn, input.after),
    ),
    counts: signedIn.export.counts.handler(async ({ context: call }) =>
      exportCounts(call.context.db, call.signedIn),
    ),
  },
  consultation: {
    report: signedIn.consultation.report.handler(async ({ context: { context }, input }) => {
      context.metrics.lineReported(input);
      return {};
    }),
  },
  relay: {
    testServers: signedIn.relay.testServers.handler(async ({ context: { context, signedIn } }) => ({
      iceServers: createIceServers(context).forTest(roomKey(signedIn.practiceId, signedIn.userId)),
    })),
  },
  waitingRoom: {
    hostTicket: signedIn.waitingRoom.hostTicket.handler(async ({ context: call }) =>
      issueHostTicket(call.context, call.signedIn),
    ),
  },
});
