// HubSpot's own client (which speaks v3 and v4) on the HubSpot stand-in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomUUID } from "node:crypto";
import { Client } from "@hubspot/api-client";
import { address, passTime, systems, token } from "./where.mjs";

const client = (accessToken) => new Client({ accessToken, basePath: systems.hubspot });
const { crm } = client(token);

const created = (properties = {}) => crm.contacts.basicApi.create({ properties: { email: address(), ...properties } });
const refused = (status) => (error) => error.code === status;

test("a list is paged to its end", async () => {
  const whole = await crm.contacts.getAll(7);
  const ids = new Set(whole.map((contact) => contact.id));
  assert.ok(ids.size > 7 && ids.size === whole.length);
});

test("a contact is made, changed, emptied, archived and listed as that", async () => {
  const made = await created({ firstname: "Anna", city: "Delft" });
  await crm.contacts.basicApi.update(made.id, { properties: { firstname: "Anne", city: "" } });
  const now = await crm.contacts.basicApi.getById(made.id, ["firstname", "city", "email"]);
  assert.deepEqual([now.properties.firstname, now.properties.city || null], ["Anne", null]);
  assert.ok(now.updatedAt instanceof Date);
  await crm.contacts.basicApi.archive(made.id);
  await assert.rejects(crm.contacts.basicApi.getById(made.id), refused(404));
  const archived = await crm.contacts.getAll(100, undefined, undefined, undefined, undefined, true);
  assert.ok(archived.some((contact) => contact.id === made.id));
});

test("a search is windowed, sorted and paged", async () => {
  const start = Date.now();
  const made = await created({ lastname: `Vermeer${randomUUID()}` });
  await passTime(60);
  const name = made.properties.lastname;
  const filter = { propertyName: "lastname", operator: "EQ", value: name };
  const asked = { filterGroups: [{ filters: [filter] }], limit: 5, properties: ["lastname"], sorts: ["createdate"] };
  const page = await crm.contacts.searchApi.doSearch(asked);
  assert.deepEqual([page.total, page.results[0].properties.lastname], [1, name], String(start));
});

test("a batch is read, made and upserted", async () => {
  const inputs = [{ properties: { email: address() } }, { properties: { email: address() } }];
  const made = await crm.contacts.batchApi.create({ inputs });
  assert.deepEqual([made.status, made.results.length], ["COMPLETE", 2]);
  const ids = made.results.map((contact) => ({ id: contact.id }));
  const read = await crm.contacts.batchApi.read({ inputs: ids, properties: ["email"], propertiesWithHistory: [] });
  assert.equal(read.results.length, 2);
  const [first] = inputs;
  const known = { id: first.properties.email, idProperty: "email", properties: { city: "Gouda" } };
  const upserted = await crm.contacts.batchApi.upsert({ inputs: [known] });
  assert.equal(upserted.results[0].properties.city, "Gouda");
});

test("an address that is taken is refused, and so is an unknown token", async () => {
  const made = await created();
  await assert.rejects(created({ email: made.properties.email }), refused(409));
  await assert.rejects(client("nobody").crm.contacts.basicApi.getPage(), refused(401));
});
