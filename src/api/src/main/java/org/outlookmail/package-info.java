/**
 * What an application compiles against, in the order in which it meets it: {@link org.outlookmail.OutlookMailSessionFactory}
 * from JNDI, {@link org.outlookmail.OutlookMailSession} from its pool, which an
 * {@link org.outlookmail.OutlookMailConnectionSpec} asks for by another {@link org.outlookmail.MailboxAddress},
 * {@link org.outlookmail.Mailbox} to have either injected, and for failures the {@link org.outlookmail.Diagnosis} with its
 * {@link org.outlookmail.DiagnosisCode}, carried by every {@link org.outlookmail.Diagnosed} exception. {@link
 * org.outlookmail.PropertyNames} and {@link org.outlookmail.ServerWords} have it speak of properties and places as its reader
 * knows them.
 */
package org.outlookmail;
