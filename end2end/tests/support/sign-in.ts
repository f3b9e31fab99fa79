// Signs everybody in once: attempts are limited, and a test that needs a person begins with their session.
import { request } from "@playwright/test";
import { PASSWORD, PEOPLE, address, session } from "./people.ts";

export default async function signIn() {
  for (const person of PEOPLE) {
    const visitor = await request.newContext({ baseURL: process.env.QUIRE_URL });
    const answer = await visitor.post("/api/sign_in", { form: { email: address(person), password: PASSWORD } });
    if (!answer.ok()) throw new Error(`${person} could not sign in: ${answer.status()} ${await answer.text()}`);
    await visitor.storageState({ path: session(person) });
    await visitor.dispose();
  }
}
