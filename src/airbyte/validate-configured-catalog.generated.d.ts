// Generated from schemas/configured_catalog.json by `npm run generate`; do not edit.
import type { ErrorObject } from 'ajv';
import type { ConfiguredCatalog } from './configured-catalog.generated.ts';

/** True for a value that keeps to the schema; else `errors` holds every mistake, with the value that it is about. */
declare const validate: {
  (value: unknown): value is ConfiguredCatalog;
  errors?: ErrorObject[] | null;
};
export default validate;
