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
        "a first classification, or a first word on category, legal basis or residency"
        "A first statement. Whoever took it for public has to look.";
    CLASSIFICATION_REMOVED "classification-removed" 'J' Major Minor Certain ["privacy"]
        "a classification is gone, or the word on category, legal basis or residency"
        "The promise of how values are handled is gone.";
    PII_FLAG_RAISED "pii-flag-raised" 'J' Major Major Certain ["privacy"]
        "values count as personal data now"
        "Erasure, masking and purpose rules now hold for every copy.";
    PII_FLAG_LOWERED "pii-flag-lowered" 'J' Minor Minor Certain ["privacy"]
        "values count as personal data no longer"
        "Nobody fails, but who answers for privacy must agree.";
    PII_CATEGORY_CHANGED "pii-category-changed" 'J' Major Major Certain ["privacy"]
        "values tell something else of a person"
        "Other grounds, other duties: health asks for more than an address.";
    MASKING_ADDED "masking-added" 'J' Major Major Certain ["privacy", "subscribers"]
        "clear values are masked, hashed, replaced or encrypted now"
        "Values join and parse no longer.";
    MASKING_REMOVED "masking-removed" 'J' Major Major Certain ["privacy", "security"]
        "masked values are clear now"
        "Values change, and more people see more.";
    MASKING_METHOD_CHANGED "masking-method-changed" 'J' Major Major Certain ["privacy"]
        "values are masked in another way"
        "Another hash, salt, vault or key: old and new values join no longer.";
    LEGAL_BASIS_CHANGED "legal-basis-changed" 'J' Major Major Review ["privacy", "legal"]
        "other grounds for processing"
        "What a reader does may be lawful no longer.";
    RESIDENCY_CHANGED "residency-changed" 'J' Major Major Certain ["privacy", "legal"]
        "other countries or regions of storage"
        "Other rules for who may move it where.";
    ERASURE_DUTY_ADDED "erasure-duty-added" 'J' Major Major Certain ["privacy"]
        "readers must delete on request"
        "A new duty for everybody who holds a copy.";
    ERASURE_WINDOW_SHORTENED "erasure-window-shortened" 'J' Major Major Certain ["privacy"]
        "readers must delete on request sooner"
        "A harder duty for everybody who holds a copy.";
    RETENTION_DUTY_FOR_READERS_SHORTENED "retention-duty-for-readers-shortened" 'J' Major None Certain ["privacy"]
        "readers must drop their copies sooner"
        "A harder duty for everybody who holds a copy.";
}
