//! Personal data and classification.

use crate::diff::catalog::catalog;

catalog! { PRIVACY:
    CLASSIFICATION_RAISED "classification-raised" 'J' Major Major Certain ["privacy", "security"]
        "values must be guarded better"
        "Holders of copies get new duties; some readers lose their right.";
    CLASSIFICATION_LOWERED "classification-lowered" 'J' Minor Minor Certain ["privacy", "security"]
        "values may be guarded less"
        "No reader breaks, and yet it is the riskiest change of all: the owner of the data has to agree.";
    CLASSIFICATION_ADDED "classification-added" 'J' Minor Minor Certain ["privacy"]
        "a first classification"
        "A first statement. Whoever took it for public has to look.";
    CLASSIFICATION_REMOVED "classification-removed" 'J' Major Minor Certain ["privacy"]
        "a classification is gone"
        "The promise of how values are handled is gone.";
    PII_FLAG_RAISED "pii-flag-raised" 'J' Major Major Certain ["privacy"]
        "values count as personal data now"
        "Erasure, masking and purpose rules now hold for every copy.";
    PII_FLAG_LOWERED "pii-flag-lowered" 'J' Minor Minor Certain ["privacy"]
        "values count as personal data no longer"
        "Approval gate.";
    RETENTION_DUTY_FOR_READERS_SHORTENED "retention-duty-for-readers-shortened" 'J' Major None Certain ["privacy"]
        "readers must drop their copies sooner"
        "A harder duty for everybody who holds a copy.";
}
