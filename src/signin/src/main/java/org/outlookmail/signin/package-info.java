/**
 * Signs a user in on the command line: {@link org.outlookmail.signin.Main} reads {@code Arguments} and runs a device code
 * sign-in into the file that the servers read.
 */
package org.outlookmail.signin;
