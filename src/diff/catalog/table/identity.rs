//! Identity, version and life of a contract.

use crate::diff::catalog::catalog;

catalog! { IDENTITY:
    CONTRACT_ADDED "contract-added" 'A' None None Certain []
        "a contract is new"
        "Nobody could rely on it before; it starts its own line of versions.";
    CONTRACT_REMOVED "contract-removed" 'A' Major None Certain ["subscribers"]
        "a contract is gone"
        "Every guarantee disappears. Only a retired contract may go, and only when nobody is left.";
    CONTRACT_ID_CHANGED "contract-id-changed" 'A' Major Major Certain []
        "the id of a contract, or the name of one without an id, the rest being the same"
        "Pins, subscriptions and references hang on it.";
    CONTRACT_MOVED "contract-moved" 'A' None None Certain []
        "the file of a contract, the contract being the same"
        "A contract is followed by its name, never by its path. Rules about paths, such as code owners, may no longer match.";
    CONTRACT_KIND_CHANGED "contract-kind-changed" 'A' Major Major Certain []
        "what a document describes"
        "A different type of agreement.";
    VERSION_NOT_BUMPED "version-not-bumped" 'A' Verdict Verdict Certain ["gate"]
        "something changed and the version did not"
        "Two contents under one version: a pin no longer names one promise.";
    SPEC_VERSION_RAISED "spec-version-raised" 'A' Patch Patch Possible []
        "a newer version of the format"
        "The same promise in a newer grammar: only tools that are too old for it are hit.";
    SPEC_VERSION_LOWERED "spec-version-lowered" 'A' Patch Patch Possible []
        "an older version of the format"
        "The same promise in an older grammar. What that has no word for is told on its own.";
    VERSION_NOT_SEMVER "version-not-semver" 'A' Verdict Verdict Certain ["gate"]
        "the version is no SemVer version"
        "By how much it went up can't be told; what changed is told all the same.";
    STATUS_UNKNOWN "status-unknown" 'A' Patch Patch Certain ["lint"]
        "the status is none of the known ones"
        "It counts as active until it says otherwise: somebody may rely on the contract.";
    VERSION_BUMP_INSUFFICIENT "version-bump-insufficient" 'A' Verdict Verdict Certain ["gate"]
        "the version went up by less than the changes ask for"
        "Readers trust the number: a break in a patch is found in production.";
    VERSION_BUMP_EXCESSIVE "version-bump-excessive" 'A' Verdict Verdict Certain ["info"]
        "the version went up by more than the changes ask for"
        "Allowed, but a major version without a break teaches readers to ignore major versions.";
    VERSION_DECREASED "version-decreased" 'A' Verdict Verdict Certain ["gate"]
        "the version went down"
        "Pins and \"the latest\" rely on the order of versions.";
    VERSION_SKIPPED "version-skipped" 'A' Verdict Verdict Certain ["info"]
        "the version left numbers out"
        "Allowed, but somebody will look for the version in between.";
    VERSION_PRERELEASE_GRADUATED "version-prerelease-graduated" 'A' Verdict Verdict Certain ["info"]
        "a pre-release became a release"
        "A pre-release promises nothing yet; what counts is the last release before it.";
    VERSION_ZERO_MAJOR "version-zero-major" 'A' Verdict Verdict Certain ["info"]
        "the version is below 1.0.0"
        "Below 1.0.0 the minor takes the place of the major, and the patch that of the minor.";
    RELEASED_CONTENT_CHANGED "released-content-changed" 'A' Verdict Verdict Certain ["gate"]
        "a version that is out has other content"
        "A released version is immutable: whoever pinned it was promised what it said.";
    CHANGELOG_MISSING "changelog-missing" 'A' Verdict Verdict Certain ["policy"]
        "a new version has no entry in the changelog"
        "Who upgrades has to read the difference of two files.";
    PINNED_VERSION_LOST "pinned-version-lost" 'A' Verdict Verdict Certain ["info"]
        "a version that a subscriber still pins is not in history"
        "What changed since then can't be told, and must not be taken for nothing.";
    STATUS_JUMPED "status-jumped" 'A' Verdict Verdict Certain ["gate"]
        "the status left steps out"
        "Each step is somebody's chance to say no: an offer, an approval, a notice.";
    APPROVAL_MISSING "approval-missing" 'A' Verdict Verdict Certain ["gate"]
        "the contract is approved, and nobody is recorded"
        "An approval that nobody signed can't be asked about.";
    SUNSET_MISSING "sunset-missing" 'A' Verdict Verdict Certain ["sunset"]
        "the contract is deprecated without a last day"
        "A notice without a day moves nobody.";
    NOTICE_PERIOD_NOT_KEPT "notice-period-not-kept" 'A' Verdict Verdict Certain ["gate"]
        "a break comes before the notice period is over"
        "The notice period was promised, and consumers plan by it.";
    MIGRATION_GUIDE_MISSING "migration-guide-missing" 'A' Verdict Verdict Certain ["gate"]
        "a break comes without a way to the new version"
        "Every consumer would have to find the way alone.";
    AGREEMENT_MISSING "agreement-missing" 'A' Verdict Verdict Certain ["info"]
        "a change needs somebody's yes that is not recorded"
        "What changes privacy, law or cost is no matter of versions alone.";
    STATUS_ACTIVATED "status-activated" 'A' Minor Major Certain []
        "the contract is in force now"
        "The promise starts to bind: readers gain it, the producer must now keep it.";
    STATUS_WITHDRAWN "status-withdrawn" 'A' Major Minor Certain ["subscribers"]
        "the contract is no longer in force"
        "The promise stops binding without notice.";
    STATUS_DEPRECATED "status-deprecated" 'A' Minor Patch Certain ["sunset"]
        "the contract is deprecated"
        "A notice, not a break. It needs a last day and a successor.";
    DEPRECATION_DATE_CHANGED "deprecation-date-changed" 'A' Patch Patch Certain []
        "the day on which the contract was deprecated"
        "The last day stays; how long readers had notice is counted from another day.";
    STATUS_UNDEPRECATED "status-undeprecated" 'A' Minor Minor Certain []
        "the contract is deprecated no longer"
        "Good news; tell those who have already moved.";
    STATUS_RETIRED_WITHOUT_DEPRECATION "status-retired-without-deprecation" 'A' Major None Certain ["gate"]
        "a contract is retired without a last day that was announced"
        "No notice was given.";
    STATUS_RETIRED_BEFORE_SUNSET "status-retired-before-sunset" 'A' Major None Certain ["gate"]
        "a deprecated contract is retired before its last day"
        "The announced day was a promise.";
    STATUS_RETIRED_AFTER_SUNSET "status-retired-after-sunset" 'A' Major None Certain ["allowed"]
        "a deprecated contract is retired after its last day"
        "It was announced, and is still the end for whoever reads it.";
    STATUS_CHANGED "status-changed" 'A' None None Certain []
        "a step between statuses that bind nobody"
        "Nobody relies on what is not in force yet, or no longer.";
    STATUS_REVIVED "status-revived" 'A' Minor Major Certain []
        "a retired contract is in force again"
        "Readers may come back; the producer is bound again.";
    SUNSET_ADDED "sunset-added" 'A' Minor None Certain []
        "a last day appears"
        "It starts a clock for readers.";
    SUNSET_BROUGHT_FORWARD "sunset-brought-forward" 'A' Major None Certain ["gate"]
        "the last day comes earlier"
        "Less time than was promised.";
    SUNSET_POSTPONED "sunset-postponed" 'A' Minor Major Certain []
        "the last day comes later"
        "Readers gain time; the producer must keep serving.";
    SUNSET_REMOVED "sunset-removed" 'A' Major None Possible ["gate"]
        "the last day is gone, the deprecation stays"
        "The end is now unknown.";
    NOTICE_PERIOD_SHORTENED "notice-period-shortened" 'A' Major Minor Certain []
        "changes are announced later"
        "Every future break arrives sooner.";
    NOTICE_PERIOD_LENGTHENED "notice-period-lengthened" 'A' Minor Major Certain []
        "changes are announced earlier"
        "Stronger promise, heavier duty.";
    SUCCESSOR_ADDED "successor-added" 'A' Minor None Certain []
        "a successor is named"
        "Enables migration.";
    SUCCESSOR_CHANGED "successor-changed" 'A' Minor None Certain ["subscribers"]
        "another successor is named"
        "Readers mid-migration must be told.";
    SUCCESSOR_REMOVED "successor-removed" 'A' Minor None Possible ["lint"]
        "no successor is named any more"
        "Readers lose the way out.";
    EFFECTIVE_DATE_ADDED "effective-date-added" 'A' None None Certain []
        "the first day of a new version"
        "The new version binds from that day; the one before holds until then.";
    EFFECTIVE_DATE_POSTPONED "effective-date-postponed" 'A' Major Minor Certain []
        "the promise binds later"
        "The promise is absent for the gap.";
    EFFECTIVE_DATE_BROUGHT_FORWARD "effective-date-brought-forward" 'A' Minor Major Certain []
        "the promise binds earlier"
        "The producer must be ready sooner.";
    DOMAIN_CHANGED "domain-changed" 'A' Patch Patch Possible []
        "the business domain"
        "A label; routing and ownership rules may hang on it.";
    TERMS_TIGHTENED "terms-tightened" 'A' Major None Review ["legal"]
        "a limitation or duty is new"
        "A use that was allowed may not be.";
    TERMS_LOOSENED "terms-loosened" 'A' Minor None Review ["legal"]
        "a limitation or duty is gone"
        "More is allowed.";
    COMPATIBILITY_WEAKENED "compatibility-weakened" 'A' Computed Computed Certain ["subscribers"]
        "versions protect fewer parties, or protect them less"
        "Later breaks may come without a major version for those who relied on it.";
    COMPATIBILITY_STRENGTHENED "compatibility-strengthened" 'A' Computed Computed Certain []
        "versions protect more parties, or protect them more"
        "A stronger promise: more changes ask for a major version.";
    CONTRACT_NAME_CHANGED "contract-name-changed" 'A' Patch Patch Certain []
        "what the contract is called among people: its title, or the name where it has an id"
        "Without an id the name is the key, and with one it is a label, as the title is.";
    VALIDITY_END_BROUGHT_FORWARD "validity-end-brought-forward" 'A' Major Minor Certain []
        "the contract expires earlier"
        "A shorter promise.";
    VALIDITY_END_POSTPONED "validity-end-postponed" 'A' Minor Major Certain []
        "the contract expires later"
        "A longer duty.";
    TENANT_CHANGED "tenant-changed" 'A' Major Major Possible ["security"]
        "whose data it is"
        "Usually other people's data, and other rights to it.";
    LICENSE_CHANGED "license-changed" 'A' Major Minor Review ["legal"]
        "the licence"
        "Only a lawyer can put two licences in order: somebody has to look.";
    LIABILITY_CHANGED "liability-changed" 'A' Major Major Review ["legal"]
        "liability, warranty or governing law"
        "The risk that both sides carry is another one.";
    PRICE_RAISED "price-raised" 'A' Major Minor Certain ["finance"]
        "the data costs more"
        "The same data costs readers more.";
    PRICE_LOWERED "price-lowered" 'A' Minor None Certain ["finance"]
        "the data costs less"
        "The same data costs readers less.";
    PRICE_UNIT_CHANGED "price-unit-changed" 'A' Major Major Certain ["finance"]
        "the currency, or what the price is for"
        "Which of the two costs more can not be told.";
}
