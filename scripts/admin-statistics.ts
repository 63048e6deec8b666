import { type Db, sql } from '../server/db/database.ts';

type MonthRow = {
  month: string;
  registered: number;
  appointments: number;
  practices: number;
  consultations: number;
};

/** Counts without persons and without practices, a line for each month that has any. */
export async function listStatistics(db: Db): Promise<string> {
  const { rows: months } = await sql<MonthRow>`
    with registered as (
      select to_char(created_at, 'YYYY-MM') as month, count(*) as number from practice group by 1
    ), planned as (
      select to_char(day, 'YYYY-MM') as month, count(*) as number from appointment group by 1
    ), held as (
      select to_char(month, 'YYYY-MM') as month, sum(consultations) as number,
        count(distinct practice_id) as practices
      from consultation_count group by 1
    )
    select month, coalesce(registered.number, 0)::integer as registered,
      coalesce(planned.number, 0)::integer as appointments,
      coalesce(held.practices, 0)::integer as practices, coalesce(held.number, 0)::integer as consultations
    from registered full join planned using (month) full join held using (month) order by month`.execute(db);
  const { rows: plans } = await sql<{ plan: string; practices: number }>`
    select plan, count(*)::integer as practices from practice group by plan order by plan`.execute(db);
  const { rows: now } = await sql<{ users: number; devices: number }>`select
    (select count(*) from practice_user)::integer as users, (select count(*) from device)::integer as devices`.execute(
    db,
  );
  const columns = ['month', 'registered', 'appointments', 'practices with consultations', 'consultations'];
  const lines = months.map((row) =>
    [row.month, row.registered, row.appointments, row.practices, row.consultations].join('\t'),
  );
  const total = plans.reduce((sum, { practices }) => sum + practices, 0);
  return [
    columns.join('\t'),
    ...lines,
    '',
    `practices now: ${total}${plans.map(({ plan, practices }) => `, ${plan}: ${practices}`).join('')}`,
    `users now: ${now[0]?.users ?? 0}, devices: ${now[0]?.devices ?? 0}`,
    'Appointments that retention has deleted are not counted any more; consultations stay.',
  ].join('\n');
}
