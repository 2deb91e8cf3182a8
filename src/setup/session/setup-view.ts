import type { LoadProgress } from '../first-load/load-progress.ts';
import type { TableView } from '../first-load/table-view.ts';

/**
 * What the page knows: the answer to every call, as JSON. The app secret, the token and the passwords are in none of it.
 */
export interface SetupView {
  /** The screens in order, and how far the user may go. */
  readonly steps: readonly { readonly id: StepId; readonly open: boolean }[];
  readonly name: string;
  readonly slug: string;
  /** Absolute path of the folder that the result goes into. */
  readonly folder: string;
  /** An existing configuration is being changed. */
  readonly changes?: string;
  readonly app: {
    readonly appId: string;
    readonly hasSecret: boolean;
    readonly redirectUri: string;
    readonly portalUrl: string;
  };
  readonly authorized: boolean;
  /** What went wrong with the authorization, or what is missing from it. */
  readonly problem?: Problem;
  readonly advertisers: AdvertisersView;
  readonly range: RangeView;
  readonly schedule: ScheduleView;
  readonly check: CheckView;
  /** What was typed into a step and not sent, by step and by the field's id; secrets as `true`. */
  readonly unsent: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The session goes on with what was entered before: when that was saved, ISO 8601. */
  readonly draftFrom?: string;
  readonly result?: ResultView;
}

export type StepId = 'name' | 'authorize' | 'advertisers' | 'range' | 'schedule' | 'finish';

/** Something that the user can mend, in the user's words. */
export interface Problem {
  readonly says: string;
  readonly advice: string;
  /** The id of the field that it is about. */
  readonly field?: string;
  /** TikTok's own words with code and request id, for a question to TikTok. */
  readonly detail?: string;
}

export interface AdvertisersView {
  readonly state: 'none' | 'loading' | 'ready' | 'failed';
  readonly problem?: Problem;
  readonly list: readonly AdvertiserView[];
  /** How many have been asked for a report; it goes on in the background. */
  readonly marked: number;
  /** `all`: also those granted later, except `leftOut`. */
  readonly chosen: 'all' | readonly string[];
  readonly leftOut: readonly string[];
}

export interface AdvertiserView {
  readonly id: string;
  readonly name: string;
  readonly currency?: string;
  readonly timeZone?: string;
  readonly status?: string;
  /** The day on which it was opened. */
  readonly created?: string;
  /** Whether a report of it can be read; `unknown` until asked, or when TikTok gave no clear answer. */
  readonly report: 'unknown' | 'readable' | 'refused';
  /** Why not, and what to do. */
  readonly reason?: string;
}

export interface RangeView {
  /** Today in the zone of the first chosen advertiser. */
  readonly today: string;
  /** Where "all" begins: the day on which the oldest chosen advertiser was opened. */
  readonly oldest?: string;
  readonly startDate: string;
  readonly endDate?: string;
  readonly lookbackDays: number;
  readonly includeDeleted: boolean;
  readonly advertiserColumns: boolean;
  /** Names of the streams that are read. */
  readonly streams: readonly string[];
  /** All that there are. */
  readonly offered: readonly {
    readonly name: string;
    readonly rowOf: string;
    /** Its rows are estimated; those of the others are known once they are read. */
    readonly isCounted: boolean;
  }[];
  /** How many advertisers are chosen, and in which currencies they count. */
  readonly advertisers: number;
  readonly currencies: readonly string[];
}

/** What a range means. */
export interface Estimate {
  readonly days: number;
  readonly advertisers: number;
  readonly windows: number;
  readonly requests: number;
  readonly seconds: number;
  /** What each stream costs, whether it is read or not. */
  readonly streams: readonly { readonly name: string; readonly requests: number; readonly seconds: number }[];
  /** Of the stream that is counted. From the rows of one day; absent while no advertiser has answered. */
  readonly rows?: number;
  /** A run after the first: today and the lookback. */
  readonly daily?: { readonly requests: number; readonly seconds: number };
}

export interface ScheduleView {
  readonly time: string;
  readonly timeZone: string;
  /** Zones of the chosen advertisers, of this machine, and UTC. */
  readonly zones: readonly string[];
  /** At that time TikTok has not corrected yesterday yet. */
  readonly tooEarly: boolean;
  /** `HH:MM` in the zone of the first chosen advertiser, from which on yesterday is final. */
  readonly correctedAt: string;
  /** No schedule: the range has an end. */
  readonly once: boolean;
  readonly target: TargetView;
}

