/**
 * The archive on other servers, against the box: {@code ServerContract} (what each must be able to do), {@code Box} (the
 * tenant behind them), {@code AppServer} (what the contract wants of a server), {@code WildFly}, {@code GlassFish} (and
 * Payara, its kin), {@code TomEE}, {@code Tool} (their processes), {@code Listeners} (where those listen), {@code MailServlet} and {@code War} (the application on them).
 */
package org.outlookmail.servers;
