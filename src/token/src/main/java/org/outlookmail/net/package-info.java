/** The way to hosts, for token endpoints and mail servers alike. */
package org.outlookmail.net;
