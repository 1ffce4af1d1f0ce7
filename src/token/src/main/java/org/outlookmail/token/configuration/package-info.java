/**
 * How properties become a request for tokens ({@link org.outlookmail.token.configuration.IdentityReader}) and the place
 * where tokens are kept ({@link org.outlookmail.token.configuration.ClusterReader}).
 */
package org.outlookmail.token.configuration;
