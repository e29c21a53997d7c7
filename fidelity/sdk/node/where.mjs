// Where the sandbox listens; whoever starts these tests writes it in SANDBOX, the sandbox's ready file.
import { readFileSync } from "node:fs";
import { randomUUID } from "node:crypto";

const said = JSON.parse(readFileSync(process.env.SANDBOX, "utf8"));

export const systems = said.systems;
export const token = said.tokens.hub;

export const address = () => `${randomUUID()}@firm.example`;

/** Let visibility lags and queues pass. */
export async function passTime(seconds) {
  const answer = await fetch(`${said.admin}/clock`, {
    method: "POST",
    headers: { authorization: `Bearer ${said.tokens.admin}`, "content-type": "application/json" },
    body: JSON.stringify({ advance_seconds: seconds }),
  });
  if (!answer.ok) throw new Error(`the sandbox's clock answers ${answer.status}`);
}
