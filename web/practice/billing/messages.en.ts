import type { german } from './messages.de.ts';

const percent = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

export const english = {
  title: 'Billing',
  lead: 'How many video consultations there were in each quarter. These are numbers without patients’ names; they stay when the appointments are deleted.',
  quarter: 'Quarter',
  quarterName: (year, number) => `Quarter ${number} of ${year}`,
  loading: 'The numbers are being loaded …',
  again: 'Try again',
  former: (number) => (number === undefined ? 'Former staff' : `Former staff (${number})`),
  consultations: 'Video consultations',
  cases: 'Cases in all',
  casesHint:
    'You enter the cases from your practice software. They are saved as soon as you leave the field.',
  casesWrong: 'Please enter a whole number.',
  saving: 'Saving …',
  saved: 'Saved.',
  share: 'Share',
  shareUnknown: 'open',
  shareOf: (share) => `${percent.format(share)} %`,
  total: 'Whole practice',
  near: (share, cap) =>
    `${percent.format(share)} % of all cases is near the cap of ${percent.format(cap)} %.`,
  over: (share, cap) =>
    `${percent.format(share)} % of all cases is more than the cap of ${percent.format(cap)} %. What exceeds it may not be paid.`,
  cap: (cap, day, source) =>
    `Cap in this quarter: ${percent.format(cap)} %, in force since ${day} (${source}).`,
  noCap: 'No cap is known for this quarter.',
  caveat:
    'Each talk is counted: whoever came twice counts twice, and so does whoever was also at the practice in the quarter. For the cap, usually only cases treated by video alone count. Your association of physicians says what holds.',
  download: 'Save as a table (CSV)',
  nobody: 'Nobody holds consultations in this quarter.',
  table: {
    quarter: 'Quarter',
    name: 'Practitioner',
    consultations: 'Video consultations',
    cases: 'Cases',
    share: 'Share in %',
    cap: 'Cap in %',
    source: 'Source',
  },
  fileName: (quarter) => `video-consultations-${quarter}.csv`,
  usage: (held, max, planned) => {
    const all = max === null ? `${held}` : `${held} of ${max}`;
    const more = planned === 0 ? '' : ` and ${planned} planned`;
    return `${all} video consultations this month${more}.`;
  },
  usageMeter: 'Used and planned video consultations this month',
  usageNear: (left) =>
    left === 1
      ? 'One more video consultation is free this month.'
      : `${left} more video consultations are free this month.`,
  usageFull:
    'No more appointments can be made for this month. What has been agreed takes place, and no talk is cut off.',
  usageTitleNear: 'Your plan is nearly used up',
  usageTitleFull: 'Your plan is used up for this month',
  toPlan: 'To the plan',
  limits: {
    users: (max) => {
      if (max === null) return 'Any number of users, any number of devices';
      return max === 1 ? 'One user, any number of devices' : `Up to ${max} users, any number of devices`;
    },
    participants: (max) => {
      if (max === null) return 'Talks with up to 9 people';
      return max === 1 ? 'Talks between two' : `Talks with up to ${max} people`;
    },
    consultations: (max) =>
      max === null ? 'Any number of video consultations' : `Up to ${max} video consultations a month`,
    mail: (has) => (has ? 'Invitations by e-mail from the server' : 'Invitations with your own mail program'),
    sms: (has) => (has ? 'Invitations by SMS' : 'No invitations by SMS'),
  },
} satisfies typeof german;
