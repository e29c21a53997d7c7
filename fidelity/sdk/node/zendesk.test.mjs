// node-zendesk on the Zendesk stand-in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomUUID } from "node:crypto";
import client from "node-zendesk";
import { address, passTime, systems, token } from "./where.mjs";

const { createClient } = client;
const zendesk = createClient({ oauth: true, token, endpointUri: `${systems.zendesk}/api/v2` });
const LONG_AGO = 1262304000;

async function created(values = {}) {
  const user = { name: "Anna Vermeer", email: address(), ...values };
  return (await zendesk.users.create({ user })).result;
}

const refused = (status) => (error) => error.message.includes(`(${status})`);

test("lists are paged to their end", async () => {
  for (const kind of ["users", "organizations", "tickets"]) {
    const all = await zendesk[kind].list();
    assert.ok(all.length > 3 && new Set(all.map((one) => one.id)).size === all.length, kind);
  }
});

test("a user is made, changed, found and deleted", async () => {
  const external = randomUUID();
  const made = await created({ external_id: external });
  const changed = (await zendesk.users.update(made.id, { user: { phone: "020 1234567" } })).result;
  assert.equal(changed.phone, "020 1234567");
  const found = await zendesk.users.search({ query: made.email });
  assert.deepEqual(found.map((one) => one.id), [made.id]);
  const again = await zendesk.users.createOrUpdate({ user: { name: "Anne", external_id: external.toUpperCase() } });
  assert.deepEqual([again.result.id, again.result.name], [made.id, "Anne"]);
  await assert.rejects(zendesk.users.create({ user: { name: "Anna", email: made.email } }), refused(422));
  await zendesk.users.delete(made.id);
  assert.equal((await zendesk.users.show(made.id)).result.active, false);
});

test("the same is given to many by a job", async () => {
  const users = [await created(), await created()];
  const ids = users.map((one) => one.id);
  // With two arguments this client sends the first of them as the body.
  const job = (await zendesk.users.updateMany(ids, { user: { notes: "seen" } }, null)).result.job_status;
  assert.equal(job.status, "queued");
  await passTime(10);
  const done = (await zendesk.jobstatuses.show(job.id)).result.job_status;
  assert.deepEqual([done.status, done.results.length], ["completed", 2]);
  assert.ok((await zendesk.jobstatuses.list()).result.job_statuses.some((one) => one.id === job.id));
  const shown = (await zendesk.users.showMany(ids)).result;
  assert.deepEqual(shown.map((one) => one.notes), ["seen", "seen"]);
});

test("the export by time gives all users and ends", async () => {
  const made = await created();
  await passTime(120);
  const all = new Set((await zendesk.users.incremental(LONG_AGO)).map((one) => one.id));
  assert.ok(all.has(made.id) && (await zendesk.users.list()).every((one) => all.has(one.id)));
});

test("one search finds users and tickets", async () => {
  const made = await created();
  const results = await zendesk.search.queryAll(`type:user email:${made.email}`);
  assert.deepEqual(results.map((one) => [one.result_type, one.id]), [["user", made.id]]);
});

test("a second address becomes the first", async () => {
  const made = await created();
  const value = address();
  const identity = { type: "email", value, verified: true };
  const added = (await zendesk.useridentities.create(made.id, { identity })).result;
  await zendesk.useridentities.makePrimary(made.id, added.id);
  assert.equal((await zendesk.users.show(made.id)).result.email, value);
});

test("a ticket of a stranger makes a user, and a late safe update is refused", async () => {
  const email = address();
  const asked = { subject: "Help", comment: { body: "It broke" }, requester: { name: email, email } };
  const ticket = (await zendesk.tickets.create({ ticket: asked })).result;
  const requester = (await zendesk.users.show(ticket.requester_id)).result;
  assert.equal(requester.name, email.split("@")[0]);
  const late = { status: "solved", safe_update: true, updated_stamp: "2020-01-01T00:00:00Z" };
  await assert.rejects(zendesk.tickets.update(ticket.id, { ticket: late }), refused(409));
  const safe = { ...late, updated_stamp: ticket.updated_at };
  assert.equal((await zendesk.tickets.update(ticket.id, { ticket: safe })).result.status, "solved");
  await zendesk.tickets.delete(ticket.id);
  await assert.rejects(zendesk.tickets.show(ticket.id), refused(404));
});

test("an unknown token is refused", async () => {
  const nobody = createClient({ oauth: true, token: "nobody", endpointUri: `${systems.zendesk}/api/v2` });
  await assert.rejects(nobody.users.me(), refused(401));
});
