import { appendFileSync } from 'node:fs';
import { now, onWrite } from '../quota/on-write.ts';

// Loaded into each connector: a line in the file DEPARTURES for each request that leaves for the server at DEPARTURES_TO.
const { DEPARTURES = '', DEPARTURES_TO = '' } = process.env;
const apiPort = Number(new URL(DEPARTURES_TO).port);
onWrite((port) => {
  if (port === apiPort) appendFileSync(DEPARTURES, `${now()}\n`);
});
