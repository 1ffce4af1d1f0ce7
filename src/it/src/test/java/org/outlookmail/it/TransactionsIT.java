package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.inject.Inject;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.it.OrderBean.End;

/** Mail and a database (XA) in one JTA transaction of Open Liberty. */
@Tag("liberty")
@ExtendWith(ArquillianExtension.class)
class TransactionsIT {

    @Inject
    private OrderBean orders;

    private Box box;
    private final String name = "order " + UUID.randomUUID();

    @Deployment
    static WebArchive deployment() {
        return Deployments.of(TransactionsIT.class).addClasses(OrderBean.class, End.class);
    }

    @BeforeEach
    void start() throws Exception {
        box = Box.inServer();
        box.reset();
        orders.prepare();
    }

    private void assertTogether(int rows, int mails) throws Exception {
        assertThat(orders.rows(name)).isEqualTo(rows);
        assertThat(box.count("/smtp/messages")).isEqualTo(mails);
    }

    @Test
    void theMailLeavesWithTheCommitOfTheDatabase() throws Exception {
        orders.order(name, "orders@contoso.com", 2, End.WELL);
        assertTogether(1, 2);
    }

    @Test
    void anExceptionDropsBoth() throws Exception {
        assertThatThrownBy(() -> orders.order(name, "orders@contoso.com", 1, End.EXCEPTION))
                .hasMessageContaining("not wanted");
        assertTogether(0, 0);
    }

    @Test
    void aRollbackWithoutAnExceptionDropsBoth() throws Exception {
        orders.order(name, "orders@contoso.com", 1, End.ROLLBACK_ONLY);
        assertTogether(0, 0);
    }

    @Test
    void plainJakartaMailTakesPartToo() throws Exception {
        orders.orderBySession(name, End.WELL);
        assertTogether(1, 1);
        box.reset();
        orders.orderBySession(name, End.ROLLBACK_ONLY);
        assertTogether(1, 0);
    }

    /** The connection broke while the mail waited on it; the mail must not be lost with it while the database commits. */
    @Test
    void aConnectionThatBreaksBeforeTheCommitDoesNotTakeTheMailWithIt() throws Exception {
        box.fault("{\"imap\":{\"at\":\"SELECT\",\"action\":\"drop\"}}");
        assertThat(orders.orderAndRead(name)).isEqualTo(DiagnosisCode.CONNECTION_LOST);
        assertTogether(1, 1);
    }

    @Test
    void aMailThatCannotBeSentAtTheCommitRollsTheDatabaseBack() throws Exception {
        Throwable failure = catchThrowable(() -> orders.order(name, "nobody-there@contoso.com", 1, End.WELL));
        assertThat(failure).isNotNull();
        assertTogether(0, 0);
    }

    /** A MessagingException is a checked one: it is for the bean to decide that the transaction rolls back. */
    @Test
    void anAddressThatIsNoneFailsAtOnceAndNotAtTheCommit() throws Exception {
        Throwable failure = catchThrowable(() -> orders.order(name, "x@y@z", 1, End.WELL));
        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.MESSAGE_INCOMPLETE);
        assertTogether(1, 0);
    }
}
