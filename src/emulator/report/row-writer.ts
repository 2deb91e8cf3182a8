import { type DayNumber, formatDay } from '../world/calendar.ts';
import { ATTRIBUTES, METRICS, type Row } from '../world/metrics.ts';
import type { ReportRequest } from './report-request.ts';

/** Writes rows as JSON. Parts that all rows share are made once. `replaced` has texts that replace those of metrics. */
export function rowWriter(
  request: ReportRequest,
  replaced: Readonly<Record<string, string>>,
): (row: Row, day: DayNumber) => string {
  // With several advertisers each row also has its advertiser, currency and zone.
  const names = request.batch
    ? [...new Set([...request.metrics, 'currency', 'timezone', 'advertiser_id'])]
    : request.metrics;
  const columns = names.map((name, place) => {
    const text = replaced[name];
    const metric = text === undefined ? METRICS[name] : () => text;
    const escaped = ATTRIBUTES.has(name) || text !== undefined;
    const prefix = `${place === 0 ? '' : ','}${JSON.stringify(name)}:`;
    return (row: Row): string => {
      const value = metric?.(row) ?? '-';
      return escaped ? prefix + JSON.stringify(value) : `${prefix}"${value}"`;
    };
  });
  const { dimensions } = request;
  const dayTexts = new Map<DayNumber, string>();
  const dayText = (day: DayNumber): string => {
    let text = dayTexts.get(day);
    if (text === undefined) {
      text = `${formatDay(day)} 00:00:00`;
      dayTexts.set(day, text);
    }
    return text;
  };
  return (row, day) => {
    let json = '{"dimensions":{';
    dimensions.forEach((name, place) => {
      const value = name === 'stat_time_day' ? dayText(day) : (row.attribute?.(name) ?? '-');
      json += `${place === 0 ? '' : ','}"${name}":"${value}"`;
    });
    json += '},"metrics":{';
    for (const column of columns) json += column(row);
    return `${json}}}`;
  };
}
