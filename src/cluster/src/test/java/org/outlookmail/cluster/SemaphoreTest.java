package org.outlookmail.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.testkit.SettableClock;

/** Who holds a permit, and in which order, as the nodes see it. */
@Tag("unit")
class SemaphoreTest {

    private static final Place PLACE = Place.ofAll("permits", "test");
    private static final int LIMIT = 2;
    private static final int LIFE = (int) Sessions.LIFE.toSeconds();

    private final TestCluster cluster = new TestCluster();
    private final Semaphore one = cluster.node("one").semaphore(PLACE);
    private final Semaphore two = cluster.node("two").semaphore(PLACE);

    @Test
    void noMoreThanTheLimitIsGivenOutOverAllNodes() {
        assertThat(one.take("a", LIMIT)).isTrue();
        assertThat(two.take("b", LIMIT)).isTrue();
        assertThat(one.take("c", LIMIT)).isFalse();

        one.give("a");
        assertThat(one.take("c", LIMIT)).isTrue();
        assertThat(two.take("d", LIMIT)).isFalse();
    }

    @Test
    void whoeverCameFirstIsServedFirstWhateverHisClockSays() {
        SettableClock ahead = new SettableClock();
        ahead.advance(Duration.ofHours(1));
        Semaphore early = cluster.node("ahead", ahead).semaphore(PLACE);
        one.take("a", LIMIT);
        one.take("b", LIMIT);
        assertThat(early.take("first", LIMIT)).isFalse();
        assertThat(one.take("second", LIMIT)).isFalse();

        one.give("a");
        assertThat(one.take("second", LIMIT)).as("the first has not looked yet").isFalse();
        assertThat(early.take("first", LIMIT)).isTrue();
        one.give("b");
        assertThat(one.take("second", LIMIT)).isTrue();
    }

    @Test
    void thePermitsOfADeadNodeComeBackAndThoseOfTheLivingStay() {
        cluster.pass(5);
        two.take("a", LIMIT);
        one.take("b", LIMIT);
        cluster.kill("two");
        cluster.pass(LIFE - 4);
        assertThat(one.take("c", LIMIT)).isFalse();

        cluster.pass(8);
        assertThat(one.take("c", LIMIT)).isTrue();
        assertThat(one.take("d", LIMIT)).as("b lives").isFalse();
    }

    @Test
    void aWaitingCallerOfADeadNodeStandsInNobodysWay() {
        one.take("a", LIMIT);
        one.take("b", LIMIT);
        two.take("dead", LIMIT);
        cluster.pass(1);
        cluster.kill("two");
        cluster.pass(LIFE + 8);
        one.give("a");
        assertThat(one.take("c", LIMIT)).isTrue();
    }

    @Test
    void aNodeThatLeavesFreesWhatItHeldAtOnce() {
        Cluster leaving = cluster.node("leaving");
        cluster.pass(5);
        leaving.semaphore(PLACE).take("a", LIMIT);
        two.take("b", LIMIT);
        assertThat(one.take("c", LIMIT)).isFalse();
        leaving.close();
        cluster.kill("leaving");
        cluster.pass(4);

        assertThat(one.take("c", LIMIT)).isTrue();
    }

    @Test
    void permitsAreKeptForAsLongAsTheirNodeLivesAndNothingIsWrittenForIt() {
        one.take("a", LIMIT);
        two.take("b", LIMIT);
        String before = cluster.written(PLACE);
        cluster.pass(600);

        assertThat(cluster.written(PLACE)).isEqualTo(before);
        assertThat(one.take("c", LIMIT)).isFalse();
    }

    @Test
    void anHourAheadOrBehindANodeKeepsItsPermitsAndTakesNobodys() {
        SettableClock ahead = new SettableClock();
        ahead.advance(Duration.ofHours(1));
        Semaphore early = cluster.node("ahead", ahead).semaphore(PLACE);
        early.take("a", LIMIT);
        one.take("b", LIMIT);
        cluster.pass(120);

        assertThat(one.take("c", LIMIT)).isFalse();
        assertThat(early.take("d", LIMIT)).isFalse();
    }

    @Test
    void permitsThatTheCacheHasLostCountAgain() {
        one.take("a", LIMIT);
        two.take("b", LIMIT);
        cluster.pass(1);
        cluster.cache.clear();
        cluster.pass(31);

        assertThat(two.take("c", LIMIT)).isFalse();
    }

    @Test
    void whatWasGivenBackWhileTheCacheFailedIsFreeWhenItWorksAgain() {
        one.take("a", LIMIT);
        one.take("b", LIMIT);
        cluster.cache.breakDown("*");
        one.give("a");
        cluster.cache.breakDown();
        assertThat(two.take("c", LIMIT)).as("nobody knows yet").isFalse();
        cluster.pass(31);

        assertThat(two.take("c", LIMIT)).isTrue();
    }

    @Test
    void whileTheCacheFailsALimitHoldsForWhatThisNodeHeldBeforeToo() {
        one.take("a", LIMIT);
        cluster.cache.breakDown("*");
        assertThat(one.take("b", LIMIT)).isTrue();
        assertThat(one.take("c", LIMIT)).isFalse();
        one.give("c");
        assertThat(two.take("d", LIMIT)).as("of its own").isTrue();
    }

    @Test
    void limitsOfSeveralSizesCountTheSamePermits() {
        assertThat(one.take("a", 1)).isTrue();
        assertThat(one.take("b", 3)).isTrue();
        assertThat(two.take("c", 1)).isFalse();
        two.give("c");
        assertThat(two.take("d", 3)).isTrue();
    }

    @Test
    void itIsToldWhoHoldsWhatAndHowManyWait() {
        one.take("a", LIMIT);
        two.take("b", LIMIT);
        two.take("c", LIMIT);
        cluster.watch.advance(Duration.ofSeconds(7));

        assertThat(one.told()).isEqualTo("one has 1, the oldest for 7 s; two has 1, the oldest for 7 s; 1 waiting");
        assertThat(one.waiting()).isEqualTo(1);
    }

    @Test
    void whatIsNoLineOfOursIsPassedOver() {
        cluster.write(PLACE, "of another version\nh|x|y|z|not a number|1\nh|a|nowhere|0|999999999999999999\n");
        assertThat(one.take("a", 1)).isTrue();
    }

    /** With the key in hand one can invent a node; it is dead when it has not counted for the life of a session. */
    @Test
    void whatNobodyHoldsIsFreeAfterTheLifeOfASession() {
        cluster.write(PLACE, "h|intruder|00000000-0000-0000-0000-000000000000|nowhere|999999999999999|1");
        assertThat(one.take("a", 1)).isFalse();
        cluster.pass(LIFE + 4);
        assertThat(one.take("a", 1)).isTrue();
    }
}
