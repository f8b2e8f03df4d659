//! tenon-componentize
