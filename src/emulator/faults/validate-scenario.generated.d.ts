// Generated from schemas/scenario.json by `npm run generate`; do not edit.
import type { ErrorObject } from 'ajv';
import type { Scenario } from './scenario.generated.ts';

/** True for a value that keeps to the schema; else `errors` holds every mistake, with the value that it is about. */
declare const validate: {
  (value: unknown): value is Scenario;
  errors?: ErrorObject[] | null;
};
export default validate;
