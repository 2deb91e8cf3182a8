import aBadDay from './scenarios/a-bad-day.json' with { type: 'json' };
import advertiserGrantedADayLater from './scenarios/advertiser-granted-a-day-later.json' with { type: 'json' };
import agencyOf2000 from './scenarios/agency-of-2000.json' with { type: 'json' };
import answersCutShort from './scenarios/answers-cut-short.json' with { type: 'json' };
import answersWithBrokenJson from './scenarios/answers-with-broken-json.json' with { type: 'json' };
import answersWithoutACode from './scenarios/answers-without-a-code.json' with { type: 'json' };
import basicTier from './scenarios/basic-tier.json' with { type: 'json' };
import connectionsReset from './scenarios/connections-reset.json' with { type: 'json' };
import dayQuotaOf40Calls from './scenarios/day-quota-of-40-calls.json' with { type: 'json' };
import firstReportNeverAnswered from './scenarios/first-report-never-answered.json' with { type: 'json' };
import gatewayTimeoutsInHtml from './scenarios/gateway-timeouts-in-html.json' with { type: 'json' };
import http429Once from './scenarios/http-429-once.json' with { type: 'json' };
import maintenanceAtFirst from './scenarios/maintenance-at-first.json' with { type: 'json' };
import metricWithdrawnMidway from './scenarios/metric-withdrawn-midway.json' with { type: 'json' };
import noDateHeader from './scenarios/no-date-header.json' with { type: 'json' };
import oneAdvertiserADayAtATime from './scenarios/one-advertiser-a-day-at-a-time.json' with { type: 'json' };
import oneAdvertiserAlwaysFails from './scenarios/one-advertiser-always-fails.json' with { type: 'json' };
import oneAdvertiserDeletedMidway from './scenarios/one-advertiser-deleted-midway.json' with { type: 'json' };
import oneAdvertiserThrottled from './scenarios/one-advertiser-throttled.json' with { type: 'json' };
import oneAdvertiserWithoutPermission from './scenarios/one-advertiser-without-permission.json' with { type: 'json' };
import pagesOneRowShort from './scenarios/pages-one-row-short.json' with { type: 'json' };
import queriesAbove7DaysNeverAnswered from './scenarios/queries-above-7-days-never-answered.json' with { type: 'json' };
import queriesAbove7DaysTooLarge from './scenarios/queries-above-7-days-too-large.json' with { type: 'json' };
import reportsCutAbove10Ads from './scenarios/reports-cut-above-10-ads.json' with { type: 'json' };
import restrictedAfter20CallsAMinute from './scenarios/restricted-after-20-calls-a-minute.json' with { type: 'json' };
import rowsComeTwice from './scenarios/rows-come-twice.json' with { type: 'json' };
import rowsMoveBetweenPages from './scenarios/rows-move-between-pages.json' with { type: 'json' };
import sandbox from './scenarios/sandbox.json' with { type: 'json' };
import slowAnswers from './scenarios/slow-answers.json' with { type: 'json' };
import systemErrorsNowAndThen from './scenarios/system-errors-now-and-then.json' with { type: 'json' };
import textsThatAreNoNumbers from './scenarios/texts-that-are-no-numbers.json' with { type: 'json' };
import throttledNowAndThen from './scenarios/throttled-now-and-then.json' with { type: 'json' };
import throttledOnce from './scenarios/throttled-once.json' with { type: 'json' };
import timeoutsSlowTheAppDown from './scenarios/timeouts-slow-the-app-down.json' with { type: 'json' };
import tokenRevokedAfter20Calls from './scenarios/token-revoked-after-20-calls.json' with { type: 'json' };
import totalNumberIsWrongForAWhile from './scenarios/total-number-is-wrong-for-a-while.json' with { type: 'json' };
import totalNumberIsWrongOnOneDay from './scenarios/total-number-is-wrong-on-one-day.json' with { type: 'json' };

/** The ready scenarios by name, as their files hold them; `readyScenario` checks and types them. */
export const GALLERY: Readonly<Record<string, unknown>> = {
  'a-bad-day': aBadDay,
  'advertiser-granted-a-day-later': advertiserGrantedADayLater,
  'agency-of-2000': agencyOf2000,
  'answers-cut-short': answersCutShort,
  'answers-with-broken-json': answersWithBrokenJson,
  'answers-without-a-code': answersWithoutACode,
  'basic-tier': basicTier,
  'connections-reset': connectionsReset,
  'day-quota-of-40-calls': dayQuotaOf40Calls,
  'first-report-never-answered': firstReportNeverAnswered,
  'gateway-timeouts-in-html': gatewayTimeoutsInHtml,
  'http-429-once': http429Once,
  'maintenance-at-first': maintenanceAtFirst,
  'metric-withdrawn-midway': metricWithdrawnMidway,
  'no-date-header': noDateHeader,
  'one-advertiser-a-day-at-a-time': oneAdvertiserADayAtATime,
  'one-advertiser-always-fails': oneAdvertiserAlwaysFails,
  'one-advertiser-deleted-midway': oneAdvertiserDeletedMidway,
  'one-advertiser-throttled': oneAdvertiserThrottled,
  'one-advertiser-without-permission': oneAdvertiserWithoutPermission,
  'pages-one-row-short': pagesOneRowShort,
  'queries-above-7-days-never-answered': queriesAbove7DaysNeverAnswered,
  'queries-above-7-days-too-large': queriesAbove7DaysTooLarge,
  'reports-cut-above-10-ads': reportsCutAbove10Ads,
  'restricted-after-20-calls-a-minute': restrictedAfter20CallsAMinute,
  'rows-come-twice': rowsComeTwice,
  'rows-move-between-pages': rowsMoveBetweenPages,
  sandbox: sandbox,
  'slow-answers': slowAnswers,
  'system-errors-now-and-then': systemErrorsNowAndThen,
  'texts-that-are-no-numbers': textsThatAreNoNumbers,
  'throttled-now-and-then': throttledNowAndThen,
  'throttled-once': throttledOnce,
  'timeouts-slow-the-app-down': timeoutsSlowTheAppDown,
  'token-revoked-after-20-calls': tokenRevokedAfter20Calls,
  'total-number-is-wrong-for-a-while': totalNumberIsWrongForAWhile,
  'total-number-is-wrong-on-one-day': totalNumberIsWrongOnOneDay,
};
