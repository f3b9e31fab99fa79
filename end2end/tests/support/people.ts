// Who the tests are: the demo library's accounts, signed in once a run.
import { join } from "node:path";

export const PASSWORD = "quire-demo";

/** What accounts that the tests open sign in with. */
export const NEW_PASSWORD = "three green umbrellas";

/** Ada and Ben write; Mira looks after the place. */
export const PEOPLE = ["ada", "ben", "mira"] as const;

export type Person = (typeof PEOPLE)[number];

export const address = (person: Person) => `${person}@quire.example`;

/** Where a person's session is kept during this run. */
export const session = (person: Person) => join(process.env.QUIRE_TEST_LIBRARY!, `${person}.json`);