/** The target as the form shows it; passwords and tokens are left out. */
export interface TargetView {
  readonly kind: 'machine' | 'meltano' | 'docker' | 'airbyte' | 'config';
  readonly fields: Readonly<Record<string, string>>;
  /** Secret fields that have a value already. */
  readonly kept: readonly string[];
}

export interface CheckView {
  readonly state: 'none' | 'running' | 'passed' | 'failed';
  /** Chosen advertisers that cannot be read; leaving them out lets the check pass. */
  readonly unreadable?: readonly { readonly id: string; readonly name: string }[];
  /** What it needs and does not find, one sentence each, with what to do: it can still be made, so the user is asked. */
  readonly missing?: readonly string[];
  /** One line each. */
  readonly lines: readonly { readonly kind: 'good' | 'bad' | 'note'; readonly says: string }[];
}

/** The last days of one advertiser, to be compared with Ads Manager. */
export interface PreviewView {
  readonly advertiserId: string;
  readonly currency?: string;
  readonly timeZone?: string;
  readonly days: readonly PreviewDay[];
  readonly campaigns: readonly PreviewCampaign[];
}

export interface PreviewDay {
  readonly date: string;
  readonly spend: number;
  readonly impressions: number;
  readonly clicks: number;
  readonly conversion: number;
}

export interface PreviewCampaign {
  readonly id: string;
  readonly name: string;
  readonly spend: number;
  readonly impressions: number;
  readonly clicks: number;
  readonly conversion: number;
}

/** What Finish is about to do. */
export interface PlanView {
  readonly folder: string;
  /** Files with secrets that git would take into a commit all the same. */
  readonly exposure?: Exposure;
  readonly files: readonly {
    readonly path: string;
    readonly says: string;
    readonly secret: boolean;
    readonly status: 'new' | 'same' | 'extended' | 'differs';
    /** The text with every secret, and what other programs keep there, as `***`. */
    readonly content: string;
    /** For a file that is changed: lines that go (`-`), come (`+`) or stay (a blank), as masked as the content. */
    readonly difference?: readonly string[];
  }[];
  /** What started the collection before, and is taken away. */
  readonly replaced?: { readonly says: string; readonly command: string };
  /** Requests to Airbyte; secrets masked. */
  readonly requests: readonly { readonly says: string; readonly line: string; readonly body?: string }[];
}

/** What keeps secrets from being hidden from git, and what to do; the user has to agree to go on with it. */
export interface Exposure {
  readonly says: string;
  readonly advice: string;
}

/** What was done. */
export interface ResultView {
  readonly says: string;
  readonly files: readonly string[];
  /** Copies of replaced files. */
  readonly kept: readonly string[];
  readonly commands: readonly { readonly says: string; readonly command: string }[];
  /** What setup can do next itself; absent where nothing can be loaded from here. */
  readonly next?: NextSteps;
}

/** Loading the history, then the timer. */
export interface NextSteps {
  /** For a shell in the folder; absent: `sync`, in this process, or Airbyte. */
  readonly load?: string;
  /** Airbyte loads by itself: the connection that is to run. */
  readonly connectionId?: string;
  /** Switch the timer on; empty without a schedule. */
  readonly timer: readonly string[];
  /** What a run does as well, and may not be allowed to: so that it also runs while no user is logged in. */
  readonly lingers?: string;
}

/** How the first load goes. */
export interface LoadView {
  readonly state: 'none' | 'running' | 'stopping' | 'stopped' | 'failed' | 'done';
  readonly progress?: LoadProgress;
  /** Why it failed, or what could not be read. */
  readonly problem?: string;
  /** What has been loaded. */
  readonly tables: readonly TableView[];
  /** `elsewhere`: Airbyte starts it. */
  readonly timer: 'none' | 'off' | 'on' | 'failed' | 'elsewhere';
  /** Why the timer could not be switched on. */
  readonly timerProblem?: string;
  /** ISO 8601; absent while nothing starts it. */
  readonly nextRun?: string;
  /** How it stands, in a sentence. */
  readonly says: string;
}

/** What was tried, and how it went. */
export interface Tried {
  readonly kind: 'good' | 'bad';
  readonly says: string;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** What Airbyte has to choose from. */
export interface AirbyteChoices {
  readonly workspaces: readonly Named[];
  /** Of the wanted workspace, or of the only one. */
  readonly destinations: readonly Named[];
}
