/** What a server puts into JNDI itself, because its resource adapters cannot. */
package org.outlookmail.naming;
