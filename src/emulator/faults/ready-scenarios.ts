import advertiserGrantedADayLater from './scenarios/accounts/advertiser-granted-a-day-later.json' with { type: 'json' };
import advertiserListInPages from './scenarios/accounts/advertiser-list-in-pages.json' with { type: 'json' };
import agencyOf2000 from './scenarios/accounts/agency-of-2000.json' with { type: 'json' };
import agencyOf20000 from './scenarios/accounts/agency-of-20000.json' with { type: 'json' };
// As text: bundlers refuse a JSON module with a lone surrogate.
import namesThatNoDatabaseHolds from './scenarios/accounts/names-that-no-database-holds.json?raw';
import oneAdvertiserWith50000Ads from './scenarios/accounts/one-advertiser-with-50000-ads.json' with { type: 'json' };
import rowsWithIdsThatAreNone from './scenarios/accounts/rows-with-ids-that-are-none.json' with { type: 'json' };
import sandbox from './scenarios/accounts/sandbox.json' with { type: 'json' };
import aBadDay from './scenarios/connection/a-bad-day.json' with { type: 'json' };
import answersCutShort from './scenarios/connection/answers-cut-short.json' with { type: 'json' };
import answersWithBrokenJson from './scenarios/connection/answers-with-broken-json.json' with { type: 'json' };
import answersWithoutACode from './scenarios/connection/answers-without-a-code.json' with { type: 'json' };
import connectionsReset from './scenarios/connection/connections-reset.json' with { type: 'json' };
import firstReportNeverAnswered from './scenarios/connection/first-report-never-answered.json' with { type: 'json' };
import gatewayTimeoutsInHtml from './scenarios/connection/gateway-timeouts-in-html.json' with { type: 'json' };
import noDateHeader from './scenarios/connection/no-date-header.json' with { type: 'json' };
import oneWrongDateHeader from './scenarios/connection/one-wrong-date-header.json' with { type: 'json' };
import queriesAbove7DaysNeverAnswered from './scenarios/connection/queries-above-7-days-never-answered.json' with {
  type: 'json',
};
import slowAnswers from './scenarios/connection/slow-answers.json' with { type: 'json' };
import gmvMaxNotPermitted from './scenarios/refusals/gmv-max-not-permitted.json' with { type: 'json' };
import maintenanceAtFirst from './scenarios/refusals/maintenance-at-first.json' with { type: 'json' };
import metricWithdrawnMidway from './scenarios/refusals/metric-withdrawn-midway.json' with { type: 'json' };
import oneAdvertiserADayAtATime from './scenarios/refusals/one-advertiser-a-day-at-a-time.json' with { type: 'json' };
import oneAdvertiserAlwaysFails from './scenarios/refusals/one-advertiser-always-fails.json' with { type: 'json' };
import oneAdvertiserDeletedMidway from './scenarios/refusals/one-advertiser-deleted-midway.json' with { type: 'json' };
import oneAdvertiserWithoutPermission from './scenarios/refusals/one-advertiser-without-permission.json' with {
  type: 'json',
};
import queriesAbove7DaysTooLarge from './scenarios/refusals/queries-above-7-days-too-large.json' with { type: 'json' };
import reportPermissionNotGranted from './scenarios/refusals/report-permission-not-granted.json' with { type: 'json' };
import slicesAbove10CampaignsTooLarge from './scenarios/refusals/slices-above-10-campaigns-too-large.json' with {
  type: 'json',
};
import systemErrorsNowAndThen from './scenarios/refusals/system-errors-now-and-then.json' with { type: 'json' };
import tokenLacksAScope from './scenarios/refusals/token-lacks-a-scope.json' with { type: 'json' };
import tokenRevokedAfter20Calls from './scenarios/refusals/token-revoked-after-20-calls.json' with { type: 'json' };
import rows25RowsOf26Counted from './scenarios/reports/25-rows-of-26-counted.json' with { type: 'json' };
import absurdTotalNumberOnOneDay from './scenarios/reports/absurd-total-number-on-one-day.json' with { type: 'json' };
import emptyReportsWithoutAList from './scenarios/reports/empty-reports-without-a-list.json' with { type: 'json' };
import emptyReportsWithoutPageInfo from './scenarios/reports/empty-reports-without-page-info.json' with {
  type: 'json',
};
import idsAsNumbers from './scenarios/reports/ids-as-numbers.json' with { type: 'json' };
import pageSizeIsTheNumberOfRows from './scenarios/reports/page-size-is-the-number-of-rows.json' with { type: 'json' };
import pagesOneRowShort from './scenarios/reports/pages-one-row-short.json' with { type: 'json' };
import reportsCutAbove10Ads from './scenarios/reports/reports-cut-above-10-ads.json' with { type: 'json' };
import rowsComeTwice from './scenarios/reports/rows-come-twice.json' with { type: 'json' };
import rowsMoveBetweenPages from './scenarios/reports/rows-move-between-pages.json' with { type: 'json' };
import textsThatAreNoNumbers from './scenarios/reports/texts-that-are-no-numbers.json' with { type: 'json' };
import totalNumberIsWrongForAWhile from './scenarios/reports/total-number-is-wrong-for-a-while.json' with {
  type: 'json',
};
import totalNumberIsWrongOnOneDay from './scenarios/reports/total-number-is-wrong-on-one-day.json' with {
  type: 'json',
};
import basicTier from './scenarios/throttles/basic-tier.json' with { type: 'json' };
import dayQuotaOf40Calls from './scenarios/throttles/day-quota-of-40-calls.json' with { type: 'json' };
import http429Once from './scenarios/throttles/http-429-once.json' with { type: 'json' };
import oneAdvertiserThrottled from './scenarios/throttles/one-advertiser-throttled.json' with { type: 'json' };
import restrictedAfter20CallsAMinute from './scenarios/throttles/restricted-after-20-calls-a-minute.json' with {
  type: 'json',
};
import retryAfter from './scenarios/throttles/retry-after.json' with { type: 'json' };
import throttledNowAndThen from './scenarios/throttles/throttled-now-and-then.json' with { type: 'json' };
import throttledOnce from './scenarios/throttles/throttled-once.json' with { type: 'json' };
import timeoutsSlowTheAppDown from './scenarios/throttles/timeouts-slow-the-app-down.json' with { type: 'json' };

