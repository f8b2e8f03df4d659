//! tenon-host
