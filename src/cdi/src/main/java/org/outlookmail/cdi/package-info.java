/**
 * Injection of mailboxes by CDI, in the order of events: at deployment {@link org.outlookmail.cdi.MailboxExtension} reads
 * each injection point as an {@link org.outlookmail.cdi.MailboxInjection} and adds its bean; when that bean is needed,
 * {@link org.outlookmail.cdi.MailboxLookup} asks JNDI, and what cannot be served becomes a
 * {@link org.outlookmail.cdi.MailboxNotBoundException}. Applications take this
 * jar along, because a server starts only extensions that are part of the application, and use nothing of it but
 * {@link org.outlookmail.Mailbox} of the API.
 */
package org.outlookmail.cdi;
