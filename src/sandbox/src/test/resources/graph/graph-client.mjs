// Sends, lists, reads and uploads at the box with Microsoft's own Graph client for JavaScript, and says in JSON what came of
// it. GraphClientNodeTest runs it.
import { Client, FileUpload, LargeFileUploadTask, PageIterator } from "@microsoft/microsoft-graph-client";

const [base, token, mailbox] = process.argv.slice(2);
const client = Client.init({
  baseUrl: base,
  defaultVersion: "v1.0",
  customHosts: new Set(["localhost"]),
  authProvider: done => done(null, token),
});
const user = `/users/${mailbox}`;
const to = [{ emailAddress: { address: mailbox } }];

for (let i = 1; i <= 5; i++) {
  await client.api(`${user}/sendMail`).post({
    message: { subject: `Mail ${i}`, body: { contentType: "text", content: `Text ${i}` }, toRecipients: to },
    saveToSentItems: false,
  });
}

const subjects = [];
const first = await client.api(`${user}/mailFolders/inbox/messages`).top(2).select("subject").get();
await new PageIterator(client, first, message => subjects.push(message.subject)).iterate();

const draft = await client.api(`${user}/messages`).post({ subject: "Large", toRecipients: to });
const content = Buffer.alloc(1_500_000, "x");
const session = await LargeFileUploadTask.createUploadSession(
  client, `${user}/messages/${draft.id}/attachments/createUploadSession`,
  { AttachmentItem: { attachmentType: "file", name: "large.txt", size: content.length, contentType: "text/plain" } });
const file = new FileUpload(content, "large.txt", content.length);
await new LargeFileUploadTask(client, file, session, { rangeSize: 640 * 1024 }).upload();
const drafts = await client.api(`${user}/mailFolders/drafts/messages`).get();
await client.api(`${user}/messages/${drafts.value[0].id}/send`).post({});

const found = await client.api(`${user}/messages`).filter("subject eq 'Large' and isDraft eq false").get();
const received = found.value.find(message => message.hasAttachments);
const attachments = await client.api(`${user}/messages/${received.id}/attachments`).get();
await client.api(`${user}/messages/${received.id}`).update({ isRead: true });
const mime = await client.api(`${user}/messages/${received.id}/$value`).get();

let error = {};
try {
  await client.api(`${user}/messages/${draft.id}`).get(); // it has been sent, and has another id
} catch (e) {
  error = { statusCode: e.statusCode, code: e.code };
}

console.log(JSON.stringify({
  subjects,
  attachment: attachments.value.map(each => ({ name: each.name, octets: Buffer.from(each.contentBytes, "base64").length })),
  mime: String(mime).includes("Subject: Large"),
  error,
}));