/** The ready scenarios by name, as their files hold them; `readyScenario` checks and types them. */
export const READY_SCENARIOS: Readonly<Record<string, unknown>> = {
  '25-rows-of-26-counted': rows25RowsOf26Counted,
  'a-bad-day': aBadDay,
  'absurd-total-number-on-one-day': absurdTotalNumberOnOneDay,
  'advertiser-granted-a-day-later': advertiserGrantedADayLater,
  'advertiser-list-in-pages': advertiserListInPages,
  'agency-of-2000': agencyOf2000,
  'agency-of-20000': agencyOf20000,
  'answers-cut-short': answersCutShort,
  'answers-with-broken-json': answersWithBrokenJson,
  'answers-without-a-code': answersWithoutACode,
  'basic-tier': basicTier,
  'connections-reset': connectionsReset,
  'day-quota-of-40-calls': dayQuotaOf40Calls,
  'empty-reports-without-a-list': emptyReportsWithoutAList,
  'empty-reports-without-page-info': emptyReportsWithoutPageInfo,
  'first-report-never-answered': firstReportNeverAnswered,
  'gateway-timeouts-in-html': gatewayTimeoutsInHtml,
  'gmv-max-not-permitted': gmvMaxNotPermitted,
  'http-429-once': http429Once,
  'ids-as-numbers': idsAsNumbers,
  'maintenance-at-first': maintenanceAtFirst,
  'metric-withdrawn-midway': metricWithdrawnMidway,
  'names-that-no-database-holds': JSON.parse(namesThatNoDatabaseHolds),
  'no-date-header': noDateHeader,
  'one-advertiser-a-day-at-a-time': oneAdvertiserADayAtATime,
  'one-advertiser-always-fails': oneAdvertiserAlwaysFails,
  'one-advertiser-deleted-midway': oneAdvertiserDeletedMidway,
  'one-advertiser-throttled': oneAdvertiserThrottled,
  'one-advertiser-with-50000-ads': oneAdvertiserWith50000Ads,
  'one-advertiser-without-permission': oneAdvertiserWithoutPermission,
  'one-wrong-date-header': oneWrongDateHeader,
  'page-size-is-the-number-of-rows': pageSizeIsTheNumberOfRows,
  'pages-one-row-short': pagesOneRowShort,
  'queries-above-7-days-never-answered': queriesAbove7DaysNeverAnswered,
  'queries-above-7-days-too-large': queriesAbove7DaysTooLarge,
  'report-permission-not-granted': reportPermissionNotGranted,
  'reports-cut-above-10-ads': reportsCutAbove10Ads,
  'restricted-after-20-calls-a-minute': restrictedAfter20CallsAMinute,
  'retry-after': retryAfter,
  'rows-come-twice': rowsComeTwice,
  'rows-move-between-pages': rowsMoveBetweenPages,
  'rows-with-ids-that-are-none': rowsWithIdsThatAreNone,
  sandbox: sandbox,
  'slices-above-10-campaigns-too-large': slicesAbove10CampaignsTooLarge,
  'slow-answers': slowAnswers,
  'system-errors-now-and-then': systemErrorsNowAndThen,
  'texts-that-are-no-numbers': textsThatAreNoNumbers,
  'throttled-now-and-then': throttledNowAndThen,
  'throttled-once': throttledOnce,
  'timeouts-slow-the-app-down': timeoutsSlowTheAppDown,
  'token-lacks-a-scope': tokenLacksAScope,
  'token-revoked-after-20-calls': tokenRevokedAfter20Calls,
  'total-number-is-wrong-for-a-while': totalNumberIsWrongForAWhile,
  'total-number-is-wrong-on-one-day': totalNumberIsWrongOnOneDay,
};
