//! tenon-gen-go
