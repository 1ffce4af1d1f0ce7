/**
 * Injection of mailboxes by CDI, in the order of events: at deployment {@link org.outlookmail.cdi.MailboxExtension} reads
 * each injection point as an {@link org.outlookmail.cdi.MailboxInjection} and adds its bean; when that bean is needed,
 * {@link org.outlookmail.cdi.MailboxLookup} asks JNDI, and what cannot be served becomes a
 * {@link org.outlookmail.cdi.MailboxNotBoundException}. Applications need none of these classes, only
 * {@link org.outlookmail.Mailbox}; where there is no CDI, nothing loads them.
 */
package org.outlookmail.cdi;
