import type { Emulator } from '../emulator.ts';
import type { Fault } from '../faults/scenario.generated.ts';

const REPORT = { endpoint: 'report/integrated/get/' };

interface FaultButton {
  readonly key: string;
  readonly label: string;
  /** What the page says once it was pressed. */
  readonly says: string;
  readonly press: (emulator: Emulator) => void;
}

const arm =
  (fault: Fault) =>
  (emulator: Emulator): void =>
    void emulator.arm(fault);

/** The faults that the status page offers to arm. */
export const FAULT_BUTTONS: readonly FaultButton[] = [
  {
    key: 'throttle',
    label: 'Throttle five calls',
    says: 'The next five calls are refused with 40100.',
    press: arm({ name: 'throttled', times: 5, then: { code: 40100 } }),
  },
  {
    key: 'broken',
    label: 'Break three answers',
    says: 'The next three reports are no JSON.',
    press: arm({ name: 'broken answer', when: REPORT, times: 3, then: { broken_json: true } }),
  },
  {
    key: 'reset',
    label: 'Reset three connections',
    says: 'The next three calls lose their connection within the answer.',
    press: arm({ name: 'connection reset', times: 3, then: { disconnect: 'within_answer' } }),
  },
  {
    key: 'system_error',
    label: 'Fail three reports',
    says: 'The next three reports are refused with 50000, a system error.',
    press: arm({ name: 'system error', when: REPORT, times: 3, then: { code: 50000 } }),
  },
  {
    key: 'slow',
    label: 'Slow day',
    says: 'Every answer takes three seconds, until the faults are ended.',
    press: arm({ name: 'slow day', then: { delay_ms: 3000 } }),
  },
  {
    key: 'cut',
    label: 'Cut reports to ten ads',
    says: 'Reports of ten ads and more are cut, until the faults are ended.',
    press: arm({ name: 'cut to ten ads', when: REPORT, then: { ads_max: 10 } }),
  },
  {
    key: 'moved_rows',
    label: 'Move rows between pages',
    says: 'The next three reports miss a row and have another twice.',
    press: arm({ name: 'rows moved', when: REPORT, times: 3, then: { drop_rows: 1, repeat_rows: 1 } }),
  },
  {
    key: 'refuse_first',
    label: 'Refuse the first advertiser',
    says: 'Calls for the first advertiser are refused with 40001, until the faults are ended.',
    press: arm({ name: 'first advertiser refused', when: { advertisers: ['#1'] }, then: { code: 40001 } }),
  },
  {
    key: 'revoke',
    label: 'Revoke the token',
    says: 'The token is revoked: every call is refused with 40105, until the faults are ended.',
    press: (emulator) => emulator.revokeToken(),
  },
  {
    key: 'end',
    label: 'End all faults',
    says: 'All faults have ended, and the token is good again.',
    press: (emulator) => {
      for (const fault of [...emulator.faults]) fault.disarm();
      emulator.restoreToken();
    },
  },
];
