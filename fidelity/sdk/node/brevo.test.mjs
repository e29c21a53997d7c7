// Brevo's own client on the Brevo stand-in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BrevoClient } from "@getbrevo/brevo";
import { address, passTime, systems, token } from "./where.mjs";

const client = (apiKey) => new BrevoClient({ apiKey, baseUrl: `${systems.brevo}/v3`, maxRetries: 0 });
const { contacts } = client(token);

async function created(attributes = {}) {
  const email = address();
  return { email, id: (await contacts.createContact({ email, attributes })).id };
}

const one = (identifier, identifierType) => contacts.getContactInfo({ identifier, identifierType });

test("a list is paged to its end", async () => {
  const first = await contacts.getContacts({ limit: 7, sort: "asc" });
  const found = new Set();
  for (let offset = 0; offset < first.count; offset += 7) {
    const page = await contacts.getContacts({ limit: 7, offset, sort: "asc" });
    page.contacts.forEach((contact) => found.add(contact.id));
  }
  assert.ok(first.count > 7 && found.size === first.count);
});

test("a contact is made, found, changed, emptied and deleted", async () => {
  const made = await created({ FIRSTNAME: "Anna", CITY: "Delft" });
  assert.equal((await one(made.email, "email_id")).id, made.id);
  const email = address();
  await contacts.updateContact({
    identifier: made.id,
    identifierType: "contact_id",
    attributes: { FIRSTNAME: "Anne", CITY: "", EMAIL: email },
    emailBlacklisted: true,
  });
  const now = await one(made.id, "contact_id");
  assert.deepEqual([now.email, now.attributes.FIRSTNAME, now.attributes.CITY], [email, "Anne", undefined]);
  assert.equal(now.emailBlacklisted, true);
  await contacts.deleteContact({ identifier: made.id, identifierType: "contact_id" });
  await assert.rejects(one(made.id, "contact_id"), (error) => error.statusCode === 404);
});

test("what changed since is listed", async () => {
  const made = await created();
  await passTime(60);
  const before = (await one(made.id, "contact_id")).modifiedAt;
  await contacts.updateContact({ identifier: made.id, identifierType: "contact_id", attributes: { CITY: "Gouda" } });
  const page = await contacts.getContacts({ modifiedSince: before, sort: "asc" });
  assert.deepEqual(page.contacts.map((contact) => contact.id), [made.id]);
});

test("an attribute is made and listed, an address that is taken is refused", async () => {
  await contacts.createAttribute({ attributeCategory: "normal", attributeName: "HAT_SIZE", type: "float" });
  const known = (await contacts.getAttributes()).attributes.map((attribute) => attribute.name);
  assert.ok(known.includes("HAT_SIZE"));
  const { email } = await created();
  await assert.rejects(contacts.createContact({ email }), (error) => error.statusCode === 400);
});

test("an unknown key is refused", async () => {
  await assert.rejects(client("nobody").contacts.getContacts(), (error) => error.statusCode === 401);
});
