/** How properties become a mailbox and the way to it. */
package org.outlookmail.mail.configuration;
