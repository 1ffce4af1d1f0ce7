package org.outlookmail.it;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Tag;

/** api ← cluster ← configuration ← token ← mail ← (providers, connector), each only downwards and without cycles of packages; cdi on api alone; the sandbox on none. */
@Tag("unit")
@AnalyzeClasses(packages = "org.outlookmail", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRuleTest {

    private static final String[] PRODUCT = {
        "org.outlookmail",
        "org.outlookmail.management..",
        "org.outlookmail.cdi..",
        "org.outlookmail.secret..",
        "org.outlookmail.cluster..",
        "org.outlookmail.configuration..",
        "org.outlookmail.net..",
        "org.outlookmail.token..",
        "org.outlookmail.mail..",
        "org.outlookmail.providers..",
        "org.outlookmail.connector.."
    };

    @ArchTest
    static final ArchRule layersDependOnlyDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy("org.outlookmail")
            .layer("cdi")
            .definedBy("org.outlookmail.cdi..")
            .layer("secret")
            .definedBy("org.outlookmail.secret..")
            .layer("cluster")
            .definedBy("org.outlookmail.cluster..")
            .layer("configuration")
            .definedBy("org.outlookmail.configuration..")
            .layer("net")
            .definedBy("org.outlookmail.net..")
            .layer("token")
            .definedBy("org.outlookmail.token..")
            .layer("mail")
            .definedBy("org.outlookmail.mail..")
            .layer("providers")
            .definedBy("org.outlookmail.providers..")
            .layer("connector")
            .definedBy("org.outlookmail.connector..")
            .whereLayer("cdi")
            .mayNotBeAccessedByAnyLayer()
            .layer("signin")
            .definedBy("org.outlookmail.signin..")
            .whereLayer("secret")
            .mayOnlyBeAccessedByLayers("cluster", "configuration", "token", "mail", "providers", "connector", "signin")
            .whereLayer("cluster")
            .mayOnlyBeAccessedByLayers("token", "mail", "providers", "connector", "signin")
            .whereLayer("configuration")
            .mayOnlyBeAccessedByLayers("token", "mail", "providers", "connector", "signin")
            .whereLayer("net")
            .mayOnlyBeAccessedByLayers("token", "mail")
            .whereLayer("token")
            .mayOnlyBeAccessedByLayers("mail", "providers", "connector", "signin")
            .whereLayer("mail")
            .mayOnlyBeAccessedByLayers("providers", "connector")
            .whereLayer("providers")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("connector")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("signin")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule noPackagesFormACycle = slices().matching("org.outlookmail.(**)")
            .should()
            .beFreeOfCycles()
            // The box is one thing with a front; its rooms know each other.
            .ignoreDependency(
                    resideInAPackage("org.outlookmail.sandbox.."), resideInAPackage("org.outlookmail.sandbox.."));

    /** Who speaks another protocol stands beside Angus Mail, on the same sockets, and neither sees the other. */
    @ArchTest
    static final ArchRule theRoomsOfMailStandOnEachOther = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("message")
            .definedBy("org.outlookmail.mail.message")
            .layer("mail")
            .definedBy("org.outlookmail.mail")
            .layer("quota")
            .definedBy("org.outlookmail.mail.quota")
            .layer("wire")
            .definedBy("org.outlookmail.mail.wire")
            .layer("angus")
            .definedBy("org.outlookmail.mail.angus")
            .layer("graph")
            .definedBy("org.outlookmail.mail.graph")
            .layer("configuration")
            .definedBy("org.outlookmail.mail.configuration")
            .whereLayer("mail")
            .mayOnlyBeAccessedByLayers("quota", "wire", "angus", "graph", "configuration")
            .whereLayer("quota")
            .mayOnlyBeAccessedByLayers("configuration")
            .whereLayer("wire")
            .mayOnlyBeAccessedByLayers("angus", "graph", "configuration")
            .whereLayer("angus")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("graph")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("configuration")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule onlyOneRoomKnowsAngusMail = noClasses()
            .that()
            .resideInAnyPackage(PRODUCT)
            .and()
            .resideOutsideOfPackage("org.outlookmail.mail.angus")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.angus..", "com.sun.mail..");

    @ArchTest
    static final ArchRule onlyOneRoomSpeaksHttp = noClasses()
            .that()
            .resideInAnyPackage(PRODUCT)
            .and()
            .resideOutsideOfPackage("org.outlookmail.mail.graph")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hc..");

    /** Handles know a pool, and pools their owner, by interfaces. */
    @ArchTest
    static final ArchRule theConnectorsRoomsStandInARow = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("config")
            .definedBy("org.outlookmail.connector.config")
            .layer("transaction")
            .definedBy("org.outlookmail.connector.transaction")
            .layer("handle")
            .definedBy("org.outlookmail.connector.handle")
            .layer("session")
            .definedBy("org.outlookmail.connector.session")
            .layer("pool")
            .definedBy("org.outlookmail.connector.pool")
            .layer("adapter")
            .definedBy("org.outlookmail.connector.adapter")
            .whereLayer("transaction")
            .mayOnlyBeAccessedByLayers("pool")
            .whereLayer("handle")
            .mayOnlyBeAccessedByLayers("session", "pool", "adapter")
            .whereLayer("session")
            .mayOnlyBeAccessedByLayers("pool")
            .whereLayer("pool")
            .mayOnlyBeAccessedByLayers("adapter")
            .whereLayer("adapter")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule onlyTheConnectorKnowsTheServersSide = noClasses()
            .that()
            .resideInAnyPackage(PRODUCT)
            .and()
            .resideOutsideOfPackage("org.outlookmail.connector..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.resource.spi..");

    @ArchTest
    static final ArchRule theTestKitIsForTests = noClasses()
            .that()
            .resideOutsideOfPackage("org.outlookmail.testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.outlookmail.testkit..");

    @ArchTest
    static final ArchRule theDemoKnowsTheBoxAndNothingElseOfOurs = noClasses()
            .that()
            .resideInAPackage("org.outlookmail.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PRODUCT);

    @ArchTest
    static final ArchRule theApiKnowsNothingElseOfOurs = noClasses()
            .that()
            .resideInAPackage("org.outlookmail")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.outlookmail.(*)..");

    @ArchTest
    static final ArchRule whatOperatorsSeeIsApiAlone = noClasses()
            .that()
            .resideInAPackage("org.outlookmail.management..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.outlookmail.(*)..")
                    .and(DescribedPredicate.not(resideInAPackage("org.outlookmail.management.."))));

    /** A server's own module has none of these classes. */
    @ArchTest
    static final ArchRule whatAServerBindsItselfKnowsTheJdkAlone = classes()
            .that()
            .resideInAPackage("org.outlookmail.naming..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.outlookmail.naming..", "java..", "javax.naming..");

    @ArchTest
    static final ArchRule theApiDoesWithoutCdi = noClasses()
            .that()
            .resideInAPackage("org.outlookmail")
            .and()
            // An annotation that is missing at run time does no harm.
            .doNotHaveSimpleName("Mailbox")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.enterprise..", "jakarta.inject..", "org.outlookmail.cdi..");

    @ArchTest
    static final ArchRule theSandboxKnowsNothingOfOurs = classes()
            .that()
            .resideInAPackage("org.outlookmail.sandbox..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.outlookmail.sandbox..",
                    "java..",
                    "javax..",
                    "jakarta..",
                    "com..",
                    "org.bouncycastle..",
                    "org.eclipse..",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule theProductStartsNoThreads = noClasses()
            .that()
            .resideInAnyPackage(PRODUCT)
            .should()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))));

    @ArchTest
    static final ArchRule theProductMakesNoThreadPools = noClasses()
            .that()
            .resideInAnyPackage(PRODUCT)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.Executors");

    @ArchTest
    static final ArchRule onlyOneClassKnowsHazelcast = noClasses()
            .that()
            .resideInAPackage("org.outlookmail..")
            .and()
            .doNotHaveSimpleName("HazelcastCache")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.hazelcast..");
}
