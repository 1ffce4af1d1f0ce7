/**
 * Microsoft Graph v1.0 for mail, over the same store as SMTP, IMAP and POP3, written from Microsoft's documentation. A request
 * passes through {@code GraphServer} (the port, sizes, how many at a time), {@code GraphService} (whose mailbox,
 * which resource), {@code Struck} (faults), then {@code SendMail}, {@code FolderRoutes}, {@code MessageRoutes},
 * {@code AttachmentRoutes}, {@code UploadSessions}, {@code DeltaRoutes} or {@code Batch}. {@code GraphCall} and
 * {@code GraphAnswer} are a request and its answer, {@code GraphException} an error; {@code Ids} names messages,
 * {@code MessageJson} and {@code MessageMime} turn one into the other, {@code Filter} and {@code Page} choose messages.
 */
package org.outlookmail.sandbox.graph;
